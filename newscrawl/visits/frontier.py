"""The catalog as a visit sees it: what is due, what was found, and what became of what was asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from newscrawl.discover import FrontRecord, Link
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.items import CHINA_TIME
from newscrawl.sources import Source
from newscrawl.storage import Archive, Catalog, FoundUrl, Front, KnownUrl, UrlState
from newscrawl.text.urls import date_of_url
from newscrawl.visits.calls import ArticleCall
from newscrawl.visits.lessons import Lessons, lessons_of
from newscrawl.visits.opening import Asked, queue_due_lists, queue_list
from newscrawl.visits.outcomes import Outcome, next_try_at
from newscrawl.visits.remembering import front_of, record_of
from newscrawl.visits.visit import Visit

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_LEASES = 50
"""Articles that a visit takes from the catalog at once: a few milliseconds of the reactor."""
_LOW = 10
"""Articles in hand at which it takes more; more than the hosts of a source that are asked at the same time."""
_OPEN = frozenset({UrlState.PENDING, UrlState.FETCHING})


class CrawlFrontier:
    """The URLs and lists of the catalog, for one crawl. What is noted here survives the crawl, however it ends."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def lessons_of(self, source: Source) -> Lessons:
        """Return what earlier runs have learnt of a source."""
        async with archive_of(self._crawler).writing() as archive:
            return lessons_of(source, archive, datetime.now(UTC).astimezone(CHINA_TIME).date())

    async def save_lessons(self, visit: Visit) -> None:
        """Keep what a visit has learnt."""
        async with archive_of(self._crawler).writing() as archive:
            for front in visit.sidebars.barren():
                archive.put_front(front_of(record_of(front).barren(), visit.source.id, front))
            for subject, value in visit.lessons.changed().items():
                archive.put_learnt(visit.source.id, subject, value)

    async def open(self, visit: Visit, asked: Asked) -> None:
        """Queue the lists of a source that are due, and the first of the articles that it still owes."""
        async with archive_of(self._crawler).writing() as archive:
            queue_due_lists(visit, archive, asked)
        await self.refill(visit)

    async def note(
        self,
        visit: Visit,
        articles: Collection[Link],
        fronts: Callable[[Catalog, int], Iterable[Front]] | None = None,
        *,
        found_on: str = "",
    ) -> int:
        """Note articles, and the lists that ``fronts`` makes of how many were new: together, or not at all."""
        source = visit.source.id
        found = [_found(link, source, found_on) for link in articles]
        async with archive_of(self._crawler).writing() as archive:
            new = archive.discover(found)
            for front in fronts(archive, len(new)) if fronts else ():
                archive.put_front(front)
        if new:
            count(self._crawler.stats, source, "links_new", times=len(new))
            visit.has_more = True
        return len(new)

    async def note_list(self, visit: Visit, record: FrontRecord) -> None:
        """Note a page that was taken for an article and is a list, and queue it."""
        record = replace(record, next_visit_at=datetime.now(UTC))
        async with archive_of(self._crawler).writing() as archive:
            if archive.front(record.url) is not None:
                return
            archive.put_front(front_of(record, visit.source.id))
        queue_list(visit, record)

    # --- articles ---

    async def refill(self, visit: Visit) -> None:
        """Lease the next articles of a source when its visit runs out of them, the newest first."""
        if not visit.has_more or visit.waiting_count >= _LOW:
            return
        wanted = min(_LEASES, visit.articles_left)
        if wanted == 0:
            return
        async with archive_of(self._crawler).writing() as archive:
            leased = archive.lease(wanted, source=visit.source.id)
            twins = [known for known in leased if _settle_twin(known, visit, archive)]
        visit.put_articles(ArticleCall(one.url, one.link_text or "") for one in leased if one not in twins)
        visit.has_more = len(leased) == wanted or bool(twins)

    async def note_named(self, visit: Visit, url: str) -> None:
        """Note a page that the operator named, and queue it unless it is settled."""
        async with archive_of(self._crawler).writing() as archive:
            archive.discover([FoundUrl(url=url, source=visit.source.id)])
            known = archive.url(url)
        if known is not None and known.state in _OPEN:
            visit.put_articles([ArticleCall(url)])

    async def settle_failed(
        self, url: str, source: str, outcome: Outcome, *, detail: str, retry_after: timedelta | None = None
    ) -> None:
        """Note what became of an article that could not be fetched."""
        async with archive_of(self._crawler).writing() as archive:
            if outcome.state == "quarantined":
                archive.quarantine(url, source, outcome.reason, detail)
                return
            known = archive.url(url)
            now = datetime.now(UTC)
            again = next_try_at(known.tries if known else 0, now=now)
            if again is not None and retry_after is not None:
                again = max(again, now + retry_after)
            archive.settle(url, outcome.state, outcome.reason, source=source, next_try_at=again)

    async def settle_unwanted(self, url: str, visit: Visit, reason: str, detail: str) -> None:
        """Put a page in the quarantine that asks not to be archived."""
        async with archive_of(self._crawler).writing() as archive:
            archive.quarantine(url, visit.source.id, reason, detail)
        count(self._crawler.stats, visit.source.id, f"quarantined/{reason}")

    async def settle_redirects(self, asked: Request | Response) -> None:
        """Settle URLs that led to another as its duplicates; the other is noted first, so that none is lost."""
        redirected, source = asked.meta.get("redirect_urls", ()), asked.meta["source"]
        if redirected:
            async with archive_of(self._crawler).writing() as archive:
                archive.discover([FoundUrl(url=asked.url, source=source)])
                for url in redirected:
                    archive.settle(url, UrlState.DUPLICATE, asked.url, source=source)


def _settle_twin(known: KnownUrl, visit: Visit, archive: Archive) -> bool:
    """Settle an article that another host has as well, as a duplicate of the one there; return whether it is one."""
    url = visit.lessons.same_hosts.canonical(known.url)
    if url == known.url:
        return False
    archive.discover(
        [FoundUrl(url=url, source=known.source, priority=known.priority, link_text=known.link_text)]
    )
    archive.settle(known.url, UrlState.DUPLICATE, url, source=known.source)
    return True


def day_of(link: Link) -> date | None:
    """Return the day that is told for a link, beside it or in its address, China time."""
    if isinstance(link.published, datetime):
        aware = link.published if link.published.tzinfo else link.published.replace(tzinfo=CHINA_TIME)
        return aware.astimezone(CHINA_TIME).date()
    return link.published or date_of_url(link.url)


def _found(link: Link, source: str, found_on: str) -> FoundUrl:
    """Return an article as it is noted: the later its day, the earlier it is fetched; without a day it counts as old."""
    day = day_of(link)
    return FoundUrl(
        url=link.url,
        source=source,
        priority=day.toordinal() if day else 0,
        link_text=link.text or None,
        found_on=found_on or None,
    )
