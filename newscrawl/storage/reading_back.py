"""Reads a whole archive back from its files into a database, and says what is wrong with them.

`rebuild` keeps the database as the new catalog, `verify` compares it with the catalog that is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newscrawl.exceptions import SeedFormatError
from newscrawl.storage.articles import Articles
from newscrawl.storage.captures import captures_in
from newscrawl.storage.changes import with_changes
from newscrawl.storage.database import Database
from newscrawl.storage.days import Days
from newscrawl.storage.disk import is_name_beside
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
from newscrawl.storage.lines import BadLine, Line, read_lines
from newscrawl.storage.manifest import (
    ArticleEntry,
    DuplicateEntry,
    Entry,
    QuarantineEntry,
    ReprintEntry,
    parse_entry,
)
from newscrawl.storage.memory import Memory
from newscrawl.storage.moved import moved_warcs, path_of
from newscrawl.storage.readings import parse_reading
from newscrawl.storage.seed_file import decode_seed, parse_seed_name, sha256_of
from newscrawl.storage.stories import Stories
from newscrawl.storage.story_lines import parse_story_line
from newscrawl.storage.warc_members import Gap

Progress = Callable[[int, int], None]
"""Is told how many of how many files and folders have been read."""

_UNFIT = (BadLine, sqlite3.Error, ValueError, TypeError, KeyError, AttributeError)
"""What an altered line may provoke on its way into the database."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    path: str
    """Relative to the archive."""
    what: str
    """A machine word: ``altered_text`` ``bad_line`` ``bad_record`` ``missing`` ``torn_tail`` …"""
    detail: str = ""
    is_damage: bool = True
    """False for what a run in progress, or one that died, may leave; the next run mends it."""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.path, self.what, self.detail) if part)


