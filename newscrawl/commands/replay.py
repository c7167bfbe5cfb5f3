"""``scrapy replay``: the pages of WARC files read again, what is different shown or written."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import ArchiveError, ArchiveLocked, NewscrawlError, SourceError, UnknownSource
from newscrawl.terminal.progress import progress_of

if TYPE_CHECKING:
    from newscrawl.jobs.replay.inputs import Choice, Task
    from newscrawl.jobs.replay.job import ReplayJob, Tally
    from newscrawl.sources import Source
    from newscrawl.storage import Archive, Catalog

DONE, NOT_STARTED, USAGE, INCOMPLETE, LOCKED, DISK, DIFFERENT = 0, 1, 2, 4, 5, 6, 7


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for."""

    archive: Path
    """The archive that is compared with, and written to."""
    warcs: tuple[Path, ...]
    choice: Choice
    show: bool
    apply: bool
    restart: bool


class Command(ScrapyCommand):
    """Reads pages again; without --apply nothing is changed."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [WARC …]"

    def short_desc(self) -> str:
        return "Read archived pages again with today's rules; show or write what is different"

    def long_desc(self) -> str:
        return (
            "Read the pages of the archive again from its WARC files, or the pages of any WARC files, without network. "
            "Without options what is different is counted; --diff shows it word by word, by rule; --apply writes new "
            "versions beside the old ones, which stay. Nothing is written twice, and a run that was stopped goes on "
            "where it was. A page of an archive is read as the crawl read it, after the pages that came before; what was "
            "captured before --since is therefore read as well, and not looked at. Pages of other WARC files fall to "
            "the source that owns their address, or to --source ID. Examples: scrapy replay --diff; scrapy replay "
            "--apply --since 2026-11-01; scrapy replay CC-NEWS-20261101000000-00001.warc.gz --out cc-news/. "
            "Exit codes: 0 done, or nothing is different, 1 could not start, 2 usage, 4 pages could not be read or the "
            "run was interrupted, 5 a run holds the archive, 6 disk full or archive damaged, 7 something is different."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--diff", action="store_true", help="show what is different; change nothing")
        parser.add_argument("--apply", action="store_true", help="write what is different as new versions")
        parser.add_argument("--since", metavar="DAY", help="pages captured on this day or later (2026-11-01)")
        parser.add_argument("--until", metavar="DAY", help="pages captured on this day or earlier")
        parser.add_argument(
            "--source", metavar="ID", help="pages of this source; of other WARC files: all pages are its"
        )
        parser.add_argument(
            "--out", metavar="DIR", help="write into the archive DIR, which is made if there is none"
        )
        parser.add_argument("--workers", metavar="N", type=int, help="processes (default: CRAWL_WORKERS)")
        parser.add_argument(
            "--restart", action="store_true", help="begin anew where an earlier run was stopped"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read, show, write."""
        logging.disable(logging.WARNING)  # what pages make libraries say is no news here
        try:
            asked, sources = self._asked(args, opts)
            self.exitcode = self._replay(asked, sources, opts.workers)
        except SourceError as error:
            self._say(NOT_STARTED, error)
        except UnknownSource as error:
            raise UsageError(str(error), print_help=False) from error
        except ArchiveError as error:
            self._say(LOCKED if isinstance(error, ArchiveLocked) else DISK, error)
        except NewscrawlError as error:  # no worker starts
            self._say(NOT_STARTED, error)

    def _say(self, code: int, error: BaseException) -> None:
        print(error, file=sys.stderr)
        self.exitcode = code

    def _asked(self, args: list[str], opts: argparse.Namespace) -> tuple[_Asked, dict[str, Source]]:
        from newscrawl.jobs.replay.inputs import Choice
        from newscrawl.sources import find_source
        from newscrawl.spiders.known_sources import sources_of

        assert self.settings is not None
        if opts.diff and (opts.apply or opts.out):
            raise UsageError("--diff changes nothing: leave --apply and --out away", print_help=False)
        if opts.workers is not None and opts.workers < 0:
            raise UsageError("--workers: at least 0", print_help=False)
        warcs = tuple(map(Path, args))
        for path in warcs:
            if not path.is_file():
                raise UsageError(f"{path}: no such file", print_help=False)
        sources = sources_of(self.settings)
        if opts.source and warcs:
            find_source(sources, opts.source)
        choice = Choice(since=_day(opts.since), until=_day(opts.until), source=opts.source)
        archive = Path(opts.out or self.settings["ARCHIVE_DIR"])
        if not opts.out and not archive.is_dir():
            raise UsageError(f"{archive} is no archive: there is no such folder", print_help=False)
        asked = _Asked(archive, warcs, choice, opts.diff, opts.apply or bool(opts.out), opts.restart)
        return asked, sources

    def _replay(self, asked: _Asked, sources: dict[str, Source], workers: int | None) -> int:
        with _terminating_like_ctrl_c(), self._opened(asked) as archive:
            run = _Run(asked, archive, self.settings, workers)
            try:
                asyncio.run(run.work(sources))
            except KeyboardInterrupt:
                print(f"interrupted after {run.done_count} pages; run it again to go on", file=sys.stderr)
                return INCOMPLETE
            except ExceptionGroup as group:
                raise group.exceptions[0] from group
            return run.finish()

    def _opened(self, asked: _Asked) -> AbstractContextManager[Archive | Catalog]:
        from newscrawl.extensions.archive import open_archive
        from newscrawl.storage import Catalog

        assert self.settings is not None
        if asked.apply:
            return open_archive(self.settings, asked.archive)
        return Catalog.open_readonly(asked.archive)


