"""The archive of a crawl: opened before anything is fetched, committed in small batches, closed at the end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from newscrawl.exceptions import ArchiveError, NewscrawlError
from newscrawl.extensions.versions import versions
from newscrawl.storage import Archive

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class ArchiveExtension:
    """Holds the open archive; an article counts as archived once its batch is on disk.

    Settings: ARCHIVE_DIR, ARCHIVE_EDITION, ARCHIVE_WARC_MAX_BYTES, ARCHIVE_FREE_MIN_BYTES, ARCHIVE_BATCH_SIZE,
    ARCHIVE_BATCH_SECONDS.

    Raises:
        ArchiveLocked: another run is writing there.
        DiskFull: the folder cannot be written to.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._batch_size = settings.getint("ARCHIVE_BATCH_SIZE")
        self._batch_seconds = settings.getfloat("ARCHIVE_BATCH_SECONDS")
        self._staged = 0
        self.failure: ArchiveError | None = None
        self.archive = Archive.open(
            Path(settings["ARCHIVE_DIR"]),
            edition=settings["ARCHIVE_EDITION"],
            warc_max_bytes=settings.getint("ARCHIVE_WARC_MAX_BYTES"),
            free_min_bytes=settings.getint("ARCHIVE_FREE_MIN_BYTES"),
            operator=settings["CRAWL_CONTACT"] or None,
            user_agent=settings["USER_AGENT"],
            robots="obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            versions=versions(),
        )
        if self.archive.recovery:
            logger.warning("%s", self.archive.recovery)
        self._ticks = create_looping_call(self.commit)
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._settled, signals.item_scraped)
        crawler.signals.connect(self._settled, signals.item_dropped)
        crawler.signals.connect(self._stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveExtension:
        return cls(crawler)

    @contextmanager
    def writing(self) -> Iterator[Archive]:
        """Give the archive to write to; when the disk refuses, the crawl is stopped and nothing more is asked of it."""
        if self.failure is not None:
            raise self.failure
        try:
            yield self.archive
        except ArchiveError as failure:
            self.failure = failure
            assert self._crawler.spider is not None
            self._crawler.engine.close_spider(self._crawler.spider, failure.reason)
            raise

    def commit(self) -> None:
        """Put on disk what has been staged, and acknowledge it."""
        self._staged = 0
        if self.failure is None:
            try:
                with self.writing() as archive:
                    archive.commit()
            except ArchiveError:
                return  # the crawl is being stopped; the command says why

    def _opened(self) -> None:
        self._ticks.start(self._batch_seconds, now=False)

    def _settled(self) -> None:
        self._staged += 1
        if self._staged >= self._batch_size:
            self.commit()

    def _stopped(self) -> None:
        if self._ticks.running:
            self._ticks.stop()
        self.commit()
        try:
            self.archive.close()
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
