"""A tree as the lines a reader sees, in order, and the span of lines that every element covers.

Everything after this works on numbers of lines: a container is a span, the body is a span with lines left out.
One walk without recursion, linear in the elements, however deep they nest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.visibility import hiding_selectors, is_unseen

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "o:p",
        "st1:chsdate",
        "st1:chmetcnv",
        "nobr",
        "blink",
        "u1:p",
        "v:shape",
        "v:imagedata",
    ]
)
"""Elements that do not end a line; every other one does, the unknown too unless it has a prefix of its own."""
_LINK_LENGTH, _LINK_SENTENCES, _LINK_PARTS = 600, 3, 60
"""Characters, sentences and pieces of text: a card with headline and teaser has fewer."""
_CELL_LENGTH = 120  # characters: a longer cell is layout, not data
_PUNCTUATION = ",。!?;:、"
_WRAPPED = re.compile(r"(?<=[一-鿿、。,;:”》)])[ \t\r\xa0]*\n\s*(?=[一-鿿“《])")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


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


def lines_of(tree: HtmlElement, hidden: frozenset[str] | None = None) -> Lines:
    """Return the lines of a tree as a reader sees them.

    >>> from lxml.html import fromstring
    >>> tree = fromstring("<div><h1>标题</h1><p>第一<b>段</b></p>第二段<br>第三<a href=1>链接</a></div>")
    >>> [(b.text, b.link_length) for b in lines_of(tree).blocks]
    [('标题', 0), ('第一段', 0), ('第二段', 0), ('第三链接', 2)]
    """
    return _Walk(hiding_selectors(tree) if hidden is None else hidden).over(tree)


class _Walk:
    """The state of one walk: the words of the line so far, the open boxes, the depth in links."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self.hidden = hidden
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.open: list[tuple[HtmlElement, int]] = []
        self.words: list[str] = []
        self.link_length = 0
        self.in_link = 0
        self.headings: list[int] = []

    def over(self, tree: HtmlElement) -> Lines:
        walker = etree.iterwalk(tree, events=("start", "end"))
        skipped = None
        for event, element in walker:
            if event == "start":
                if is_unseen(element, self.hidden):
                    skipped = element
                    walker.skip_subtree()
                elif element.tag == "tr" and (row := _data_row(element)) is not None:
                    skipped = element
                    walker.skip_subtree()
                    self._row(element, row)
                else:
                    self._enter(element)
                continue
            if element is skipped:
                skipped = None
            else:
                self._leave(element)
            if element is not tree and element.tail:
                self._say(element.tail)
        self._flush()
        return Lines(tuple(self.blocks), tuple(self.boxes))

    def _enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self.in_link += _is_link(element)
        elif tag == "br":
            self._flush()
        elif tag not in _INLINE:
            self._flush()
            self.open.append((element, len(self.blocks)))
            if tag in _HEADINGS:
                self.headings.append(_HEADINGS[tag])
        if element.text:
            self._say(element.text)

    def _leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self.in_link -= _is_link(element)
        elif tag not in _INLINE and tag != "br":
            self._flush()
            _, start = self.open.pop()
            self.boxes.append(Box(element, start, len(self.blocks)))
            if tag in _HEADINGS:
                self.headings.pop()

    def _say(self, words: str) -> None:
        self.words.append(words)
        if self.in_link:
            self.link_length += len(words.strip())

    def _row(self, element: HtmlElement, cells: list[str]) -> None:
        self._flush()
        start = len(self.blocks)
        self.words = [" ".join(cells)]
        self.link_length = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
        self.open.append((element, start))
        self._flush()
        self.open.pop()
        self.boxes.append(Box(element, start, len(self.blocks)))

    def _flush(self) -> None:
        if not self.words:
            return
        text = line_of("".join(self.words))
        if text:
            self.blocks.append(
                Block(
                    text,
                    min(self.link_length, len(text)),
                    sum(map(text.count, _PUNCTUATION)),
                    self.open[-1][0] if self.open else None,
                    self.headings[-1] if self.headings else 0,
                )
            )
        self.words = []
        self.link_length = 0


def _is_link(element: HtmlElement) -> bool:
    """Return whether an ``<a>`` is a link: one that was never closed holds the rest of the page."""
    if element.get("href") is None:
        return False
    if len(element) == 0:
        return True
    length = sentences = 0
    for count, words in enumerate(element.itertext()):
        length += len(words.strip())
        sentences += words.count("。")
        if length > _LINK_LENGTH or sentences > _LINK_SENTENCES or count > _LINK_PARTS:
            return False
    return True


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


def _data_row(row: HtmlElement) -> list[str] | None:
    """Return the cells of a row of data; None when the row lays out the page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return None
    texts = []
    for cell in cells:
        if any(
            True
            for child in cell.iter()
            if child is not cell and child.tag not in _INLINE and child.tag not in ("p", "br")
        ):
            return None
        text = line_of("".join(cell.itertext()))
        if len(text) > _CELL_LENGTH:
            return None
        if text:
            texts.append(text)
    return texts


def classes_of(element: HtmlElement) -> str:
    """Return the class and id of an element, as one lower-case string."""
    return f"{element.get('class', '')} {element.get('id', '')}".lower()


def ancestors_of(element: HtmlElement, limit: int = 40) -> Iterator[HtmlElement]:
    """Yield an element and those around it, from the inside, at most ``limit``."""
    while element is not None and limit:
        yield element
        element = element.getparent()
        limit -= 1


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
