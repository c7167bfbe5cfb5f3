"""Scrapy's scheduler: the sources take turns, and a host is asked only when it may be.

Scrapy's own hands requests to the downloader as they come, where they wait for the delay of their host and fill
all its places: with 16 places and five seconds, 3.2 pages a second for any number of hosts. This one hands
out a request when its host is free and rested, so that every host is asked as often as it may be.
"""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.asyncio import CallLaterResult, call_later

from newscrawl.extensions.tally import count
from newscrawl.visits.calls import ArticleCall, ListCall
from newscrawl.visits.hosts import Hosts, hostname_of
from newscrawl.visits.requests import request_for
from newscrawl.visits.visit import Visit

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from newscrawl.spiders.news import NewsSpider

_SOON = 0.001  # seconds: the clock of the downloader and this one are read a moment apart


class VisitScheduler(BaseScheduler):
    """Hands out what the visits want, one request a host at a time.

    Setting: CRAWL_BUDGET.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._visits: OrderedDict[str, Visit] = OrderedDict()
        stated = crawler.settings["CRAWL_BUDGET"]
        self._left = int(stated) if stated not in (None, "", "None") else None
        self._alarm: CallLaterResult | None = None
        self.hosts = Hosts()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> VisitScheduler:
        """Return the scheduler of a crawl."""
        return cls(crawler)

    def add(self, visit: Visit) -> None:
        """Take a visit in, behind the others, and have the engine begin with it."""
        self._visits[visit.source.id] = visit
        self._wake_up()

    def visit_of(self, source: str) -> Visit | None:
        """Return the visit of a source, None when it is not visited in this run."""
        return self._visits.get(source)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The visits of this run."""
        return tuple(self._visits.values())

    def has_pending_requests(self) -> bool:
        """Return whether anything is left to ask for."""
        return any(not visit.is_done for visit in self._visits.values())

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that somebody made: the next page of an article, a redirect, a second try."""
        self._visits[request.meta["source"]].put_begun(request)
        return True

    def next_request(self) -> Request | None:
        """Return what is asked for next; None when every host is busy or rests."""
        now = monotonic()
        busy = {hostname_of(request.url) for request in self._crawler.engine.downloader.active}

        def is_free(host: str) -> bool:
            return host not in busy and self._ready_at(host) <= now

        for name in list(self._visits):
            visit = self._visits[name]
            self._drop_hosts_left_alone(visit)
            taken = None if visit.is_done else visit.take(is_free)
            if taken is None:
                continue
            self._visits.move_to_end(name)
            if isinstance(taken, ListCall | ArticleCall):
                self._count_down()
                return request_for(taken, visit.source, self._spider)
            return taken
        self._wake_up_later(busy, now)
        return None

    @property
    def _spider(self) -> NewsSpider:
        return self._crawler.spider  # type: ignore[return-value]

    def close(self, reason: str) -> None:
        """Let nothing ring any more."""
        if self._alarm is not None:
            self._alarm.cancel()

    def _ready_at(self, host: str) -> float:
        slot = self._crawler.engine.downloader.slots.get(host)
        polite = slot.lastseen + slot.delay if slot is not None else 0.0
        return max(polite - _SOON, self.hosts.ready_at(host))

    def _drop_hosts_left_alone(self, visit: Visit) -> None:
        for host in visit.hosts:
            if self.hosts.is_left_alone(host):
                visit.drop(host)
                count(self._crawler.stats, visit.source.id, "left_alone")

    def _count_down(self) -> None:
        """Keep to the budget of the run: what is over it stays in the catalog."""
        if self._left is None:
            return
        self._left -= 1
        if self._left == 0:
            for visit in self._visits.values():
                visit.close()

    def _wake_up_later(self, busy: set[str], now: float) -> None:
        """Have the engine ask again when the first host is ready; for one that is busy it does so by itself."""
        hosts = {host for visit in self._visits.values() for host in visit.hosts} - busy
        if not hosts:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        wait = max(min(map(self._ready_at, hosts)) - now, 0.0) + _SOON
        self._alarm = call_later(wait, self._wake_up)

    def _wake_up(self) -> None:
        slot = (
            self._crawler.engine._slot
        )  # the engine has no public way to be told that there is something to do
        if slot is not None:
            slot.nextcall.schedule()
