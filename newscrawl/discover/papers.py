"""Digital newspapers (数字报): from a page of an issue to its articles and to the other pages of the issue.

Five shapes, by what they have in common: the day stands in the path, pages (版面) and articles of an issue
share it, and the picture of a page is a map whose areas are its articles.

    page                                     article
    /html/2023-08/10/node_2.htm              content_512.htm?div=-1
    /pc/layout/202308/10/node_A1.html        /pc/content/202308/10/content_512.html
    /pc/202308/10/l01.html                   c512.html
    /content/20230810/Page01FM.htm           Articel01002FM.htm (sic)
    /shtml/lyrb/20230810/index.shtml         512.shtml
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from lxml.html import HtmlElement

from newscrawl.discover.links import Link, find_links
from newscrawl.text.urls import date_of_url, host_of, kind_of_url

_PAGE_FILE = re.compile(
    r"/(?:node_\w+|l\w{1,4}|page\d{1,3}[a-z]{0,3}|index|(?:default|v)\w{0,4}|\w{1,6}bm\d*)\.\w{3,5}\Z",
    re.ASCII | re.IGNORECASE,
)
_PAGE_WORDS = re.compile(
    r"^\s*(?:第?\s*[A-Z]?\d{1,3}\s*版|[A-Z]?\d{2,3}\s*[:：]|上一版|下一版)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What one page of an issue leads to."""

    day: date | None
    """The day of the issue; None when the address does not tell."""
    articles: tuple[Link, ...] = ()
    pages: tuple[Link, ...] = ()
    """The other pages of the same issue."""


def read_paper_page(tree: HtmlElement, url: str) -> PaperPage:
    """Return the articles of the page at ``url`` and the other pages of its issue; what is of other days is left out."""
    day, host = date_of_url(url), host_of(url)
    articles: list[Link] = []
    pages: list[Link] = []
    for link in find_links(tree, url):
        if host_of(link.url) != host or date_of_url(link.url) != day:
            continue
        (pages if _is_page(link) else articles).append(replace(link, place="paper", published=day))
    if day is None:  # then nothing tells an article from the rest but its shape
        articles = [link for link in articles if kind_of_url(link.url) == "article"]
    return PaperPage(day, tuple(articles), tuple(pages))


def is_paper_page(tree: HtmlElement, url: str) -> bool:
    """Tell whether a page is one of a digital newspaper: its picture has a map of articles, or its address says so.

    >>> from lxml.html import fromstring
    >>> is_paper_page(fromstring("<html><map name='pagepicmap'><area href='c1.htm'></map></html>"), "http://a.cn/x")
    True
    """
    names = ((one.get("name") or one.get("id") or "").lower() for one in tree.iter("map"))
    return any(name.startswith("pagepicmap") for name in names) or _PAGE_IN_DAY.search(url) is not None


_PAGE_IN_DAY = re.compile(
    r"/(?:layout|html|content)/\d{4}-?\d{2}/?-?\d{2}/(?:node_\w+|page\d\w*)\.\w{3,5}\Z|/pc/\d{6}/\d{2}/l\d+\.html?\Z",
    re.ASCII | re.IGNORECASE,
)


def _is_page(link: Link) -> bool:
    path = link.url.partition("?")[0]
    return bool(_PAGE_FILE.search(path)) or (
        bool(_PAGE_WORDS.match(link.text)) and kind_of_url(link.url) != "article"
    )
