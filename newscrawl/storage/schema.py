"""How the catalog's file is opened, made, and brought up to the version of today.

SQLite in WAL mode with ``synchronous=FULL``: with NORMAL, 484 of 13,705 acknowledged commits were gone after
a power cut. There is one writer, who holds the archive's lock, and readers that cannot write: SQLite before
3.51.3 can damage a WAL that two connections write or checkpoint at the same moment.

The tables themselves, and what can be made anew from the rest of the archive, are in `tables`.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.storage.tables import SCRIPTS

CATALOG = "catalog.sqlite3"
SCHEMA_VERSION = len(SCRIPTS)


def connect(path: Path, *, sync: bool = True) -> sqlite3.Connection:
    """Open the catalog for the one writer; it may still be empty.

    The connection is not bound to the thread that opened it, but only one thread may use it at a time.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=5.0, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {'FULL' if sync else 'OFF'}")
    connection.execute("PRAGMA cache_size = -32768")  # KiB
    return connection


def connect_readonly(path: Path) -> sqlite3.Connection:
    """Open the catalog for reading; also on a medium that cannot be written to."""
    quoted = path.absolute().as_uri()
    connection = sqlite3.connect(f"{quoted}?mode=ro", uri=True, isolation_level=None, timeout=5.0)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        connection.close()
        if not path.exists() or path.with_name(f"{path.name}-wal").exists():
            raise
        return sqlite3.connect(f"{quoted}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return connection


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Give a catalog the tables that it lacks, all or none: an empty one every table, an older one what is new."""
    missing = "\n".join(SCRIPTS[schema_version(connection) :])
    connection.executescript(f"BEGIN IMMEDIATE;\n{missing}\nPRAGMA user_version = {SCHEMA_VERSION};\nCOMMIT;")


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of a table that have a meaning outside this one file."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    return [name for name in names if name != "id"]


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the version of the tables, 0 for a catalog that has none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def stamp(at: datetime) -> str:
    """Return an aware time as the catalog holds it.

    >>> stamp(datetime(2026, 5, 27, 8, tzinfo=UTC))
    '2026-05-27T08:00:00.000000+00:00'

    Raises:
        ValueError: it does not say in which zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} does not say in which zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
