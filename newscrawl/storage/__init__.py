"""Bytes on disk and nothing else: seed files, manifests, WARC, the catalog."""
