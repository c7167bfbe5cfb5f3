"""How the catalog is opened for the one writer, and how it is left.

A run that ends in order says so in the catalog, and writes ``catalog.sha256`` beside it for
``sha256sum --check``. The next one has nothing to mend then and looks at no file, however large the archive is.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.storage.catalog import check_version
from newscrawl.storage.database import Database
from newscrawl.storage.disk import Disk, write_file
from newscrawl.storage.frontier import Frontier
from newscrawl.storage.layout import CATALOG_DIGEST, sign_of_life
from newscrawl.storage.lock import Lock
from newscrawl.storage.recovery import Recoverer, Recovery
from newscrawl.storage.schema import CATALOG, SCHEMA_VERSION, bring_up_to_date, connect, schema_version


def open_database(folder: Path, disk: Disk) -> Database:
    """Open the catalog of the archive in ``folder``; make one when the archive is empty, bring up to date an old one.

    Raises:
        ArchiveDamaged: the archive is not empty and has no catalog.
        ArchiveError: the catalog is of a later version.
    """
    path = folder / CATALOG
    if not path.exists():
        _insist_on_empty(folder)
    connection = connect(path, sync=disk.sync)
    try:
        version = schema_version(connection)
        if version == 0:
            _insist_on_empty(folder)
        if version < SCHEMA_VERSION:
            disk.remove(folder / CATALOG_DIGEST)
            bring_up_to_date(connection)
            disk.sync_folder(folder)
        check_version(folder, connection)
    except BaseException:
        connection.close()
        raise
    return Database(connection, folder)


def mark_open(folder: Path, disk: Disk, database: Database, lock: Lock) -> Recovery:
    """Mend what a dead run left behind, and note that one is at work.

    Raises:
        ArchiveDamaged: the catalog is an older copy, or what was acknowledged is not there.
    """
    commits = database.meta("commits")
    if commits is not None and int(commits) < lock.commits:
        raise ArchiveDamaged(
            folder,
            f"{CATALOG} is an old copy: {commits} commits of {lock.commits}; scrapy rebuild makes it from the files",
        )
    clean = database.meta("clean") == "1"
    recovery = Recovery() if clean else Recoverer(folder, disk, database).recover()
    released = Frontier(database).release_leases()
    database.put_meta("clean", "0")
    database.put_meta("commits", commits or "0")
    database.commit()
    lock.note(int(commits or 0))
    disk.remove(folder / CATALOG_DIGEST)
    return replace(recovery, released_urls=released)


def mark_closed(folder: Path, disk: Disk, database: Database) -> None:
    """Note that the run ended in order; everything is committed before."""
    Frontier(database).release_leases()
    database.put_meta("clean", "1")
    database.commit()
    with suppress(OSError, sqlite3.Error):  # a full disk: the WAL stays, and there is one check less
        _write_digest(folder, disk, database)


def _write_digest(folder: Path, disk: Disk, database: Database) -> None:
    database.connection.execute("PRAGMA busy_timeout = 0")  # ms: a reader is not waited for
    is_busy, *_ = database.row("PRAGMA wal_checkpoint(TRUNCATE)") or (1,)
    if is_busy:
        return  # somebody reads the catalog: the rest of the WAL is taken over by the next run
    with (folder / CATALOG).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    write_file(folder / CATALOG_DIGEST, f"{digest}  {CATALOG}\n".encode("ascii"), disk)


def _insist_on_empty(folder: Path) -> None:
    if found := sign_of_life(folder):
        raise ArchiveDamaged(
            folder,
            f"there is {found.relative_to(folder)} but no {CATALOG}; scrapy rebuild makes it from the files",
        )
