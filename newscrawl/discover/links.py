"""A page's tree -> its links: where each leads, what it says, where it stands, and the day beside it.

One bad address never costs the others: each is read on its own, and what is no http(s) URL is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.text.dates import find_dates
from newscrawl.text.urls import absolute_url, is_media_url, url_key

LINK_LIMIT = 2000
"""Different links that are read from one page. The fullest real front page seen has 900; traps have a million."""

ANCHOR_LIMIT = 20_000
"""Anchors that are looked at on one page, those that lead nowhere or to known pages included."""

NODE_LIMIT = 150
"""Tags around a link that are searched for its words and its day: an entry of a list has 10."""

LINK_TEXT_LIMIT = 300
"""Characters of an anchor's text that are kept: a headline with its teaser has 120."""

Place = Literal["list", "nav", "text", "paging", "footer", "feed", "sitemap", "paper"]
"""Where a link was found: in a list, the navigation, running text, a pager, the footer; or in another format."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a page, absolute."""

    url: str
    text: str = ""
    """The words of the anchor, often the full headline."""
    place: Place = "list"
    published: date | datetime | None = None
    """The day that stands beside the link, or that a feed gives; a hint for the order of fetching."""
    nofollow: bool = False


_string = etree.XPath("string()")
_count_tags = etree.XPath("count(.//*)")
_SPACES = re.compile(r"\s+")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_CUT_SHORT = re.compile(r"(?:…|\.{2,}|···)\s*\Z")

