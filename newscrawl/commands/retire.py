"""``scrapy retire``: old WARC files moved to another disk, and noted, so that nobody takes them for lost."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import ArchiveError, ArchiveLocked

if TYPE_CHECKING:
    from newscrawl.storage import Archive

DONE, LOCKED, DISK = 0, 5, 6


class Command(ScrapyCommand):
    """Moves WARC files out of the archive; the texts and their manifests stay."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] --to DIR [WARC …]"

    def short_desc(self) -> str:
        return "Move old WARC files to another disk, and note where they are"

    def long_desc(self) -> str:
        return (
            "Move WARC files of the archive to another folder, on a slower disk perhaps: those that are named, or those "
            "that were begun before a day. Each is copied, compared, noted in moved.jsonl, and only then taken away; a "
            "run that was stopped is started again. As long as the folder is there, verify, rebuild, replay and inspect "
            "find the files in it; when it is not, they say which are needed. Examples: scrapy retire --before 2026-01-01 "
            "--to /mnt/cold; scrapy retire --to /mnt/cold newscrawl-20251101T080000Z-00007.warc.gz. "
            "Exit codes: 0 done, 2 usage, 5 a run holds the archive, 6 disk full, or a file is not what it was."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="DIR", help="the folder to move them to; made if there is none")
        parser.add_argument(
            "--before", metavar="DAY", help="all that were begun before this day (2026-01-01)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Move, file by file."""
        from newscrawl.extensions.archive import open_archive

        assert self.settings is not None
        folder = Path(self.settings["ARCHIVE_DIR"])
        if not opts.to or not (args or opts.before):
            raise UsageError(
                "say where to (--to DIR), and which files: names, or --before DAY", print_help=False
            )
        if not folder.is_dir():
            raise UsageError(f"{folder} is no archive: there is no such folder", print_help=False)
        before = _day(opts.before)
        try:
            with open_archive(self.settings, folder) as archive:
                names = [Path(name).name for name in args] or _begun_before(archive, before)
                self._move(archive, names, Path(opts.to))
        except ArchiveError as error:
            print(error, file=sys.stderr)
            self.exitcode = LOCKED if isinstance(error, ArchiveLocked) else DISK

    def _move(self, archive: Archive, names: list[str], to: Path) -> None:
        from newscrawl.storage import move_warc
        from newscrawl.terminal.progress import progress_of

        moved = 0
        with progress_of(f"moving to {to}") as progress:
            for number, name in enumerate(names):
                progress(number, len(names))
                moved += move_warc(archive, name, to)
        if sys.stdout.isatty() or not moved:
            print(f"{moved} of {len(names)} files moved to {to}")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{text!r} is no day; write it as 2026-01-01", print_help=False) from None


def _begun_before(archive: Archive, day: date | None) -> list[str]:
    """Return the WARC files that were begun before a day, but for the one that is written to."""
    from newscrawl.storage.layout import WARC_FOLDER, is_warc_name

    assert day is not None
    names = sorted(path.name for path in (archive.folder / WARC_FOLDER).glob("*") if is_warc_name(path.name))
    current = Path(archive.current_warc or "").name
    return [name for name in names if name.split("-")[1][:8] < f"{day:%Y%m%d}" and name != current]
