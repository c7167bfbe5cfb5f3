"""What follows a line to the end of the text: how many lines, how many of them prose.

A heading such as 相关推荐 ends an article only where a list follows, so every rule that cuts to the end asks first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from newscrawl.repair.draft import Line
from newscrawl.text.characters import CLOSERS

LONG_LINE = 80
"""Characters from which a line is a paragraph: titles have 40 at most, teasers are cut at 30 to 60."""


class Tail(NamedTuple):
    """The lines from one line to the end of a text, counted."""

    lines: int
    long: int
    """Lines of more than ``LONG_LINE`` characters."""
    sentences: int
    """Lines that end in a full stop; a title may end in ? or !, a teaser ends in the middle of a word."""
    marks: int
    """Lines that a given pattern is found in."""


def tails_of(lines: Sequence[Line], mark: re.Pattern[str] | None = None) -> tuple[Tail, ...]:
    """Return the tail that begins at each line, counted from the end in one go."""
    tails: list[Tail] = []
    tail = Tail(0, 0, 0, 0)
    for line in reversed(lines):
        text = line.text
        long = len(text) > LONG_LINE
        tail = Tail(
            tail.lines + 1,
            tail.long + long,
            tail.sentences + ends_statement(text),
            tail.marks + bool(mark and not long and mark.search(text)),
        )
        tails.append(tail)
    return tuple(reversed(tails))


def ends_statement(text: str) -> bool:
    """Return whether a line ends in a full stop or a semicolon, closing quotes and brackets allowed after it.

    >>> ends_statement("各项工作有序推进。"), ends_statement("高铁信息10元一条?")
    (True, False)
    """
    end = len(text)
    while end and text[end - 1] in CLOSERS:
        end -= 1
    return end > 0 and text[end - 1] in "。;；"
