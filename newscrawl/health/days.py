"""What the rules are told of a day; whoever counts the days gives objects of this shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol


class DayOfArticles(Protocol):
    """The new texts of one column (栏目) of a source on one day."""

    @property
    def column(self) -> str:
        """Empty where the pages do not name it."""

    @property
    def day(self) -> date:
        """Of China."""

    @property
    def count(self) -> int:
        """New texts, reprints and duplicates of other pages among them."""

    @property
    def kept_count(self) -> int:
        """Those whose size is known."""

    @property
    def size(self) -> int:
        """Bytes of these together."""

    @property
    def last_at(self) -> datetime:
        """When the last of them was captured."""


class DayOfVisits(Protocol):
    """What the runs of one day reported of a source."""

    @property
    def day(self) -> date:
        """Of China."""

    @property
    def visited_at(self) -> datetime:
        """When the last of them ended."""

    @property
    def answered_at(self) -> datetime | None:
        """When the last one ended in which it answered, None for a day without an answer."""

    @property
    def error(self) -> str:
        """The last one, empty without any."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Sums by event, ``kept``, or event and reason, ``quarantined/too_short``."""
