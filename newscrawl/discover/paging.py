"""The next page: of a list that is paged, and of an article that is split.

A link that says 下一页 is believed first; then a pager's link to the address that the page after this one
must have in one of the families below; then, where a page says how many pages there are, that address itself.

    family          first page            second               page ten
    TRS             index.htm             index_1.htm          index_9.htm
    TRS articles    t20230810_5.htm       t20230810_5_1.htm    t20230810_5_9.htm
    most others     index.html, 5.html    index_2.html, 5_2.html
    DedeCMS         list_3_1.html         list_3_2.html
    Founder         node_12.htm           node_12_2.htm
    VSB             list.htm              list/33.htm          list/25.htm: counts down
    queries         ?page=, ?p= …         ?page=2
    PHPCMS          list-12-1.html        list-12-2.html
    WordPress       /category/sh/         /category/sh/page/2/

下一篇 and 上一篇 lead to other articles and are never followed as pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from newscrawl.discover.links import base_of, link_text
from newscrawl.discover.places import is_pager_word
from newscrawl.text.urls import absolute_url, host_of, kind_of_url, url_key

PAGE_LIMIT = 9999
"""Numbers above are ids, not pages."""

ARTICLE_PAGE_LIMIT = 99
"""Pages of one article (a guess): picture stories are the longest."""

_NEXT = re.compile(
    r"\s*[\[(（【<«‹]?\s*(?:下\s?一\s?[页頁]|下[页頁]|后一?页|后页|余下全文|(?:点击)?加载更多|阅读全文|点击继续阅读|next(?:\s+page)?)\s*[\])）】>»›]*\s*\Z",
    re.IGNORECASE,
)
_WORD_LIMIT = 40  # characters: the words of a pager with their brackets and spaces
_ARROW = re.compile(r"\s*(?:>{1,2}|»|›|→)\s*\Z")
_CREATE_PAGE = re.compile(
    r"""createPageHTML\(\s{0,3}(?P<count>\d{1,4})\s{0,3},\s{0,3}(?P<now>\d{1,4})\s{0,3},\s{0,3}["'](?P<name>[\w-]{1,60})["']\s{0,3},\s{0,3}["'](?P<ext>\w{3,5})["']""",
    re.ASCII,
)
"""TRS: pages in all, this page from 0, and how the files are called; the pager is written by this script alone."""

_EXT = re.compile(r"\.[a-z]{2,5}\Z", re.ASCII | re.IGNORECASE)
_TAIL_NUMBER = re.compile(r"(?P<stem>.*[^/_-])[_-](?P<number>\d{1,4})\Z", re.ASCII | re.DOTALL)
_BARE_NUMBER = re.compile(r"(?P<stem>.*/)(?P<number>\d{1,4})\Z", re.ASCII | re.DOTALL)
_QUERY_NUMBER = re.compile(
    r"""(?P<head>.*)[?&](?:page|p|pn|pageno|pagenum|pageindex|page_no|curpage|cur_page|paged|currentpage|pg)=
        (?P<number>\d{1,4})(?P<tail>(?:&.*)?)\Z""",
    re.ASCII | re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_FOLDER_NUMBER = re.compile(r"(?P<head>.*/)page/(?P<number>\d{1,4})/?\Z", re.ASCII | re.DOTALL)
_COUNTING_DOWN = re.compile(
    r"(?P<head>.*/)(?P<name>[a-z][\w-]*)/(?P<number>\d{1,4})(?P<ext>\.html?)\Z", re.ASCII | re.DOTALL
)
_TRS_ARTICLE = re.compile(r"/t\d{8}_\d+\Z", re.ASCII)
_FRONT_FILE = re.compile(r"/(?:index|default|list)(?:\.\w{2,5})?(?=\?|\Z)", re.ASCII | re.IGNORECASE)
_LIST_FILE = re.compile(r"(?:list|index|node|page)[\w-]*\.\w{2,5}\Z", re.ASCII | re.IGNORECASE)
_TOTAL = re.compile(r"(?:totalnum|totalresult|total|count)=\d*", re.ASCII | re.IGNORECASE)

_LAST_NUMBER = re.compile(r"(?:[?&]\w{1,12}=|[^?&=\da-z]?p?)\d{1,4}/?\Z", re.ASCII | re.IGNORECASE)

Links = list[tuple[str, str]]
"""Text and URL of the links of a page that stay on its host."""


def next_page_of_list(tree: HtmlElement, url: str) -> str | None:
    """Return the URL of the page after this one of a list of articles, None on its last page."""
    links = _links_on_host(tree, url)
    for text, target in links:
        if not _NEXT.match(text) or _goes_back(target, url):
            continue
        if kind_of_url(target) != "article" or _comes_after(target, url):
            return target
    for text, target in links:
        if _ARROW.match(text) and _comes_after(target, url):
            return target
    return _numbered_next(links, url) or _next_by_script(tree, url) or _next_by_gap(links, url)


def next_page_of_article(tree: HtmlElement, url: str) -> str | None:
    """Return the URL of the page after this one of an article that is split, None when there is no further.

    Only an address that is this one with the next page number is believed: what else says 下一页 leads to
    the next picture or to the next article.
    """
    links = _links_on_host(tree, url)
    pages = [(text, target) for text, target in links if _is_next_of_article(target, url)]
    return next(
        (target for text, target in pages if _NEXT.match(text)),
        next((target for text, target in pages if _is_numbered(text, target)), None),
    )


def page_number(url: str) -> tuple[str, int | None]:
    """Return an address without its page number, and the number; None when it has none.

    >>> page_number("http://a.cn/sh/index_2.html"), page_number("http://a.cn/?catid=3&page=4")
    (('http://a.cn/sh/index.html', 2), ('http://a.cn/?catid=3', 4))
    """
    if match := _QUERY_NUMBER.match(url):
        head, tail = match["head"], match["tail"]
        return (f"{head}?{tail[1:]}" if tail and "?" not in head else head + tail), int(match["number"])
    if match := _FOLDER_NUMBER.match(url):
        return match["head"], int(match["number"])
    return _number_in_name(url, _TAIL_NUMBER)


def _number_in_name(url: str, rule: re.Pattern[str]) -> tuple[str, int | None]:
    path, mark, query = url.partition("?")
    ext = found[0] if (found := _EXT.search(path)) else ""
    name = path.removesuffix(ext)
    match = rule.match(name)
    if not ext or not match or _TRS_ARTICLE.search(name):
        return url, None
    stem = match["stem"] if match["stem"].endswith("/") else match["stem"] + ext
    return f"{stem}{mark}{query}", int(match["number"])


def _list_number(url: str) -> tuple[str, int | None]:
    """Return what ``page_number`` does; a file that is only a number (/sh/2.html) is a page of its folder too."""
    stem, number = page_number(url)
    return (stem, number) if number is not None else _number_in_name(url, _BARE_NUMBER)


def _links_on_host(tree: HtmlElement, url: str) -> Links:
    """Return the links whose words may be a pager's; the few that are looked at closer."""
    base = base_of(tree, url)
    host, own = host_of(url), url_key(url)
    found = []
    for anchor in tree.iter("a"):
        if len(anchor) == 0 and len(anchor.text or "") > _WORD_LIMIT:
            continue
        text = link_text(anchor)
        if not (is_pager_word(text) or _NEXT.match(text)):
            continue
        target = absolute_url(anchor.get("href") or "", base)
        if target and url_key(target) != own and host_of(target) == host:
            found.append((text, target))
    return found


def _stem(url: str) -> tuple[str, frozenset[str]]:
    """Return what the pages of one list share: the path without front file, and the query without totals."""
    path, _, query = url_key(url).partition("?")
    return _FRONT_FILE.sub("/", path), frozenset(query.split("&")) - {""} - set(_TOTAL.findall(query))


def _are_one_list(stem: str, own: str) -> bool:
    """Tell whether two addresses without page numbers name one list; later pages may say more in the query."""
    (path, query), (own_path, own_query) = _stem(stem), _stem(own)
    return path == own_path and own_query <= query


def _starts_in(stem: str, own: str) -> bool:
    """Tell whether ``own`` is a folder and ``stem`` a list in it: the pages of /sh/ may be /sh/list_3_2.html."""
    folder, _, name = _stem(stem)[0].rpartition("/")
    return _stem(own)[0] == f"{folder}/" and bool(_LIST_FILE.match(name))


def _comes_after(target: str, url: str) -> bool:
    """Tell whether ``target`` is a later page of the list that ``url`` is a page of."""
    stem, number = _list_number(target)
    if number is None:
        return False
    if _are_one_list(stem, url) or _starts_in(stem, url):
        return True
    own_stem, own_number = _list_number(url)
    return own_number is not None and _are_one_list(stem, own_stem) and number > own_number


def _goes_back(target: str, url: str) -> bool:
    """Tell whether ``target`` is an earlier page of the same list: some pagers run in a circle."""
    own_stem, own_number = page_number(url)
    if own_number is None:
        return False
    stem, number = page_number(target)
    if _stem(target) == _stem(own_stem):
        return True
    return number is not None and number <= own_number and _are_one_list(stem, own_stem)


def _numbered_next(links: Links, url: str) -> str | None:
    """Return the link whose words are the number of the next page, of pagers that have no 下一页.

    From the first page that is 2, whatever the number in the address: TRS and EmpireCMS count from 0.
    """
    number = _list_number(url)[1]
    is_first = number is None or not any(_are_one_list(target, _list_number(url)[0]) for _, target in links)
    for text, target in links:
        word = text.strip(" []【】()第页")
        if word == "2" and _counts_down_from(target, url):
            return target
        if not word.isdecimal() or word == "1" or not _comes_after(target, url):
            continue
        found = _list_number(target)[1] or 0
        if found == (number or 0) + 1 or (is_first and word == "2" and found <= 2):
            return target
    return None


def _next_by_gap(links: Links, url: str) -> str | None:
    """Return the page after the one that the numbers of a pager leave out: 1 2 _ 4 5 stands on page 3.

    For addresses of no family, as /lanmu-sh-1: all that is asked is that they begin as this one does.
    """
    pages = {
        int(word): target
        for text, target in links
        if (word := text.strip(" []【】()第页")).isdecimal()
        and int(word) <= PAGE_LIMIT
        and _extends(target, url)
    }
    after_gaps = [n for n in pages if n > 1 and n - 1 not in pages and (n == 2 or n - 2 in pages)]
    return pages[max(after_gaps)] if after_gaps else None


def _extends(target: str, url: str) -> bool:
    """Tell whether an address is this one with a number behind it or without, or differs from it in its last number alone."""
    stem = _LAST_NUMBER.sub("", target)
    if stem == target:
        return target.rstrip("/") == _LAST_NUMBER.sub("", url)
    return stem in {url.rstrip("/"), _LAST_NUMBER.sub("", url)}


def _counts_down_from(target: str, url: str) -> bool:
    """Tell whether ``target`` is the second page of a VSB list: list.htm, then list/33.htm."""
    match = _COUNTING_DOWN.match(target)
    return bool(match) and url_key(f"{match['head']}{match['name']}{match['ext']}") == url_key(url)  # type: ignore[index]


def _is_next_of_article(target: str, url: str) -> bool:
    stem, number = page_number(target)
    if number is None or number > ARTICLE_PAGE_LIMIT:
        return False
    if url_key(stem) == url_key(url):
        return number in {1, 2}
    own_stem, own_number = page_number(url)
    return own_number is not None and url_key(stem) == url_key(own_stem) and number == own_number + 1


def _is_numbered(text: str, target: str) -> bool:
    """Tell whether a link's words are its page's number, or one more where pages are counted from 0."""
    word = text.strip(" []【】()第页")
    number = page_number(target)[1] or 0
    return word in {str(number), str(number + 1)} and word != "1"


def _next_by_script(tree: HtmlElement, url: str) -> str | None:
    """Return the next page where only a script writes the pager: TRS's ``createPageHTML(12, 0, "index", "htm")``."""
    for script in _scripts(tree):
        if match := _CREATE_PAGE.search(script):
            following = int(match["now"]) + 1
            if following >= min(int(match["count"]), PAGE_LIMIT):
                return None
            return absolute_url(f"{match['name']}_{following}.{match['ext']}", url)
    return None


def _scripts(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if script.text and "createPageHTML" in script.text:
            yield script.text[-20_000:]
