"""The lines that a reader sees, in order, and the span of lines that every element covers.

Everything in this folder works on numbers of lines: a container is a span, the body is a span with lines left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from lxml.html import HtmlElement

_WRAPPED = re.compile(r"(?<=[一-鿿、。,;:”》)])[ \t\r\xa0]*\n\s*(?=[一-鿿“《])")


@dataclass(slots=True)
class Block:
    """One line of the page: a paragraph, a heading, a list item, a row of a table."""

    text: str
    """NFKC, white space collapsed."""
    link_length: int
    """Characters of the text that stand in links."""
    punctuation_count: int
    element: HtmlElement = field(repr=False)
    """The innermost block-level element around it."""
    heading: int = 0
    """1 to 6 in a heading, 0 elsewhere."""

    @property
    def plain_length(self) -> int:
        """Characters outside links."""
        return len(self.text) - self.link_length


@dataclass(frozen=True, slots=True)
class Box:
    """A block-level element and the lines ``start:end`` that it covers."""

    element: HtmlElement = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a tree, and its boxes, inner before outer."""

    blocks: tuple[Block, ...] = field(repr=False)
    boxes: tuple[Box, ...] = field(repr=False)

    def text_of(self, start: int, end: int) -> str:
        """Return the lines of a span, one a line."""
        return "\n".join(block.text for block in self.blocks[start:end])


def line_of(words: str) -> str:
    r"""Return the words of a line as the archive writes them: NFKC, white space collapsed.

    >>> line_of("  会议（上午）\n  召开，\n代表出席　。")
    '会议(上午)召开,代表出席 。'
    """
    text = unicodedata.normalize("NFKC", words)
    text = text.strip()
    if "\n" in text:
        text = _WRAPPED.sub("", text)
    return " ".join(text.split())


def classes_of(element: HtmlElement) -> str:
    """Return the class and id of an element, as one lower-case string."""
    return f"{element.get('class', '')} {element.get('id', '')}".lower()


def place_of(element: HtmlElement) -> str:
    """Return an element as a person names it: ``div.info``, ``span#source``.

    >>> from lxml.html import fragment_fromstring
    >>> place_of(fragment_fromstring('<div class="info fl">来源</div>'))
    'div.info'
    """
    if element.get("id"):
        return f"{element.tag}#{element.get('id')}"[:60]
    names = element.get("class", "").split()
    return f"{element.tag}.{names[0]}"[:60] if names else str(element.tag)
