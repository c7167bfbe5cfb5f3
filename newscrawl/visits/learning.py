"""What pages turned out to be, heard from the pipelines: it teaches the visits of their sources."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from scrapy import signals

from newscrawl.discover import FrontRecord
from newscrawl.exceptions import ArchiveError
from newscrawl.extensions.tally import count
from newscrawl.items import ArchivedArticle, Page
from newscrawl.pipelines.drops import ExactDuplicate, Quarantined

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.exceptions import DropItem

    from newscrawl.visits.frontier import CrawlFrontier
    from newscrawl.visits.scheduler import VisitScheduler
    from newscrawl.visits.visit import Visit

_NO_ARTICLES = frozenset({"list_page", "too_short", "no_headline", "not_html", "video_only"})
"""Reasons of pages that were read and are none. A page that was blocked or is gone says nothing of its address."""


class Learning:
    """Keeps the lessons of the visits of a crawl."""

    def __init__(self, crawler: Crawler, frontier: CrawlFrontier) -> None:
        self._crawler = crawler
        self._frontier = frontier
        crawler.signals.connect(self._archived, signals.item_scraped)
        crawler.signals.connect(self._dropped, signals.item_dropped)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @property
    def _scheduler(self) -> VisitScheduler:
        return self._crawler.engine.scheduler  # type: ignore[return-value]

    def _archived(self, item: ArchivedArticle) -> None:
        capture = item.article.capture
        if visit := self._scheduler.visit_of(capture.source):
            visit.lessons.shapes.add(capture.url, is_article=True)

    async def _dropped(self, item: Page, exception: DropItem) -> None:
        visit, url = self._scheduler.visit_of(item.capture.source), item.capture.url
        if visit is None:
            return
        if isinstance(exception, ExactDuplicate):
            visit.lessons.shapes.add(url, is_article=True)
            self._compare_hosts(url, exception.original_url, visit)
        elif isinstance(exception, Quarantined) and exception.reason in _NO_ARTICLES:
            visit.lessons.shapes.add(url, is_article=False)
            if exception.reason == "list_page":
                with suppress(ArchiveError):  # the crawl is being stopped
                    await self._frontier.note_list(visit, FrontRecord(url))

    def _compare_hosts(self, url: str, original_url: str, visit: Visit) -> None:
        """Ask a host for nothing more when the other one has the same pages."""
        twin = visit.lessons.same_hosts.add(url, original_url)
        if twin:
            visit.leave(twin)
            count(self._crawler.stats, visit.source.id, f"same_host/{twin}")

    async def _closed(self) -> None:
        with suppress(ArchiveError):  # the disk refuses; the command says so
            for visit in self._scheduler.visits:
                await self._frontier.save_lessons(visit)
