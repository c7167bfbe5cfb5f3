"""The worker processes of a crawl: started with the first page that needs one, ended with the crawl."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from scrapy import signals

from newscrawl.exceptions import NewscrawlError
from newscrawl.workers import Limits, PageReaders

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


class WorkersExtension:
    """Holds the readers of pages.

    Settings: CRAWL_WORKERS, CRAWL_WORKER_SECONDS, CRAWL_WORKER_MEGABYTES.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.readers = PageReaders(limits_of(crawler.settings))
        crawler.signals.connect(self._stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WorkersExtension:
        return cls(crawler)

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
