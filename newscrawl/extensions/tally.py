"""Counts per source in Scrapy's statistics: one way to write them, one way to read them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

_PREFIX = "source/"
_ERRORS = "last_error/"


def count(stats: StatsCollector, source: str, event: str, *, times: int = 1) -> None:
    """Add to the count of an event of a source; ``event`` is a word, or word/reason."""
    stats.inc_value(f"{_PREFIX}{source}/{event}", times)


def note_error(stats: StatsCollector, source: str, error: str) -> None:
    """Keep the last error of a source."""
    stats.set_value(f"{_ERRORS}{source}", error)


def last_errors(stats: Mapping[str, Any]) -> dict[str, str]:
    """Return the last error by source.

    >>> last_errors({"last_error/lushan": "timeout http://lushan.example/", "item_count": 3})
    {'lushan': 'timeout http://lushan.example/'}
    """
    return {key.removeprefix(_ERRORS): error for key, error in stats.items() if key.startswith(_ERRORS)}


def tallies(stats: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Return the counts by source and event.

    >>> tallies({"source/lushan/kept": 3, "source/lushan/quarantined/soft_404": 1, "item_count": 3})
    {'lushan': {'kept': 3, 'quarantined/soft_404': 1}}
    """
    found: dict[str, dict[str, int]] = {}
    for key, value in sorted(stats.items()):
        if key.startswith(_PREFIX):
            source, _, event = key.removeprefix(_PREFIX).partition("/")
            found.setdefault(source, {})[event] = value
    return found


def total_of(events: Mapping[str, int], event: str) -> int:
    """Return how often an event was counted, under whatever reasons.

    >>> total_of({"kept": 3, "quarantined/soft_404": 1, "quarantined/empty": 2}, "quarantined")
    3
    """
    return sum(n for key, n in events.items() if key == event or key.startswith(event + "/"))


def by_reason(events: Mapping[str, int], event: str) -> dict[str, int]:
    """Return the counts of an event by its reason.

    >>> by_reason({"quarantined/soft_404": 1, "kept": 2}, "quarantined")
    {'soft_404': 1}
    """
    return {key.removeprefix(event + "/"): n for key, n in events.items() if key.startswith(event + "/")}
