"""Which requests need not be sent: those of this run, and articles that earlier runs have settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.dupefilters import BaseDupeFilter

from newscrawl.spiders.frontier import CrawlFrontier
from newscrawl.text.urls import url_key

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler


class SeenFilter(BaseDupeFilter):
    """Knows the pages of this run by their key, and the settled articles by the catalog."""

    def __init__(self, crawler: Crawler) -> None:
        self._frontier = CrawlFrontier(crawler)
        self._keys: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SeenFilter:
        return cls(crawler)

    def request_seen(self, request: Request) -> bool:
        """Return whether the page need not be fetched."""
        key = url_key(request.url)
        if key in self._keys:
            return True
        self._keys.add(key)
        return request.meta.get("kind") == "article" and self._frontier.is_settled(request.url)

    def log(self, request: Request, spider: Spider) -> None:
        """Say nothing: a page that is linked twice is no event."""
