"""A labelled set of reprints, templates, press conferences and digests, written by a seeded generator."""
