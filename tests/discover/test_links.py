"""The links of a page."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from lxml.html import fromstring

from newscrawl.discover.links import LINK_LIMIT, find_links, link_text
from newscrawl.discover.places import is_pager_word

NOW = datetime(2023, 8, 10, 12, tzinfo=UTC)
PAGE = "http://www.zbnews.net/sh/index.html"


def links_of(html: str, url: str = PAGE):
    return find_links(fromstring(f"<html><body>{html}</body></html>"), url, now=NOW)


def test_links_are_absolute_and_in_the_order_of_the_page():
    found = links_of('<a href="b.html">二</a><a href="/a.html#top">一</a><a href="//c.cn/x?y=1">三</a>')
    assert [link.url for link in found] == [
        "http://www.zbnews.net/sh/b.html",
        "http://www.zbnews.net/a.html",
        "http://c.cn/x?y=1",
    ]


def test_one_bad_href_never_loses_the_others():
    bad = ["javascript:void(0)", "mailto:a@b.cn", "tel:110", "", "#", "http://[x/", "http://a.cn:99999/", "file:///etc/passwd",
           "data:text/html,x", "http://u:p@a.cn/", "x" * 5000, "http://\ud800.cn/", "ftp://a.cn/1", "http://%%%/"]  # fmt: skip
    html = "".join(f'<a href="{href}">坏的链接</a>' for href in bad if "\ud800" not in href)
    found = links_of(f'<a href="/1.html">一</a>{html}<a>没有</a><a href>空</a><a href="/2.html">二</a>')
    assert [link.text for link in found] == ["一", "二"]


def test_a_page_is_listed_once_with_its_best_text_and_day():
    found = links_of(
        '<li><a href="/1.html"><img src="a.jpg" alt="图"></a></li>'
        '<li><a href="/1.html?from=timeline">临沂开展防汛演练提升能力</a> 2023-08-09</li>'
        '<li><a href="http://www.zbnews.net:80/1.html">详细</a></li>'
    )
    assert len(found) == 1
    assert found[0].text == "临沂开展防汛演练提升能力"
    assert found[0].published == date(2023, 8, 9)


def test_a_page_is_no_link_of_itself():
    assert (
        links_of('<a href="">我</a><a href="index.html#a">我</a><a href="/sh/">我</a><a href="../sh/">我</a>')
        == ()
    )


def test_pictures_and_documents_are_no_links():
    assert links_of('<a href="/1.jpg">图</a><a href="/2.PDF">文</a><a href="/3.mp4?x=1">片</a>') == ()


def test_the_base_of_a_page_is_heeded():
    tree = fromstring(
        '<html><head><base href="http://www.zbnews.net/root/"></head><body><a href="1.html">一</a></body></html>'
    )
    assert find_links(tree, PAGE)[0].url == "http://www.zbnews.net/root/1.html"
    tree = fromstring(
        '<html><head><base href="file:///etc/"></head><body><a href="passwd">一</a></body></html>'
    )
    assert find_links(tree, PAGE)[0].url == "http://www.zbnews.net/sh/passwd"


def test_areas_and_frames_are_links_too():
    found = links_of('<map name="PagePicMap"><area href="c1.htm"></map><iframe src="list.htm"></iframe>')
    assert [link.url for link in found] == [
        "http://www.zbnews.net/sh/c1.htm",
        "http://www.zbnews.net/sh/list.htm",
    ]


def test_a_million_links_are_cut_and_quick():
    html = "".join(f"<a href='/{n}/'>x</a>" for n in range(30_000))
    tree = fromstring(f"<html><body>{html}</body></html>")
    started = time.process_time()
    assert len(find_links(tree, PAGE)) == LINK_LIMIT
    assert time.process_time() - started < 2


LINK = '<a href="/{n}/">临沂开展防汛演练</a>'
HOSTILE = {
    "fifty thousand empty tags beside the links": "<div>"
    + "<br>" * 50_000
    + "".join(LINK.format(n=n) for n in range(2000)),
    "one link again and again": "<div>" + LINK.format(n=1) * 50_000,
    "links that lead nowhere": "<div>" + '<a href="javascript:1">临沂开展防汛演练</a>' * 50_000,
    "all of it in one paragraph of 4 MB": "<p>"
    + "".join(LINK.format(n=n) for n in range(2000))
    + "文" * 1_300_000,
    "every link in the box of the one before": "".join("<div>" + LINK.format(n=n) for n in range(240))
    + "文" * 1_000_000,
    "class names without end": "".join(
        f"<div class='{'nav- ' * 4000}'>{LINK.format(n=n)}</div>" for n in range(100)
    ),
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_no_page_keeps_the_reading_of_links_busy(html):
    tree = fromstring(f"<html><body>{html}</body></html>")
    started = time.process_time()
    find_links(tree, PAGE, now=NOW)
    assert time.process_time() - started < 8  # 87 s and 77 s before the limits


def test_deep_nesting_is_no_trouble():
    html = "<div class='nav'>" * 240 + '<a href="/1.html">首页</a>'
    assert links_of(html)[0].place == "nav"


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ('<ul><li><a href="/1.html">临沂开展防汛演练提升能力</a></li></ul>', "list"),
        ('<div class="nav"><a href="/1.html">社会</a></div>', "nav"),
        ('<nav><ul><li><a href="/1.html">社会</a></li></ul></nav>', "nav"),
        ('<div id="main_nav"><a href="/1.html">社会</a></div>', "nav"),
        ('<div class="breadcrumb"><a href="/1.html">首页</a></div>', "nav"),
        ('<div class="menu-list"><a href="/1.html">临沂开展防汛演练提升能力</a></div>', "list"),
        ('<div class="navigator-x"><a href="/1.html">社会</a></div>', "list"),
        ('<div class="footer"><a href="/1.html">关于我们</a></div>', "footer"),
        ('<footer><a href="/1.html">关于我们</a></footer>', "footer"),
        ('<div class="friendlink"><a href="/1.html">人民网</a></div>', "footer"),
        ('<div class="pages"><a href="/1.html">2</a></div>', "paging"),
        ('<div id="displaypagenum"><a href="/1.html">[3]</a></div>', "paging"),
        ('<div><a href="/1.html">下一页</a></div>', "paging"),
        ('<div><a href="/1.html">尾页</a></div>', "paging"),
        ('<div class="page"><a href="/1.html">临沂开展防汛演练提升能力</a></div>', "list"),
        ('<td><a href="/1.html">2023</a></td>', "list"),
        ('<p>' + "据介绍，这次活动由市里组织，" * 6 + '<a href="/1.html">沂河</a>两岸都有参加。</p>', "text"),
        ('<p><a href="/1.html">临沂开展防汛演练提升能力</a> 08-10</p>', "list"),
        ('<div class="footer"><nav><a href="/1.html">社会</a></nav></div>', "nav"),
    ],
)  # fmt: skip
def test_the_place_of_a_link(html, place):
    assert links_of(html)[0].place == place


@pytest.mark.parametrize(
    ("html", "day"),
    [
        ('<li><a href="/1.html">临沂开展防汛演练提升能力</a><span>2023-08-09</span></li>', date(2023, 8, 9)),
        ('<li><span>[08-09]</span><a href="/1.html">临沂开展防汛演练提升能力</a></li>', date(2023, 8, 9)),
        ('<tr><td><a href="/1.html">临沂开展防汛演练提升能力</a></td><td>2023年8月9日</td></tr>', date(2023, 8, 9)),
        ('<div><h3><a href="/1.html">临沂开展防汛演练提升能力</a></h3></div><p>2023-08-09</p>', None),
        ('<li><a href="/1.html">临沂2023-08-08防汛演练</a> </li>', None),
        ('<div class="item"><p><a href="/1.html">临沂开展防汛演练提升能力</a></p><p>2023-08-09 10:00</p></div>', date(2023, 8, 9)),
        ('<li><a href="/1.html">临沂开展防汛演练</a><p>' + "8月7日，记者在现场看到，河水已经退去，" * 3 + "</p></li>", None),
        ('<li><a href="/1.html">临沂开展防汛演练</a>' + "长" * 500 + "2023-08-09</li>", None),
    ],
)  # fmt: skip
def test_the_day_beside_a_link(html, day):
    found = links_of(html)[0].published
    assert (found.date() if isinstance(found, datetime) else found) == day


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a href='/'> 临沂\n\t 开展 </a>", "临沂 开展"),
        ("<a href='/' title='临沂开展防汛演练'>临沂开展...</a>", "临沂开展防汛演练"),
        ("<a href='/' title='点击打开'>临沂开展防汛演练</a>", "临沂开展防汛演练"),
        ("<a href='/' title='临沂开展防汛演练'><img></a>", "临沂开展防汛演练"),
        ("<a href='/'><img alt='临沂'></a>", "临沂"),
        ("<a href='/'><img></a>", ""),
        ("<a href='/'><b>临</b>沂<!-- 注释 --></a>", "临沂"),
    ],
)
def test_the_words_of_a_link(html, text):
    assert link_text(fromstring(html)) == text
    assert len(link_text(fromstring("<a href='/'>" + "长" * 9000 + "</a>"))) == 300


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "[2]",
        "第3页",
        "下一页",
        "下一页 >",
        "上页",
        "尾页",
        "首页",
        "末 页",
        ">>",
        "»",
        "Next",
        "...12",
        "余下全文",
    ],
)
def test_words_of_a_pager(text):
    assert is_pager_word(text)


@pytest.mark.parametrize(
    "text", ["", "下一篇", "上一篇：临沂", "第3版", "3月", "首页推荐", "更多", "20231", "2023-08"]
)
def test_words_of_no_pager(text):
    assert not is_pager_word(text)


def test_nofollow_is_told():
    assert [
        one.nofollow
        for one in links_of('<a rel="NoFollow noopener" href="/1.html">一</a><a href="/2.html">二</a>')
    ] == [True, False]
