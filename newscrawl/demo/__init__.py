"""A small newsroom served on localhost: the demo, and the site that the tests crawl."""
