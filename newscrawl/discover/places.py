"""Where the links of a page stand, and the text around them: each element is looked at once a page."""

from __future__ import annotations

import re
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

Place = Literal["list", "nav", "text", "paging", "footer", "feed", "sitemap", "paper"]
"""Where a link was found: in a list, the navigation, running text, a pager, the footer; or in another format."""


NODE_LIMIT = 150
"""Tags around a link that are searched for its words and its day: an entry of a list has about 10 (a guess)."""

ITEM_LIMIT = 400  # characters of the item around a link that are searched for its day

_string = etree.XPath("string()")
_count_tags = etree.XPath("count(.//*)")
_SPACES = re.compile(r"\s+")
_HANZI = re.compile(r"[\u3400-\u9fff]")

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
"""Hanzi. Names of sections (政务公开信息平台) are hardly longer (a guess); a longer text in a menu is a headline."""

_SENTENCE_LIMIT = 2000  # characters of a paragraph that are counted
_SENTENCE_MORE = 24  # characters of a paragraph beyond twice the link's own that make it a sentence


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


class Places:
    """Where the elements of one page stand; what is known of a parent is known of its children."""

    def __init__(self) -> None:
        self._rooms: dict[HtmlElement, str] = {}
        self._texts: dict[HtmlElement, str] = {}

    def text_around(self, item: HtmlElement) -> str:
        """Return the text of an item, its spaces folded, somewhat longer than ``ITEM_LIMIT`` when it is cut."""
        if item not in self._texts:
            self._texts[item] = _SPACES.sub(" ", text_of(item, 2 * ITEM_LIMIT))
        return self._texts[item]

    def of_link(self, anchor: HtmlElement, text: str) -> Place:
        """Return where a link with these words stands."""
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
    return count_hanzi(text_of(parent, _SENTENCE_LIMIT)) > 2 * count_hanzi(text) + _SENTENCE_MORE
