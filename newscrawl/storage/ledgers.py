"""Files that are only ever appended to: manifests, quarantine, runs, WARC.

The catalog holds how much of each is acknowledged. What stands behind that length belongs to the open batch
or to a run that died: it is cut off before anything is appended, because a record behind a torn one is lost
to every WARC reader.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.storage.database import Database
from newscrawl.storage.disk import Disk


class Ledgers:
    """The appended files of an archive, with what the open batch adds to them."""

    def __init__(self, folder: Path, disk: Disk, database: Database) -> None:
        self._folder = folder
        self._disk = disk
        self._db = database
        self.staged_bytes = 0
        """What the open batch adds to all files together, held in memory until the commit."""
        self._pending: dict[str, list[bytes]] = {}
        self._lengths: dict[str, int] = {}
        """Of the files the open batch touches: acknowledged and pending bytes together."""
        self._new: set[str] = set()
        self._handles: dict[str, int] = {}

    def length(self, path: str) -> int:
        """Return how long a file is, counting what the open batch adds to it."""
        return self._lengths.get(path, self.acknowledged(path))

    def acknowledged(self, path: str) -> int:
        """Return how much of a file is acknowledged; 0 for one that is not there."""
        row = self._db.row("SELECT length FROM ledgers WHERE path = ?", (path,))
        return int(row[0]) if row else 0

    def add(self, path: str, content: bytes) -> int:
        """Stage lines or records for a file and return the offset they will have there."""
        self._db.begin()
        offset = self.length(path)
        self._pending.setdefault(path, []).append(content)
        self._lengths[path] = offset + len(content)
        self.staged_bytes += len(content)
        return offset

    def is_staged(self, path: str) -> bool:
        """Return whether the open batch adds to a file."""
        return path in self._lengths

    def pending_line(self, path: str, offset: int) -> bytes | None:
        """Return the line that will begin at an offset of a file, None when it is in the file or nowhere."""
        at = self.length(path)
        for line in reversed(self._pending.get(path, [])):
            at -= len(line)
            if at == offset:
                return line
        return None

    def flush(self) -> None:
        """Append what is pending, and wait until it is on the medium."""
        for path, parts in self._pending.items():
            self._disk.write(self._open(path), b"".join(parts))
        self._disk.sync_files(self._open(path) for path in self._lengths)
        self._disk.sync_folders({(self._folder / path).parent for path in self._new})

    def note_lengths(self) -> None:
        """Stage the new lengths in the catalog; the commit that follows acknowledges them."""
        for path, length in self._lengths.items():
            self._db.write("INSERT OR REPLACE INTO ledgers VALUES (?, ?)", (path, length))

    def forget(self, keep_open: str | None = None) -> None:
        """End the batch: what was noted is acknowledged. The file ``keep_open`` is not closed."""
        self._pending.clear()
        self._lengths.clear()
        self.staged_bytes = 0
        self._new.clear()
        for path in [path for path in self._handles if path != keep_open]:
            os.close(self._handles.pop(path))

    def undo(self) -> None:
        """Cut every file of the batch back to what is acknowledged; the catalog was rolled back before."""
        for path in self._handles:
            acknowledged = self.acknowledged(path)
            if path in self._new and not acknowledged:
                self._disk.remove(self._folder / path)
            elif (self._folder / path).stat().st_size > acknowledged:
                self._disk.truncate(self._folder / path, acknowledged)
        self.forget()

    def _open(self, path: str) -> int:
        if path not in self._handles:
            acknowledged = self.acknowledged(path)
            if not acknowledged:
                self._disk.make_folder((self._folder / path).parent)
                self._new.add(path)
            self._handles[path] = self._disk.open_ledger(self._folder / path, new=not acknowledged)
            self._insist_on(path, acknowledged)
        return self._handles[path]

    def _insist_on(self, path: str, acknowledged: int) -> None:
        size = os.fstat(self._handles[path]).st_size
        if size != acknowledged:
            with suppress(OSError):
                os.close(self._handles.pop(path))
            raise ArchiveDamaged(
                self._folder / path,
                f"{size} bytes where the catalog knows of {acknowledged}; scrapy verify tells more, "
                "scrapy rebuild makes the catalog anew from the files",
            )
