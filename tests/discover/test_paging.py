"""The next page of a list, and of an article."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from newscrawl.discover.paging import next_page_of_article, next_page_of_list, page_number

HOST = "http://a.cn"


def tree_of(*links: tuple[str, str], before: str = ""):
    anchors = " ".join(f'<a href="{href}">{text}</a>' for text, href in links)
    return fromstring(f"<html><body>{before}<div class='pages'>{anchors}</div></body></html>")


NUMBERS = {
    "TRS, first": ("/yw/index.htm", [("1", "index.htm"), ("2", "index_1.htm"), ("3", "index_2.htm")], "/yw/index_1.htm"),
    "TRS, folder": ("/yw/", [("1", "index.htm"), ("2", "index_1.htm"), ("3", "index_2.htm")], "/yw/index_1.htm"),
    "TRS, second": ("/yw/index_1.htm", [("1", "index.htm"), ("2", "index_1.htm"), ("3", "index_2.htm")], "/yw/index_2.htm"),
    "TRS, last": ("/yw/index_2.htm", [("1", "index.htm"), ("2", "index_1.htm"), ("3", "index_2.htm")], None),
    "UCAP, first": ("/yw/index.html", [("1", "index.html"), ("2", "index_2.html")], "/yw/index_2.html"),
    "UCAP, second": ("/yw/index_2.html", [("1", "index.html"), ("3", "index_3.html")], "/yw/index_3.html"),
    "Dede, first": ("/sh/", [("1", "list_3_1.html"), ("2", "list_3_2.html")], "/sh/list_3_2.html"),
    "Dede, first by name": ("/sh/list_3_1.html", [("1", "list_3_1.html"), ("2", "list_3_2.html")], "/sh/list_3_2.html"),
    "Dede, ninth": ("/sh/list_3_9.html", [("8", "list_3_8.html"), ("10", "list_3_10.html")], "/sh/list_3_10.html"),
    "Dede, last": ("/sh/list_3_9.html", [("1", "list_3_1.html"), ("8", "list_3_8.html")], None),
    "Founder, first": ("/node_695.htm", [("2", "node_695_2.htm"), ("3", "node_695_3.htm")], "/node_695_2.htm"),
    "Founder, second": ("/node_695_2.htm", [("1", "node_695.htm"), ("3", "node_695_3.htm")], "/node_695_3.htm"),
    "PHPCMS static": ("/list-12-1.html", [("2", "list-12-2.html"), ("1", "list-12-1.html")], "/list-12-2.html"),
    "PHPCMS query": (
        "/index.php?m=content&c=index&a=lists&catid=12",
        [("2", "/index.php?m=content&c=index&a=lists&catid=12&page=2")],
        "/index.php?m=content&c=index&a=lists&catid=12&page=2",
    ),
    "PHPCMS bare numbers": ("/sh/", [("1", "1.html"), ("2", "2.html"), ("3", "3.html")], "/sh/2.html"),
    "bare numbers, second": ("/sh/2.html", [("1", "1.html"), ("3", "3.html")], "/sh/3.html"),
    "Empire": (
        "/e/action/ListInfo/?classid=4",
        [("2", "/e/action/ListInfo/index.php?page=1&classid=4&totalnum=300"), ("3", "/e/action/ListInfo/index.php?page=2&classid=4&totalnum=300")],
        "/e/action/ListInfo/index.php?page=1&classid=4&totalnum=300",
    ),
    "Hanweb": ("/col/col94/index.html", [("2", "index.html?uid=3122&pageNum=2")], "/col/col94/index.html?uid=3122&pageNum=2"),
    "query": ("/list?cate=3", [("2", "/list?cate=3&page=2")], "/list?cate=3&page=2"),
    "query, page first": ("/?page=2", [("1", "/?page=1"), ("2", "/?page=2"), ("3", "/?page=3")], "/?page=3"),
    "query, other list": ("/list?cate=3&page=1", [("2", "/list?cate=4&page=2")], None),
    "WordPress": ("/category/sh/", [("2", "/category/sh/page/2/")], "/category/sh/page/2/"),
    "WordPress, second": ("/category/sh/page/2/", [("1", "/category/sh/"), ("3", "/category/sh/page/3/")], "/category/sh/page/3/"),
    "VSB, first": ("/xw/list.htm", [("2", "list/33.htm"), ("3", "list/32.htm"), ("34", "list/1.htm")], "/xw/list/33.htm"),
    "enorth": ("/sh/index.shtml", [("2", "index_2.shtml")], "/sh/index_2.shtml"),
    "iqilu": ("/list_11_3.shtml", [("2", "list_11_2.shtml"), ("4", "list_11_4.shtml")], "/list_11_4.shtml"),
    "brackets": ("/sh/", [("[1]", "index.html"), ("[2]", "index_2.html")], "/sh/index_2.html"),
    "no family, first": ("/lanmu-sh", [("2", "/lanmu-sh-1"), ("3", "/lanmu-sh-2"), ("9", "/lanmu-sh-8")], "/lanmu-sh-1"),
    "no family, second": ("/lanmu-sh-1", [("1", "/lanmu-sh"), ("3", "/lanmu-sh-2"), ("4", "/lanmu-sh-3")], "/lanmu-sh-2"),
    "no family, third": ("/lanmu-sh-2", [("1", "/lanmu-sh"), ("2", "/lanmu-sh-1"), ("4", "/lanmu-sh-3")], "/lanmu-sh-3"),
    "no family, last": ("/lanmu-sh-8", [("1", "/lanmu-sh"), ("7", "/lanmu-sh-6"), ("8", "/lanmu-sh-7")], None),
    "no family, folders": ("/lm/sh/p3", [("1", "/lm/sh"), ("2", "/lm/sh/p2"), ("4", "/lm/sh/p4")], "/lm/sh/p4"),
    "no family, query": ("/Sort.asp?S=7", [("2", "/Sort.asp?S=7&P=2"), ("3", "/Sort.asp?S=7&P=3")], "/Sort.asp?S=7&P=2"),
    "no pager": ("/sh/", [("临沂", "/ly/"), ("更多", "/sh/more.html")], None),
    "numbers of something else": ("/sh/", [("2", "/2023/0810/2.html"), ("3", "/ban/3.html")], None),
}  # fmt: skip

WORDS = {
    "下一页": ("/sh/", [("下一页", "index_2.html")], "/sh/index_2.html"),
    "加载更多": ("/lm/sh", [("加载更多", "/lm/sh/p2")], "/lm/sh/p2"),
    "an address that no rule knows": ("/sh/", [("下一页", "/sh/weiter/xyz")], "/sh/weiter/xyz"),
    "下页, counting down": ("/xw/list/33.htm", [("上页", "../list.htm"), ("下页", "32.htm")], "/xw/list/32.htm"),
    "with arrows": ("/sh/", [("下一页 »", "index_2.html")], "/sh/index_2.html"),
    "an arrow": ("/sh/", [("»", "index_2.html")], "/sh/index_2.html"),
    "an arrow to elsewhere": ("/sh/", [("»", "/sz/")], None),
    "in a title": ("/sh/", [("<img title='下一页'>", "index_2.html")], "/sh/index_2.html"),
    "Next": ("/sh/", [("Next Page", "?page=2")], "/sh/?page=2"),
    "a pager in a circle": ("/sh/list_3_9.html", [("下一页", "list_3_1.html")], None),
    "a pager in a circle, without number": ("/sh/index_9.html", [("下一页", "index.html")], None),
    "to itself": ("/sh/index_9.html", [("下一页", "index_9.html")], None),
    "script": ("/sh/", [("下一页", "javascript:next()"), ("2", "index_2.html")], "/sh/index_2.html"),
    "to an article": ("/sh/", [("下一页", "/2023/0810/881231.html")], None),
    "to another host": ("/sh/", [("下一页", "http://b.cn/sh/index_2.html")], None),
    "下一篇": ("/sh/", [("下一篇", "index_2.html")], None),
    "list in numbers": ("/news/10086.html", [("下一页", "10086_2.html")], "/news/10086_2.html"),
    "last page": ("/sh/index_3.html", [("首页", "index.html"), ("上一页", "index_2.html"), ("下一页", "#")], None),
}  # fmt: skip

ARTICLES = {
    "_2": ("/2023/0810/5.html", [("1", "5.html"), ("2", "5_2.html"), ("3", "5_3.html")], "/2023/0810/5_2.html"),
    "_2, second": ("/2023/0810/5_2.html", [("1", "5.html"), ("3", "5_3.html"), ("下一页", "5_3.html")], "/2023/0810/5_3.html"),
    "_2, last": ("/2023/0810/5_3.html", [("1", "5.html"), ("2", "5_2.html"), ("上一页", "5_2.html")], None),
    "TRS from 0": ("/202308/t20230810_5.htm", [("2", "t20230810_5_1.htm"), ("3", "t20230810_5_2.htm")], "/202308/t20230810_5_1.htm"),
    "TRS, second": ("/202308/t20230810_5_1.htm", [("1", "t20230810_5.htm"), ("3", "t20230810_5_2.htm")], "/202308/t20230810_5_2.htm"),
    "TRS, small id": ("/202308/t20230810_5.htm", [("下一页", "t20230810_6.htm")], None),
    "Founder": ("/content_512877.htm", [("下一页", "content_512877_2.htm")], "/content_512877_2.htm"),
    "PHPCMS": ("/show-12-345-1.html", [("下一页", "show-12-345-2.html")], "/show-12-345-2.html"),
    "Dede, dynamic": ("/plus/view.php?aid=5", [("下一页", "view.php?aid=5&pageno=2")], "/plus/view.php?aid=5&pageno=2"),
    "query": ("/show?id=5", [("2", "?id=5&page=2")], "/show?id=5&page=2"),
    "query, another": ("/show?id=5", [("下一页", "?id=6")], None),
    "余下全文": ("/a/5.html", [("余下全文", "5_2.html")], "/a/5_2.html"),
    "下一篇 is another article": ("/2023/0810/5.html", [("下一篇", "6.html"), ("下一篇：", "5_2.html")], None),
    "下一页 to another article": ("/2023/0810/5.html", [("下一页", "6.html")], None),
    "下一页 to a neighbour": ("/content_812.htm", [("下一页", "content_813.htm")], None),
    "下一页 to the list": ("/2023/0810/5.html", [("下一页", "/sh/index_2.html")], None),
    "another article's second page": ("/2023/0810/5.html", [("2", "6_2.html")], None),
    "related list with numbers": ("/2023/0810/5.html", [("临沂", "5_2.html")], None),
    "page 9 alone": ("/2023/0810/5.html", [("9", "5_9.html"), ("下一页", "5_9.html")], None),
    "other host": ("/a/5.html", [("下一页", "http://b.cn/a/5_2.html")], None),
}  # fmt: skip


def expected(path: str | None) -> str | None:
    return HOST + path if path else None


@pytest.mark.parametrize(
    ("path", "links", "following"), [*NUMBERS.values(), *WORDS.values()], ids=[*NUMBERS, *WORDS]
)
def test_the_next_page_of_a_list(path, links, following):
    assert next_page_of_list(tree_of(*links), HOST + path) == expected(following)


@pytest.mark.parametrize(("path", "links", "following"), ARTICLES.values(), ids=ARTICLES)
def test_the_next_page_of_an_article(path, links, following):
    assert next_page_of_article(tree_of(*links), HOST + path) == expected(following)


@pytest.mark.parametrize(
    ("path", "call", "following"),
    [
        ("/yw/", 'createPageHTML(12, 0, "index", "htm");', "/yw/index_1.htm"),
        ("/yw/index_1.htm", 'createPageHTML(12, 1,"index","htm");', "/yw/index_2.htm"),
        ("/yw/index_11.htm", 'createPageHTML(12, 11, "index", "htm");', None),
        ("/yw/", 'createPageHTML(1, 0, "index", "htm");', None),
        ("/yw/", 'createPageHTML(12, 0, "../../etc/x", "htm");', None),
        ("/yw/", "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", None),
    ],
)
def test_a_pager_that_a_script_writes(path, call, following):
    tree = tree_of(before=f"<script>var a = 1;\n{call}</script>")
    assert next_page_of_list(tree, HOST + path) == expected(following)


def test_following_the_pages_comes_to_an_end():
    pages = [f"/sh/{name}" for name in ("", "index_1.html", "index_2.html", "index_3.html")]
    links = [(str(n + 1), path) for n, path in enumerate(pages)]
    url, seen = HOST + "/sh/", []
    while url:
        seen.append(url.removeprefix(HOST))
        url = next_page_of_list(tree_of(*[link for link in links if HOST + link[1] != url]), url)
    assert seen == pages


def test_a_whole_list_that_counts_down_is_walked():
    url, seen = HOST + "/xw/list.htm", 0
    while url:
        seen += 1
        number = 34 if url.endswith("list.htm") else int(url.rpartition("/")[2].removesuffix(".htm"))
        links = [("首页", "/xw/list.htm"), ("下页", f"/xw/list/{number - 1}.htm"), ("尾页", "/xw/list/1.htm")]
        url = next_page_of_list(tree_of(*(links if number > 1 else links[:1])), url)
    assert seen == 34


@pytest.mark.parametrize(
    ("url", "stem", "number"),
    [
        ("/sh/index_2.html", "/sh/index.html", 2),
        ("/sh/", "/sh/", None),
        ("/t20230810_12.htm", "/t20230810_12.htm", None),
        ("/t20230810_12_3.htm", "/t20230810_12.htm", 3),
        ("/content_512877.htm", "/content_512877.htm", None),
        ("/a/page/3/", "/a/", 3),
        ("/a?page=3", "/a", 3),
        ("/a?page=3&b=1", "/a?b=1", 3),
        ("/a?b=1&page=3&c=2", "/a?b=1&c=2", 3),
        ("/a?homepage=3", "/a?homepage=3", None),
        ("/_2.html", "/_2.html", None),
        ("/a-1-2.html?x=1", "/a-1.html?x=1", 2),
    ],
)
def test_page_numbers(url, stem, number):
    assert page_number(HOST + url) == (HOST + stem, number)


@pytest.mark.parametrize(
    "url", ["http://a.cn/" + "a_" * 900, "http://a.cn/?" + "page=1&" * 250, "http://a.cn/" + "page/" * 380]
)
def test_long_addresses_cost_nothing(url):
    page_number(url)
    next_page_of_list(tree_of(("下一页", url), ("2", url + "1")), "http://a.cn/")
