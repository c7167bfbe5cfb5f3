"""The seed files of the open batch: staged, written beside their names, named, or taken away again."""

from __future__ import annotations

from pathlib import Path

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.storage.disk import Disk, name_beside


class Batch:
    """Seed files that are about to appear in the archive in ``folder``."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._staged: dict[str, bytes] = {}
        self._begun: list[Path] = []

    def __len__(self) -> int:
        return len(self._staged)

    def stage(self, path: str, content: bytes) -> None:
        """Have a file with this content appear under this path."""
        self._staged[path] = content

    def content(self, path: str) -> bytes | None:
        """Return the content that is staged for a path."""
        return self._staged.get(path)

    def write(self) -> None:
        """Write every file, whole and synced, under the name beside its own.

        Raises:
            ArchiveDamaged: something stands under that name already.
        """
        files = [(self._folder / path, content) for path, content in self._staged.items()]
        for path, _ in files:
            if path.exists():
                raise ArchiveDamaged(path, "stands where a new article was to go; nothing was overwritten")
        self._disk.make_folders({path.parent for path, _ in files})
        self._begun = [path for path, _ in files]
        self._disk.write_beside(files)

    def publish(self) -> None:
        """Give every file its name, durably."""
        for path in self._begun:
            self._disk.rename(name_beside(path), path)
        self._disk.sync_folders({path.parent for path in self._begun})

    def undo(self) -> None:
        """Take away every file that was begun."""
        for path in self._begun:
            self._disk.remove(name_beside(path))
            self._disk.remove(path)
        self.forget()

    def forget(self) -> None:
        """End the batch."""
        self._staged.clear()
        self._begun.clear()
