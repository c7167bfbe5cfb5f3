"""From a section front, a feed or a sitemap to the links worth following."""
