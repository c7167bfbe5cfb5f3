"""Scrapy's autothrottle with a floor for every host: the source's delay or the site's Crawl-delay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

from newscrawl.middlewares.robots import RobotsMiddleware

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.core.downloader import Slot
    from scrapy.http import Response

    from newscrawl.spiders.news import NewsSpider


class SourceThrottle(AutoThrottle):
    """Slows down with a slow server, and never gets faster than was asked for.

    Scrapy's own has one floor for all hosts and would bring a delay of 30 seconds down to it.
    """

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        self.mindelay = self._floor_of(request)
        self.maxdelay = max(self._max_delay(), self.mindelay)
        super()._response_downloaded(response, request, spider)

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        slot.delay = max(slot.delay, self.mindelay)  # an error page leaves the delay alone, its floor counts

    def _floor_of(self, request: Request) -> float:
        """Return the least seconds between two requests to the host of a request."""
        spider: NewsSpider = self.crawler.spider  # type: ignore[assignment]
        stated = spider.source_of(request).fetch.delay or self._min_delay()
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        return max(stated, robots.crawl_delay_of(request.url)) if robots else stated
