"""``scrapy salvage``: the intact records out of a damaged WARC file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import ArchiveError

NOT_WRITTEN, DISK = 1, 6


class Command(ScrapyCommand):
    """Copies what is whole; the damaged file stays as it is."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] DAMAGED.warc.gz NEW.warc.gz"

    def short_desc(self) -> str:
        return "Copy the intact records out of a damaged WARC file"

    def long_desc(self) -> str:
        return (
            "Copy every record whose digests agree out of a damaged WARC file into a new one, and list the stretches "
            "that hold none. The damaged file is not changed. "
            "Example: scrapy salvage archive/warc/newscrawl-20261101000000-00001.warc.gz whole.warc.gz. "
            "Exit codes: 0 done, 1 not written, 2 usage, 6 disk full."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Copy, and say what was lost."""
        if len(args) != 2:
            raise UsageError("name the damaged file and the new one")
        from newscrawl.storage import salvage

        damaged, new = map(Path, args)
        try:
            salvaged = salvage(damaged, new)
        except ArchiveError as error:
            print(error, file=sys.stderr)
            self.exitcode = DISK
        except OSError as error:
            print(error, file=sys.stderr)
            self.exitcode = NOT_WRITTEN
        else:
            for gap in salvaged.lost:
                print(f"{damaged}: byte {gap.offset}: {gap.length} bytes hold no whole record")
            print(f"{salvaged.records} records saved, {salvaged.lost_bytes} bytes left behind")
