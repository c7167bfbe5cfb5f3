"""``scrapy verify``: whether an archive still says what it said."""

from __future__ import annotations

import sys
from pathlib import Path

from newscrawl.terminal.archive_command import DAMAGED, DONE, ArchiveCommand


class Command(ArchiveCommand):
    """Checks an archive; changes nothing."""

    def short_desc(self) -> str:
        return "Check every hash, line and record of the archive"

    def long_desc(self) -> str:
        return (
            "Check every seed file, manifest line and WARC record against its hash, and the catalog against all of "
            "them. Changes nothing, and may run during a crawl. Examples: scrapy verify; scrapy verify demo-archive. "
            "Exit codes: 0 all is well, 2 usage, 6 damage was found: a line each."
        )

    def work(self, folder: Path) -> int:
        from newscrawl.storage import verify
        from newscrawl.terminal.progress import progress_of

        damaged = 0
        with progress_of(f"verifying {folder}") as progress:
            for finding in verify(folder, progress):
                damaged += finding.is_damage
                print(finding)
        if damaged:
            print(
                f"{damaged} damaged; nothing was changed. scrapy rebuild mends the catalog, scrapy salvage a WARC file"
            )
        elif sys.stdout.isatty():
            print(f"{folder}: all is well")
        return DAMAGED if damaged else DONE
