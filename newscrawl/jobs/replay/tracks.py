"""The memory of a site as it was when the crawl read each page, while its pages are read again in that order.

The archive has noted for every page from how many pages the memory had learnt. As a rule that grows by one, and
nothing is to be done. After a run that was killed the memory had lost its last lessons, at most 50 and those of
one batch, and the crawl went on with what was left: then the track goes back as far, too.

Tried and left: keeping a copy of the memory beside every reading (megabytes a page), and keeping every lesson in
the archive (10 KB a page, as much as the page takes compressed).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

from newscrawl.extract.memory import Lesson, SiteMemory, Template
from newscrawl.workers.memories import Forgotten, KnownSite

WINDOW = 128
"""Readings that a track can go back; a killed crawl loses at most 50 lessons and those of one batch."""
_VERSIONS = count(1_000_000, 1_000_000)
"""Of memories that were put back to where they were: no worker has a copy of such a version."""

Taught = tuple[Lesson | Forgotten, ...]


@dataclass(slots=True)
class _Step:
    """One reading: what the crawl's memory had learnt from before it, and what it has taught now."""

    learnt_count: int | None
    taught: Taught = field(default=(), repr=False)

    @property
    def has_lesson(self) -> bool:
        return any(isinstance(event, Lesson) for event in self.taught)


class Track:
    """The memory of one site on its way through the readings."""

    def __init__(self) -> None:
        self.site = KnownSite(SiteMemory())
        self.injected_counts: Counter[str] = Counter()
        """Articles found to have pinyin injected, by host; used where the crawl has not counted them."""
        self._base = SiteMemory()
        """What the readings before the window have taught."""
        self._steps: deque[_Step] = deque()

    def begin(self, learnt_count: int | None) -> bool:
        """Bring the memory to where it was before a reading; return whether it is known to be that.

        ``learnt_count`` is what the archive has noted, None where nobody counted.
        """
        exact = learnt_count is not None and self._go_back(learnt_count)
        self._steps.append(_Step(learnt_count))
        if len(self._steps) > WINDOW:
            _teach(self._base, self._steps.popleft().taught)
        return exact

    def _go_back(self, learnt_count: int) -> bool:
        last = self._steps[-1] if self._steps else None
        if last is None or last.learnt_count is None:
            return learnt_count == self.site.memory.page_count
        if learnt_count == last.learnt_count:
            if last.has_lesson:  # which the crawl has not learnt: it was cut off, or went to the quarantine
                self._keep(len(self._steps) - 1)
            return True
        if learnt_count > last.learnt_count:
            return learnt_count == last.learnt_count + 1 and last.has_lesson
        before = [number for number, step in enumerate(self._steps) if step.learnt_count == learnt_count]
        if not before and learnt_count:
            return False
        if not before:
            self._base = SiteMemory()
        self._keep(before[-1] if before else 0)
        return True

    def _keep(self, count: int) -> None:
        """Forget all but the first steps of the window."""
        while len(self._steps) > count:
            self._steps.pop()
        memory = SiteMemory.from_state(self._base.to_state())
        for step in self._steps:
            _teach(memory, step.taught)
        self.site = KnownSite(memory, next(_VERSIONS))

    def learn(self, taught: Taught) -> None:
        """Take in what the reading that was begun last has taught."""
        self.site.learn(taught)
        self._steps[-1].taught = taught

    def to_state(self) -> dict[str, Any]:
        """Return everything as a JSON value, for ``from_state``."""
        return {
            "injected_counts": dict(self.injected_counts),
            "base": self._base.to_state(),
            "steps": [[step.learnt_count, [_plain(event) for event in step.taught]] for step in self._steps],
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Track:
        """Return the track that ``to_state`` wrote.

        Raises:
            KeyError, TypeError, ValueError: it was not.
        """
        track = cls()
        track.injected_counts = Counter(state["injected_counts"])
        track._base = SiteMemory.from_state(state["base"])
        track._steps.extend(_Step(count, tuple(map(_event, taught))) for count, taught in state["steps"])
        track._keep(len(track._steps))
        return track


def _teach(memory: SiteMemory, taught: Taught) -> None:
    KnownSite(memory).learn(taught)


def _plain(event: Lesson | Forgotten) -> dict[str, Any]:
    return asdict(event)


def _event(values: dict[str, Any]) -> Lesson | Forgotten:
    template = Template(**values["template"]) if values["template"] else None
    if "url" in values:
        assert template is not None
        return Forgotten(template, values["url"])
    return Lesson(
        template, values["was_full"], values["headline"], tuple(values["titles"]), tuple(values["edges"])
    )


class Tracks:
    """The tracks of all sources that are being read, in the place of a crawl's memories."""

    def __init__(self, load: Callable[[str], Track | None]) -> None:
        self._load = load
        self._tracks: dict[str, Track] = {}

    def track(self, source: str) -> Track:
        """Return the track of a source; a fresh one when none was kept."""
        if source not in self._tracks:
            self._tracks[source] = self._load(source) or Track()
        return self._tracks[source]

    async def of(self, source: str) -> KnownSite:
        """Return what is known of a source."""
        return self.track(source).site

    async def learn(self, source: str, taught: Taught) -> None:
        """Take in what a page of a source taught."""
        self.track(source).learn(taught)

    @property
    def in_use(self) -> dict[str, Track]:
        """The tracks that were asked for since they were let go of, by source."""
        return self._tracks

    def let_go(self) -> None:
        """Forget the tracks; those that are asked for again are loaded."""
        self._tracks = {}
