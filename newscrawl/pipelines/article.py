"""Page -> Article: extraction and repair, in a worker; what is no article goes to the quarantine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.exceptions import ArchiveError, PageError, WorkerError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.extensions.workers import readers_of
from newscrawl.items import Article, Page
from newscrawl.pipelines.drops import NotStored
from newscrawl.pipelines.quarantine import defect, quarantine
from newscrawl.repair import SiteHistory
from newscrawl.storage import ReadingEntry
from newscrawl.text.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ArticlePipeline:
    """Reads the article that stands on a page."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArticlePipeline:
        return cls(crawler)

    async def process_item(self, item: Page) -> Article:
        """Return the repaired article.

        Raises:
            Quarantined: the page is no article, or was too much for its worker.
            NotStored: no worker starts, or the disk is full or refuses; the URL stays pending.
        """
        stats, source = self._crawler.stats, item.capture.source
        count(stats, source, "pages")
        try:
            article = await self._read(item)
        except PageError as error:
            raise await quarantine(self._crawler, item.capture, error) from error
        except WorkerError as error:
            assert self._crawler.spider is not None
            self._crawler.engine.close_spider(self._crawler.spider, "workers")
            raise NotStored(f"{item.capture.url}: {error}") from error
        except ArchiveError as error:
            raise NotStored(str(error)) from error
        except Exception as error:
            raise await defect(self._crawler, item.capture, error) from error
        for rule in {cut.rule for cut in article.cuts}:
            count(stats, source, f"repaired/{rule}")
        return article

    async def _read(self, page: Page) -> Article:
        """Return the article of a page, read when it is the turn of its source; its host's history grows by it.

        What it is read with is noted before, so that it can be read again as it was.
        """
        readers, host = readers_of(self._crawler), host_of(page.capture.url)
        async with readers.turn(page.capture.source):
            learnt_count = await readers.learnt_count(page.capture.source)
            async with archive_of(self._crawler).writing() as archive:
                history = SiteHistory(injected_count=archive.host_counts(host).get("pinyin_injected", 0))
                archive.add_reading(_reading_of(page, history, learnt_count))
            article = await readers.read(page, history)
            async with archive_of(self._crawler).writing() as archive:
                archive.count(host, {"documents": 1, **dict.fromkeys(article.flags, 1)})
        return article


def _reading_of(page: Page, history: SiteHistory, learnt_count: int) -> ReadingEntry:
    return ReadingEntry(
        capture=page.capture,
        continuations=tuple(one.capture for one in page.continuations),
        link_text=page.hints.link_text,
        learnt_count=learnt_count,
        injected_count=history.injected_count,
    )
