"""``scrapy crawl`` with exit codes that cron can rely on; Scrapy's own ends with 0 when a site is down."""

from __future__ import annotations

import argparse
import logging
import sys
from math import inf
from pathlib import Path
from typing import Any

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import ArchiveError, ArchiveLocked, NewscrawlError, SourceError
from newscrawl.terminal.quiet import say_errors_only

DONE, NOT_STARTED, USAGE, NOTHING_KEPT, INCOMPLETE, LOCKED, DISK = 0, 1, 2, 3, 4, 5, 6
ASKED_FOR = frozenset(f"closespider_{limit}" for limit in ("itemcount", "pagecount", "timeout"))
"""Ends that the operator has set with Scrapy's own settings, as CRAWL_MINUTES is one."""
NAMES_TOLD = 5
"""Sources that are named for one reason; scrapy status tells them all."""


class Command(BaseRunSpiderCommand):
    """Crawls one source, or many in one process."""

    requires_project = True

    def syntax(self) -> str:
        """Return the words behind the command."""
        return "[options] SOURCE | news [-a NAME=VALUE …]"

    def short_desc(self) -> str:
        """Return the line for the list of commands."""
        return "Crawl one source by its id, or many at once as 'news'"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Crawl one source by its id, or many at once as 'news'. Arguments of news: region, sources, url, "
            "urls_file, since, until, visit=all, shard; of both: minutes. Example: scrapy crawl news -a region=山东/淄博 -a since=2026-11-01. "
            "Exit codes: 0 done, 1 could not start, 2 usage, 3 nothing kept because every source failed, "
            "4 finished with failed sources or interrupted, 5 another run holds the archive, "
            "6 disk full or archive damaged."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Answer a wrong name or a broken source file before anything starts."""
        super().process_options(args, opts)
        if len(args) != 1:
            raise UsageError("name one source, or 'news' for many: scrapy crawl news -a sources=a,b")
        assert self.settings is not None
        if not sys.stderr.isatty():  # cron mails whatever is said
            say_errors_only(self.settings)
        self._reserve()
        self._check(args[0], opts.spargs)

    def _reserve(self) -> None:
        """Refuse a second start before anything is loaded."""
        from newscrawl.storage.lock import reserve

        assert self.settings is not None
        try:
            reserve(Path(self.settings["ARCHIVE_DIR"]).absolute())
        except ArchiveLocked as error:
            self._give_up(LOCKED, error)

    def _check(self, name: str, arguments: dict[str, str]) -> None:
        from newscrawl.sources import find_source
        from newscrawl.spiders.arguments import CrawlArguments
        from newscrawl.spiders.known_sources import sources_of

        assert self.settings is not None
        try:
            every = sources_of(self.settings)
            if name != "news":
                find_source(every, name)
            given = CrawlArguments.of(arguments)
            given.span()
            given.wants_everything()
            given.choose(every)
        except SourceError as error:
            self._give_up(NOT_STARTED, error)
        except NewscrawlError as error:
            raise UsageError(str(error), print_help=False) from error
        if (minutes := _minutes(arguments)) is not None:
            self.settings.set("CRAWL_MINUTES", minutes, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and set the exit code."""
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(args[0])
        started: Any = self.crawler_process.crawl(crawler, **opts.spargs)
        failure: list[BaseException] = []
        started.add_done_callback(lambda task: failure.append(task.exception()) if task.exception() else None)
        self.crawler_process.start()
        if failure:
            self._failed(failure[0])
            return
        self.exitcode = self._exit_code(crawler)

    def _failed(self, failure: BaseException) -> None:
        if isinstance(failure, ArchiveLocked):
            self._give_up(LOCKED, failure)
        if isinstance(failure, ArchiveError):
            self._give_up(DISK, failure)
        if isinstance(failure, NewscrawlError):
            self._give_up(NOT_STARTED, failure)
        logging.getLogger(__name__).error("the crawl could not start", exc_info=failure)
        self.exitcode = NOT_STARTED

    def _give_up(self, code: int, error: BaseException) -> None:
        print(error, file=sys.stderr)
        sys.exit(code)

    def _exit_code(self, crawler: Any) -> int:
        from newscrawl.extensions.archive import archive_of
        from newscrawl.extensions.clean_stop import TIME_BUDGET
        from newscrawl.extensions.report import failed_sources, report_of

        failure = archive_of(crawler).failure
        if failure is not None:
            print(f"stopped: {failure}", file=sys.stderr)
            return DISK
        report = report_of(crawler.spider, crawler.stats.get_stats())
        failed = failed_sources(report)
        if failed:
            print(_no_answer(failed, len(report["sources"])), file=sys.stderr)
        if failed and not any(account["answered"] for account in report["sources"].values()):
            return NOTHING_KEPT
        reason = crawler.stats.get_value("finish_reason")
        is_done = reason in {"finished", TIME_BUDGET, *ASKED_FOR}
        if not is_done:
            print(f"ended early: {reason}", file=sys.stderr)
        return INCOMPLETE if failed or not is_done else DONE


def _no_answer(failed: dict[str, str], source_count: int) -> str:
    """Return one line about the sources that failed, however many they are.

    >>> _no_answer({"zibo": "timeout", "linyi": "timeout", "lushan": "host_not_found"}, 50)
    'no answer from 3 of 50 sources (linyi, zibo: timeout; lushan: host_not_found)'
    """
    by_reason: dict[str, list[str]] = {}
    for name, reason in sorted(failed.items()):
        by_reason.setdefault(reason, []).append(name)
    parts = sorted(by_reason.items(), key=lambda part: -len(part[1]))
    told = "; ".join(f"{_names(names)}: {reason}" for reason, names in parts)
    return f"no answer from {len(failed)} of {source_count} sources ({told})"


def _names(names: list[str]) -> str:
    more = len(names) - NAMES_TOLD
    return ", ".join(names[:NAMES_TOLD]) + (f" and {more} more" if more > 0 else "")


def _minutes(arguments: dict[str, str]) -> float | None:
    """Return how long the crawl may take, None when nothing was said.

    >>> _minutes({"minutes": "50"})
    50.0
    >>> _minutes({"minutes": "1h"})
    Traceback (most recent call last):
    scrapy.exceptions.UsageError: minutes='1h' is no time; write it as minutes=50

    Raises:
        UsageError: it is no number of minutes.
    """
    if "minutes" not in arguments:
        return None
    try:
        minutes = float(arguments["minutes"])
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < inf:
        raise UsageError(
            f"minutes={arguments['minutes']!r} is no time; write it as minutes=50", print_help=False
        )
    return minutes
