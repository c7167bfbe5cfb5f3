"""Where a page goes that becomes no article: never silently dropped, always with its reason."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from newscrawl.exceptions import ArchiveError, PageError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.items import Capture
from newscrawl.pipelines.drops import NotStored, Quarantined

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


async def quarantine(crawler: Crawler, capture: Capture, error: PageError) -> DropItem:
    """Stage the page for the quarantine and count it; return what a pipeline has to raise."""
    try:
        async with archive_of(crawler).writing() as archive:
            archive.quarantine(capture.url, capture.source, error.reason, error.detail, capture=capture)
    except ArchiveError as failure:
        return NotStored(str(failure))
    count(crawler.stats, capture.source, f"quarantined/{error.reason}")
    return Quarantined(error.reason, " ".join(str(error).split()))  # one line, whatever the page says


async def defect(crawler: Crawler, capture: Capture, error: Exception) -> DropItem:
    """Do the same for an error that nobody expected: it costs one page, is told, and the page is kept."""
    logger.error("%s could not be read", capture.url, exc_info=error)
    return await quarantine(
        crawler, capture, PageError("defect", capture.url, f"{type(error).__name__}: {error}")
    )
