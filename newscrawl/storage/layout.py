"""Where things stand in an archive."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.items import CHINA_TIME, Capture

MANIFEST = "manifest.jsonl"
QUARANTINE = "quarantine.jsonl"
MOVED = "moved.jsonl"
READINGS = "readings.jsonl"
RUNS = "runs.jsonl"
STORIES = "stories.jsonl"
WARC_FOLDER = "warc"
LOST_FOLDER = "lost"
LOCK = ".lock"
CATALOG_DIGEST = "catalog.sha256"

# Letters of any script, digits, and - . _ inside: never a separator, never hidden, never "..".
_SOURCE = re.compile(r"[^\W_][\w.-]{0,99}")
_WARC_NAME = re.compile(r"newscrawl-\d{8}T\d{6}Z-(\d{5,})\.warc\.gz", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def folder_of(capture: Capture) -> str:
    """Return the folder of a captured page: its source, and the day of the capture in China.

    >>> folder_of(Capture("http://a.cn/", "linyi-news", datetime(2026, 5, 27, 16, 30, tzinfo=UTC)))
    'linyi-news/2026-05-28'

    Raises:
        ValueError: the source's id cannot be the name of a folder here.
    """
    if not is_source_folder(capture.source):
        raise ValueError(f"{capture.source!r} cannot be the folder of a source")
    return f"{capture.source}/{capture.captured_at.astimezone(CHINA_TIME).date().isoformat()}"


def is_source_folder(name: str) -> bool:
    """Return whether a folder of this name can be that of a source."""
    return name not in {WARC_FOLDER, LOST_FOLDER} and _SOURCE.fullmatch(name) is not None


def is_day_folder(name: str) -> bool:
    """Return whether a folder of this name can hold the articles of a day."""
    return _DAY.fullmatch(name) is not None


def warc_name(at: datetime, serial: int) -> str:
    """Return the name of a WARC file that is begun at this time.

    >>> warc_name(datetime(2026, 5, 27, 8, tzinfo=UTC), 7)
    'newscrawl-20260527T080000Z-00007.warc.gz'
    """
    return f"newscrawl-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{serial:05}.warc.gz"


def is_warc_name(name: str) -> bool:
    """Return whether a file name is one that `warc_name` makes."""
    return _WARC_NAME.fullmatch(name) is not None


def serial_of(name: str) -> int:
    """Return the serial number in the name of a WARC file of ours.

    >>> serial_of("newscrawl-20260527T080000Z-00007.warc.gz")
    7
    """
    found = _WARC_NAME.fullmatch(name)
    if not found:
        raise ValueError(f"{name!r} is not the name of a WARC file of ours")
    return int(found[1])


def sign_of_life(folder: Path) -> Path | None:
    """Return a file that shows that an archive has been written to, None when it has not."""
    for pattern in (f"*/*/{MANIFEST}", f"{WARC_FOLDER}/*.warc.gz", QUARANTINE, READINGS, RUNS, STORIES):
        if found := next(folder.glob(pattern), None):
            return found
    return None
