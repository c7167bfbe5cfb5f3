"""The settings of newscrawl, with an archive that forgets to sync: for measuring what the syncs cost."""

from __future__ import annotations

from newscrawl.extensions.archive import ArchiveExtension
from newscrawl.settings import *  # noqa: F403
from newscrawl.settings import EXTENSIONS as _EXTENSIONS
from newscrawl.storage import Disk


class UnsyncedArchive(ArchiveExtension):
    """Leaves out every sync, SQLite's as well."""

    disk = Disk(sync=False)


_NAME = "newscrawl.extensions.archive.ArchiveExtension"
EXTENSIONS = {
    "tests.benchmarks._unsynced.UnsyncedArchive" if name == _NAME else name: place
    for name, place in _EXTENSIONS.items()
}
