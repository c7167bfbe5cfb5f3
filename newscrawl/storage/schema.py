"""The tables of the catalog, and how its file is opened.

SQLite in WAL mode with ``synchronous=FULL``: with NORMAL, 484 of 13,705 acknowledged commits were gone after
a power cut. There is one writer, who holds the archive's lock, and readers that cannot write: SQLite before
3.51.3 can damage a WAL that two connections write or checkpoint at the same moment.

Times are ISO 8601 in UTC with microseconds, so that they sort as text. Everything but ``urls``, ``fronts``,
``site_memory`` and ``hosts`` can be made anew from the rest of the archive.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

CATALOG = "catalog.sqlite3"
SCHEMA_VERSION = 1

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Files that are only ever appended to, and how much of each is acknowledged.
CREATE TABLE ledgers (path TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;

-- One row an exchange: its records stand together, ``length`` bytes from ``warc_offset`` on.
CREATE TABLE captures (
    warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, length INTEGER NOT NULL, sha256 TEXT NOT NULL,
    kind TEXT NOT NULL, record_id TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL,
    captured_at TEXT NOT NULL, status INTEGER NOT NULL, payload_digest TEXT NOT NULL,
    PRIMARY KEY (warc_file, warc_offset)
) WITHOUT ROWID;
CREATE INDEX captures_by_url ON captures (url_key, captured_at);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE, source TEXT NOT NULL, day TEXT NOT NULL, ordinal INTEGER NOT NULL,
    sha256 TEXT NOT NULL, text_fingerprint TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL,
    captured_at TEXT NOT NULL, headline TEXT, date_published TEXT, source_outlet TEXT, region TEXT,
    story TEXT, previous TEXT, warc_file TEXT, warc_offset INTEGER, record_id TEXT,
    line_offset INTEGER NOT NULL,
    UNIQUE (source, day, ordinal)
);
CREATE INDEX articles_by_fingerprint ON articles (text_fingerprint);
CREATE INDEX articles_by_url ON articles (url_key, captured_at);
CREATE INDEX articles_by_sha256 ON articles (sha256);
CREATE INDEX articles_by_time ON articles (source, captured_at);

CREATE TABLE duplicates (
    manifest TEXT NOT NULL, line_offset INTEGER NOT NULL,
    duplicate_of TEXT NOT NULL, text_fingerprint TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, record_id TEXT,
    PRIMARY KEY (manifest, line_offset)
) WITHOUT ROWID;
CREATE INDEX duplicates_by_article ON duplicates (duplicate_of);

CREATE TABLE quarantine (
    line_offset INTEGER PRIMARY KEY,
    reason TEXT NOT NULL, detail TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL,
    warc_file TEXT, warc_offset INTEGER, record_id TEXT
);
CREATE INDEX quarantine_by_source ON quarantine (source, reason);

CREATE TABLE urls (
    url_key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'fetching', 'archived', 'duplicate', 'reprint',
                                         'quarantined', 'failed', 'gone')),
    reason TEXT NOT NULL, tries INTEGER NOT NULL, priority INTEGER NOT NULL,
    link_text TEXT, found_on TEXT, discovered_at TEXT NOT NULL, settled_at TEXT, next_try_at TEXT
) WITHOUT ROWID;
CREATE INDEX urls_pending ON urls (source, priority DESC, discovered_at) WHERE state = 'pending';
CREATE INDEX urls_failed ON urls (next_try_at) WHERE state = 'failed';
CREATE INDEX urls_fetching ON urls (url_key) WHERE state = 'fetching';
CREATE INDEX urls_by_state ON urls (source, state);

CREATE TABLE fronts (
    url_key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, etag TEXT, last_modified TEXT,
    body_digest TEXT, visited_at TEXT, next_visit_at TEXT, history TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE site_memory (source TEXT PRIMARY KEY, memory TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hosts (
    host TEXT NOT NULL, counter TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (host, counter)
) WITHOUT ROWID;
CREATE TABLE runs (line_offset INTEGER PRIMARY KEY, report TEXT NOT NULL);
"""


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


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty catalog, all or none."""
    connection.executescript(f"BEGIN IMMEDIATE;\n{_TABLES}\nPRAGMA user_version = {SCHEMA_VERSION};\nCOMMIT;")


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
