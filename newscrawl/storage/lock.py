"""The lock of an archive: one holder at a time, let go of by the system when the holder dies.

flock(2), on a file that stays. A worker process that was forked from the holder would share the lock and
keep it after the holder's death, so the child closes its copy at once.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from contextlib import suppress
from pathlib import Path

from newscrawl.exceptions import ArchiveLocked
from newscrawl.storage.layout import LOCK


class Lock:
    """The lock of the archive in ``folder``, held from the moment it is made.

    Raises:
        ArchiveLocked: at once, when somebody else holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._handle, 20, 0).decode("ascii", "replace").strip()
            self.release()
            by = f" (process {holder})" if holder else ""
            raise ArchiveLocked(folder, f"another run{by} is writing here") from error
        except BaseException:
            self.release()
            raise
        with suppress(OSError):  # who holds it is said for people; a full disk may keep it from us
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, f"{os.getpid()}\n".encode("ascii"), 0)
        _HELD.add(self)

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


_HELD: weakref.WeakSet[Lock] = weakref.WeakSet()


def _let_go_in_child() -> None:
    for lock in list(_HELD):
        lock.release()


os.register_at_fork(after_in_child=_let_go_in_child)