_NAV = re.compile(
    r"""(?:^|[\s_-])(?:
        (?:main|top|sub|site|left|side)?(?:nav|navi|navbar|navigation|menu)s?(?:box|list|bar|con|wrap)?
      | (?:bread)?crumbs? | weizhi | dqwz | location | position | top-?bar | toolbar | sitemap
    )\d*(?=[\s_-]|$)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_FOOTER = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|copyright|copy|friend-?links?|flinks?|youqing|yqlj|bottom)\d*(?=[\s_-]|$)",
    re.IGNORECASE | re.ASCII,
)
_PAGER = re.compile(
    r"""(?:^|[\s_-])(?:
        pages? | pager | paging | pagination | page-?(?:list|link|nav|num|bar|box|s) | pagebreak | turn-?page | fenye
      | displaypagenum | div_currpage | autopage | dede_pages | news_more_page_div_id | pagecss | list-?page | showpage
    )\d*(?=[\s_-]|$)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_PAGER_WORD = re.compile(
    r"""\s*(?:[\[(（【<«‹]\s*)?(?:
        第?\s*[0-9]{1,4}\s*页? | [<>«»‹›]{1,2} | 首\s?页 | 第一页 | 尾\s?页 | 末\s?页 | 最后一?页 | \.{2,3}[0-9]+
      | [上下前后]\s?一?\s?[页頁](?:\s*[>»›]+)? | [上下][页頁] | 余下全文 | 更多页 | (?:next|prev|previous|last|first)(?:\s+page)?
    )(?:\s*[\])）】>»›])?\s*\Z""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_SURE_PAGER_WORD = re.compile(
    r"\s*[\[(（【<«‹]?\s*(?:[上下][一]?\s?[页頁]|尾\s?页|末\s?页)\s*[\])）】>»›]*\s*\Z"
)
"""A pager's words wherever they stand; 首页 and numbers stand in other places too."""

NAV_TEXT_LIMIT = 8
"""Hanzi. The longest section names seen (政务公开信息平台) have eight; a longer text in a menu is a headline."""

_NO_ITEMS = frozenset({"ul", "ol", "table", "tbody", "body", "html", "dl"})
_WHOLE_ITEMS = frozenset({"li", "dd", "dt", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section"})
_NAMED = 5  # hanzi of a link that a day beside it may belong to
_MAY_BE_DAY = re.compile(r"\d[-/.年月]\s?\d|\d\s?[日天]|[前今昨]|刚刚")
_ITEM_LIMIT = 400  # characters of the item around a link that are searched for its day
_SENTENCE_LIMIT = 2000  # characters of a paragraph that are counted
_UNDATED_TEXT = 24  # characters beside the link up to which a day without a year is believed to be its day


def find_links(tree: HtmlElement, url: str, *, now: datetime | None = None) -> tuple[Link, ...]:
    """Return the links of the page at ``url``, each page once, in the order of the source, at most ``LINK_LIMIT``.

    Where two links lead to one page (a picture, then the headline), the longer text is kept. ``now`` lets
    days without a year (``08-10``) be understood.
    """
    base = base_of(tree, url)
    own = _key_of(url)
    places = _Places()
    found: dict[str, Link] = {}
    for anchor in islice(_anchors(tree), ANCHOR_LIMIT):
        target = absolute_url(anchor.get("href") or anchor.get("src") or "", base)
        if target is None or is_media_url(target):
            continue
        key = url_key(target)
        if key == own:
            continue
        link = _read_link(anchor, target, places, now)
        found[key] = _better(found[key], link) if key in found else link
        if len(found) >= LINK_LIMIT:
            break
    return tuple(found.values())


def base_of(tree: HtmlElement, url: str) -> str:
    """Return what relative links of a page are relative to: its ``<base href>``, or its own URL.

    A base on another host than the page's is believed, as browsers do; scope is checked on every link.
    """
    base = next(tree.iter("base"), None)
    href = base.get("href") if base is not None else None
    return (absolute_url(href, url) if href else None) or url


def link_text(anchor: HtmlElement) -> str:
    """Return the words of a link; its title or the description of its picture where they say more.

    >>> from lxml.html import fromstring
    >>> link_text(fromstring('<a title="临沂开展防汛演练" href="/1.html">临沂开展…</a>'))
    '临沂开展防汛演练'
    """
    text = _clean(text_of(anchor, 4 * LINK_TEXT_LIMIT))
    title = _clean(anchor.get("title", ""))
    if title and (not text or (_CUT_SHORT.search(text) and len(title) > len(text))):
        return title
    if text:
        return text
    picture = next(anchor.iter("img"), None)
    return _clean((picture.get("alt") or picture.get("title") or "") if picture is not None else "")


def text_of(element: HtmlElement, limit: int) -> str:
    """Return the beginning of the text within an element, without comments: at least ``limit`` characters if it has them.

    No more than ``NODE_LIMIT`` tags are looked at: 2,000 links beside 50,000 empty tags took 87 s without it.
    """
    if len(element) == 0:
        return (element.text or "")[: limit + 1]
    if float(str(_count_tags(element))) <= NODE_LIMIT:
        return str(_string(element))[: limit + 1]
    parts: list[str] = []
    length = 0
    for count, (event, one) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        text = one.text if event == "start" else one.tail if one is not element else None
        if text:
            parts.append(text)
            length += len(text)
        if length > limit or count > 2 * NODE_LIMIT:
            break
    return "".join(parts)


def count_hanzi(text: str) -> int:
    """Return the number of hanzi in a text."""
    return len(_HANZI.findall(text))


def is_pager_word(text: str) -> bool:
    """Tell whether a link's text is one of a pager: a number, 下一页, 尾页, ``>>``.

    >>> is_pager_word("下一页"), is_pager_word("[2]"), is_pager_word("下一篇"), is_pager_word("2023")
    (True, True, False, True)
    """
    return bool(_PAGER_WORD.match(text))


def _anchors(tree: HtmlElement) -> Iterator[HtmlElement]:
    yield from tree.iter("a", "area", "frame", "iframe")


def _read_link(anchor: HtmlElement, target: str, places: _Places, now: datetime | None) -> Link:
    text = link_text(anchor)
    place = places.of_link(anchor, text)
    is_named = place == "list" and count_hanzi(text) >= _NAMED
    day = _day_beside(anchor, text, now, places) if is_named else None
    return Link(target, text, place, day, "nofollow" in (anchor.get("rel") or "").lower())


def _key_of(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return ""


def _clean(text: str) -> str:
    if not text:
        return ""
    return _SPACES.sub(" ", text[: 4 * LINK_TEXT_LIMIT]).strip()[:LINK_TEXT_LIMIT]


def _better(one: Link, other: Link) -> Link:
    """Return the link with the longer text, with what only the other one knows."""
    best, rest = (other, one) if count_hanzi(other.text) > count_hanzi(one.text) else (one, other)
    return replace(best, published=best.published or rest.published, nofollow=one.nofollow and other.nofollow)


class _Places:
    """Where the elements of one page stand; what is known of a parent is known of its children."""

    def __init__(self) -> None:
        self._rooms: dict[HtmlElement, str] = {}
        self._texts: dict[HtmlElement, str] = {}

    def text_around(self, item: HtmlElement) -> str:
        """Return the text of an item, its spaces folded, somewhat longer than ``_ITEM_LIMIT`` when it is cut."""
        if item not in self._texts:
            self._texts[item] = _SPACES.sub(" ", text_of(item, 2 * _ITEM_LIMIT))
        return self._texts[item]

    def of_link(self, anchor: HtmlElement, text: str) -> Place:
        room = self._room_of(anchor)
        if _SURE_PAGER_WORD.match(text) or (room == "pager" and is_pager_word(text)):
            return "paging"
        if room == "footer":
            return "footer"
        if room == "nav" and count_hanzi(text) <= NAV_TEXT_LIMIT:
            return "nav"
        return "text" if _stands_in_a_sentence(anchor, text) else "list"

    def _room_of(self, element: HtmlElement) -> str:
        """Return nav, footer, pager or nothing: the innermost that says so decides."""
        way: list[HtmlElement] = []
        room = ""
        current: HtmlElement | None = element
        while current is not None:
            if current in self._rooms:
                room = self._rooms[current]
                break
            way.append(current)
            current = current.getparent()
        for one in reversed(way):
            room = _own_room(one) or room
            self._rooms[one] = room
        return room


def _own_room(element: HtmlElement) -> str:
    if element.tag in {"nav", "footer"}:
        return str(element.tag)
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:200]
    if names == " ":
        return ""
    if _PAGER.search(names):
        return "pager"
    return "footer" if _FOOTER.search(names) else "nav" if _NAV.search(names) else ""


def _stands_in_a_sentence(anchor: HtmlElement, text: str) -> bool:
    """Tell whether the paragraph around a link has more words than the link: a mention, not an entry of a list."""
    parent = anchor.getparent()
    while parent is not None and parent.tag in {"span", "strong", "b", "em", "font", "i", "u"}:
        parent = parent.getparent()
    if parent is None or parent.tag != "p":
        return False
    return count_hanzi(text_of(parent, _SENTENCE_LIMIT)) > 2 * count_hanzi(text) + _UNDATED_TEXT


def _day_beside(
    anchor: HtmlElement, text: str, now: datetime | None, places: _Places
) -> date | datetime | None:
    """Return the day in the item around a link, outside its own words."""
    item = anchor.getparent()
    for _ in range(4):
        if item is None or item.tag in _NO_ITEMS:
            return None
        around = places.text_around(item)
        if len(around) > _ITEM_LIMIT:
            return None
        beside = around.replace(text, " ", 1)
        if _MAY_BE_DAY.search(beside):
            for found in find_dates(beside, now=now):
                if found.has_year or len(beside) <= _UNDATED_TEXT:
                    return found.value
        if item.tag in _WHOLE_ITEMS:
            return None
        item = item.getparent()
    return None
