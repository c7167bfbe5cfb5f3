"""Which texts are the same text."""
