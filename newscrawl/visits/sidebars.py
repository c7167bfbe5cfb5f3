"""Which lists have nothing of their own: pages about the site, with the headlines of every page beside them.

They look like sections and would be asked for ever: 5 to 18 of 100 fetches of simulated sites. That nothing on
them was new is no sign: the home page is read first, and brings what the sections have. A sidebar is told by the
number of lists that show it, when the visit is over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from newscrawl.storage import Front

LEAST_LISTS = 3
SIDEBAR_SHARE = 0.5
"""Of the lists of a visit that show an article of a sidebar; an article has two or three lists of its own."""


@dataclass(slots=True)
class Sidebars:
    """What the lists of one visit have shown."""

    _lists: int = 0
    _times: Counter[str] = field(default_factory=Counter)
    _doubtful: list[tuple[Front, frozenset[str]]] = field(default_factory=list)

    def add(self, entries: frozenset[str], doubtful: Front | None = None) -> None:
        """Note what a list showed; a list that was read for the first time and brought nothing new is doubtful."""
        self._lists += 1
        self._times.update(entries)
        if doubtful is not None:
            self._doubtful.append((doubtful, entries))

    def barren(self) -> list[Front]:
        """Return the doubtful lists that showed nothing but sidebars."""
        least = max(LEAST_LISTS, SIDEBAR_SHARE * self._lists)
        return [
            front for front, entries in self._doubtful if all(self._times[one] >= least for one in entries)
        ]