class Reader:
    """Reads the archive in ``folder`` into a database whose tables are empty.

    Args:
        folder: the archive.
        database: takes the rows.
        acknowledged: the length of every appended file, when a catalog knows them; what stands behind is
            not read. Without it a file ends with its last whole line or record.
    """

    def __init__(
        self, folder: Path, database: Database, acknowledged: Mapping[str, int] | None = None
    ) -> None:
        self._folder = folder
        self._db = database
        self._articles = Articles(database)
        self._acknowledged = acknowledged
        self._moved = moved_warcs(folder)

    def read(self, progress: Progress | None = None) -> Iterator[Finding]:
        """Read everything, and yield what is wrong."""
        folders = list(self._day_folders())
        reachable = {name for name, moved in self._moved.items() if moved.path.exists()}
        warcs = [name for name in sorted({*self._names(WARC_FOLDER), *reachable}) if is_warc_name(name)]
        parts = [
            *((path, self._read_ledger(path)) for path in (MOVED, QUARANTINE, READINGS, RUNS)),
            *((folder, self._read_day(folder)) for folder in folders),
            (STORIES, self._read_ledger(STORIES)),  # it names the texts of all folders
            *((f"{WARC_FOLDER}/{name}", self._read_warc(f"{WARC_FOLDER}/{name}")) for name in warcs),
        ]
        for done, (path, part) in enumerate(parts, 1):
            try:
                yield from part
            except OSError as error:
                yield Finding(path, "unreadable", str(error))
            if progress:
                progress(done, len(parts))
        yield from self._missing_ledgers()

    def _read_day(self, folder: str) -> Iterator[Finding]:
        yield from self._read_ledger(f"{folder}/{MANIFEST}")
        source, day = folder.split("/")
        rows = self._db.rows("SELECT path FROM articles WHERE source = ? AND day = ?", (source, day))
        known = {PurePosixPath(path).name for (path,) in rows}
        for name in self._names(folder):
            if is_name_beside(name):
                yield Finding(f"{folder}/{name}", "unfinished", is_damage=False)
            elif parse_seed_name(name) and name not in known:
                yield Finding(
                    f"{folder}/{name}", "unknown_file", "no manifest line names it", is_damage=False
                )

    def _read_ledger(self, path: str) -> Iterator[Finding]:
        if not (self._folder / path).exists():
            return
        end, known = 0, self._known_length(path)
        for line in read_lines(self._folder / path, known):
            if line.is_torn and known is None:
                break
            end = line.offset + line.length
            if line.problem:
                yield Finding(path, "bad_line", f"byte {line.offset}: {line.problem}")
            if line.values is not None:
                yield from self._take(path, line)
        yield from self._note_length(path, end)

    def _take(self, path: str, line: Line) -> Iterator[Finding]:
        finding = None
        try:
            with self._db.savepoint():
                finding = self._take_in(path, line)
        except _UNFIT as error:
            if not line.problem:  # else it was told already
                yield Finding(path, "bad_line", f"byte {line.offset}: {error}")
        if finding:
            yield finding

    def _take_in(self, path: str, line: Line) -> Finding | None:
        assert line.values is not None
        if path == RUNS:
            report = {name: value for name, value in line.values.items() if name not in {"format", "kind"}}
            Memory(self._db).insert_run(report, line.offset)
            Days(self._db).note_run(report)
            return None
        if path == MOVED:
            return None
        if path == READINGS:
            parse_reading(line.values)
            return None
        if path == STORIES:
            Stories(self._db).take_story_line(parse_story_line(line.values), line.offset)
            return None
        return self._take_entry(path, parse_entry(line.values), line)

    def _take_entry(self, path: str, entry: Entry, line: Line) -> Finding | None:
        match entry:
            case ArticleEntry():
                return self._take_article(path, entry, line)
            case QuarantineEntry():
                self._articles.insert_quarantine(entry, line.offset)
                return None
            case DuplicateEntry():
                self._articles.insert_duplicate(entry, path, line.offset)
            case ReprintEntry():
                self._articles.insert_text(entry, path, line.offset)
        Days(self._db).note_text(entry)
        return _look_at_changes(self._folder, entry, path)

    def _take_article(self, manifest: str, entry: ArticleEntry, line: Line) -> Finding | None:
        if PurePosixPath(entry.path).with_name(MANIFEST) != PurePosixPath(manifest):
            raise BadLine(f"{entry.path} does not stand beside this manifest")
        finding = _look_at(self._folder, entry)
        if finding is not None and (
            line.problem or (self._acknowledged is None and finding.what == "missing")
        ):
            return finding  # an altered line that does not fit its file, or one that was never acknowledged
        self._articles.insert_article(entry, line.offset)
        seed_file = self._folder / entry.path
        Days(self._db).note_text(entry, size=seed_file.stat().st_size if seed_file.exists() else None)
        return finding

    def _read_warc(self, path: str) -> Iterator[Finding]:
        known = self._known_length(path)
        end, last = 0, self._size(path) if known is None else known
        for found in captures_in(self._path(path), known):
            if not isinstance(found, Gap):
                self._articles.insert_capture(found)
                end = found.warc.offset + found.length
            elif known is not None or found.offset + found.length < last:
                yield Finding(path, "bad_record", f"byte {found.offset}: {found.detail}")
        yield from self._note_length(path, end)

    def _note_length(self, path: str, end: int) -> Iterator[Finding]:
        known, size = self._known_length(path), self._size(path)
        if known is not None and size < known:
            yield Finding(path, "cut_short", f"{size} bytes of {known} that were acknowledged")
        length = end if known is None else known
        if size > length:
            yield Finding(path, "torn_tail", f"{size - length} bytes behind byte {length}", is_damage=False)
        self._db.write("INSERT INTO ledgers VALUES (?, ?)", (path, length))

    def _missing_ledgers(self) -> Iterator[Finding]:
        for name, moved in self._moved.items():
            path = f"{WARC_FOLDER}/{name}"
            if not self._path(path).exists():
                yield Finding(path, "elsewhere", f"{moved}, which is not here", is_damage=False)
                if self._acknowledged is None:
                    self._db.write("INSERT INTO ledgers VALUES (?, ?)", (path, moved.length))
        for path in self._acknowledged or ():
            if not self._path(path).exists() and PurePosixPath(path).name not in self._moved:
                yield Finding(path, "missing")

    def _path(self, path: str) -> Path:
        return path_of(self._folder, path, self._moved)

    def _known_length(self, path: str) -> int | None:
        return None if self._acknowledged is None else self._acknowledged.get(path, 0)

    def _size(self, path: str) -> int:
        return self._path(path).stat().st_size

    def _names(self, folder: str) -> list[str]:
        path = self._folder / folder
        return sorted(entry.name for entry in path.iterdir()) if path.is_dir() else []

    def _day_folders(self) -> Iterator[str]:
        for source in self._names(""):
            if is_source_folder(source) and (self._folder / source).is_dir():
                yield from (f"{source}/{day}" for day in self._names(source) if is_day_folder(day))


def _look_at_changes(folder: Path, entry: ReprintEntry | DuplicateEntry, manifest: str) -> Finding | None:
    """Return what is wrong with the text that a line tells by its changes."""
    if entry.sha256 is None:
        return None
    try:
        base = decode_seed((folder / entry.path).read_bytes())
        digest = sha256_of(with_changes(base, entry.changes).encode("utf-8"))
    except (OSError, SeedFormatError, ValueError) as error:
        return Finding(manifest, "lost_reprint", f"the text of {entry.capture.url} cannot be had: {error}")
    if digest != entry.sha256:
        return Finding(manifest, "altered_text", f"the text of {entry.capture.url} is not what it was")
    return None


def _look_at(folder: Path, entry: ArticleEntry) -> Finding | None:
    """Return what is wrong with the seed file of an entry."""
    name = parse_seed_name(PurePosixPath(entry.path).name)
    try:
        content = (folder / entry.path).read_bytes()
    except FileNotFoundError:
        return Finding(entry.path, "missing")
    except OSError as error:
        return Finding(entry.path, "unreadable", str(error))
    digest = sha256_of(content)
    if digest != entry.sha256:
        return Finding(entry.path, "altered_text", f"its SHA-256 is {digest[:16]}…, not {entry.sha256[:16]}…")
    if name is None or name.digest16 != digest[:16]:
        return Finding(entry.path, "wrong_name", f"its SHA-256 begins with {digest[:16]}")
    try:
        decode_seed(content)
    except SeedFormatError as error:
        return Finding(entry.path, "not_a_seed", str(error))
    return None
