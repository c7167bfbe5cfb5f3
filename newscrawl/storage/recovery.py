"""Brings an archive back to its last commit, before anything is written to it.

After a run that ended in order there is nothing to look for. After one that died, every appended file is cut
back to its acknowledged length, and every file that the catalog does not know is put aside. Nothing is
thrown away: it goes to ``lost/<time>/`` under the path it had. What is acknowledged and missing is damage,
which no start may gloss over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.storage.database import Database
from newscrawl.storage.disk import Disk, is_name_beside
from newscrawl.storage.layout import (
    MANIFEST,
    MOVED,
    QUARANTINE,
    READINGS,
    RUNS,
    STORIES,
    WARC_FOLDER,
    is_day_folder,
    is_source_folder,
    is_warc_name,
)
from newscrawl.storage.lost import Lost
from newscrawl.storage.moved import moved_warcs
from newscrawl.storage.schema import CATALOG
from newscrawl.storage.seed_file import parse_seed_name

STRANGERS_MAX = 5_000
"""Files the catalog does not know. One batch leaves a few dozen; more means that the catalog is an old copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was mended when the archive was opened. False when there was nothing to mend."""

    torn_tails: int = 0
    unfinished_files: int = 0
    unknown_files: int = 0
    released_urls: int = 0
    lost_folder: str | None = None
    """Where what was cut off and put aside is kept, relative to the archive."""
    missing: tuple[str, ...] = field(default=(), repr=False)
    """Acknowledged seed files and WARC files that are not there; ``scrapy verify`` has more to say."""

    def __bool__(self) -> bool:
        return bool(self._counts() or self.missing)

    def __str__(self) -> str:
        if not self:
            return "nothing to mend"
        mended = f"mended after a run that died: {', '.join(self._counts())}" if self._counts() else ""
        kept = f"kept in {self.lost_folder}" if self.lost_folder else ""
        missing = f"{len(self.missing)} files are MISSING, {self.missing[0]} first" if self.missing else ""
        return "; ".join(part for part in (mended, kept, missing) if part)

    def _counts(self) -> list[str]:
        counts = {
            "torn tails": self.torn_tails,
            "unfinished files": self.unfinished_files,
            "files nobody had acknowledged": self.unknown_files,
            "URLs back to pending": self.released_urls,
        }
        return [f"{count} {what}" for what, count in counts.items() if count]


class TornTail(NamedTuple):
    """An appended file that is longer than what was acknowledged of it."""

    path: str
    acknowledged: int


class Recoverer:
    """Recovers the archive in ``folder`` with what its catalog knows."""

    def __init__(self, folder: Path, disk: Disk, database: Database) -> None:
        self._folder = folder
        self._ledgers: dict[str, int] = dict(database.rows("SELECT path, length FROM ledgers"))
        self._db = database
        self._lost = Lost(folder, disk)
        self._moved = moved_warcs(folder).keys()

    def recover(self) -> Recovery:
        """Mend what a dead run left behind and tell what it was.

        Raises:
            ArchiveDamaged: what was acknowledged is not there; nothing was changed.
            OSError: no room to put things aside; a later start goes on where this one stopped.
        """
        torn = list(self._torn_tails())
        survey = self._survey()
        if len(survey.unknown) > STRANGERS_MAX:
            raise ArchiveDamaged(
                self._folder,
                f"{len(survey.unknown)} files that {CATALOG} does not know: is it an old copy? "
                "scrapy rebuild makes it anew from the files",
            )
        for tail in torn:
            self._lost.keep_tail(*tail)
        for path in (*survey.unfinished, *survey.unknown):
            self._lost.keep_file(path)
        self._lost.sync()
        return Recovery(
            torn_tails=len(torn),
            unfinished_files=len(survey.unfinished),
            unknown_files=len(survey.unknown),
            lost_folder=self._lost.relative,
            missing=tuple(survey.missing),
        )

    def _torn_tails(self) -> Iterator[TornTail]:
        for path, acknowledged in self._ledgers.items():
            try:
                size = (self._folder / path).stat().st_size
            except FileNotFoundError:
                if is_warc_name(Path(path).name):
                    continue  # moved to another disk, perhaps: told as missing
                size = -1
            if size < acknowledged:
                raise ArchiveDamaged(
                    self._folder / path,
                    f"{max(size, 0)} bytes of {acknowledged} that were acknowledged; scrapy verify tells more, "
                    "scrapy rebuild makes the catalog anew from what is there",
                )
            if size > acknowledged:
                yield TornTail(path, acknowledged)

    def _survey(self) -> _Survey:
        survey = _Survey([], [], [])
        for folder in ("", WARC_FOLDER, *self._day_folders()):
            names, known = self._names_in(folder), self._known_in(folder)
            for name in sorted(names):
                if is_name_beside(name):
                    survey.unfinished.append(self._folder / folder / name)
                elif name not in known and _is_ours(folder, name):
                    survey.unknown.append(self._folder / folder / name)
            known -= self._moved if folder == WARC_FOLDER else set()
            survey.missing.extend(f"{folder}/{name}" for name in sorted(known - names) if folder)
        return survey

    def _names_in(self, folder: str) -> set[str]:
        path = self._folder / folder
        return {entry.name for entry in path.iterdir()} if path.is_dir() else set()

    def _known_in(self, folder: str) -> set[str]:
        known = {path.rpartition("/")[2] for path in self._ledgers if path.rpartition("/")[0] == folder}
        source, _, day = folder.partition("/")
        query = "SELECT path FROM articles WHERE source = ? AND day = ?"
        return known | {path.rpartition("/")[2] for (path,) in self._db.rows(query, (source, day))}

    def _day_folders(self) -> list[str]:
        """Return those on disk, and those that the catalog knows of."""
        folders = {
            f"{source}/{day}" for source, day in self._db.rows("SELECT DISTINCT source, day FROM articles")
        }
        for source in self._folder.iterdir():
            if is_source_folder(source.name) and source.is_dir():
                folders |= {
                    f"{source.name}/{day.name}" for day in source.iterdir() if is_day_folder(day.name)
                }
        return sorted(folders)


class _Survey(NamedTuple):
    unfinished: list[Path]
    """Files that were being written beside their names."""
    unknown: list[Path]
    """Files with names of ours that the catalog does not know."""
    missing: list[str]
    """Files that the catalog knows and that are not there."""


def _is_ours(folder: str, name: str) -> bool:
    if not folder:
        return name in {MOVED, QUARANTINE, READINGS, RUNS, STORIES}
    if folder == WARC_FOLDER:
        return is_warc_name(name)
    return name == MANIFEST or parse_seed_name(name) is not None
