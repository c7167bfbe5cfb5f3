"""Adapters between Scrapy's requests and responses and the folders below."""
