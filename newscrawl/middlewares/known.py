"""A redirect to a page that is known already is not followed: an article is fetched once, by whatever address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.extensions.archive import archive_of
from newscrawl.middlewares.refusals import KnownPage

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class KnownPageMiddleware:
    """Looks up where articles are redirected to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KnownPageMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise KnownPage when an article led to a URL of the frontier: that has a fate of its own."""
        led_here = request.meta.get("redirect_urls", ())
        if request.meta.get("kind") != "article" or not led_here or request.url in led_here:
            return
        async with archive_of(self._crawler).writing() as archive:
            known = archive.url(request.url)
        if known is not None:
            raise KnownPage(request.url)
