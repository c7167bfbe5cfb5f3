"""Where a replay that was stopped goes on: how many pages are done, and the memories of their sites.

    <archive>/.replay/<job>/<source>.<stretch>.json     the track of a source after a stretch
    <archive>/.replay/<job>/state.json                  which of them hold, written last and renamed

A job is told by what it was asked for and by the versions of everything that has a say in a text, so what other
rules have begun is never gone on with.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from newscrawl.jobs.replay.tracks import Track
from newscrawl.storage import write_file

FOLDER = ".replay"
_STATE = "state.json"
_FORMAT = 1


class Checkpoint:
    """The state of one job, in a folder of its own."""

    def __init__(self, archive: Path, job: Mapping[str, Any]) -> None:
        text = json.dumps({"format": _FORMAT, **job}, sort_keys=True, default=str)
        self._folder = archive / FOLDER / hashlib.sha256(text.encode()).hexdigest()[:16]
        self.done_count = 0
        """Pages that need not be looked at again."""
        self.tally: dict[str, Any] = {}
        """What was counted so far, a JSON value."""
        self._stretches: dict[str, int] = {}
        self._stretch = 0

    def load(self) -> bool:
        """Take up what an earlier run of the same job has left; return whether there was anything."""
        try:
            state = json.loads((self._folder / _STATE).read_text(encoding="utf-8"))
            self.done_count, self._stretch = int(state["done_count"]), int(state["stretch"])
            self.tally, self._stretches = state["tally"], dict(state["stretches"])
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return True

    def track(self, source: str) -> Track | None:
        """Return the track of a source as the last stretch that had it left it; None when none had.

        Raises:
            OSError, ValueError, KeyError: it cannot be read, though it was written.
        """
        stretch = self._stretches.get(source)
        if stretch is None:
            return None
        return Track.from_state(json.loads(self._path(source, stretch).read_text(encoding="utf-8")))

    def save(self, done_count: int, tally: dict[str, Any], tracks: Mapping[str, Track]) -> bool:
        """Keep where the job is; return False when the disk refuses: then the tracks must stay in memory.

        What a kill leaves half done is not seen by ``load``.
        """
        self.done_count, self.tally = done_count, tally
        before, self._stretch = dict(self._stretches), self._stretch + 1
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for source, track in tracks.items():
                write_file(self._path(source, self._stretch), _bytes_of(track.to_state()))
                self._stretches[source] = self._stretch
            state = {"done_count": done_count, "tally": tally, "stretch": self._stretch}
            write_file(self._folder / _STATE, _bytes_of({**state, "stretches": self._stretches}))
        except OSError:
            return False
        for source in tracks:
            if source in before:
                self._path(source, before[source]).unlink(missing_ok=True)
        return True

    def drop(self) -> None:
        """Take the state away: the job is done."""
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(OSError):
            self._folder.parent.rmdir()

    def _path(self, source: str, stretch: int) -> Path:
        name = hashlib.sha256(source.encode()).hexdigest()[:16]
        return self._folder / f"{name}.{stretch}.json"


def _bytes_of(value: Any) -> bytes:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=True).encode()
