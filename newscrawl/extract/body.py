"""A body as lines of the page: a span, and the lines of it that are left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from newscrawl.extract.blocks import Lines
from newscrawl.extract.debris import is_prose, is_tail_heading, value_of


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
    """What the lines of a page are worth, with running sums: the worth of any span in one step."""

    single: tuple[float, ...]
    sums: tuple[float, ...]
    prose: tuple[bool, ...]
    tails: tuple[bool, ...]

    def of_span(self, start: int, end: int) -> float:
        """Return the worth of the lines ``start:end``."""
        return self.sums[end] - self.sums[start]


def values_of(lines: Lines) -> Values:
    """Return what every line is worth."""
    single = tuple(value_of(block) for block in lines.blocks)
    return Values(
        single,
        tuple(accumulate(single, initial=0.0)),
        tuple(is_prose(block) for block in lines.blocks),
        tuple(is_tail_heading(block.text) for block in lines.blocks),
    )
