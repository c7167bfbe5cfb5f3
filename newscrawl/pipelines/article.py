"""Page -> Article: extraction and repair; what is no article goes to the quarantine."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newscrawl.exceptions import PageError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.items import Article, Page
from newscrawl.pipelines.quarantine import quarantine
from newscrawl.reading import read_article
from newscrawl.repair import SiteHistory
from newscrawl.text.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class ArticlePipeline:
    """Reads the article that stands on a page."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArticlePipeline:
        return cls(crawler)

    def process_item(self, item: Page) -> Article:
        """Return the repaired article.

        Raises:
            Quarantined: the page is no article.
            NotStored: the disk is full or refuses; the URL stays pending.
        """
        stats, source = self._crawler.stats, item.capture.source
        count(stats, source, "pages")
        try:
            article = read_article(item, history=self._history_of(item))
        except PageError as error:
            raise quarantine(self._crawler, item.capture, error) from error
        except Exception as error:  # a defect of ours costs one page: it is told, and the page is kept
            logger.exception("%s could not be read", item.capture.url)
            defect = PageError("defect", item.capture.url, f"{type(error).__name__}: {error}")
            raise quarantine(self._crawler, item.capture, defect) from error
        for rule in {cut.rule for cut in article.cuts}:
            count(stats, source, f"repaired/{rule}")
        return article

    def _history_of(self, page: Page) -> SiteHistory:
        counts = archive_of(self._crawler).archive.host_counts(host_of(page.capture.url))
        return SiteHistory(injected_count=counts.get("pinyin_injected", 0))
