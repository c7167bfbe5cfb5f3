"""Work over many files: in parallel, resumable, never in the way of what it reads."""
