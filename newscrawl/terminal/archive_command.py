"""What the commands that look after an archive share; Scrapy takes every class in commands/ for a command."""

from __future__ import annotations

import argparse
import sys
from abc import abstractmethod
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import ArchiveError, ArchiveLocked

DONE, USAGE, LOCKED, DAMAGED = 0, 2, 5, 6


class ArchiveCommand(ScrapyCommand):
    """Works on the archive that is named, or on that of the setting ARCHIVE_DIR."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the words behind the command."""
        return "[options] [ARCHIVE]"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the work; what an archive refuses is told in one line."""
        folder = self._folder(args)
        try:
            self.exitcode = self.work(folder)
        except ArchiveError as error:
            print(error, file=sys.stderr)
            self.exitcode = LOCKED if isinstance(error, ArchiveLocked) else DAMAGED

    def _folder(self, args: list[str]) -> Path:
        assert self.settings is not None
        if len(args) > 1:
            raise UsageError("name one archive", print_help=False)
        folder = Path(args[0] if args else self.settings["ARCHIVE_DIR"])
        if not folder.is_dir():
            raise UsageError(f"{folder} is no archive: there is no such folder", print_help=False)
        return folder

    @abstractmethod
    def work(self, folder: Path) -> int:
        """Do what the command is for; return the exit code."""
