"""What a visit asks a host for: a page of a list, or an article."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.discover import Walk
from newscrawl.storage import Front

KNOWN, TRIAL, BACK = range(3)
"""The order of lists: those that are due, those that nobody has seen yet, and the old pages of either."""


@dataclass(frozen=True, slots=True)
class ListCall:
    """A page of a list."""

    walk: Walk
    known: Front | None = field(default=None, repr=False)
    """What the last visit left, for asking whether anything has changed."""

    @property
    def url(self) -> str:
        """The page."""
        return self.walk.url

    @property
    def rank(self) -> int:
        """Its place in the order of lists."""
        if self.walk.way in {"deep", "backfill"}:
            return BACK
        return TRIAL if self.walk.record.is_new and self.walk.record.depth else KNOWN


@dataclass(frozen=True, slots=True)
class ArticleCall:
    """An article, leased from the frontier."""

    url: str
    text: str = ""
    """Of the link that led to it."""


Call = ListCall | ArticleCall
