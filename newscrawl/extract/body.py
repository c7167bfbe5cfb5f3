"""A body as lines of the page, and what every line is worth."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extract.blocks import Block, Lines
from newscrawl.extract.debris import (
    is_control,
    is_listed,
    is_prose,
    is_tail_heading,
    is_weak_tail_heading,
    value_of,
)
from newscrawl.extract.headline import headline_key
from newscrawl.text.credits import find_credits, is_credit_line

PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "dd", "dt", "blockquote", "figcaption", "pre"]
)
BRIEF = "lines without sentences"
"""The reason of a body of captions or list items only: a photo story, whose info line vouches for it."""
_EDITORS = re.compile("[编編审校监制]")  # a look before the long one
_TEASER_KEY = 16  # characters that two lines have in common by no chance
_SAMPLE = 200  # characters that show the language of a line
_CREDIT_LENGTH = 60  # characters of a line that names editors and nothing else


def _never(text: str) -> bool:
    del text
    return False


@dataclass(frozen=True, slots=True)
class Body:
    """The numbers of the lines that one candidate takes for the article, in order."""

    lines: tuple[int, ...]
    reason: str = ""

    def text(self, lines: Lines) -> str:
        """Return the text, one line of the page a line."""
        return "\n".join(lines.blocks[index].text for index in self.lines)


@dataclass(frozen=True, slots=True)
class Values:
    """What the lines of a page are worth and what they are; every tuple has one entry a line."""

    single: tuple[float, ...]
    prose: tuple[bool, ...]
    listed: tuple[bool, ...]
    """Entries of lists of links."""
    endings: tuple[bool, ...]
    """Lines behind which an article may be over: headings of lists, strong or weak, and editors' credits."""
    stops: tuple[bool, ...]
    """Lines that are the headline of another article: built as the page's own."""
    parents: tuple[int, ...]
    """A number for the element around the line's own: equal for the paragraphs of one container."""
    debris: tuple[bool, ...]
    """Lines that show that a list or a form has begun: links, controls, strong headings, teasers cut short."""


def values_of(
    lines: Lines, headline: str | None = None, *, knows_title: Callable[[str], bool] = _never
) -> Values:
    """Return what every line is worth; a repeated headline is worth nothing, whatever its punctuation.

    ``knows_title`` says whether a line is a headline elsewhere on the site: then it is an entry of a list here.
    """
    key = headline_key(headline or "")
    is_chinese = _has_hanzi(headline or "")
    teasers = _teasers(lines)
    single, prose, listed, endings, debris = [], [], [], [], []
    for index, block in enumerate(lines.blocks):
        text = block.text
        title = _is_headline(block, key) or _is_original_headline(text)
        link = is_listed(block) or index in teasers
        link = link or (not title and not text.endswith("。") and knows_title(text))
        tail = is_tail_heading(text)
        worth = value_of(block)
        foreign = is_chinese and not _has_hanzi(text)
        worth = 0.0 if foreign and worth > 0.0 else worth
        prose.append(not title and not foreign and index not in teasers and is_prose(block))
        single.append(min(0.0, worth) if title else min(worth, -float(len(text))) if link else worth)
        listed.append(link)
        endings.append(tail or index in teasers or is_weak_tail_heading(text) or _names_editors(text))
        debris.append(tail or link or is_control(text) or is_cut_short(text))
    return Values(
        tuple(single), tuple(prose), tuple(listed), tuple(endings), _other_headlines(lines, key), _parents(lines), tuple(debris)
    )  # fmt: skip


def _teasers(lines: Lines) -> frozenset[int]:
    """Return the lines that are the beginning of a line above: the article itself in a list of the latest ones."""
    beginnings: dict[str, str] = {}
    found = set()
    for index, block in enumerate(lines.blocks):
        text = "".join(block.text.split()).rstrip(".")
        if len(text) < _TEASER_KEY:
            continue
        whole = beginnings.setdefault(text[:_TEASER_KEY], text)
        if len(text) < len(whole) and whole.startswith(text):
            found.add(index)
    return frozenset(found)


def _other_headlines(lines: Lines, key: str) -> tuple[bool, ...]:
    """Return which lines stand in an element like that of the headline: pages that scroll on show article upon article."""
    own = next((block.element for block in lines.blocks if _is_headline(block, key)), None)
    look = _look(own)
    if look is None:
        return (False,) * len(lines.blocks)
    return tuple(
        _look(block.element) == look and block.element is not own and not _is_headline(block, key)
        for block in lines.blocks
    )


def _look(element: HtmlElement | None) -> tuple[str, str] | None:
    """Return tag and class of an element; None without a class, which is no look of its own."""
    name = element.get("class") if element is not None else None
    return (element.tag, name) if element is not None and name else None


def _parents(lines: Lines) -> tuple[int, ...]:
    numbers: dict[object, int] = {}
    return tuple(numbers.setdefault(_around(block), len(numbers)) for block in lines.blocks)


def _around(block: Block) -> object:
    """Return what stands for a line's container: the parent of its paragraph, the box of a line ended by <br>."""
    element = block.element
    return element.getparent() if element is not None and element.tag in PARAGRAPHS else element


def _has_hanzi(text: str) -> bool:
    """Return whether a tenth of a text is hanzi: a page with a Chinese headline has a Chinese article."""
    return sum("一" <= character <= "鿿" for character in text[:_SAMPLE]) * 10 >= len(text[:_SAMPLE]) > 0


def _is_headline(block: Block, key: str) -> bool:
    return bool(key) and len(block.text) <= 2 * len(key) + 20 and headline_key(block.text) == key


def _is_original_headline(text: str) -> bool:
    """Return whether a line is 原标题:…, metadata whatever its punctuation."""
    return text.startswith(("原标题", "原題", "原标题", "(原标题", "原文标题", "原標題")) and len(text) <= 120


def _names_editors(text: str) -> bool:
    return (
        len(text) <= _CREDIT_LENGTH
        and _EDITORS.search(text) is not None
        and is_credit_line(text)
        and any(credit.kind == "editors" for credit in find_credits(text))
    )


def is_cut_short(text: str) -> bool:
    """Return whether a line is a teaser: it ends in one ellipsis, in the middle of a sentence."""
    return text.endswith("...") and not text.endswith("....")
