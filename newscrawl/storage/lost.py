"""``lost/<time>/``: what was cut off or put aside, under the path it had. Nothing is thrown away."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from newscrawl.storage.disk import Disk, write_file
from newscrawl.storage.layout import LOST_FOLDER


class Lost:
    """A folder for what is taken out of the archive in ``folder`` now; made when something is."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._lost = folder / LOST_FOLDER / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
        self._touched: set[Path] = set()

    @property
    def relative(self) -> str | None:
        """Path relative to the archive, None when nothing was taken out."""
        return self._lost.relative_to(self._folder).as_posix() if self._touched else None

    def keep_tail(self, path: str, length: int) -> None:
        """Cut a file back to ``length`` bytes and keep what was behind."""
        kept = self._lost / f"{path}.from-{length}"
        self._disk.make_folder(kept.parent)
        with (self._folder / path).open("rb") as file:
            file.seek(length)
            write_file(kept, file.read(), self._disk)
        self._disk.truncate(self._folder / path, length)
        self._touched.add(kept.parent)

    def keep_file(self, path: Path) -> None:
        """Put a file aside; durable after `sync`."""
        kept = self._lost / path.relative_to(self._folder)
        self._disk.make_folder(kept.parent)
        self._disk.rename(path, kept)
        self._touched |= {path.parent, kept.parent}

    def sync(self) -> None:
        """Wait until every move is on the medium."""
        for folder in sorted(self._touched):
            self._disk.sync_folder(folder)
