"""One connection to the catalog, and the transaction that is open on it.

The first write of a batch opens the transaction; it stays open until the archive commits or rolls back, so
whoever reads on the same connection sees what is staged. What SQLite says about the disk is said again in
the words of `newscrawl.exceptions`.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newscrawl.exceptions import ArchiveDamaged, ArchiveError, DiskFull

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_WRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_SQLITE_NO_ROOM = frozenset({sqlite3.SQLITE_FULL})
_SQLITE_NOT_WRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
# What SQLite says when the system refuses a write for another reason than ENOSPC, or has no room for shared memory.
_SQLITE_REFUSED = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_SHMOPEN,
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_SHMMAP,
        sqlite3.SQLITE_IOERR_DELETE,
    }
)
_SQLITE_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY = 0xFF  # the extended result codes of SQLite keep the primary one in their low byte

Row = tuple[Any, ...]


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turn what the disk or SQLite refuses inside into an `ArchiveError` about ``folder``."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise archive_error(folder, error) from error


def archive_error(folder: Path, error: OSError | sqlite3.Error) -> ArchiveError:
    """Return the error of ours for one of the operating system or of SQLite."""
    if isinstance(error, OSError):
        if error.errno in _NO_ROOM:
            return DiskFull(folder, f"no room is left ({error}); free some and start again, nothing is lost")
        if error.errno in _NOT_WRITABLE:
            return DiskFull(folder, f"cannot be written to ({error})")
        return ArchiveError(folder, f"the disk refused: {error}")
    full_code = getattr(error, "sqlite_errorcode", 0)
    code = full_code & _PRIMARY
    if code in _SQLITE_NO_ROOM:
        return DiskFull(folder, f"no room is left ({error}); free some and start again, nothing is lost")
    if code in _SQLITE_NOT_WRITABLE or full_code in _SQLITE_REFUSED:
        return DiskFull(folder, f"the catalog cannot be written to ({error})")
    if code in _SQLITE_DAMAGED:
        return ArchiveDamaged(folder, f"the catalog is damaged ({error}); scrapy rebuild makes it anew")
    return ArchiveError(folder, f"the catalog refused: {error}")


class Database:
    """A connection to the catalog of the archive in ``folder``, which opens its transaction by itself.

    Raises:
        ArchiveError: from every method, when SQLite or the disk refuses.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self.connection = connection
        self._folder = folder
        self.on_forgotten: Callable[[], None] | None = None
        """Is called when SQLite, out of room, has forgotten by itself what was staged."""
        self.undone_count = 0
        """How often something that was staged has been taken back: what was remembered of it is not so."""

    @property
    def in_transaction(self) -> bool:
        """Whether anything is staged."""
        return self.connection.in_transaction

    def begin(self) -> None:
        """Open the transaction unless it is open."""
        if not self.connection.in_transaction:
            self.execute("BEGIN IMMEDIATE")

    def write(self, statement: str, values: Iterable[Any] = ()) -> int:
        """Run a statement that writes; return how many rows it touched."""
        self.begin()
        return self.execute(statement, values).rowcount

    def rows(self, statement: str, values: Iterable[Any] = ()) -> list[Row]:
        """Return all rows of a query."""
        return self.execute(statement, values).fetchall()

    def row(self, statement: str, values: Iterable[Any] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        row: Row | None = self.execute(statement, values).fetchone()
        return row

    def execute(self, statement: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """Run a statement."""
        return self._told(self.connection.execute, statement, tuple(values))

    def write_many(self, statement: str, rows: Iterable[Row]) -> None:
        """Run a statement that writes, once for each row of values."""
        self.begin()
        self._told(self.connection.executemany, statement, rows)

    def _told(
        self, run: Callable[..., sqlite3.Cursor], statement: str, values: Iterable[Any]
    ) -> sqlite3.Cursor:
        was_open = self.connection.in_transaction
        try:
            return run(statement, values)
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake of ours
        except sqlite3.DatabaseError as error:
            if was_open and not self.connection.in_transaction and self.on_forgotten:
                self.on_forgotten()
            raise archive_error(self._folder, error) from error

    def commit(self) -> None:
        """Make durable what is staged.

        Raises:
            sqlite3.Error: as SQLite says it: whoever commits has to know whether it may be on the medium.
        """
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        """Forget what is staged."""
        self.undone_count += 1
        if self.connection.in_transaction:
            self.execute("ROLLBACK")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Stage everything that is written inside, or none of it."""
        self.begin()
        self.execute("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self.undone_count += 1
            if self.connection.in_transaction:  # a full disk may have ended it already
                self.execute("ROLLBACK TO step")
                self.execute("RELEASE step")
            raise
        self.execute("RELEASE step")

    def meta(self, name: str) -> str | None:
        """Return a named value of the catalog itself."""
        row = self.row("SELECT value FROM meta WHERE name = ?", (name,))
        return row[0] if row else None

    def put_meta(self, name: str, value: str) -> None:
        """Set a named value of the catalog itself."""
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
