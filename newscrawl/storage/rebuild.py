"""The catalog anew, from manifests, seed files, quarantine, runs and WARC files.

What only the old catalog knows (URLs that became nothing yet, fronts, site memory, counts by host) is taken
over as long as SQLite can read it. The old one is kept in ``lost/``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.exceptions import ArchiveError
from newscrawl.storage.archive import Archive
from newscrawl.storage.database import Database, told_plainly
from newscrawl.storage.disk import Disk, name_beside
from newscrawl.storage.layout import CATALOG_DIGEST, WARC_FOLDER, is_warc_name, serial_of
from newscrawl.storage.lock import Lock
from newscrawl.storage.lost import Lost
from newscrawl.storage.moved import moved_warcs
from newscrawl.storage.reading_back import Finding, Progress, Reader
from newscrawl.storage.schema import CATALOG, bring_up_to_date, columns_of, connect_readonly

_COUNTED = ("articles", "duplicates", "quarantine", "captures", "runs", "links")
_CARRIED = ("urls", "fronts", "site_memory", "hosts", "learnt", "robots")

# What is archived is archived, whatever the old catalog thought; the rest fills in what it did not know.
_STATES = """
INSERT INTO urls (url_key, url, source, kind, state, reason, tries, priority, discovered_at, settled_at)
SELECT url_key, url, source, 'article', 'archived', '', 0, 0, captured_at, captured_at
FROM articles WHERE 1 ORDER BY captured_at
ON CONFLICT DO UPDATE SET state = 'archived', reason = '';
INSERT INTO urls (url_key, url, source, kind, state, reason, tries, priority, discovered_at, settled_at)
SELECT url_key, url, source, 'article', 'duplicate', duplicate_of, 0, 0, captured_at, captured_at
FROM duplicates WHERE 1 ORDER BY captured_at DESC
ON CONFLICT DO NOTHING;
INSERT INTO urls (url_key, url, source, kind, state, reason, tries, priority, discovered_at, settled_at)
SELECT substr(key, 1, length(key) - length(digest) - 1), url, source, 'article', 'reprint', coalesce(story, path), 0, 0,
       captured_at, captured_at
FROM texts WHERE kind = 'reprint' ORDER BY captured_at DESC
ON CONFLICT DO NOTHING;
INSERT INTO urls (url_key, url, source, kind, state, reason, tries, priority, discovered_at, settled_at)
SELECT url_key, url, source, 'unknown', 'quarantined', reason, 0, 0, captured_at, captured_at
FROM quarantine WHERE 1 ORDER BY line_offset DESC
ON CONFLICT DO NOTHING;
UPDATE urls SET state = 'pending' WHERE state = 'fetching';
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a new catalog holds."""

    counts: dict[str, int]
    """Rows by table."""
    carried: dict[str, int]
    """Rows taken over from the old catalog, by table."""
    findings: tuple[Finding, ...] = field(default=(), repr=False)
    """What was wrong with the files."""
    old_catalog: str | None = None
    """Where the old one is kept, relative to the archive."""


def rebuild(folder: Path, *, disk: Disk | None = None, progress: Progress | None = None) -> Rebuilt:
    """Make the catalog of the archive in ``folder`` anew; the old one is put aside when the new one is whole.

    Raises:
        ArchiveLocked: a run is writing.
        DiskFull: no room for it; the old one is where it was.
    """
    folder, disk = folder.absolute(), disk or Disk()
    if not folder.is_dir():
        raise ArchiveError(folder, "there is no such archive")
    with suppress(ArchiveError):  # what a dead run left is mended as far as the old catalog still knows
        Archive.open(folder, disk=disk).close()
    with told_plainly(folder):
        lock = Lock(folder)
        try:
            return _rebuild(folder, disk, lock, progress)
        finally:
            lock.release()


def _rebuild(folder: Path, disk: Disk, lock: Lock, progress: Progress | None) -> Rebuilt:
    new = name_beside(folder / CATALOG)
    disk.remove(new)
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")  # it is synced whole before it gets its name
            bring_up_to_date(connection)
            database = Database(connection, folder)
            database.begin()
            findings = tuple(Reader(folder, database).read(progress))
            database.commit()
            carried = _carry_over(folder / CATALOG, connection, _elsewhere(folder))
            connection.executescript(f"BEGIN;{_STATES}COMMIT;")
            _cut_tails(folder, disk, database)
            _note_state(folder, database, lock)
            counts = {table: _count(connection, table) for table in _COUNTED}
        old = _put_in_place(folder, disk, new)
    except BaseException:
        with suppress(OSError):
            disk.remove(new)
        raise
    return Rebuilt(counts, carried, findings, old)


def _elsewhere(folder: Path) -> list[str]:
    """Return the WARC files that were moved to where they cannot be read now: what the old catalog knows of them holds."""
    return [
        name
        for name, moved in moved_warcs(folder).items()
        if not (folder / WARC_FOLDER / name).exists() and not moved.path.exists()
    ]


def _carry_over(old_path: Path, connection: sqlite3.Connection, warcs: Sequence[str]) -> dict[str, int]:
    if not old_path.exists():
        return {}
    carried: dict[str, int] = {}
    with suppress(sqlite3.Error), closing(connect_readonly(old_path)) as old:
        for table in (*_CARRIED, "captures"):
            only = f" WHERE warc_file IN ({', '.join('?' * len(warcs))})" if table == "captures" else ""
            connection.execute("BEGIN")
            try:
                had = columns_of(old, table)
                columns = [name for name in columns_of(connection, table) if name in had]
                names, marks = ", ".join(columns), ", ".join("?" * len(columns))
                rows = old.execute(f"SELECT {names} FROM {table}{only}", warcs if only else ())
                connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
                connection.execute("COMMIT")
                if not only:
                    carried[table] = _count(connection, table)
            except sqlite3.Error:
                connection.execute("ROLLBACK")
    return carried


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _cut_tails(folder: Path, disk: Disk, database: Database) -> None:
    lost = Lost(folder, disk)
    for path, length in database.rows("SELECT path, length FROM ledgers"):
        if length == 0:
            lost.keep_file(folder / path)
            database.write("DELETE FROM ledgers WHERE path = ?", (path,))
        elif (folder / path).exists() and (folder / path).stat().st_size > length:
            lost.keep_tail(path, length)
    lost.sync()


def _note_state(folder: Path, database: Database, lock: Lock) -> None:
    names = {path.name for path in (folder / WARC_FOLDER).glob("*")} | moved_warcs(folder).keys()
    serials = [serial_of(name) for name in names if is_warc_name(name)]
    database.put_meta("warc_serial", str(max(serials, default=0)))
    database.put_meta("commits", str(lock.commits))
    database.put_meta("clean", "1")
    database.commit()


def _put_in_place(folder: Path, disk: Disk, new: Path) -> str | None:
    """Give the new catalog its name, the old one's WAL out of its way first; return where the old one went."""
    handle = os.open(new, os.O_RDONLY | os.O_CLOEXEC)
    try:
        disk.sync_file(handle)
    finally:
        os.close(handle)
    lost = Lost(folder, disk)
    # The database goes before its WAL: without the WAL it would pass for a whole one that is older.
    for name in (CATALOG, f"{CATALOG}-wal", f"{CATALOG}-shm", CATALOG_DIGEST):
        if (folder / name).exists():
            lost.keep_file(folder / name)
    lost.sync()
    disk.rename(new, folder / CATALOG)
    disk.sync_folder(folder)
    return lost.relative
