"""Article -> ArchivedArticle: what adds nothing becomes a line of the manifest, all else a seed file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from newscrawl.archiving import VARIANT, KnownText, archive_article
from newscrawl.dedupe import names_another
from newscrawl.exceptions import ArchiveError, PageError, SeedFormatError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.items import ArchivedArticle, Article
from newscrawl.pipelines.drops import ExactDuplicate, NotStored, Reprint
from newscrawl.pipelines.quarantine import defect, quarantine
from newscrawl.text.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.storage import Archive


class ArchivePipeline:
    """Stages articles for the next batch of the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        return cls(crawler)

    async def process_item(self, item: Article) -> ArchivedArticle:
        """Return the article with its place in the archive.

        Raises:
            ExactDuplicate: the same text is archived already.
            Reprint: it adds nothing to a text that is archived already.
            Quarantined: the seed format cannot hold the text.
            NotStored: the disk is full or refuses; the URL stays pending.
        """
        try:
            archived = await self._archive(item)
        except SeedFormatError as error:
            failure = PageError("seed_format", item.capture.url, str(error))
            raise await quarantine(self._crawler, item.capture, failure) from error
        except ArchiveError as failure:
            raise NotStored(str(failure)) from failure
        except DropItem:
            raise
        except Exception as error:
            raise await defect(self._crawler, item.capture, error) from error
        count(self._crawler.stats, item.capture.source, "kept")
        return archived

    async def _archive(self, article: Article) -> ArchivedArticle:
        async with archive_of(self._crawler).writing() as archive:
            archived = await asyncio.to_thread(archive_article, archive, article)
            archive.count(
                host_of(article.capture.url),
                {"texts": 1, "borrowed": _is_borrowed(archive, article, archived)},
            )
        stats, source = self._crawler.stats, article.capture.source
        if isinstance(archived, KnownText):
            count(stats, source, "duplicate" if archived.is_exact else "reprint")
            if archived.is_exact:
                message = f"{article.capture.url}: the text of {archived.original.path}"
                raise ExactDuplicate(archived.original.url, message)
            raise Reprint(f"{article.capture.url}: {archived.relation} as {archived.original.path}")
        if VARIANT in archived.article.flags:
            count(stats, source, "variant")
        return archived


def _is_borrowed(archive: Archive, article: Article, archived: ArchivedArticle | KnownText) -> bool:
    """Return whether a text is another site's news: its credit line says so, or another source had it before."""
    source = article.capture.source
    if isinstance(archived, KnownText) and archived.original.source != source:
        return True
    return names_another(article.source_outlet, [archive.options.site_names.get(source, "")])
