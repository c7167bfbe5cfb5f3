"""Expected outcomes that are no articles of their own; each class is a count in Scrapy's statistics."""

from __future__ import annotations

from scrapy.exceptions import DropItem


class Quarantined(DropItem):
    """The page could not become an article; it is in the quarantine with its reason."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ExactDuplicate(DropItem):
    """The text is archived already; the manifest has a line for this copy."""

    def __init__(self, original_url: str, message: str) -> None:
        super().__init__(message)
        self.original_url = original_url


class Reprint(DropItem):
    """The text adds nothing to an archived one; the manifest has a line with its changes against that."""


class NotStored(DropItem):
    """The archive could not take it; the URL stays pending and the crawl is being stopped."""
