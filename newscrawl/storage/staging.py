"""What is staged, and the two ends it can come to: all of it on the medium, or none.

1. seed files, whole, under names beside their own, each synced
2. manifest, quarantine and run lines appended; these files and the WARC synced
3. the seed files get their names; their folders synced
4. the new lengths of the appended files, and one SQLite commit (WAL, synchronous FULL)

Only then is anything acknowledged. Whatever fails before step 4 leaves the disk as the last commit left it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newscrawl.exceptions import ArchiveError
from newscrawl.storage.batch import Batch
from newscrawl.storage.database import Database, archive_error
from newscrawl.storage.disk import Disk
from newscrawl.storage.ledgers import Ledgers
from newscrawl.storage.lock import Lock


class Staging:
    """What the run has staged for the archive in ``folder``: files, lines, rows."""

    def __init__(self, folder: Path, disk: Disk, database: Database, lock: Lock) -> None:
        self._folder = folder
        self._db = database
        self._lock = lock
        self.files = Batch(folder, disk)
        self.ledgers = Ledgers(folder, disk, database)
        self.failure: ArchiveError | None = None
        """Why nothing can be staged any more, once the state of the disk is in doubt."""
        database.on_forgotten = self.rollback  # so must the files

    def commit(self, *, keep_open: str | None = None) -> int:
        """Put it on the medium and return how many seed files were among it.

        The appended file ``keep_open`` is not closed: it will soon be written to again.

        Raises:
            OSError, sqlite3.Error, ArchiveError: it is not acknowledged; unless there is a `failure`, the disk
                is as the last commit left it.
        """
        if not self._db.in_transaction:
            return 0
        try:
            self.files.write()
            self.ledgers.flush()
            self.files.publish()
            self.ledgers.note_lengths()
            commits = int(self._db.meta("commits") or 0) + 1
            self._db.put_meta("commits", str(commits))
        except BaseException:
            self.rollback()
            raise
        self._commit_catalog()
        self._lock.note(commits)
        count = len(self.files)
        self._forget(keep_open)
        return count

    def _commit_catalog(self) -> None:
        try:
            self._db.commit()
        except sqlite3.Error as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                self.rollback()  # the commit record was never written: this is certain
            else:  # it may or may not be on the medium; whoever opens the archive next will see which
                self.failure = archive_error(self._folder, error)
            raise
        except BaseException:  # an interrupt: SQLite has not begun, or it has done it
            if self._db.in_transaction:
                self.rollback()
            else:
                self._forget()
            raise

    def rollback(self) -> None:
        """Forget what is staged since the last commit; the disk is as that left it."""
        try:
            self._db.rollback()
            self.files.undo()
            self.ledgers.undo()
        except (OSError, ArchiveError) as error:  # the next run mends it
            self.failure = error if isinstance(error, ArchiveError) else archive_error(self._folder, error)
            self.files.forget()

    def _forget(self, keep_open: str | None = None) -> None:
        self.files.forget()
        self.ledgers.forget(keep_open)
