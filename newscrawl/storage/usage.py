"""What an archive takes on the disk: by kind, by source, by month, and how fast it grows."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from newscrawl.items import CHINA_TIME
from newscrawl.storage.catalog import Catalog
from newscrawl.storage.layout import (
    LOST_FOLDER,
    MANIFEST,
    WARC_FOLDER,
    is_day_folder,
    is_source_folder,
)
from newscrawl.storage.moved import moved_warcs
from newscrawl.storage.schema import CATALOG
from newscrawl.storage.seed_file import parse_seed_name

GROWTH_DAYS = 30
"""Days that the growth is taken from: long enough for weekends, short enough for a new source to be seen."""
_BLOCK = 512
"""Bytes, in which stat counts blocks wherever it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Bytes on the disk, whole blocks: a text of 2 KB takes four."""

    kinds: dict[str, int]
    """``texts`` ``manifests`` ``warc`` ``catalog`` ``lost`` ``other``, and ``elsewhere``: WARC files that were moved."""
    sources: dict[str, int] = field(repr=False)
    """Texts and manifests, and the captures of their pages."""
    months: dict[str, int] = field(repr=False)
    """By month of the capture (``2026-11``): texts, manifests, captures of whatever kind."""
    daily_growth: float
    """Bytes a day, over the last thirty days or as long as there is anything."""
    free: int
    """On the disk of the archive."""

    @property
    def total(self) -> int:
        """Bytes here; what was moved elsewhere is not among them."""
        return sum(size for kind, size in self.kinds.items() if kind != "elsewhere")

    def days_left(self, reserve: int = 0) -> float | None:
        """Return in how many days the disk has but ``reserve`` bytes left, growing as it does; None when it does not."""
        return max(self.free - reserve, 0) / self.daily_growth if self.daily_growth > 0 else None


def usage_of(folder: Path, *, now: datetime, progress: Callable[[int, int], None] | None = None) -> Usage:
    """Return what the archive in ``folder`` takes; changes nothing, and may be asked while a run is at work.

    Raises:
        ArchiveError: it cannot be read.
    """
    kinds: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    days: Counter[str] = Counter()
    entries = sorted(folder.iterdir())
    for done, entry in enumerate(entries, 1):
        if entry.is_dir() and is_source_folder(entry.name):
            for day, kind, size in _source_files(entry):
                kinds[kind] += size
                sources[entry.name] += size
                days[day] += size
        else:
            kinds[_kind_of(entry.name)] += sum(_sizes(entry))
        if progress:
            progress(done, len(entries))
    with Catalog.open_readonly(folder) as catalog:
        sources.update(catalog.capture_bytes_by_source())
        days.update(catalog.capture_bytes_by_day())
    kinds["elsewhere"] = sum(
        one.length for one in moved_warcs(folder).values() if not _is_here(folder, one.file)
    )
    months: Counter[str] = Counter()
    for day, size in days.items():
        months[day[:7]] += size
    return Usage(
        kinds={kind: size for kind, size in kinds.items() if size},
        sources=dict(sources),
        months=dict(sorted(months.items())),
        daily_growth=_growth(days, now.astimezone(CHINA_TIME).date()),
        free=shutil.disk_usage(folder).free,
    )


def _is_here(folder: Path, name: str) -> bool:
    return (folder / WARC_FOLDER / name).exists()


def _source_files(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Yield the day, the kind and the size of every file of a source."""
    for day in folder.iterdir():
        if not is_day_folder(day.name):
            continue
        for entry in os.scandir(day):
            kind = (
                "manifests" if entry.name == MANIFEST else "texts" if parse_seed_name(entry.name) else "other"
            )
            yield day.name, kind, _size(entry.stat(follow_symlinks=False))


def _kind_of(name: str) -> str:
    if name.startswith(CATALOG.partition(".")[0] + "."):
        return "catalog"
    return {WARC_FOLDER: "warc", LOST_FOLDER: "lost"}.get(name, "other")


def _sizes(path: Path) -> Iterator[int]:
    if path.is_dir():
        for folder, _, names in os.walk(path):
            yield from (_size((Path(folder) / name).lstat()) for name in names)
    else:
        yield _size(path.lstat())


def _size(stat: os.stat_result) -> int:
    return stat.st_blocks * _BLOCK


def _growth(days: Counter[str], today: date) -> float:
    """Return the bytes a day that the whole days before this one have brought, and this one, where it is the first."""
    first = min(days, default=str(today))
    since = max(date.fromisoformat(first), today - timedelta(days=GROWTH_DAYS))
    counted = sum(size for day, size in days.items() if str(since) <= day <= str(today))
    return counted / max((today - since).days, 1)
