"""One news spider, driven by sources."""
