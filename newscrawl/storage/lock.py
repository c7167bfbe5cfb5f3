"""The lock of an archive: one holder at a time, let go of by the system when the holder dies.

flock(2), on a file that stays. A worker process that was forked from the holder would share the lock and
keep it after the holder's death, so the child closes its copy at once.

The file also says who holds it, and how many commits the archive has had: written after each commit and never
synced, so that it can only lag behind the catalog. A catalog that has had fewer is an old copy.
"""

from __future__ import annotations

import fcntl
import os
import re
import weakref
from contextlib import suppress
from pathlib import Path

from newscrawl.exceptions import ArchiveLocked
from newscrawl.storage.layout import LOCK

_CONTENT = re.compile(rb" *(\d+) +(\d+)\n")


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
            refusal = _refusal(folder, self._handle)
            self.release()
            raise refusal from error
        except BaseException:
            self.release()
            raise
        found = _CONTENT.match(os.pread(self._handle, 64, 0))
        self.commits = int(found[2]) if found else 0
        """The commits that the archive is known to have had."""
        self.note(self.commits)
        _HELD.add(self)

    def note(self, commits: int) -> None:
        """Write down how many commits the archive has had; a full disk may keep it from us."""
        self.commits = commits
        if self._handle is not None:
            with suppress(OSError):
                os.pwrite(self._handle, b"%10d %20d\n" % (os.getpid(), commits), 0)

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def reserve(folder: Path) -> None:
    """Take the lock of the archive in ``folder`` for this process, before it has loaded what it will write with.

    A second start is refused in the time that Python and Scrapy themselves take. `take_lock` hands it on. Where there
    is no archive yet there is nothing to reserve.

    Raises:
        ArchiveLocked: somebody else holds it.
    """
    with suppress(OSError):  # whoever opens the archive will say what is wrong with it
        _RESERVED[folder] = Lock(folder)


def take_lock(folder: Path) -> Lock:
    """Return the lock of the archive in ``folder``: the one that was reserved, or a new one.

    Raises:
        ArchiveLocked: somebody else holds it.
    """
    return _RESERVED.pop(folder, None) or Lock(folder)


def _refusal(folder: Path, handle: int) -> ArchiveLocked:
    found = _CONTENT.match(os.pread(handle, 64, 0))
    by = f" (process {int(found[1])})" if found else ""
    return ArchiveLocked(folder, f"another run{by} is writing here")


def commits_noted(folder: Path) -> int:
    """Return how many commits the lock file of an archive says that it has had; 0 when it does not say."""
    try:
        found = _CONTENT.match((folder / LOCK).read_bytes())
    except OSError:
        return 0
    return int(found[2]) if found else 0


_RESERVED: dict[Path, Lock] = {}
_HELD: weakref.WeakSet[Lock] = weakref.WeakSet()


def _let_go_in_child() -> None:
    for lock in list(_HELD):
        lock.release()


os.register_at_fork(after_in_child=_let_go_in_child)
