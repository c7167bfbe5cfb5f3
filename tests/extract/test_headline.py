from __future__ import annotations

import pytest

from newscrawl.extract import parse_page
from newscrawl.extract.headline import headline_key, headline_of, is_column, without_site
from newscrawl.extract.view import view_of
from tests.extract.pages import HEADLINE, PARAGRAPHS, article_html, page_of

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
INFO = "<div>2026-05-06 09:12 来源：鲁山日报</div>"


def view(html: str):
    return view_of(parse_page(page_of(html)))


def page(title: str, body: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


CASES = {
    "h1 and title agree": article_html(),
    "the site's name is an h1 too": page(f"{HEADLINE}_鲁山网", f"<h1>鲁山网</h1><h2>{HEADLINE}</h2>{INFO}{BODY}"),
    "a class says title": page(f"{HEADLINE}-鲁山网", f'<div class="title">{HEADLINE}</div>{INFO}{BODY}'),
    "no class at all": page(f"{HEADLINE} - 新闻 - 鲁山网", f"<td>{HEADLINE}</td>{INFO}{BODY}"),
    "the title goes on with site and column": page(f"{HEADLINE}--要闻--鲁山新闻网", f"<h1>{HEADLINE}</h1>{BODY}"),
    "the site's name goes first": page(f"鲁山日报数字报-{HEADLINE}", f"<founder-title>{HEADLINE}</founder-title>{BODY}"),
    "only the title": page(f"{HEADLINE}_鲁山新闻网", f"{INFO}{BODY}"),
    "only og:title": page("鲁山新闻网", f"{INFO}{BODY}", f'<meta property="og:title" content="{HEADLINE}">'),
    "the title is the section's": page("新闻动态--鲁山网", f"<h5>{HEADLINE}</h5>{INFO}{BODY}"),
    "the title is the site's, no class": page("鲁山县人民政府网", f"<td>{HEADLINE}</td>{INFO}{BODY}"),
    "broken over two lines": page(f"{HEADLINE}_鲁山网", f"<p>{HEADLINE[:5]}</p><p>{HEADLINE[5:]}</p>{INFO}{BODY}"),
    "repeated in a list behind": article_html(after=f"<h3><a href=/1>{HEADLINE}</a></h3>"),
    "a longer title in JSON-LD": page("x", f"<h1>{HEADLINE}</h1>{BODY}", f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{HEADLINE}"}}</script>'),
}  # fmt: skip


@pytest.mark.parametrize("html", CASES.values(), ids=CASES)
def test_the_headline_is_found(html):
    found = headline_of(view(html))
    assert found is not None
    assert found.text == HEADLINE


def test_the_link_that_led_here_is_a_witness():
    html = page("鲁山新闻网", f"<b>{HEADLINE}</b>{BODY}")
    assert headline_of(view(html)) is None
    found = headline_of(view(html), link_text=HEADLINE)
    assert found is not None
    assert found.text == HEADLINE
    assert found.line == 0


def test_a_related_story_is_never_the_place_of_the_headline():
    html = page(
        f"{HEADLINE}_鲁山网",
        f"{INFO}{BODY}<h1><a href=/1>{HEADLINE}</a></h1><p>另一篇的导语，不是这一篇。</p>",
    )
    found = headline_of(view(html))
    assert found is not None
    assert (found.text, found.line) == (HEADLINE, -1)


@pytest.mark.parametrize("title", ["鲁山新闻网", "滚动_海右快讯网", "首页", "", "社会频道"])
def test_a_page_may_have_none(title):
    assert headline_of(view(page(title, BODY))) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("夜市开张_鲁山网", "夜市开张"),
        ("夜市开张-社会频道-鲁山网", "夜市开张"),
        ("夜市开张 | 鲁山日报", "夜市开张"),
        ("夜市开张——记鲁山县的一条街_鲁山网", "夜市开张——记鲁山县的一条街"),
        ("长镜|夜市为什么开张得这样晚呢谁也说不清_鲁山网", "长镜|夜市为什么开张得这样晚呢谁也说不清"),
        ("夜市开张", "夜市开张"),
        ("", ""),
    ],
)
def test_the_site_is_taken_off_a_title(title, expected):
    assert without_site(title, view(page("x", BODY))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社会频道", True),
        ("新闻动态", True),
        ("鲁山县人民政府", True),
        ("标签:苹果", True),
        ("夜市开张,居民叫好", False),
        ("本网今起改版", False),
    ],
)
def test_columns_and_sites_are_told_from_headlines(text, expected):
    assert is_column(text) is expected


def test_keys_ignore_punctuation_and_case():
    assert headline_key("“APP”上线: 县里的 事") == headline_key("APP上线,县里的事!")
