"""The archive of a crawl: opened before anything is fetched, committed in small batches, closed at the end.

Whoever uses it has it alone: ``async with archive_of(crawler).writing() as archive:``. A commit waits for the disk,
which may take long, so it runs in a thread and has the archive alone as well. Meanwhile pages arrive and are read,
and what comes of them waits for its turn.

Thought through and not taken: a thread that owns the archive and is sent every call (each call then is a function of
its own, and 100 µs of switching); staging the next batch while the last is being synced (one SQLite connection has
one transaction, so all that is read and written meanwhile would have to be kept and done again); syncing files in a
thread and only SQLite here (one slow sync is enough to hold up every download).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from newscrawl.archiving.catching_up import begin_index
from newscrawl.exceptions import ArchiveError, NewscrawlError
from newscrawl.extensions.versions import versions
from newscrawl.spiders.known_sources import sources_of
from newscrawl.storage import Archive, Catalog, Disk

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

_STAGED_MAX = 8 << 20
"""Bytes that wait in memory for a commit; more of them do not wait for the batch to be full."""


class ArchiveExtension:
    """Holds the open archive; an article counts as archived once its batch is on disk.

    Settings: ARCHIVE_DIR, ARCHIVE_EDITION, ARCHIVE_REPRINTS, ARCHIVE_WARC_MAX_BYTES, ARCHIVE_FREE_MIN_BYTES,
    ARCHIVE_BATCH_SIZE, ARCHIVE_BATCH_SECONDS.

    Raises:
        ArchiveLocked: another run is writing there.
        DiskFull: the folder cannot be written to.
    """

    disk = Disk()
    """What writes; another one where the cost of its syncs is measured."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._batch_size = settings.getint("ARCHIVE_BATCH_SIZE")
        self._batch_seconds = settings.getfloat("ARCHIVE_BATCH_SECONDS")
        self._staged = 0
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self._committing: asyncio.Task[None] | None = None
        self.failure: ArchiveError | None = None
        self.archive = open_archive(settings, Path(settings["ARCHIVE_DIR"]), self.disk)
        self.acknowledged = Catalog.open_readonly(self.archive.folder)
        """The catalog as of the last commit, for those who cannot wait."""
        if self.archive.recovery:
            logger.warning("%s", self.archive.recovery)
        if not begin_index(self.archive):
            logger.warning(
                "not every archived text can be compared with new ones; scrapy dedupe --apply sees to it"
            )
        self._ticks = create_looping_call(self._commit_soon)
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._settled, signals.item_scraped)
        crawler.signals.connect(self._settled, signals.item_dropped)
        crawler.signals.connect(self._stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveExtension:
        return cls(crawler)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Archive]:
        """Give the archive, to read and to write, when it is the caller's turn; not again inside of it.

        When the disk refuses, the crawl is stopped and nothing more is asked of the archive.

        Raises:
            ArchiveError: the disk refuses, or has refused before.
        """
        task = asyncio.current_task()
        if self._holder is not None and self._holder is task:
            raise RuntimeError("this task has the archive already and would wait for itself")
        async with self._turn:
            self._holder = task
            try:
                yield self._usable()
            except ArchiveError as failure:
                self._stop(failure)
                raise
            finally:
                self._holder = None
                if self.archive.staged_bytes > _STAGED_MAX:
                    self._commit_soon()

    def _usable(self) -> Archive:
        if self.failure is not None:
            raise self.failure
        return self.archive

    def _stop(self, failure: ArchiveError) -> None:
        if self.failure is None:
            self.failure = failure
            assert self._crawler.spider is not None
            self._crawler.engine.close_spider(self._crawler.spider, failure.reason)

    async def commit(self) -> None:
        """Put on disk what has been staged, and acknowledge it."""
        with suppress(ArchiveError):  # the crawl is being stopped; the command says why
            async with self.writing() as archive:
                self._staged = 0
                await asyncio.to_thread(archive.commit)

    def _commit_soon(self) -> None:
        """Begin a commit; what is settled while one is under way waits for the next, however much it is."""
        if self._committing is None or self._committing.done():
            self._committing = asyncio.ensure_future(self.commit())

    def _opened(self) -> None:
        self._ticks.start(self._batch_seconds, now=False)

    def _settled(self) -> None:
        self._staged += 1
        if self._staged >= self._batch_size:
            self._commit_soon()

    async def _stopped(self) -> None:
        if self._ticks.running:
            self._ticks.stop()
        await self.commit()
        try:
            self.acknowledged.close()
            async with self._turn:
                await asyncio.to_thread(self.archive.close)
        except ArchiveError as failure:  # the command says it; the next run mends what is left
            self.failure = self.failure or failure


def archive_of(crawler: Crawler) -> ArchiveExtension:
    """Return the extension that holds the archive of a crawl.

    Raises:
        NewscrawlError: the extension is not switched on.
    """
    extension = crawler.get_extension(ArchiveExtension)
    if extension is None:
        raise NewscrawlError("the setting EXTENSIONS lacks newscrawl.extensions.archive.ArchiveExtension")
    return extension


def open_archive(settings: BaseSettings, folder: Path, disk: Disk | None = None) -> Archive:
    """Return the archive in a folder, opened for writing as the settings say.

    Raises:
        ArchiveError: another run holds it, it is damaged, or the disk refuses.
    """
    return Archive.open(
        folder,
        disk=disk,
        edition=settings["ARCHIVE_EDITION"],
        reprints=settings["ARCHIVE_REPRINTS"],
        site_names={name: source.name for name, source in sources_of(settings).items()},
        warc_max_bytes=settings.getint("ARCHIVE_WARC_MAX_BYTES"),
        free_min_bytes=settings.getint("ARCHIVE_FREE_MIN_BYTES"),
        operator=settings["CRAWL_CONTACT"] or None,
        user_agent=settings["USER_AGENT"],
        robots="obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        versions=versions(),
    )
