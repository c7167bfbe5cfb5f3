"""Page -> Article: extraction and repair; what is no article goes to the quarantine."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newscrawl.exceptions import ArchiveError, PageError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.items import Article, Page
from newscrawl.pipelines.drops import NotStored, Quarantined
from newscrawl.reading import read_article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


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
        """
        stats, source = self._crawler.stats, item.capture.source
        count(stats, source, "pages")
        try:
            article = read_article(item)
        except PageError as error:
            self._quarantine(item, error)
            raise Quarantined(str(error)) from error
        for rule, times in Counter(cut.rule for cut in article.cuts).items():
            count(stats, source, f"repaired/{rule}", times=times)
        return article

    def _quarantine(self, page: Page, error: PageError) -> None:
        count(self._crawler.stats, page.capture.source, f"quarantined/{error.reason}")
        try:
            with archive_of(self._crawler).writing() as archive:
                archive.quarantine(
                    page.capture.url,
                    source=page.capture.source,
                    reason=error.reason,
                    detail=error.detail,
                    capture=page.capture,
                )
        except ArchiveError as failure:
            raise NotStored(str(failure)) from failure
