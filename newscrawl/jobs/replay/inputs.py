"""What is to be read again, in order: the pages of an archive as it read them, or those of any WARC file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from newscrawl.exceptions import ArchiveError
from newscrawl.items import CHINA_TIME, Capture, PageHints
from newscrawl.sources import Source, owner_of
from newscrawl.spiders.page_hints import hints_of
from newscrawl.storage import QuarantineEntry, ReadingEntry, read_entries, read_readings
from newscrawl.storage.layout import MANIFEST, QUARANTINE, READINGS
from newscrawl.storage.moved import warc_folders
from newscrawl.storage.warc_listing import pages_in
from newscrawl.storage.warc_members import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One page to read."""

    reading: ReadingEntry
    hints: PageHints
    folders: tuple[Path, ...]
    """That its WARC files may stand in."""
    is_wanted: bool = True
    """False for a page that is read only for what it teaches."""
    refusal: str = ""
    """Why it is not read, in one word."""
    is_foreign: bool = False
    """Whether it comes from a WARC file of another archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which pages are wanted: captured on these days in China, of this source."""

    since: date | None = None
    until: date | None = None
    source: str | None = None

    def wants(self, capture: Capture) -> bool:
        """Return whether a page is wanted. Its source was looked at before."""
        day = capture.captured_at.astimezone(CHINA_TIME).date()
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def is_before_the_end(self, capture: Capture) -> bool:
        """Return whether later pages may build on what this one teaches."""
        return self.until is None or capture.captured_at.astimezone(CHINA_TIME).date() <= self.until


def tasks_of_archive(
    folder: Path,
    choice: Choice,
    sources: Mapping[str, Source],
    *,
    files: frozenset[str] | None = None,
    is_foreign: bool = False,
) -> Iterator[Task]:
    """Yield the pages of an archive in the order in which they were read.

    What was read before the days that are wanted is read as well: the memory of its site grew by it.

    Args:
        folder: the archive.
        choice: what is wanted.
        sources: for their hints; a source that is no more gives none.
        files: names of WARC files; only pages that were captured into these are wanted. None for all.
        is_foreign: whether what comes of them goes into another archive.
    """
    folders = warc_folders(folder)
    for reading in readings_of(folder):
        capture = reading.capture
        if choice.source not in {None, capture.source} or not choice.is_before_the_end(capture):
            continue
        in_files = files is None or (capture.warc is not None and capture.warc.file in files)
        source = sources.get(capture.source)
        hints = PageHints(link_text=reading.link_text)
        yield Task(
            reading=reading,
            hints=hints_of(source, link_text=reading.link_text) if source else hints,
            folders=folders,
            is_wanted=choice.wants(capture) and in_files,
            is_foreign=is_foreign,
        )


def readings_of(folder: Path) -> Iterator[ReadingEntry]:
    """Yield what an archive has read, in order; of an archive without ``readings.jsonl`` in the order of the captures.

    Raises:
        ArchiveDamaged: a line is not what was written.
        ArchiveError: there is nothing that was read.
    """
    path = folder / READINGS
    if path.exists():
        yield from read_readings(path)
        return
    manifests = sorted(folder.glob(f"*/*/{MANIFEST}"))
    quarantine = [folder / QUARANTINE] if (folder / QUARANTINE).exists() else []
    if not manifests and not quarantine:
        raise ArchiveError(folder, "nothing was ever read for it")
    entries = (entry for path in (*manifests, *quarantine) for entry in read_entries(path))
    captures = {
        entry.capture
        for entry in entries
        if not isinstance(entry, QuarantineEntry) or entry.capture.warc is not None
    }
    for capture in sorted(captures, key=lambda one: (one.captured_at, one.url)):
        yield ReadingEntry(capture=capture)


def reading_count(folder: Path) -> int | None:
    """Return how many pages an archive has read, None where that is not noted."""
    path = folder / READINGS
    if not path.exists():
        return None
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def tasks_of_warcs(paths: Sequence[Path], choice: Choice, sources: Mapping[str, Source]) -> Iterator[Task]:
    """Yield the pages of WARC files, in the order they stand there, each with the source that it falls to.

    A source that is stated takes them all; else it is the one whose scope fits, and a page that no source owns is
    refused. What is no page (a request, a picture, an answer other than 200) is passed over.
    """
    stated = sources[choice.source] if choice.source else None
    for path in paths:
        for found in pages_in(path):
            if isinstance(found, Gap):
                yield _damaged(path, found)
                continue
            source = stated or _owner(sources, found.url)
            capture = Capture(found.url, source.id if source else "", found.captured_at, found.warc)
            if choice.wants(capture):
                yield Task(
                    reading=ReadingEntry(capture=capture),
                    hints=hints_of(source) if source else PageHints(),
                    folders=(path.parent,),
                    refusal="" if source else "no_source",
                    is_foreign=True,
                )


def _damaged(path: Path, gap: Gap) -> Task:
    where = Capture(f"{path}, {gap.length} bytes from byte {gap.offset} on", "", datetime.now(UTC))
    return Task(
        reading=ReadingEntry(capture=where),
        hints=PageHints(),
        folders=(),
        refusal="damaged",
        is_foreign=True,
    )


def _owner(sources: Mapping[str, Source], url: str) -> Source | None:
    try:
        return owner_of(dict(sources), url)
    except ValueError:
        return None
