"""How long is waited between two requests to a host: what the source or the site asks for, and longer for one in trouble.

Scrapy's autothrottle has one floor for all hosts and would bring a delay of 30 seconds down to it; without it
(AUTOTHROTTLE_ENABLED = False) the floors and the slowing down hold all the same.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.extensions.throttle import AutoThrottle

from newscrawl.visits.hosts import REFUSING, hostname_of, retry_after_of

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newscrawl.spiders.news import NewsSpider

SLOWER = 2.0
"""Times the delay after an answer of 429 or 503, for the rest of the run."""
SLOWEST = 120.0
"""Seconds; the ceiling of Common Crawl's news crawler."""


class SourceThrottle(AutoThrottle):
    """Slows down with a slow server, and never gets faster than was asked for.

    Settings: DOWNLOAD_DELAY, and Scrapy's AUTOTHROTTLE_ENABLED, AUTOTHROTTLE_MAX_DELAY.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._floors: dict[str, float] = {}
        self._adapts = crawler.settings.getbool("AUTOTHROTTLE_ENABLED")
        if self._adapts:
            super().__init__(crawler)
        else:
            self.crawler = crawler
            crawler.signals.connect(self._response_downloaded, signals.response_downloaded)
        crawler.signals.connect(self._ended, signals.request_left_downloader)

    def keep_to(self, host: str, delay: float) -> None:
        """Ask a host no faster than this from now on, in seconds between two requests."""
        self._floors[host] = max(self._floors.get(host, 0.0), delay)
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, delay)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        host = hostname_of(request.url)
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot is None:
            return
        self._listen(host, slot, response)
        self.mindelay = self._floor_of(request)
        self.maxdelay = max(self._max_delay(), self.mindelay)
        if self._adapts:
            super()._response_downloaded(response, request, spider)
        slot.delay = max(slot.delay, self.mindelay)  # an error page leaves the delay alone, its floor counts

    def _ended(self, request: Request) -> None:
        """Count the delay from the end of a request, whatever became of it.

        Scrapy counts from the moment that it hands a request to the network; what passes until it is sent is
        lost to the host: with 0.3 s gaps of 0.225 s were seen on a busy machine.
        """
        slot = self.crawler.engine.downloader.slots.get(hostname_of(request.url))
        if slot is not None:
            slot.lastseen = monotonic()

    def _listen(self, host: str, slot: Slot, response: Response) -> None:
        """Do as a host asks that has too much to do."""
        hosts = getattr(self.crawler.engine.scheduler, "hosts", None)
        if response.status not in REFUSING:
            if hosts is not None:
                hosts.answered(host)
            return
        self.keep_to(host, min(slot.delay * SLOWER, max(SLOWEST, slot.delay)))
        if hosts is not None:
            rest = retry_after_of(response.headers.get("Retry-After"), datetime.now(UTC))
            hosts.refused(host, monotonic(), rest)

    def _floor_of(self, request: Request) -> float:
        """Return the least seconds between two requests to the host of a request."""
        spider: NewsSpider = self.crawler.spider  # type: ignore[assignment]
        stated = spider.source_of(request).fetch.delay or self._min_delay()
        return max(stated, self._floors.get(hostname_of(request.url), 0.0))
