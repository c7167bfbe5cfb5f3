"""What a person sees on a terminal: tables, and texts with their repairs marked."""
