"""WARC files that stand elsewhere on purpose: copied, compared, noted in ``moved.jsonl``, and only then taken away.

A file that is not there and not noted is damage; one that is noted is looked for where it was moved to, and is
told plainly when that is not here either.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from newscrawl.exceptions import ArchiveDamaged, ArchiveError
from newscrawl.storage.database import told_plainly
from newscrawl.storage.disk import Disk, name_beside
from newscrawl.storage.layout import MOVED, WARC_FOLDER
from newscrawl.storage.lines import FORMAT, read_lines, write_line

if TYPE_CHECKING:
    from newscrawl.storage.archive import Archive

_STEP = 1 << 20
_KIND = "moved"


@dataclass(frozen=True, slots=True)
class MovedWarc:
    """A WARC file that was moved out of the archive."""

    file: str
    to: str
    """The folder, absolute."""
    length: int
    sha256: str
    moved_at: str
    """ISO 8601, UTC."""

    @property
    def path(self) -> Path:
        """Where it stands now."""
        return Path(self.to) / self.file

    def __str__(self) -> str:
        return f"was moved to {self.to} on {self.moved_at[:10]}"


def write_moved(moved: MovedWarc) -> bytes:
    """Return the line that says where a file is."""
    return write_line({"format": FORMAT, "kind": _KIND, **asdict(moved)})


def moved_warcs(folder: Path) -> dict[str, MovedWarc]:
    """Return what was moved out of the archive in ``folder``, by name; what was said last holds.

    A line that is not what was written says nothing; ``scrapy verify`` tells of it.
    """
    if not (folder / MOVED).exists():
        return {}
    found = {}
    for line in read_lines(folder / MOVED):
        if line.values is not None and not line.problem:
            with suppress(KeyError, TypeError):
                members = {name: line.values[name] for name in MovedWarc.__dataclass_fields__}
                found[str(members["file"])] = MovedWarc(**members)
    return found


def path_of(folder: Path, path: str, moved: Mapping[str, MovedWarc]) -> Path:
    """Return where an appended file of the archive in ``folder`` stands, given its path there."""
    own, file = folder / path, moved.get(PurePosixPath(path).name)
    return own if file is None or own.exists() else file.path


def warc_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders that WARC files of an archive may stand in, its own first."""
    elsewhere = dict.fromkeys(Path(moved.to) for moved in moved_warcs(folder).values())
    return (folder / WARC_FOLDER, *elsewhere)


def move_warc(archive: Archive, name: str, to: Path, progress: Callable[[int], None] | None = None) -> bool:
    """Move a WARC file to another folder; return False when it stands there already.

    A run that dies leaves it in one of the two places, or in both; moving it again goes on.

    Raises:
        ArchiveError: there is no such file, it is still written to, or what stands there is another.
        ArchiveDamaged: it is not what was acknowledged.
        DiskFull: no room there; the file is where it was.
    """
    source, target = archive.folder / WARC_FOLDER / name, to.absolute() / name
    if archive.current_warc == f"{WARC_FOLDER}/{name}":
        raise ArchiveError(source, "is still written to; the next one must be begun first")
    known = moved_warcs(archive.folder).get(name)
    if not source.exists() and known is not None and known.path.exists():
        if known.path == target:
            return False
        source = known.path
    if not source.exists():
        raise ArchiveError(source, str(known) if known else "there is no such file")
    with told_plainly(to):
        digest = _copied(source, target, progress or (lambda done: None))
    length = target.stat().st_size
    acknowledged = archive.acknowledged_length(f"{WARC_FOLDER}/{name}")
    if length != acknowledged:
        raise ArchiveDamaged(source, f"{length} bytes where the catalog knows of {acknowledged}")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    archive.add_moved(MovedWarc(name, str(target.parent), length, digest, now))
    archive.commit()
    with told_plainly(archive.folder):
        disk = Disk()
        disk.remove(source)
        disk.sync_folder(source.parent)
    return True


def _copied(source: Path, target: Path, progress: Callable[[int], None]) -> str:
    """Copy a file, durably, unless it stands there already; return its SHA-256, compared."""
    disk = Disk()
    disk.make_folder(target.parent)
    digest = _digest(source, progress)
    if not target.exists():
        beside = name_beside(target)
        try:
            with source.open("rb") as file, beside.open("wb") as copy:
                for piece in _pieces(file):
                    copy.write(piece)
                copy.flush()
                os.fsync(copy.fileno())
            disk.rename(beside, target)
            disk.sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                disk.remove(beside)
            raise
    if _digest(target, progress) != digest:
        raise ArchiveError(target, f"stands there and is not {source}; move it out of the way")
    return digest


def _digest(path: Path, progress: Callable[[int], None]) -> str:
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        for piece in _pieces(file):
            digest.update(piece)
            done += len(piece)
            progress(done)
    return digest.hexdigest()


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_STEP):
        yield piece
