"""What a rule is given and what it gives back: a draft in, findings out.

A draft is a text on its way to being repaired; a rule looks at it and names spans of its text, and
what it learnt beside them. Rules never cut: `newscrawl.repair.engine` does, in one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from newscrawl.items import Metadata

SHORT_LINE = 60
_UNUSUAL = re.compile("[^ -~\n\u3001-\u301f\u4e00-\u9fff“”‘’—…·]")


class Line(NamedTuple):
    """One line of a text and where it stands, in code points, without its line feed."""

    start: int
    end: int
    text: str


class Span(NamedTuple):
    """A span of the draft's text that is to go, or that something else is to stand in for."""

    start: int
    end: int
    reason: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class SiteHistory:
    """What is known of the site that a text comes from. A prior, never a proof."""

    injected_count: int = 0
    """Documents of the site that were found to have pinyin injected."""
    headlines: frozenset[str] = field(default=frozenset(), repr=False)
    """Comparing forms of the headlines of the site's other articles."""
    boilerplate: frozenset[str] = field(default=frozenset(), repr=False)
    """Comparing forms of lines that stand on several pages of the site."""


@dataclass(frozen=True)
class Draft:
    """A text in the middle of its repair."""

    text: str = field(repr=False)
    headline: str | None = None
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    flags: frozenset[str] = frozenset()
    history: SiteHistory = SiteHistory()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text, empty ones included."""
        found, start = [], 0
        for text in self.text.split("\n"):
            end = start + len(text)
            found.append(Line(start, end, text))
            start = end + 1
        return tuple(found)

    @cached_property
    def short_lines(self) -> tuple[tuple[int, Line], ...]:
        """The lines of at most ``SHORT_LINE`` characters, each with its index; debris is seldom longer."""
        return tuple((index, line) for index, line in enumerate(self.lines) if len(line.text) <= SHORT_LINE)

    @cached_property
    def unusual(self) -> frozenset[str]:
        """The characters of the text that news seldom has: one look for every rule about single characters."""
        return frozenset(_UNUSUAL.findall(self.text))


@dataclass(frozen=True, slots=True)
class Findings:
    """What one rule found in a draft; an empty one says that the rule has nothing to say."""

    spans: tuple[Span, ...] = ()
    """In any order; where two overlap, the earlier one has the common part."""
    headline: str | None = None
    """A headline that was found, or the one at hand with debris taken out of it."""
    metadata: Metadata | None = None
    """The draft's metadata with what was found."""
    flags: frozenset[str] = frozenset()


NOTHING = Findings()


class Rule(NamedTuple):
    """A rule's name, as it stands in cuts and statistics, and the function that applies it."""

    name: str
    find: Callable[[Draft], Findings]
    cuts: bool = True
    """False for a rule that only looks: it finds flags and metadata, never a span."""


def line_span(draft: Draft, line: Line, reason: str = "") -> Span:
    """Return the span of a whole line with one line feed: the one after it, or before it at the very end."""
    if line.end < len(draft.text):
        return Span(line.start, line.end + 1, reason)
    return Span(max(0, line.start - 1), line.end, reason)
