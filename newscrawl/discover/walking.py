"""Which page of a list is read after this one, in a visit and over visits. A pure decision.

    fresh     from the first page on, as long as a page brings something new
    gap       where an earlier visit was cut off while everything was new, until it meets what is known
    deep      back through the whole list, once: each visit takes it up where the last one stopped
    backfill  back to a day that the operator named, as far as it takes

New articles push the others to later pages, never to earlier ones, so a page that is asked again later shows
what was there and what slid in from before: nothing is passed over. Each step is stored with what the page
listed, so a crash costs no page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from newscrawl.discover.records import FrontRecord

Way = Literal["fresh", "gap", "deep", "backfill"]

THIN_ENTRIES = 2
THIN_PAGES = 5
"""Pages in a row with fewer articles than ``THIN_ENTRIES`` that the page before did not list: a pager without end.
Real lists have 10 to 100 a page; one that always shows its last page again adds none."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that an operator wants filled in, both included."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"{self.since}..{self.until}"


@dataclass(frozen=True, slots=True)
class Walk:
    """A page of a list that is to be read, and how the visit came there."""

    record: FrontRecord
    url: str
    number: int = 1
    """Pages of the list that this visit has asked for, this one included."""
    way: Way = "fresh"
    has_opened_gap: bool = False
    """The gap of the record is this visit's own."""
    entries: frozenset[str] = frozenset()
    """What the page before listed."""
    thin_count: int = 0

    @property
    def is_first(self) -> bool:
        """Whether it is the list itself that is asked, and not one of its further pages."""
        return self.number == 1


@dataclass(frozen=True, slots=True)
class PageOfList:
    """What a page of a list turned out to hold."""

    new_count: int = 0
    entries: frozenset[str] = frozenset()
    """Keys of the articles it lists."""
    next_url: str | None = None
    newest: date | None = None
    """The last day of its articles, as far as days are told."""


def next_page(
    walk: Walk, found: PageOfList, *, limit: int, span: Span | None = None
) -> tuple[FrontRecord, Walk | None, str | None]:
    """Return the record after a page, the page to read next, and the name of the trap that the pager is.

    ``limit`` is how many pages of one list a visit may read.
    """
    thin_count = walk.thin_count + 1 if not walk.is_first and _adds_little(walk, found) else 0
    if thin_count >= THIN_PAGES:
        ended = replace(walk.record, gap=None, cursor=None, is_walked=True)
        return _without_backfill(ended, span), None, "endless_paging"
    record, url, way = _decide(walk, found, span)
    if url is None or walk.number >= limit:
        return record, None, None
    goes_on = url == found.next_url
    step = Walk(
        record,
        url,
        walk.number + 1,
        way,
        has_opened_gap=way == "fresh" and record.gap == url,
        entries=found.entries if goes_on else frozenset(),
        thin_count=thin_count if goes_on else 0,
    )
    return record, step, None


def after_missing_page(walk: Walk) -> FrontRecord:
    """Return the record when a further page is not there: the list has become shorter, its end was passed."""
    if walk.way == "deep":
        return replace(walk.record, cursor=None, is_walked=True)
    return replace(walk.record, gap=None)


def _decide(walk: Walk, found: PageOfList, span: Span | None) -> tuple[FrontRecord, str | None, Way]:
    record, following = walk.record, found.next_url
    if walk.way == "backfill":
        assert span is not None
        is_done = following is None or (found.newest is not None and found.newest < span.since)
        record = replace(record, backfill=(str(span), None if is_done else following))
        return record, None if is_done else following, "backfill"
    if walk.way == "deep" or (not span and not record.is_walked and record.cursor is None):
        return replace(record, cursor=following, is_walked=following is None), following, "deep"
    if following and found.new_count:
        if walk.way == "gap" or walk.has_opened_gap or record.gap is None:
            record = replace(record, gap=following)
        return record, following, walk.way
    if record.gap and walk.way == "fresh" and not walk.has_opened_gap:
        return record, record.gap, "gap"
    record = replace(record, gap=None)
    return _further_back(record, following, span)


def _further_back(
    record: FrontRecord, following: str | None, span: Span | None
) -> tuple[FrontRecord, str | None, Way]:
    """Return where the visit goes when it has met what is known."""
    if span is None:
        return record, record.cursor, "deep"
    if record.backfill and record.backfill[0] == str(span):
        return record, record.backfill[1], "backfill"
    return replace(record, backfill=(str(span), following)), following, "backfill"


def _adds_little(walk: Walk, found: PageOfList) -> bool:
    return len(found.entries - walk.entries) < THIN_ENTRIES


def _without_backfill(record: FrontRecord, span: Span | None) -> FrontRecord:
    return replace(record, backfill=(str(span), None)) if span else record
