"""Nothing outside the source's scope is fetched, whichever way the URL was come by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.middlewares.refusals import OutOfScope
from newscrawl.text.urls import is_in_scope

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from newscrawl.spiders.news import NewsSpider


class ScopeMiddleware:
    """Refuses requests for URLs that are not the source's; redirects and retries pass here as well."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ScopeMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise OutOfScope for a URL of another site.

        A robots.txt may redirect to another host: RFC 9309 2.3.1.2 asks that this be followed; but not to a
        host of another source that is local, to which the resolver is open.
        """
        spider: NewsSpider = self._crawler.spider  # type: ignore[assignment]
        if is_in_scope(request.url, spider.source_of(request).scope):
            return
        if not request.meta.get("robots") or urlsplit(request.url).hostname in spider.local_hosts:
            raise OutOfScope(request.url)
