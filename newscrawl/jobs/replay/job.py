"""One replay from its tasks to its tally: read, compared, applied if that is asked for, and kept where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from newscrawl.exceptions import PageError
from newscrawl.jobs.replay.applying import Applier
from newscrawl.jobs.replay.changes import Change, Comparison, Verdict
from newscrawl.jobs.replay.checkpoint import Checkpoint
from newscrawl.jobs.replay.inputs import Task
from newscrawl.jobs.replay.reading import AbsentWarc, Result, StretchReader, in_order
from newscrawl.jobs.replay.tracks import Tracks

STRETCH = 4_000
"""Pages between two checkpoints: under a minute on two cores, and all their articles, should all of them change,
take 100 MB while the first page of them is waited for."""
_NOT_READ = frozenset({"bad_record", "no_source", "damaged"})
"""Reasons that say nothing of the page."""


@dataclass(slots=True)
class Tally:
    """What was counted."""

    sources: dict[str, Counter[str]] = field(default_factory=dict)
    """Verdicts by source."""
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    """By rule: ``articles`` that are different by it, cuts ``more`` and ``fewer``."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why pages were refused or not read."""
    absent: Counter[str] = field(default_factory=Counter)
    """Pages by the WARC file that they need and that is not here."""
    inexact_count: int = 0
    """Pages whose site's memory is not known to be what it was in the crawl."""

    def add(self, change: Change) -> None:
        """Count a page."""
        self.sources.setdefault(change.capture.source, Counter())[change.verdict] += 1
        if change.reason:
            self.reasons[change.reason.partition(":")[0]] += 1
        for rule in change.rules:
            self.rules.setdefault(rule, Counter())["articles"] += 1
        for cut, is_new in change.cuts:
            self.rules[cut.rule]["more" if is_new else "fewer"] += 1

    def total(self, *verdicts: Verdict) -> int:
        """Return how many pages had one of the verdicts."""
        return sum(counts[verdict] for counts in self.sources.values() for verdict in verdicts)

    @property
    def different_count(self) -> int:
        """Pages that give anything else today."""
        every = (verdict for verdict in Verdict if verdict not in {Verdict.SAME, Verdict.UNREAD})
        return self.total(*every)

    def to_state(self) -> dict[str, Any]:
        """Return everything as a JSON value, for ``from_state``."""
        return {
            "sources": {name: dict(counts) for name, counts in self.sources.items()},
            "rules": {name: dict(counts) for name, counts in self.rules.items()},
            "reasons": dict(self.reasons),
            "absent": dict(self.absent),
            "inexact_count": self.inexact_count,
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Tally:
        """Return the tally that ``to_state`` wrote; an empty one from nothing."""
        return cls(
            sources={name: Counter(counts) for name, counts in state.get("sources", {}).items()},
            rules={name: Counter(counts) for name, counts in state.get("rules", {}).items()},
            reasons=Counter(state.get("reasons", {})),
            absent=Counter(state.get("absent", {})),
            inexact_count=state.get("inexact_count", 0),
        )


class ReplayJob:
    """Reads tasks again and yields what is different; with an applier it is written, too."""

    def __init__(
        self,
        reader: StretchReader,
        tracks: Tracks,
        comparison: Comparison,
        checkpoint: Checkpoint,
        *,
        stretch_length: int = STRETCH,
    ) -> None:
        self._reader = reader
        self._tracks = tracks
        self._comparison = comparison
        self._checkpoint = checkpoint
        self._stretch_length = stretch_length
        self.tally = Tally.from_state(checkpoint.tally)
        self.done_count = checkpoint.done_count
        """Pages that were looked at, those of earlier runs of the job included."""

    async def changes(self, tasks: Iterator[Task], applier: Applier | None = None) -> AsyncIterator[Change]:
        """Yield every page that was looked at, in order, and what is different about it.

        Raises:
            ArchiveError: the disk refuses, or the archive is damaged.
            WorkerError: no worker starts.
        """
        rest = islice(tasks, self.done_count, None)
        while stretch := list(islice(rest, self._stretch_length)):
            async for change in self._stretch(stretch, applier):
                yield change
            if applier is not None:
                applier.commit()
            self._keep()

    async def _stretch(self, stretch: Sequence[Task], applier: Applier | None) -> AsyncIterator[Change]:
        inexact_before, self._reader.inexact_count = self.tally.inexact_count, 0
        async for task, change in in_order(self._reader, stretch, self._look):
            self.done_count += 1
            if not task.is_wanted:
                continue
            if applier is not None:
                change = applier.apply(task, change)
            self.tally.add(change)
            yield change
        self.tally.inexact_count = inexact_before + self._reader.inexact_count

    def _look(self, task: Task, result: Result) -> Change:
        """Return what is different about a page, as soon as it is read: of most nothing is, and their articles are let go."""
        capture = task.reading.capture
        if not task.is_wanted:
            return Change(Verdict.SAME, capture)
        if isinstance(result, AbsentWarc):
            self.tally.absent.update(result.files)
            return Change(Verdict.UNREAD, capture, reason=f"absent: {', '.join(result.files)}")
        if isinstance(result, PageError) and result.reason in _NOT_READ:
            reason = f"{result.reason}: {result.detail}".removesuffix(": ")
            return Change(Verdict.UNREAD, capture, reason=reason)
        return self._comparison.of(capture, result)

    def _keep(self) -> None:
        if self._checkpoint.save(self.done_count, self.tally.to_state(), self._tracks.in_use):
            self._tracks.let_go()
