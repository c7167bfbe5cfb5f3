from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from jinja2 import UndefinedError

from newscrawl.demo.outlets import Posting
from newscrawl.demo.pages import PARTS, Press, clock, encode
from newscrawl.demo.texts import Line
from newscrawl.items import CHINA_TIME


@pytest.fixture(scope="module")
def press(newsroom):
    return Press(newsroom, 8000)


def posting_of(outlet, article) -> Posting:
    return next(posting for posting in outlet.postings if posting.article == article)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2025, 5, 12, tzinfo=CHINA_TIME), "2025年5月12日 星期一"),
        (datetime(2025, 5, 18, 23, 59, tzinfo=CHINA_TIME), "2025年5月18日 星期日"),
    ],
)
def test_header_clocks(moment, shown):
    assert clock(moment) == shown


def test_bytes_are_in_the_outlets_encoding(newsroom):
    assert encode("䶮", newsroom.outlet("yiquan")).decode("gb18030") == "䶮"
    with pytest.raises(UnicodeEncodeError):
        encode("䶮", newsroom.outlet("kuaixun"))


def test_a_word_that_no_template_gets_is_an_error(press, newsroom):
    with pytest.raises(UndefinedError):
        press.print(newsroom.outlet("keyi"), "list.html", "/category-1.html")


def test_the_missing_page_of_every_outlet(press, newsroom):
    for outlet in newsroom.outlets:
        page = press.missing(outlet).decode(outlet.encoding)
        assert "您要访问的页面不存在" in page
        assert outlet.name in page


def test_a_split_article_has_every_line_once(press, newsroom):
    outlet = newsroom.outlet("daidong")
    posting = posting_of(outlet, "dd-long-yellow-river")
    parts = [press.article(outlet, posting, part).decode() for part in range(1, PARTS + 1)]
    for line in newsroom.texts["dd-long-yellow-river"].lines:
        bodies = [part.partition('id="context"')[2].partition('id="pages"')[0] for part in parts]
        assert sum(f"{line.text}<" in body for body in bodies) == 1
    assert [">下一页</a>" in part for part in parts] == [True, True, False]
    assert [">上一页</a>" in part for part in parts] == [False, True, True]


def test_a_table_is_one_table(press, newsroom):
    outlet = newsroom.outlet("yiquan")
    page = press.article(outlet, posting_of(outlet, "school-route")).decode(outlet.encoding)
    assert page.count("<table") == page.count("</table>") == 1
    assert page.count("<tr>") == 5
    assert "<td>求学9路</td>" in page


def test_photos_have_their_captions(press, newsroom):
    outlet = newsroom.outlet("yiquan")
    page = press.article(outlet, posting_of(outlet, "photo-kite")).decode(outlet.encoding)
    assert page.count('<img src="/upload/') == 3
    assert "（贺川 摄）</span></p>" in page


@pytest.mark.parametrize(
    ("layout", "mark"), [("p", "<p>　　近日"), ("br", "　　近日，沂泉市人民医院"), ("div", "<div>　　近日")]
)
def test_layouts(press, newsroom, layout, mark):
    outlet = newsroom.outlet("yiquan")
    posting = replace(posting_of(outlet, "hospital-mri"), layout=layout)
    page = press.article(outlet, posting).decode(outlet.encoding)
    assert mark in page
    assert ("<br><br>" in page) == (layout == "br")


@pytest.mark.parametrize(
    ("debris", "has_headline", "has_title", "has_info"),
    [
        (set(), True, True, True),
        ({"no_headline"}, False, True, True),
        ({"no_headline", "bare_title"}, False, False, True),
        ({"no_info"}, True, True, False),
    ],
)
def test_portal_pages_lose_what_their_debris_says(press, newsroom, debris, has_headline, has_title, has_info):
    outlet = newsroom.outlet("kuaixun")
    posting = replace(posting_of(outlet, "kx-tea"), debris=frozenset(debris))
    page = press.article(outlet, posting).decode(outlet.encoding)
    headline = newsroom.texts["kx-tea"].headline
    assert (f"<h1>{headline}</h1>" in page) == has_headline
    assert (f"<title>{headline}_" in page) == has_title
    assert ('<div class="info">' in page) == has_info


def test_markup_in_a_text_is_escaped(newsroom):
    text = replace(
        newsroom.texts["gov-clinic"], headline="a<b>&c", lines=(Line("text", "<script>x</script>"),)
    )
    press = Press(replace(newsroom, texts={**newsroom.texts, "gov-clinic": text}), 8000)
    outlet = newsroom.outlet("yiquan-gov")
    page = press.article(outlet, posting_of(outlet, "gov-clinic")).decode(outlet.encoding)
    assert '<h1 class="title">a&lt;b&gt;&amp;c</h1>' in page
    assert "<script>x" not in page


def test_every_page_has_what_real_ones_have_around_the_text(press, newsroom):
    for outlet in newsroom.outlets:
        posting = next(posting for posting in outlet.postings if posting.page == "article")
        page = press.article(outlet, posting).decode(outlet.encoding)
        assert newsroom.headline_of(posting) in page
        assert sum(newsroom.headline_of(other) in page for other in outlet.listed()) >= 4, (
            "links to other stories"
        )
        assert "<script" in page.lower()
        assert "ICP备" in page or "侵权" in page
