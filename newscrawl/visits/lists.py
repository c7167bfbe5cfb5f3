"""What becomes of the answer of a list: it is read, noted together with what it lists, and followed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from newscrawl.discover import (
    FrontKind,
    FrontRecord,
    Link,
    PageOfList,
    Walk,
    after_missing_page,
    directives_of,
    next_page,
)
from newscrawl.extensions.tally import count
from newscrawl.extensions.workers import readers_of
from newscrawl.items import CHINA_TIME, Page
from newscrawl.middlewares.robots import RobotsMiddleware
from newscrawl.storage import Catalog, Front
from newscrawl.text.urls import date_of_url, url_key
from newscrawl.visits.calls import ListCall
from newscrawl.visits.frontier import CrawlFrontier, day_of
from newscrawl.visits.opening import Asked, queue_list
from newscrawl.visits.outcomes import Outcome
from newscrawl.visits.plan import is_over, stated_interval
from newscrawl.visits.remembering import front_of
from newscrawl.visits.requests import NOT_MODIFIED
from newscrawl.visits.visit import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

FRONTS_KEPT = 2_000
"""Lists that are remembered of one source; whoever has more is a trap. The largest portal seen has some 600 sections."""
BACKFILL_PAGES = 1_000
"""Pages of one list that a backfill may read in a run; its budget ends it earlier."""
_TAG = "X-Robots-Tag"
_SITEMAPS = 20  # of one robots.txt
_NAME_LIMIT = 20  # characters of a link that are kept as the name of its list
_HEADER_LIMIT = 500  # characters; a validator is a digest or a date


@dataclass(slots=True)
class _Reading:
    """What a list leads to, and how much of it was new."""

    articles: tuple[Link, ...] = ()
    batches: AsyncIterator[tuple[Link, ...]] | None = None
    """Of articles, where there are too many to hold."""
    lists: tuple[FrontRecord, ...] = ()
    next_url: str | None = None
    redirect: str | None = None
    traps: dict[str, int] = field(default_factory=dict)
    is_unchanged: bool = False
    entry_count: int = 0
    new_count: int = 0
    new_lists: tuple[FrontRecord, ...] = ()
    """Those of ``lists`` that nobody knew."""


class ListKeeper:
    """Takes in the answers of lists, for one crawl.

    Settings: CRAWL_LIST_DEPTH, CRAWL_LIST_PAGES, CRAWL_OBEY_NOFOLLOW.
    """

    def __init__(self, crawler: Crawler, frontier: CrawlFrontier, asked: Asked) -> None:
        self._crawler = crawler
        self._frontier = frontier
        self._asked = asked
        self._depth = crawler.settings.getint("CRAWL_LIST_DEPTH")
        self._pages = crawler.settings.getint("CRAWL_LIST_PAGES")
        self._nofollow = crawler.settings.getbool("CRAWL_OBEY_NOFOLLOW")

    async def take(self, response: Response, page: Page, visit: Visit) -> None:
        """Take in what a list has answered.

        Raises:
            PageError: it cannot be read.
        """
        call: ListCall = response.meta["call"]
        reading = await self._read(call, response, page, visit)
        self._count(visit, "lists")
        if reading.is_unchanged:
            self._count(visit, "unchanged")
        for trap, times in reading.traps.items():
            self._count(visit, f"trap/{trap}", times)
        if reading.batches is not None:
            await self._note_batches(reading, call.walk.url, visit)
        await self._note(call, reading, response, visit)

    async def failed(
        self, call: ListCall, visit: Visit, outcome: Outcome, *, retry_after: timedelta | None = None
    ) -> None:
        """Note that a list brought no answer: it is asked again later, and seldom when it is gone."""
        now, record = datetime.now(UTC), call.walk.record
        is_gone = outcome.state == "gone"
        if call.walk.is_first:
            record = record.failed(now, is_gone=is_gone, retry_after=retry_after)
            if record.is_gone:
                self._count(visit, "lists_gone")
                record = record.retired() if is_over(record.url, _china_day(now)) else record
        elif is_gone:
            record = after_missing_page(call.walk)
        front = front_of(record, visit.source.id, call.known)
        await self._frontier.note(visit, (), lambda *_: (front,))

    # --- reading ---

    async def _read(self, call: ListCall, response: Response, page: Page, visit: Visit) -> _Reading:
        if response.status == NOT_MODIFIED or _is_same(call, response):
            return _Reading(is_unchanged=True)
        if self._obeys_nofollow(visit) and "nofollow" in directives_of(
            response.body, _header(response, _TAG) or ""
        ):
            self._count(visit, "nofollow")
            return _Reading(is_unchanged=True)
        readers, source, kind = readers_of(self._crawler), visit.source, call.walk.record.kind
        if kind == "feed":
            return _Reading(self._wanted(await readers.feed(page, source), visit))
        if kind == "sitemap":
            batches, sitemaps = await readers.sitemap(page, source, visit.lessons.shapes)
            return _Reading(batches=batches, lists=self._further(sitemaps, "sitemap", call, visit))
        front, traps = await readers.front(page, source, visit.lessons.shapes)
        feeds = self._further(map(Link, front.feeds), "feed", call, visit)
        if not call.walk.record.depth:
            feeds += self._further(self._sitemaps_of(response.url, visit), "sitemap", call, visit)
        return _Reading(
            articles=self._wanted(front.links.articles, visit),
            lists=feeds + self._further(front.links.lists, "front", call, visit),
            next_url=front.next_url,
            redirect=front.redirect,
            traps=traps,
        )

    def _wanted(self, links: Iterable[Link], visit: Visit) -> tuple[Link, ...]:
        """Return the articles of the days that are asked for, as far as their days are told, on one of twin hosts."""
        span, hosts = self._asked.span, visit.lessons.same_hosts
        return tuple(
            replace(link, url=hosts.canonical(link.url))
            for link in self._followed(links, visit)
            if span is None or (day := day_of(link)) is None or span.since <= day <= span.until
        )

    def _obeys_nofollow(self, visit: Visit) -> bool:
        stated = visit.source.fetch.obey_nofollow
        return self._nofollow if stated is None else stated

    def _followed(self, links: Iterable[Link], visit: Visit) -> Iterable[Link]:
        """Return the links that may be followed."""
        return (one for one in links if not one.nofollow) if self._obeys_nofollow(visit) else links

    def _further(
        self, links: Iterable[Link], kind: FrontKind, call: ListCall, visit: Visit
    ) -> tuple[FrontRecord, ...]:
        """Return the lists that a list leads to, as far down as lists are followed.

        The issues of a newspaper, which have their day in the address, stand side by side: each leads to the one before.
        """
        above, canonical = call.walk.record, visit.lessons.same_hosts.canonical
        is_issue = date_of_url(above.url) is not None
        found = []
        for link in self._followed(links, visit):
            depth = above.depth + (not is_issue or date_of_url(link.url) is None)
            if depth <= self._depth:
                found.append(
                    FrontRecord(canonical(link.url), link.text[:_NAME_LIMIT], depth=depth, kind=kind)
                )
        return tuple(found)

    def _sitemaps_of(self, url: str, visit: Visit) -> list[Link]:
        """Return the sitemaps that the robots.txt of a host names, those with news first."""
        robots = self._crawler.get_downloader_middleware(RobotsMiddleware)
        policy = robots.known_policy(url) if robots else None
        found = [one for one in policy.sitemaps if visit.source.owns(one)] if policy else []
        return [Link(one) for one in sorted(found, key=lambda one: "news" not in one.lower())[:_SITEMAPS]]

    # --- noting ---

    async def _note_batches(self, reading: _Reading, url: str, visit: Visit) -> None:
        assert reading.batches is not None
        async for batch in reading.batches:
            wanted = self._wanted(batch, visit)
            reading.entry_count += len(wanted)
            reading.new_count += await self._frontier.note(visit, wanted, found_on=url)

    async def _note(self, call: ListCall, reading: _Reading, response: Response, visit: Visit) -> None:
        """Note a list together with what it lists, and queue what follows."""
        reading.entry_count += len(reading.articles)
        steps: list[ListCall] = []

        def fronts(catalog: Catalog, new_count: int) -> Iterator[Front]:
            reading.new_count += new_count
            reading.new_lists = self._new_lists(call.walk.record, reading, visit, catalog)
            front, step = self._turn(call, reading, response, visit)
            if step is not None:
                steps.append(ListCall(step, front))
            if reading.articles:
                names = frozenset(_short_name(link.url) for link in reading.articles)
                visit.sidebars.add(names, front if step is None and _is_doubtful(call, reading) else None)
            yield front
            yield from self._given_up(visit)
            yield from (front_of(record, visit.source.id) for record in reading.new_lists)

        await self._frontier.note(visit, reading.articles, fronts, found_on=call.walk.url)
        visit.lessons.fan_out.add(call.walk.record.url, new_count=reading.new_count)
        for record in reading.new_lists:
            queue_list(visit, record)
        for step in steps:
            visit.put_list(step)

    def _given_up(self, visit: Visit) -> Iterator[Front]:
        """Yield the lists that were found to be of a trap while they waited: nobody asks for them again."""
        for call in visit.passed_over:
            yield front_of(call.walk.record.retired(), visit.source.id, call.known)
        visit.passed_over.clear()

    def _new_lists(
        self, above: FrontRecord, reading: _Reading, visit: Visit, catalog: Catalog
    ) -> tuple[FrontRecord, ...]:
        """Return the lists that nobody knew, at most as many as a site can have, and none of a trap."""
        now = datetime.now(UTC)
        found = [replace(record, next_visit_at=now) for record in reading.lists]
        if reading.redirect:
            found = [FrontRecord(reading.redirect, above.name, depth=above.depth, next_visit_at=now)]
        room = FRONTS_KEPT - catalog.front_count(visit.source.id) if found else 0
        new: list[FrontRecord] = []
        for record in found:
            if visit.was_asked(record.url) or catalog.front(record.url) is not None:
                continue
            trap = "too_many_lists" if len(new) >= room else visit.lessons.fan_out.trap_of(record.url)
            if trap:
                self._count(visit, f"trap/{trap}")
            else:
                new.append(record)
        return tuple(new)

    def _turn(
        self, call: ListCall, reading: _Reading, response: Response, visit: Visit
    ) -> tuple[Front, Walk | None]:
        """Return the list as it is after a page of it, and where the visit goes on in it."""
        now, span = datetime.now(UTC), self._asked.span
        record = _record_after(call, reading, visit, now)
        following = reading.next_url
        found = PageOfList(
            new_count=reading.new_count,
            entries=frozenset(_short_name(link.url) for link in reading.articles),
            next_url=None if following is None or visit.was_asked(following) else following,
            newest=max((day for link in reading.articles if (day := day_of(link))), default=None),
        )
        limit = BACKFILL_PAGES if span else visit.source.lists.pages or self._pages
        record, step, trap = next_page(replace(call.walk, record=record), found, limit=limit, span=span)
        if trap:
            self._count(visit, f"trap/{trap}")
        if not (step or record.gaps or record.cursor) and is_over(record.url, _china_day(now)):
            record = record.retired()
        if step:  # the list stays due until the visit has come to the end of it
            record = replace(record, next_visit_at=now)
        if not call.walk.is_first:
            return front_of(record, visit.source.id, call.known), step
        front = _front_after(record, call, reading, response, visit)
        if span is not None:  # what was passed over is to be found by an ordinary visit
            front = replace(front, etag=None, last_modified=None, body_digest=None)
        return front, step

    def _count(self, visit: Visit, event: str, times: int = 1) -> None:
        count(self._crawler.stats, visit.source.id, event, times=times)


def _is_doubtful(call: ListCall, reading: _Reading) -> bool:
    """Tell whether a list may be none: it was read for the first time, and had nothing new."""
    record = call.walk.record
    return call.walk.is_first and record.is_new and bool(record.depth) and not reading.new_count


def _is_same(call: ListCall, response: Response) -> bool:
    known = call.known
    return call.walk.is_first and known is not None and known.body_digest == _digest(response.body)


def _record_after(call: ListCall, reading: _Reading, visit: Visit, now: datetime) -> FrontRecord:
    """Return the record of a list after a page of it was read; its pace is that of its first page."""
    record = call.walk.record
    if not call.walk.is_first:
        return replace(record, new_count=record.new_count + reading.new_count)
    leads_on = bool(reading.redirect) or reading.is_unchanged
    return record.visited(
        now,
        new_count=reading.new_count or len(reading.new_lists if reading.redirect else ()),
        entry_count=reading.entry_count or leads_on,
        stated=stated_interval(visit.source, record.url),
    )


def _front_after(
    record: FrontRecord, call: ListCall, reading: _Reading, response: Response, visit: Visit
) -> Front:
    """Return a list with what the server has said of it, for asking whether it has changed."""
    known = call.known
    if response.status == NOT_MODIFIED:
        return front_of(record, visit.source.id, known)
    etag, modified = _header(response, "ETag"), _header(response, "Last-Modified")
    validator = etag or modified
    is_lying = (
        bool(reading.new_count)
        and known is not None
        and validator is not None
        and validator == (known.etag or known.last_modified)
    )
    record = replace(record, full_at=datetime.now(UTC), is_lying=record.is_lying or is_lying)
    front = front_of(record, visit.source.id)
    return replace(front, etag=etag, last_modified=modified, body_digest=_digest(response.body))


def _short_name(url: str) -> str:
    """Return eight digits that stand for a page: two of a list's share them once in a million lists."""
    return f"{crc32(url_key(url).encode()):08x}"


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:_HEADER_LIMIT] if value else None


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _china_day(now: datetime) -> date:
    return now.astimezone(CHINA_TIME).date()
