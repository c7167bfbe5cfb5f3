"""What becomes of the answer of a list: it is read, noted together with what it lists, and followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from newscrawl.discover import (
    FrontRecord,
    PageOfList,
    Walk,
    after_missing_page,
    next_page,
)
from newscrawl.extensions.tally import count
from newscrawl.items import CHINA_TIME, Page
from newscrawl.storage import Catalog, Front
from newscrawl.text.urls import url_key
from newscrawl.visits.calls import ListCall
from newscrawl.visits.frontier import CrawlFrontier, day_of
from newscrawl.visits.opening import Asked, queue_list
from newscrawl.visits.outcomes import Outcome
from newscrawl.visits.plan import is_over, stated_interval
from newscrawl.visits.reading import ListReader, Reading
from newscrawl.visits.remembering import after_answer, front_of, with_validators
from newscrawl.visits.visit import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

FRONTS_KEPT = 2_000
"""Lists that are remembered of one source; whoever has more is a trap. The largest portal seen has some 600 sections."""
BACKFILL_PAGES = 1_000
"""Pages of one list that a backfill may read in a run; its budget ends it earlier."""


class ListKeeper:
    """Takes in the answers of lists, for one crawl.

    Setting: CRAWL_LIST_PAGES.
    """

    def __init__(self, crawler: Crawler, frontier: CrawlFrontier, asked: Asked) -> None:
        self._crawler = crawler
        self._frontier = frontier
        self._asked = asked
        self._reader = ListReader(crawler, asked)
        self._pages = crawler.settings.getint("CRAWL_LIST_PAGES")

    async def take(self, response: Response, page: Page, visit: Visit) -> None:
        """Take in what a list has answered.

        Raises:
            PageError: it cannot be read.
        """
        call: ListCall = response.meta["call"]
        reading = await self._reader.read(response, page, visit)
        self._count(visit, "lists")
        if reading.is_unchanged:
            self._count(visit, "nofollow" if reading.is_nofollow else "unchanged")
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

    # --- noting ---

    async def _note_batches(self, reading: Reading, url: str, visit: Visit) -> None:
        assert reading.batches is not None
        async for batch in reading.batches:
            wanted = self._reader.wanted(batch, visit)
            reading.entry_count += len(wanted)
            reading.new_count += await self._frontier.note(visit, wanted, found_on=url)

    async def _note(self, call: ListCall, reading: Reading, response: Response, visit: Visit) -> None:
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
        self, above: FrontRecord, reading: Reading, visit: Visit, catalog: Catalog
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
            trap = visit.lessons.fan_out.trap_of(record.url) or (
                "too_many_lists" if len(new) >= room else None
            )
            if trap:
                self._count(visit, f"trap/{trap}")
            else:
                new.append(record)
        return tuple(new)

    def _turn(
        self, call: ListCall, reading: Reading, response: Response, visit: Visit
    ) -> tuple[Front, Walk | None]:
        """Return the list as it is after a page of it, and where the visit goes on in it."""
        now, span = datetime.now(UTC), self._asked.span
        record = _record_after(call, reading, response, visit)
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
        front = front_of(record, visit.source.id, call.known)
        if not call.walk.is_first:
            return front, step
        front = with_validators(front, response)
        if span is not None:  # what was passed over is to be found by an ordinary visit
            front = replace(front, etag=None, last_modified=None, body_digest=None)
        return front, step

    def _count(self, visit: Visit, event: str, times: int = 1) -> None:
        count(self._crawler.stats, visit.source.id, event, times=times)


def _is_doubtful(call: ListCall, reading: Reading) -> bool:
    """Tell whether a list may be none: it was read for the first time, and had nothing new."""
    record = call.walk.record
    return call.walk.is_first and record.is_new and bool(record.depth) and not reading.new_count


def _record_after(call: ListCall, reading: Reading, response: Response, visit: Visit) -> FrontRecord:
    """Return the record of a list after a page of it was read; its pace is that of its first page."""
    record = call.walk.record
    if not call.walk.is_first:
        return replace(record, new_count=record.new_count + reading.new_count)
    leads_on = bool(reading.redirect) or reading.is_unchanged
    record = after_answer(record, call.known, response, has_news=reading.new_count > 0)
    return record.visited(
        datetime.now(UTC),
        new_count=reading.new_count or len(reading.new_lists if reading.redirect else ()),
        entry_count=reading.entry_count or leads_on,
        stated=stated_interval(visit.source, record.url),
    )


def _short_name(url: str) -> str:
    """Return eight digits that stand for a page: two of a list's share them once in a million lists."""
    return f"{crc32(url_key(url).encode()):08x}"


def _china_day(now: datetime) -> date:
    return now.astimezone(CHINA_TIME).date()
