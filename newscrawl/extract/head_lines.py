"""The lines about a headline, where a page says when, where and by whom an article was published."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.extract.blocks import line_of, place_of
from newscrawl.extract.view import View

_BEFORE, _AFTER = (
    8,
    16,
)  # lines; breadcrumbs and sharing stand between the headline and the date on real pages
_LENGTH = 300  # characters


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line about the headline."""

    index: int
    text: str
    parts: str
    """The text with a blank between its inline elements: ``来源:大众网 分享到`` where the text has ``来源:大众网分享到``."""
    place: str
    """The element it stands in, ``div.info``."""
    is_before: bool
    """Whether it stands before the headline, or no line shows one: the clock of the page's header may stand there."""
    is_linked: bool
    """Whether most of it is links."""


def head_lines_of(view: View, headline_line: int, first_line: int) -> tuple[HeadLine, ...]:
    """Return the lines from the headline to the body, then those before it, nearest first."""
    anchor = headline_line if 0 <= headline_line < first_line else max(-1, first_line - _AFTER)
    behind = range(anchor + 1, min(first_line, anchor + 1 + _AFTER))
    before = range(anchor - 1, max(-1, anchor - 1 - _BEFORE), -1) if headline_line >= 0 else range(0)
    return tuple(
        _head_line(view, index, index < anchor or headline_line < 0)
        for index in (*behind, *before)
        if len(view.lines.blocks[index].text) <= _LENGTH
    )


def _head_line(view: View, index: int, is_before: bool) -> HeadLine:
    block = view.lines.blocks[index]
    return HeadLine(
        index,
        block.text,
        parts_of(view, index),
        place_of(block.element),
        is_before,
        block.link_length * 2 > len(block.text),
    )


def parts_of(view: View, index: int) -> str:
    """Return a line with a blank between its inline elements; as it stands when its element has other lines too."""
    block = view.lines.blocks[index]
    box = view.boxes.get(block.element)
    if box is None or (box.start, box.end) != (index, index + 1):
        return block.text
    parts = line_of(" ".join(block.element.itertext()))
    same = "".join(parts.split()) == "".join(block.text.split())
    return parts if same else block.text  # a hidden part, or a script, is no part of the line
