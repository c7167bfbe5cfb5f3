"""Articles made of labelled news, and what an archive has made of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.archiving import archive_article
from newscrawl.archiving.catching_up import begin_index
from newscrawl.items import Article, Capture, Metadata
from newscrawl.storage import Archive, Catalog, Disk
from newscrawl.text.normal import to_nfkc
from tests.dedupe.labelled.prose import News

NOON = datetime(2026, 5, 27, 4, 0, tzinfo=UTC)
NO_SYNCS = Disk(sync=False)


def article_of(news: News, number: int) -> Article:
    """Return the article that a site printed, the same whenever it is met; twelve sites print everything."""
    source = f"site-{number % 12}"
    at = NOON + timedelta(minutes=number)
    return Article(
        capture=Capture(f"http://{source}.example.cn/2026/{number}.html", source, at),
        headline=to_nfkc(news.headline),
        body=to_nfkc(news.body),
        metadata=Metadata(source_outlet=f"{news.story}日报" if news.story else None, date_published=at),
    )


def archive_all(folder: Path, articles: Iterable[Article], *, batch: int = 20, **options: object) -> None:
    """Archive articles in this order."""
    with Archive.open(folder, disk=NO_SYNCS, **options) as archive:
        begin_index(archive)
        for number, article in enumerate(articles, 1):
            archive_article(archive, article)
            if number % batch == 0:
                archive.commit()


def stories_in(catalog: Catalog) -> dict[str, object]:
    """Return what an archive says of its stories, without a word of who came first."""
    rows = list(catalog.all_texts())
    keys = {row.id: row.key for row in rows}
    return {
        "texts": {row.key: (row.story, row.relation, keys.get(row.against)) for row in rows},
        "stories": {
            row.id: (keys[row.original], row.text_count, row.site_count, row.first_at, row.last_at)
            for row in catalog.stories()
        },
    }
