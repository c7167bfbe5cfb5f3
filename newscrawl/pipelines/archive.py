"""Article -> ArchivedArticle: an exact duplicate becomes a line of the manifest, all else a seed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.dedupe import text_fingerprint
from newscrawl.exceptions import ArchiveError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.items import ArchivedArticle, Article
from newscrawl.pipelines.drops import ExactDuplicate, NotStored

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ArchivePipeline:
    """Stages articles for the next batch of the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        return cls(crawler)

    def process_item(self, item: Article) -> ArchivedArticle:
        """Return the article with its place in the archive.

        Raises:
            ExactDuplicate: the same text is archived already.
            NotStored: the disk is full or refuses; the URL stays pending.
        """
        fingerprint = text_fingerprint(item.text)
        try:
            with archive_of(self._crawler).writing() as archive:
                original = archive.find_fingerprint(fingerprint)
                if original is None:
                    archived = archive.add_article(item, fingerprint)
                else:
                    archive.add_duplicate(item, fingerprint, of=original.path)
        except ArchiveError as failure:
            raise NotStored(str(failure)) from failure
        stats, source = self._crawler.stats, item.capture.source
        if original is not None:
            count(stats, source, "duplicate")
            raise ExactDuplicate(f"{item.capture.url}: the text of {original.path}")
        count(stats, source, "kept")
        return archived
