"""A crawl that ends before it is done, in order: its time is up, or somebody asks it to.

What is being transferred is finished, as far as the grace goes; what waits for its turn is given back, and so is
what outlasts the grace. Nobody is told of it: in the catalog these URLs stay as they were, for the next run.

Scrapy waits for all of them: for a host with a delay of 60 seconds that is a quarter of an hour, for a server
that sends a byte now and then half a minute.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from newscrawl.middlewares.refusals import CutOff

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_Answer = TypeVar("_Answer")

logger = logging.getLogger(__name__)

TIME_BUDGET = "time_budget"
"""The reason of a crawl that ends because its time is up; it has done what it was asked for."""
_LOOK_SECONDS = 0.2
"""Between two looks whether the crawl is ending: Scrapy has no signal for that, and every way to end leads there."""
_GRACE_SECONDS = 4.0
"""For what is being transferred. With the 8 seconds that a page may take to read, nearly everything ends within 10."""


class CleanStop:
    """Ends a crawl when its time is up, and sees to it that an ending crawl ends.

    Setting: CRAWL_MINUTES, or ``-a minutes=50``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._seconds = crawler.settings.getfloat("CRAWL_MINUTES") * 60
        self._started_at = 0.0
        self._ending_since: float | None = None
        self._closing: asyncio.Future[None] | None = None
        self._in_flight: set[asyncio.Future[Any]] = set()
        self._looks = create_looping_call(self._look)
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanStop:
        return cls(crawler)

    async def answer(self, download: Awaitable[_Answer]) -> _Answer:
        """Return what a download brings.

        Raises:
            CutOff: the crawl ends, and it takes too long.
        """
        task = asyncio.ensure_future(download)
        self._in_flight.add(task)
        try:
            return await task
        except asyncio.CancelledError as error:
            if self._ending_since is None:
                raise
            raise CutOff("the crawl ends") from error
        finally:
            self._in_flight.discard(task)

    def _opened(self) -> None:
        self._started_at = time.monotonic()
        self._looks.start(_LOOK_SECONDS, now=False)

    def _closed(self) -> None:
        if self._looks.running:
            self._looks.stop()

    def _look(self) -> None:
        now = time.monotonic()
        if self._is_ending():
            self._end(now)
        elif self._seconds and now - self._started_at >= self._seconds:
            logger.info("the time of the crawl is up")
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=TIME_BUDGET))

    def _is_ending(self) -> bool:
        engine = self._crawler.engine
        return not engine.running or (engine._slot is not None and engine._slot.closing is not None)

    def _end(self, now: float) -> None:
        self._ending_since = self._ending_since or now
        self._give_back_waiting()
        if now - self._ending_since >= _GRACE_SECONDS:
            self._keep_silent()
            for task in self._in_flight:
                task.cancel()

    def _give_back_waiting(self) -> None:
        """Take from the hosts' queues what waits there for its turn."""
        self._keep_silent()
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(Failure(CutOff("the crawl ends")))  # type: ignore[no-untyped-call]

    def _keep_silent(self) -> None:
        """Let nobody note a failure of what is under way: it would count as a failed try of a good URL."""
        slot = self._crawler.engine._slot
        for request in slot.inprogress if slot else ():
            request.errback = None


def stop_of(crawler: Crawler) -> CleanStop | None:
    """Return the extension that ends a crawl, None where it is not switched on."""
    return crawler.get_extension(CleanStop)
