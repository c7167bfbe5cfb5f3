"""The intact records of a damaged WARC file, in a new one.

The records keep their ids but not their offsets, so the damaged file stays where it is: what the manifests
point to is found in it as before, and other tools read the new one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.storage.database import told_plainly
from newscrawl.storage.disk import Disk, name_beside
from newscrawl.storage.warc_members import Gap, Member, scan_members
from newscrawl.storage.warc_read import BadRecord, parse_record


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was got out of a WARC file."""

    records: int
    saved_bytes: int
    lost: tuple[Gap, ...] = field(repr=False)
    """The stretches that hold no whole record."""

    @property
    def lost_bytes(self) -> int:
        """How much of the file is left behind."""
        return sum(gap.length for gap in self.lost)


def salvage(damaged: Path, out: Path, *, disk: Disk | None = None) -> Salvaged:
    """Write the intact records of ``damaged`` to the new file ``out`` and tell what was lost.

    Raises:
        FileExistsError: ``out`` is there already.
        DiskFull: no room for it; nothing is left behind.
    """
    if out.exists():
        raise FileExistsError(f"{out}: is there already; nothing was overwritten")
    disk = disk or Disk()
    with told_plainly(out.parent):
        disk.make_folder(out.parent)
        try:
            salvaged = _copy(damaged, name_beside(out), disk)
        except BaseException:
            with suppress(OSError):
                disk.remove(name_beside(out))
            raise
        disk.rename(name_beside(out), out)
        disk.sync_folder(out.parent)
    return salvaged


def _copy(damaged: Path, beside: Path, disk: Disk) -> Salvaged:
    disk.remove(beside)
    handle = disk.open_ledger(beside, new=True)
    records, saved, lost = 0, 0, []
    try:
        with damaged.open("rb") as file:
            for found in intact_members(damaged):
                if isinstance(found, Gap):
                    lost.append(found)
                    continue
                file.seek(found.offset)
                disk.write(handle, file.read(found.length))
                records, saved = records + 1, saved + found.length
        disk.sync_file(handle)
    finally:
        os.close(handle)
    return Salvaged(records, saved, tuple(lost))


def intact_members(path: Path) -> Iterator[Member | Gap]:
    """Yield the members that hold a whole record with agreeing digests, and what lies between them."""
    for found in scan_members(path):
        if isinstance(found, Member):
            try:
                parse_record(found.content)
            except BadRecord as bad:
                yield Gap(found.offset, found.length, str(bad))
                continue
        yield found
