"""What is remembered of one list (a section front, a feed, a sitemap) from visit to visit. Pure values.

    FrontRecord --visited--> FrontRecord --failed--> FrontRecord …

A list is asked again when its time has come (`revisit` has the arithmetic); a list of a day that is over is
asked once and never again, one that is gone only after a month. Paging is remembered too: where the walk back
through the pages of a list stopped, so that the next visit goes on from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Self

from newscrawl.discover.revisit import (
    LONGEST,
    Pace,
    next_visit_in,
    pace_after_failure,
    pace_after_visit,
)

FrontKind = Literal["front", "feed", "sitemap"]
Gap = tuple[str, tuple[str, ...]]
"""A page, and what the list showed when the page was new: there the gap ends."""

FIRST_INTERVAL = timedelta(hours=1)
"""Between the first visits to a list; later ones follow what it brings."""

GONE_AFTER = 3
"""Answers of 404 or 410 in a row after which a list is taken for gone; one may be a mistake of a deployment."""
GONE_PAUSE = timedelta(days=30)
"""Until a list that is gone is asked once more: sites come back, and nobody is troubled by one request a month."""

FULL_EVERY = timedelta(hours=12)
"""After that long with nothing but "not modified" a list is asked in full: some servers say it for ever."""


@dataclass(frozen=True, slots=True)
class FrontRecord:
    """One list, what its visits brought, and when it is due."""

    url: str
    name: str = ""
    visit_count: int = 0
    new_count: int = 0
    """New articles, over all visits."""
    depth: int = 1
    """Clicks from the start page."""
    kind: FrontKind = "front"
    pace: Pace = field(default_factory=lambda: Pace(FIRST_INTERVAL))
    visited_at: datetime | None = None
    """When it was last looked through, unchanged or not."""
    next_visit_at: datetime | None = None
    """None for never again, when it was visited."""
    full_at: datetime | None = None
    """When the server last sent the whole of it."""
    is_lying: bool = False
    """The server said "not modified" of a list that had news: it is asked in full from then on."""
    gone_count: int = 0
    """Answers of 404 or 410 in a row."""
    shown: tuple[str, ...] = ()
    """Short names of the articles on its first page, when that was last read."""
    gaps: tuple[Gap, ...] = ()
    """Where looking for what is new was cut off before it met what had been shown, the youngest first."""
    cursor: str | None = None
    """The page where walking back through the list goes on; None when there is nothing to go on with."""
    is_walked: bool = False
    """Its pages were once followed down to the last."""
    backfill: tuple[str, str | None] | None = None
    """The days that a backfill was for, and the page where it goes on; None there when it is done."""

    @property
    def is_new(self) -> bool:
        """Whether it was never looked through."""
        return self.visited_at is None

    @property
    def is_gone(self) -> bool:
        """Whether the site has said often enough that it is no more."""
        return self.gone_count >= GONE_AFTER

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is to be asked."""
        return self.is_new if self.next_visit_at is None else self.next_visit_at <= now

    def asks_in_full(self, now: datetime) -> bool:
        """Tell whether the whole of it is wanted, whatever the server thinks we know."""
        return self.is_lying or self.full_at is None or now - self.full_at >= FULL_EVERY

    @property
    def is_barren(self) -> bool:
        """Whether it has never brought anything, and is seldom asked."""
        return not self.is_new and not self.new_count and self.pace.interval >= LONGEST

    def visited(
        self, now: datetime, *, new_count: int, entry_count: int, stated: timedelta | None = None
    ) -> Self:
        """Return the record after a visit that found ``new_count`` new articles among ``entry_count``.

        ``stated`` is the interval that the source's file states; it stands above what is learnt. A list
        without any article is asked again after the longest interval at once.
        """
        since_last = now - self.visited_at if self.visited_at else None
        if stated is not None:
            pace = Pace(stated)
        elif since_last is None:
            pace = Pace(self.pace.interval if entry_count or not self.depth else LONGEST)
        else:
            pace = pace_after_visit(self.pace, new_count, entry_count=entry_count, since_last=since_last)
        return replace(
            self,
            pace=pace,
            visit_count=self.visit_count + 1,
            new_count=self.new_count + new_count,
            visited_at=now,
            next_visit_at=now + next_visit_in(pace),
            gone_count=0,
        )

    def barren(self) -> Self:
        """Return the record of a list that showed nothing of its own: it is asked again after the longest interval."""
        next_visit_at = self.visited_at + LONGEST if self.visited_at else None
        return replace(self, pace=Pace(LONGEST), next_visit_at=next_visit_at)

    def failed(self, now: datetime, *, is_gone: bool = False, retry_after: timedelta | None = None) -> Self:
        """Return the record after a visit that brought no answer, or the answer that it is gone."""
        pace = pace_after_failure(self.pace)
        gone_count = self.gone_count + 1 if is_gone else 0
        wait = GONE_PAUSE if gone_count >= GONE_AFTER else next_visit_in(pace, retry_after=retry_after)
        return replace(self, pace=pace, gone_count=gone_count, next_visit_at=now + wait)

    def retired(self) -> Self:
        """Return the record of a list that is never asked again: its day is over."""
        return replace(self, next_visit_at=None)

    def to_state(self) -> dict[str, Any]:
        """Return what is to be stored, as JSON; the URL and the two times of the visits are stored beside it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "depth": self.depth,
            "visits": self.visit_count,
            "new": self.new_count,
            "interval": int(self.pace.interval.total_seconds()),
            "failures": self.pace.failure_count,
            "full_at": self.full_at.isoformat() if self.full_at else None,
            "lying": self.is_lying,
            "gone": self.gone_count,
            "shown": list(self.shown),
            "gaps": [[url, list(shown)] for url, shown in self.gaps],
            "cursor": self.cursor,
            "walked": self.is_walked,
            "backfill": list(self.backfill) if self.backfill else None,
        }

    @classmethod
    def from_state(
        cls,
        url: str,
        state: Mapping[str, Any] | None,
        *,
        visited_at: datetime | None = None,
        next_visit_at: datetime | None = None,
    ) -> Self:
        """Return the record of a list from what was stored; what is missing is as for a list never seen.

        >>> FrontRecord.from_state("http://a.cn/sh/", {"name": "社会", "visits": 3, "new": 12}).new_count
        12
        """
        state = state or {}
        interval = timedelta(seconds=state.get("interval", FIRST_INTERVAL.total_seconds()))
        backfill = state.get("backfill")
        return cls(
            url=url,
            name=state.get("name", ""),
            visit_count=state.get("visits", 0),
            new_count=state.get("new", 0),
            depth=state.get("depth", 1),
            kind=state.get("kind", "front"),
            pace=Pace(interval, state.get("failures", 0)),
            visited_at=visited_at,
            next_visit_at=next_visit_at,
            full_at=datetime.fromisoformat(state["full_at"]) if state.get("full_at") else None,
            is_lying=state.get("lying", False),
            gone_count=state.get("gone", 0),
            shown=tuple(state.get("shown", ())),
            gaps=tuple((url, tuple(shown)) for url, shown in state.get("gaps", ())),
            cursor=state.get("cursor"),
            is_walked=state.get("walked", False),
            backfill=(backfill[0], backfill[1]) if backfill else None,
        )
