"""The ways to find a body, one module each: every one returns the lines it takes for the article, or None."""
