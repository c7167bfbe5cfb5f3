"""The Scrapy commands: the name of a module is the name of its command."""
