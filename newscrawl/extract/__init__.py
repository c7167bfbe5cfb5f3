"""Page -> Extraction: what the page says, found in whatever surrounds it. The only importer of trafilatura."""
