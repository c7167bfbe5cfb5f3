"""Holds ``read_page`` to the golden pages: a floor for the whole, the worst pages by name."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from newscrawl import read_page
from newscrawl.exceptions import PageError
from newscrawl.extract import SiteMemory
from tests.pages.golden import (
    HERE,
    GoldenPage,
    Measured,
    body_f1,
    figures_of,
    golden_pages,
    measure_article,
    measure_refusal,
    worst_of,
)

FLOOR = json.loads((HERE / "floor.json").read_text(encoding="utf-8"))
PAGES = list(golden_pages())


def measured(page: GoldenPage, memory: SiteMemory | None = None) -> Measured:
    account = page.account
    try:
        article = read_page(
            page.html, url=account["url"], content_type=account["content_type"], site_memory=memory
        )
    except PageError as refused:
        return measure_refusal(page, refused.reason)
    return measure_article(page, article)


@pytest.fixture(scope="module")
def results() -> list[Measured]:
    return [measured(page) for page in PAGES]


def report(results: list[Measured]) -> str:
    figures = "  ".join(f"{name} {value:.3f}" for name, value in figures_of(results).items())
    return "\n".join([figures, *map(str, worst_of(results))])


@pytest.mark.parametrize("figure", FLOOR["at_least"])
def test_quality_keeps_its_floor(figure, results):
    assert figures_of(results)[figure] >= FLOOR["at_least"][figure], report(results)


def test_articles_are_not_lost(results):
    lost = [str(row) for row in results if row.f1 is not None and row.f1 < 0.5]
    assert len(lost) <= FLOOR["at_most"]["lost articles"], lost


def test_nothing_but_articles_is_archived(results):
    """A wrong reason costs a figure; an archived list page is worse."""
    archived = [str(row) for row in results if row.page.reason and row.note.startswith("read as")]
    assert len(archived) <= FLOOR["at_most"]["archived though no article"], archived


@pytest.mark.parametrize("source", sorted({page.source for page in PAGES if not page.reason}))
def test_site_memory_changes_no_text(source):
    """What the earlier pages of a site have shown makes the later ones quicker or better, never worse."""
    memory = SiteMemory()
    pages = [page for page in PAGES if page.source == source and not page.reason]
    for page in (*pages, *pages[:1]):
        alone, with_memory = measured(page), measured(page, memory)
        assert (with_memory.f1, with_memory.headline) >= (alone.f1, alone.headline), str(with_memory)


def test_read_again_is_read_alike():
    for page in PAGES[:5]:
        assert measured(page) == measured(page)


def test_the_pages_are_what_they_should_be():
    articles = [page for page in PAGES if not page.reason]
    assert len(articles) >= 40
    assert len({page.source for page in articles}) >= 12
    assert min(Counter(page.source for page in articles).values()) >= 3
    assert {page.reason for page in PAGES} >= {
        "list_page", "soft_404", "login_wall", "javascript_shell", "blocked", "video_only", "parasite"
    }  # fmt: skip
    assert (
        sum(len(page.body) < 220 for page in articles) >= len(articles) / 2
    )  # short news is where it is hard
    assert any(b"charset=gb2312" in page.html for page in PAGES)


@pytest.mark.parametrize("page", [page for page in PAGES if not page.reason], ids=lambda page: page.name)
def test_seed_files_are_in_the_seed_format(page):
    assert page.text.split("\n")[0] == page.account["headline"]
    assert "\n\n" not in page.text
    assert page.text == page.text.strip()
    assert body_f1(page.body, page.body, page.account["optional"]) == 1.0


@pytest.mark.parametrize(
    ("found", "body", "f1"),
    [
        ("", "", 1.0),
        ("", "新桥通车", 0.0),
        (None, "新桥通车", 0.0),
        ("新桥通车", "", 0.0),
        ("新桥通车", "新 桥\n通车", 1.0),
    ],
)
def test_f1_at_the_edges(found, body, f1):
    assert body_f1(found, body, []) == f1


def test_the_pages_are_made_from_their_texts(tmp_path, monkeypatch):
    """The committed pages and texts belong together: making them again changes no byte."""
    from tests.pages import make_pages

    texts = Path(make_pages.HERE)
    written: dict[str, bytes] = {}

    def keep(folder, html, site, account, text):
        written[str(folder.relative_to(texts))] = html.encode(site.encoding, "xmlcharrefreplace")

    monkeypatch.setattr(make_pages, "write_page", keep)
    make_pages.main()
    assert set(written) == {page.name for page in PAGES}
    assert all(page.html == written[page.name] for page in PAGES)
