"""Digital newspapers, Hanweb lists, pages that lead on, and whole fronts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from lxml.html import fromstring

from newscrawl.discover import (
    entries_between,
    entry_of_day,
    is_datastore_url,
    is_paper_page,
    read_datastore,
    read_front,
    read_paper_page,
    redirect_of,
)
from newscrawl.discover.datastores import find_datastores, first_part_url, parse_datastore

HEADLINE = "临沂开展防汛演练提升应急能力"
DAY = date(2023, 8, 10)


@dataclass(frozen=True)
class Rules:
    scope: tuple[str, ...] = ("a.cn",)
    article_url: re.Pattern[str] | None = None
    list_url: re.Pattern[str] | None = None
    skip_url: re.Pattern[str] | None = None


def tree_of(body: str, head: str = ""):
    return fromstring(f"<html><head>{head}</head><body>{body}</body></html>")


def newspaper(page: str, articles: list[str], pages: list[str], extra: str = ""):
    areas = "".join(f'<area coords="1,2,3" shape="polygon" href="{href}">' for href in articles)
    titles = "".join(f'<li><a href="{href}">{HEADLINE}{n}</a></li>' for n, href in enumerate(articles))
    nodes = "".join(f'<a href="{href}">第A{n:02}版:要闻</a>' for n, href in enumerate(pages, 1))
    html = f'<map name="PagePicMap">{areas}</map><div id="titles"><ul>{titles}</ul></div><div>{nodes}</div>{extra}'
    return tree_of(html), f"http://a.cn{page}"


SHAPES = {
    "node": ("/html/2023-08/10/node_2.htm", ["content_512.htm?div=-1", "content_513.htm?div=-1"], ["node_2.htm", "node_3.htm", "node_4.htm"]),
    "layout": ("/zb/pc/layout/202308/10/node_A1.html", ["../../../content/202308/10/content_512.html", "../../../content/202308/10/content_513.html"], ["node_A1.html", "node_A2.html", "node_B1.html"]),
    "l01": ("/pc/202308/10/l01.html", ["c512.html", "c513.html"], ["l01.html", "l02.html", "l03.html"]),
    "l01 and con": ("/pc/layout/202308/10/l01.html", ["../../../con/202308/10/c512.html", "../../../con/202308/10/c513.html"], ["l01.html", "l02.html", "l03.html"]),
    "Page01FM": ("/RB/content/20230810/Page01FM.htm", ["Articel01002FM.htm", "Articel01003FM.htm"], ["Page01FM.htm", "Page02MN.htm", "Page03GG.htm"]),
    "index.shtml": ("/shtml/lyrb/20230810/index.shtml", ["512.shtml", "513.shtml"], ["index.shtml", "v02.shtml", "v03.shtml"]),
}  # fmt: skip


@pytest.mark.parametrize(("path", "articles", "pages"), SHAPES.values(), ids=SHAPES)
def test_a_page_of_an_issue_gives_its_articles_and_the_other_pages(path, articles, pages):
    other_days = '<a href="/html/2023-08/09/node_2.htm">上一期</a><a href="../09/content_400.htm">昨日要闻回顾一篇文章</a>'
    tree, url = newspaper(
        path,
        articles,
        pages,
        extra=f'{other_days}<a href="/">首页</a><a href="http://b.cn/2023-08/10/c1.htm">外</a>',
    )
    found = read_paper_page(tree, url)
    assert found.day == DAY
    assert [link.text for link in found.articles] == [f"{HEADLINE}0", f"{HEADLINE}1"]
    assert {link.published for link in found.articles} == {DAY}
    assert {link.place for link in found.articles} == {"paper"}
    assert [link.url.rpartition("/")[2] for link in found.pages] == pages[1:]
    front = read_front(tree, url, Rules())
    assert front.links.articles == found.articles
    assert front.links.lists == found.pages


def test_a_map_without_titles_is_enough():
    tree = tree_of('<map id="pagepicmap"><area href="c1.html" title="临沂防汛"><area href="c2.html"></map>')
    found = read_paper_page(tree, "http://a.cn/pc/202308/10/l01.html")
    assert [link.text for link in found.articles] == ["临沂防汛", ""]


def test_the_skip_pattern_of_a_source_holds_in_newspapers_too():
    tree, url = newspaper("/html/2023-08/10/node_2.htm", ["content_512.htm", "content_513.htm"], [])
    rules = Rules(skip_url=re.compile("content_513"))
    assert [link.url[-15:] for link in read_front(tree, url, rules).links.articles] == ["content_512.htm"]


@pytest.mark.parametrize(
    ("url", "is_paper"),
    [
        ("http://a.cn/html/2023-08/10/node_2.htm", True),
        ("http://a.cn/pc/layout/202308/10/node_A1.html", True),
        ("http://a.cn/pc/202308/10/l01.html", True),
        ("http://a.cn/RB/content/20230810/Page01FM.htm", True),
        ("http://a.cn/node_695.htm", False),
        ("http://a.cn/2023/0810/1.html", False),
        ("http://a.cn/", False),
    ],
)
def test_newspapers_are_told_by_their_addresses(url, is_paper):
    assert is_paper_page(tree_of("<p>x</p>"), url) is is_paper


def test_templates_are_filled():
    assert (
        entry_of_day("http://a.cn/{yyyy}{mm}/{dd}/{yy}-{m}-{d}/{x}", date(2023, 8, 9))
        == "http://a.cn/202308/09/23-8-9/{x}"
    )
    days = [day for day, _ in entries_between("http://a.cn/{dd}", date(2023, 2, 27), date(2023, 3, 1))]
    assert days == [date(2023, 3, 1), date(2023, 2, 28), date(2023, 2, 27)]
    assert list(entries_between("http://a.cn/{dd}", date(2023, 3, 2), date(2023, 3, 1))) == []
    assert len(list(entries_between("http://a.cn/{dd}", date.min, date(1995, 1, 3)))) == 3


# -- Hanweb ------------------------------------------------------------------------------------------

RECORD = (
    '<record><![CDATA[<li><a href="/art/2026/7/{n}/art_94_{n}.html" title="'
    + HEADLINE
    + '{n}">临沂…</a><span>2026-07-{n:02}</span></li>]]></record>'
)
PROXY = "/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=2&path=/&columnid=94&unitid=3122"


def store(count: int, total: int | None = None, group: str = PROXY) -> str:
    records = "".join(RECORD.format(n=n) for n in range(1, count + 1))
    totals = f"<totalrecord>{total}</totalrecord><totalpage>9</totalpage>" if total else ""
    return f'<datastore>{totals}<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup><recordset>{records}</recordset></datastore>'


def test_entries_hidden_in_a_script_are_links():
    tree = tree_of(
        f'<div class="nav"><a href="/col/col95/index.html">公告</a></div><div id="3122"><script type="text/xml">{store(3)}</script></div>'
    )
    front = read_front(tree, "http://a.cn/col/col94/index.html", Rules())
    assert [link.text for link in front.links.articles] == [f"{HEADLINE}{n}" for n in (1, 2, 3)]
    assert front.links.articles[0].published == date(2026, 7, 1)
    assert [link.text for link in front.links.lists] == ["公告"]
    assert front.next_url == f"http://a.cn{PROXY}"
    assert is_datastore_url(front.next_url)


def test_parts_follow_each_other_to_the_end_of_the_list():
    url = "http://a.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15&columnid=94"
    asked = []
    while url:
        asked.append(re.findall(r"record=(\d+)", url))
        url = read_datastore(
            f"<?xml version='1.0' encoding='UTF-8'?>{store(9, 100)}".encode("gbk"), url, Rules()
        ).next_url
    assert asked == [["1", "45"], ["46", "90"], ["91", "135"]]


def test_a_part_out_of_scope_is_not_asked_for():
    tree = tree_of(f'<script type="text/xml">{store(1, group="http://b.cn/dataproxy.jsp?page=1")}</script>')
    assert read_front(tree, "http://a.cn/col/col94/index.html", Rules()).next_url is None


@pytest.mark.parametrize("body", [b"", b"<datastore>", b"<record><![CDATA[<li>]]></record>", b"<record></record>", b"\xff\xfe<record>", b"<html></html>",
                                  b"<record><![CDATA[" + b"<a href='x'>" * 30_000 + b"]]></record>", b"<record>" * 20_000, b"<nextgroup>" * 20_000])  # fmt: skip
def test_broken_answers_give_what_they_have(body):
    assert len(parse_datastore(body, "http://a.cn/dataproxy.jsp?startrecord=9&endrecord=1").links) <= 2000


def test_one_bad_record_never_loses_the_others():
    bad = "<record><![CDATA[<a href='javascript:1'>坏</a>]]></record><record><![CDATA[]]></record><record><![CDATA[<<<]]></record>"
    text = store(2).replace("<recordset>", f"<recordset>{bad}")
    assert len(parse_datastore(text.encode(), "http://a.cn/x").links) == 2


def test_records_without_cdata_are_read():
    text = "<datastore><record>&lt;li&gt;&lt;a href='/1.html'&gt;一&lt;/a&gt;&lt;/li&gt;</record></datastore>"
    assert parse_datastore(text.encode(), "http://a.cn/x").links[0].url == "http://a.cn/1.html"


def test_a_list_that_names_only_its_parameters():
    script = "var p = {webid: '2', columnid: '94', unitid: '3122', webname: '淄博市政府'};"
    url = first_part_url(tree_of(f"<script>{script}</script>"), "http://a.cn/col/col94/index.html")
    assert url.startswith("http://a.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15&")
    assert first_part_url(tree_of("<script>var webid='2';</script>"), "http://a.cn/") is None
    assert find_datastores(tree_of("<script>x</script>"), "http://a.cn/").links == ()


# -- pages that lead on ------------------------------------------------------------------------------

REFRESH = '<meta http-equiv="{}" content="{}">'


@pytest.mark.parametrize(
    ("head", "target"),
    [
        (
            REFRESH.format("refresh", "0;url=html/2023-08/10/node_2.htm"),
            "http://a.cn/html/2023-08/10/node_2.htm",
        ),
        (REFRESH.format("REFRESH", "1; URL='/index.shtml'"), "http://a.cn/index.shtml"),
        (REFRESH.format("refresh", "0, /x.htm"), "http://a.cn/x.htm"),
        (REFRESH.format("refresh", "60;url=/x.htm"), None),
        (REFRESH.format("refresh", "5"), None),
        (REFRESH.format("refresh", "0;url=/"), None),
        (REFRESH.format("refresh", "0;url="), None),
        (REFRESH.format("refresh", "0;url=javascript:alert(1)"), None),
        (REFRESH.format("refresh", "0;url=file:///etc/passwd"), None),
        (REFRESH.format("content-type", "0;url=/x.htm"), None),
        ('<script>window.location.href="/2023/";</script>', "http://a.cn/2023/"),
        ("<script>location.replace('http://www.a.cn/x/')</script>", "http://www.a.cn/x/"),
        ("<script> top.location='/x/' </script>", "http://a.cn/x/"),
        ("<script>if (mobile) { location.href='/m/'; }</script>", None),
        ("<script>setTimeout(\"location.href='/m/'\", 9)</script>", None),
        ("<script>var a=1;</script><script>location.href='/m/';</script>", None),
        ("", None),
    ],
)
def test_where_a_page_sends_its_reader(head, target):
    assert redirect_of(tree_of("正在跳转", head), "http://a.cn/") == target


def test_a_page_with_something_to_say_is_read():
    tree = tree_of(HEADLINE * 20, REFRESH.format("refresh", "0;url=/x.htm"))
    assert redirect_of(tree, "http://a.cn/") is None
    long_script = tree_of(f"<script>location.href='/x/';//{'x' * 5000}</script>")
    assert redirect_of(long_script, "http://a.cn/") == "http://a.cn/x/"


def test_a_front_that_leads_on_has_nothing_else():
    tree = tree_of('<a href="/2023/0810/1.html">一</a>', REFRESH.format("refresh", "0;url=/x.htm"))
    front = read_front(tree, "http://a.cn/", Rules())
    assert front.redirect == "http://a.cn/x.htm"
    assert front.links.articles == ()
    away = tree_of('<a href="/2023/0810/1.html">一</a>', REFRESH.format("refresh", "0;url=http://b.cn/"))
    assert len(read_front(away, "http://a.cn/", Rules()).links.articles) == 1


def test_feeds_of_a_front_stay_in_scope():
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{href}">'
        for href in ("/rss.xml", "http://b.cn/rss.xml")
    )
    assert read_front(tree_of("", head), "http://a.cn/", Rules()).feeds == ("http://a.cn/rss.xml",)


def test_an_empty_page_has_an_empty_front():
    front = read_front(tree_of(""), "http://a.cn/", Rules())
    assert front.next_url is front.redirect is None
    assert front.links.articles == front.links.lists == front.feeds == ()