class _Run:
    """One replay, seen from the command."""

    def __init__(self, asked: _Asked, archive: Archive | Catalog, settings: Any, workers: int | None) -> None:
        from newscrawl.extensions.versions import versions
        from newscrawl.jobs.replay.checkpoint import Checkpoint

        self._asked = asked
        self._archive = archive
        self._settings = settings
        self._workers = workers
        inputs = [[str(path.resolve()), path.stat().st_size] for path in asked.warcs]
        self._checkpoint = Checkpoint(
            asked.archive,
            {"inputs": inputs, "choice": repr(asked.choice), "apply": asked.apply, "versions": versions()},
        )
        if not asked.restart and self._checkpoint.load():
            print(f"going on after {self._checkpoint.done_count} pages of an earlier run", file=sys.stderr)
        self._job: ReplayJob | None = None

    @property
    def done_count(self) -> int:
        """Pages that were looked at."""
        return self._job.done_count if self._job else 0

    async def work(self, sources: dict[str, Source]) -> None:
        """Read everything that was asked for."""
        from newscrawl.jobs.replay.applying import Applier
        from newscrawl.storage import Archive
        from newscrawl.terminal.replay_report import is_shown, print_change

        applier = Applier(self._archive) if isinstance(self._archive, Archive) else None
        total = self._total()
        async with self._readied(applier) as job:
            with progress_of("reading again") as progress:
                async for change in job.changes(self._tasks(sources), applier):
                    progress(job.done_count, total)
                    if self._asked.show and is_shown(change):
                        print_change(change)

    @asynccontextmanager
    async def _readied(self, applier: Any) -> AsyncIterator[ReplayJob]:
        from dataclasses import replace

        from newscrawl.extensions.workers import limits_of
        from newscrawl.jobs.replay.changes import Comparison
        from newscrawl.jobs.replay.job import ReplayJob
        from newscrawl.jobs.replay.reading import StretchReader
        from newscrawl.jobs.replay.tracks import Tracks
        from newscrawl.workers import PageReaders

        limits = limits_of(self._settings)
        if self._workers is not None:
            limits = replace(limits, workers=self._workers)
        tracks = Tracks(self._checkpoint.track)
        readers = PageReaders(limits, tracks)
        reader = StretchReader(
            readers, tracks, workers=limits.workers, max_size=self._settings.getint("DOWNLOAD_MAXSIZE")
        )
        comparison = (
            Comparison(self._archive, applier.settle) if applier is not None else Comparison(self._archive)
        )
        self._job = ReplayJob(reader, tracks, comparison, self._checkpoint)
        try:
            yield self._job
        finally:
            if applier is not None:
                applier.commit()
            await readers.close()

    def _tasks(self, sources: dict[str, Source]) -> Iterator[Task]:
        from newscrawl.jobs.replay.inputs import tasks_of_archive, tasks_of_warcs
        from newscrawl.storage.layout import WARC_FOLDER

        choice, folder = self._asked.choice, self._asked.archive
        own = Path(self._settings["ARCHIVE_DIR"])
        warc_folder = own / WARC_FOLDER
        ours = frozenset(
            path.name for path in self._asked.warcs if path.resolve().parent == warc_folder.resolve()
        )
        if self._asked.warcs and len(ours) < len(self._asked.warcs):
            return tasks_of_warcs(self._asked.warcs, choice, sources)
        is_foreign = folder.resolve() != own.resolve()
        return tasks_of_archive(own, choice, sources, files=ours or None, is_foreign=is_foreign)

    def _total(self) -> int | None:
        from newscrawl.jobs.replay.inputs import reading_count

        return None if self._asked.warcs else reading_count(Path(self._settings["ARCHIVE_DIR"]))

    def finish(self) -> int:
        """Print what was counted, let go of the checkpoint, return the exit code."""
        from newscrawl.terminal.replay_report import print_tally

        assert self._job is not None
        tally = self._job.tally
        self._checkpoint.drop()
        print_tally(tally)
        _say_what_is_missing(tally)
        if not self._asked.apply and not self._asked.show and tally.different_count:
            print("nothing was changed: --diff shows what is different, --apply writes it")
        if tally.absent or tally.reasons["bad_record"] or tally.reasons["damaged"]:
            return INCOMPLETE
        return DIFFERENT if tally.different_count and not self._asked.apply else DONE


def _say_what_is_missing(tally: Tally) -> None:
    for name, count in sorted(tally.absent.items()):
        print(f"{name} is not here: {count} pages were not read", file=sys.stderr)
    if tally.inexact_count:
        print(
            f"{tally.inexact_count} pages were read with another memory of their site than in the crawl: "
            "pages before them are missing, or were read otherwise",
            file=sys.stderr,
        )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{text!r} is no day; write it as 2026-11-01", print_help=False) from None


@contextmanager
def _terminating_like_ctrl_c() -> Iterator[None]:
    """Let SIGTERM end the run as Ctrl-C does: what is staged is put on the disk, and the next run goes on."""
    before = signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
