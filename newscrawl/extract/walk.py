"""A tree to its lines: one walk without recursion, linear in the elements, however deep they nest."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.blocks import Block, Box, Lines, line_of
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
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


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
