"""``scrapy status``: how the sources are, and which of them somebody should look at."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import ArchiveError, SourceError, UnknownSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.terminal.status import Status

DONE, NOT_STARTED, USAGE, WRONG, DAMAGED = 0, 1, 2, 4, 6


class Command(ScrapyCommand):
    """Tells the health of the sources."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the words behind the command."""
        return "[options] [SOURCE …]"

    def short_desc(self) -> str:
        """Return the line for the list of commands."""
        return "Show how the sources are: silent, blocked, changed; exit code 4 when something is wrong"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Show every source's last news, what is usual for it, its last 30 days and what is wrong with it; of "
            "the sources that are named also their columns. Changes nothing, and may be asked while a run is at "
            "work. Exit codes: 0 all is well, 4 something is wrong, 6 the archive cannot be read. "
            "Examples: scrapy status; scrapy status iqilu-zibo; scrapy status --alarms (for cron: says nothing "
            "while all is well); scrapy status --prometheus newscrawl.prom"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="everything as one JSON object")
        parser.add_argument(
            "--disk", action="store_true", help="instead: sizes, growth, when the disk is full"
        )
        parser.add_argument("--alarms", action="store_true", help="only what is wrong, a line each")
        parser.add_argument(
            "--prometheus", metavar="FILE", help="write the values for the textfile collector, all at once"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Tell, and set the exit code."""
        if opts.disk:
            self._show_disk(args, as_json=opts.json)
            return
        from newscrawl.terminal.status import print_alarms, print_json, print_table, write_prometheus

        status = self._status(args)
        if status is None:
            return
        try:
            if opts.prometheus:
                write_prometheus(status, Path(opts.prometheus))
        except OSError as error:
            print(f"{opts.prometheus}: {error.strerror}", file=sys.stderr)
            self.exitcode = NOT_STARTED
            return
        if opts.json:
            print_json(status)
        elif opts.alarms:
            print_alarms(status)
        elif not opts.prometheus:
            print_table(status, with_details=bool(args))
        self.exitcode = WRONG if status.is_wrong else DONE

    def _show_disk(self, args: list[str], *, as_json: bool) -> None:
        from newscrawl.storage.usage import usage_of
        from newscrawl.terminal.disk_usage import print_usage, print_usage_json
        from newscrawl.terminal.progress import progress_of

        assert self.settings is not None
        if args:
            raise UsageError("--disk is about the whole archive: name no source", print_help=False)
        folder, reserve = Path(self.settings["ARCHIVE_DIR"]), self.settings.getint("ARCHIVE_FREE_MIN_BYTES")
        try:
            with progress_of("adding up") as progress:
                usage = usage_of(folder, now=datetime.now(UTC), progress=progress)
        except (ArchiveError, OSError) as error:
            print(error, file=sys.stderr)
            self.exitcode = DAMAGED
            return
        if as_json:
            print_usage_json(usage, reserve=reserve)
        else:
            print_usage(usage, folder, reserve=reserve)

    def _status(self, named: Iterable[str]) -> Status | None:
        """Return the status of the sources, None when it cannot be had: the reason is told then."""
        from newscrawl.sources import find_source
        from newscrawl.spiders.known_sources import sources_of
        from newscrawl.terminal.status import status_of

        assert self.settings is not None
        try:
            every = sources_of(self.settings)
            wanted = [find_source(every, name).id for name in named]
            return status_of(Path(self.settings["ARCHIVE_DIR"]), wanted or every, now=datetime.now(UTC))
        except UnknownSource as error:
            raise UsageError(str(error), print_help=False) from error
        except SourceError as error:
            self.exitcode = NOT_STARTED
            print(error, file=sys.stderr)
        except ArchiveError as error:
            self.exitcode = DAMAGED
            print(error, file=sys.stderr)
        return None
