"""An article to its place in the archive: a text that is there already becomes a line, all else a seed file.

The one way in, for what is crawled and for what is replayed. Knows no Scrapy and no page.
"""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.dedupe import text_fingerprint
from newscrawl.items import ArchivedArticle, Article
from newscrawl.storage import Archive, ArticleRow


@dataclass(frozen=True, slots=True)
class KnownText:
    """An article whose text the archive has already."""

    article: Article
    original: ArticleRow


def archive_article(
    archive: Archive, article: Article, *, as_version: bool = False
) -> ArchivedArticle | KnownText:
    """Stage an article for the next batch; return its place, or whose text it has.

    With ``as_version`` it is a new version of what is archived, whoever else has its text: more than the text
    may have changed.

    Raises:
        SeedFormatError: the seed format cannot hold the text; nothing is staged.
        ArchiveError: the disk is full or refuses.
    """
    fingerprint = fingerprint_of(article)
    original = None if as_version else archive.find_fingerprint(fingerprint)
    if original is None:
        return archive.add_article(article, fingerprint)
    archive.add_duplicate(article, fingerprint, of=original.path)
    return KnownText(article, original)


def fingerprint_of(article: Article) -> str:
    """Return the text fingerprint of an article."""
    return text_fingerprint(article.body, headline=article.headline)
