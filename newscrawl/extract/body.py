"""A body as lines of the page: a span, and the lines of it that are left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from newscrawl.extract.blocks import Lines
from newscrawl.extract.debris import is_prose, is_tail_heading, value_of
from newscrawl.extract.headline import headline_key


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
    listed: tuple[bool, ...]
    """Lines of which more than half stands in links."""

    def of_span(self, start: int, end: int) -> float:
        """Return the worth of the lines ``start:end``."""
        return self.sums[end] - self.sums[start]


def values_of(lines: Lines, headline: str | None = None) -> Values:
    """Return what every line is worth; a repeated headline is worth nothing, whatever its punctuation."""
    key = headline_key(headline or "")
    single, prose = [], []
    for block in lines.blocks:
        repeated = (
            bool(key) and len(block.text) <= 2 * len(headline or "") and headline_key(block.text) == key
        )
        single.append(-1.0 if repeated else value_of(block))
        prose.append(not repeated and is_prose(block))
    tails = tuple(is_tail_heading(block.text) for block in lines.blocks)
    listed = tuple(block.link_length * 2 > len(block.text) for block in lines.blocks)
    return Values(tuple(single), tuple(accumulate(single, initial=0.0)), tuple(prose), tails, listed)
