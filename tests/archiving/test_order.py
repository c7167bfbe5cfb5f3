"""Whatever comes first: the same texts give the same stories."""

from __future__ import annotations

import random

import pytest

from newscrawl.storage import Catalog, verify
from tests.archiving.making import archive_all, article_of, stories_in
from tests.dedupe.labelled.measures import archive as labelled_archive


def stories_of_orders(folder, articles, orders):
    """Yield the stories that each of some random orders gives."""
    for order in range(orders):
        shuffled = list(articles)
        random.Random(order).shuffle(shuffled)
        archive_all(folder / str(order), shuffled)
        with Catalog.open_readonly(folder / str(order)) as catalog:
            yield stories_in(catalog)


def test_any_order_gives_the_same_stories(tmp_path):
    news = labelled_archive(bases=4, digests=4, presses=8)
    articles = [article_of(each, number) for number, each in enumerate(news)]
    first, *others = stories_of_orders(tmp_path, articles, 2)
    assert len(articles) > 100
    assert len(first["stories"]) >= 4
    for other in others:
        assert other == first
    assert list(verify(tmp_path / "0")) == []


@pytest.mark.soak
def test_twenty_orders_of_two_thousand_articles(tmp_path):
    news = labelled_archive(bases=70, digests=60, presses=120)[:2000]
    articles = [article_of(each, number) for number, each in enumerate(news)]
    assert len(articles) == 2000
    first, *others = stories_of_orders(tmp_path, articles, 20)
    different = [number for number, other in enumerate(others, 1) if other != first]
    print(f"20 orders of {len(articles)} articles: {len(first['stories'])} stories, {len(different)} differ")
    assert not different
