"""What the visits to a source have taught, kept from run to run: shapes of addresses, twin hosts, traps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from newscrawl.discover import FanOut, SameHosts, ShapeMemory
from newscrawl.sources import Source
from newscrawl.storage import Catalog
from newscrawl.visits.hosts import hostname_of

TRAPS_FORGOTTEN = timedelta(days=30)
"""Then a pattern that was given up is tried anew: sites are rebuilt."""


class Lessons:
    """What is known of the addresses of one source."""

    def __init__(self, source: Source, known: dict[str, Any], today: date) -> None:
        starts = map(hostname_of, source.start)
        self.shapes = ShapeMemory({shape: (a, b) for shape, (a, b) in known.get("shapes", {}).items()})
        self.same_hosts = SameHosts(source.same_hosts, starts, known.get("same_hosts"))
        traps = known.get("traps", {})
        self._trapped_on = {one: day for one, day in traps.items() if _is_recent(day, today)}
        self.fan_out = FanOut(trapped=self._trapped_on)
        self._today = today
        self._known = self._state()

    def changed(self) -> dict[str, Any]:
        """Return what is to be stored, by subject, of what has changed since the last time."""
        state, before = self._state(), self._known
        self._known = state
        return {subject: value for subject, value in state.items() if value != before[subject]}

    def _state(self) -> dict[str, Any]:
        today = self._today.isoformat()
        return {
            "shapes": {shape: list(counts) for shape, counts in self.shapes.counts.items()},
            "same_hosts": self.same_hosts.counts,
            "traps": {one: self._trapped_on.get(one, today) for one in self.fan_out.trapped},
        }


def lessons_of(source: Source, catalog: Catalog, today: date) -> Lessons:
    """Return what earlier runs have learnt of a source."""
    return Lessons(source, catalog.learnt(source.id), today)


def _is_recent(day: str, today: date) -> bool:
    return today - date.fromisoformat(day) < TRAPS_FORGOTTEN
