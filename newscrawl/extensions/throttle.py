"""Scrapy's autothrottle with a floor for every host: the source's delay or the site's Crawl-delay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

from newscrawl.middlewares.robots import RobotsMiddleware

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.http import Response

    from newscrawl.spiders.news import NewsSpider


class SourceThrottle(AutoThrottle):
    """Slows down with a slow server, and never gets faster than was asked for.

    Scrapy's own has one floor for all hosts and would bring a delay of 30 seconds down to it.
    """

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        spider: NewsSpider = self.crawler.spider  # type: ignore[assignment]
        assert response.request is not None
        self.mindelay = spider.source_of(response.request).fetch.delay or self._min_delay()
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None:
            self.mindelay = max(self.mindelay, robots.crawl_delay_of(response.url))
        self.maxdelay = max(self._max_delay(), self.mindelay)
        super()._adjust_delay(slot, latency, response)
        slot.delay = max(slot.delay, self.mindelay)
