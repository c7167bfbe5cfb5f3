"""What ``scrapy dedupe`` does: finds the stories of an archive, or of a folder of seed files."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archiving import archive_article
from newscrawl.archiving.catching_up import BATCH, CaughtUp, begin_index, catch_up
from newscrawl.exceptions import SeedFormatError
from newscrawl.items import Article, Capture
from newscrawl.storage import Archive, Disk, decode_seed, parse_seed_name

Progress = Callable[[int, int], None]


def is_archive(folder: Path) -> bool:
    """Return whether a folder is an archive, and not just a folder of seed files."""
    return (folder / "catalog.sqlite3").exists()


@contextmanager
def deduped_archive(folder: Path, progress: Progress, *, keep: bool) -> Iterator[tuple[Archive, CaughtUp]]:
    """Give an archive in which every text was compared; without ``keep`` as it was before when it is let go.

    Raises:
        ArchiveError: another run holds it, it is damaged, or the disk refuses.
    """
    with Archive.open(folder) as archive:
        done = catch_up(archive, progress, keep=keep)
        yield archive, done
        if not keep:
            archive.rollback()


@contextmanager
def deduped_files(folder: Path, progress: Progress) -> Iterator[tuple[Archive, CaughtUp]]:
    """Give an archive, for as long as it is looked at, that has the texts of a folder of seed files."""
    paths = sorted(path for path in folder.rglob("*.txt") if parse_seed_name(path.name))
    done = CaughtUp()
    with (
        tempfile.TemporaryDirectory() as scratch,
        Archive.open(Path(scratch), disk=Disk(sync=False)) as archive,
    ):
        begin_index(archive)
        for number, path in enumerate(paths, 1):
            try:
                archive_article(archive, _article(path))
            except (SeedFormatError, OSError) as error:
                done.unread.append(f"{path}: {error}")
            else:
                done.compared += 1
            if number % BATCH == 0:
                progress(number, len(paths))
                archive.commit()
        archive.commit()
        done.links = Counter(archive.link_counts())
        yield archive, done


def _article(path: Path) -> Article:
    headline, _, body = decode_seed(path.read_bytes()).partition("\n")
    changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Article(
        headline=headline, body=body, capture=Capture(path.absolute().as_uri(), "files", changed_at)
    )
