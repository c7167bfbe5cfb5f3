"""The worker processes of a crawl: started with the first page that needs one, ended with the crawl."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Any

from scrapy import signals

from newscrawl.exceptions import ArchiveError, NewscrawlError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.workers import Limits, PageReaders, SiteMemories

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


class WorkersExtension:
    """Holds the readers of pages.

    Settings: CRAWL_WORKERS, CRAWL_WORKER_SECONDS, CRAWL_WORKER_MEGABYTES.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._memories = SiteMemories(self._load, self._save, redesigned=self._redesigned)
        self.readers = PageReaders(limits_of(crawler.settings), self._memories)
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)
        crawler.signals.connect(self._stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WorkersExtension:
        return cls(crawler)

    def _opened(self) -> None:
        """Let the collector pass over what was loaded: with it a collection took 120 ms of the reactor."""
        gc.freeze()

    def _redesigned(self, source: str) -> None:
        count(self._crawler.stats, source, "template_changed")

    async def _load(self, source: str) -> Any:
        async with archive_of(self._crawler).writing() as archive:
            return archive.site_memory(source)

    async def _save(self, source: str, state: Any) -> None:
        async with archive_of(self._crawler).writing() as archive:
            archive.put_site_memory(source, state)

    async def _closed(self) -> None:
        try:
            await self._memories.save()
        except ArchiveError:
            return  # the disk refuses; the command says so

    async def _stopped(self) -> None:
        await self.readers.close()


def limits_of(settings: BaseSettings) -> Limits:
    """Return the limits that the settings state."""
    stated = settings["CRAWL_WORKERS"]
    return Limits(
        workers=int(stated) if stated not in (None, "", "None") else os.cpu_count() or 1,
        seconds=settings.getfloat("CRAWL_WORKER_SECONDS"),
        megabytes=settings.getint("CRAWL_WORKER_MEGABYTES"),
    )


def readers_of(crawler: Crawler) -> PageReaders:
    """Return the readers of a crawl.

    Raises:
        NewscrawlError: the extension is not switched on.
    """
    extension = crawler.get_extension(WorkersExtension)
    if extension is None:
        raise NewscrawlError("the setting EXTENSIONS lacks newscrawl.extensions.workers.WorkersExtension")
    return extension.readers
