"""The second copy of a body, also where the two copies are not quite the same.

Looked for only where the text's beginning comes again: the opening of one of its first paragraphs stands in a
later line. From there the lines of both copies are matched in order, each with the nearest ones of the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from newscrawl.repair.draft import Line

OPENING = 14
"""Characters that a paragraph and its copy begin with alike."""
OPENINGS = 3
"""Paragraphs at the top whose openings are looked for."""
PARAGRAPH = 24
SIMILARITY = 0.8
"""Share of 3-grams that two copies of a line have in common."""
WINDOW = 3
"""Lines around the expected one in which a line's copy is looked for."""
COVERED = 0.6
"""Share of the first copy that the second must have."""
OWN = 0.8
"""Share of the second copy that must come from the first."""

_DIGITS = re.compile(r"\d+")


class Copy(NamedTuple):
    """The copy that is to go."""

    lines: tuple[Line, ...]
    original: int
    """Index of the line at which the first copy begins."""


def find_copies(lines: Sequence[Line]) -> Copy | None:
    """Return the worse of two copies of a body that differ, None when there is one only."""
    found = _second_start(lines)
    if found is None:
        return None
    original, start = found
    pairs = _matched(lines, original, start)
    same = sum(len(lines[second].text) for _, second in pairs)
    first_size = lines[start].start - lines[original].start
    last = pairs[-1][1] if pairs else start
    second_size = lines[last].end - lines[start].start
    if same < COVERED * first_size or same < OWN * second_size:
        return None
    side = 1 if _is_better(lines, pairs) else 0
    return Copy(tuple(lines[pair[1 - side]] for pair in pairs), original)


def _second_start(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return where both copies begin."""
    tops = [index for index, line in enumerate(lines[:12]) if len(line.text) >= PARAGRAPH][:OPENINGS]
    openings = {lines[index].text[:OPENING]: index for index in reversed(tops)}
    for index, line in enumerate(lines):
        top = openings.get(line.text[:OPENING])
        if top is not None and index > top and _is_copy(lines[top].text, line.text):
            return top, index
    return None


def _matched(lines: Sequence[Line], original: int, start: int) -> list[tuple[int, int]]:
    """Return the pairs of lines (first copy, second copy), in order."""
    pairs: list[tuple[int, int]] = []
    expected = original
    misses = 0
    for second in range(start, len(lines)):
        window = range(expected, min(expected + WINDOW, start))
        first = next((i for i in window if _is_copy(lines[i].text, lines[second].text)), None)
        if first is None:
            misses += 1
            if misses > WINDOW:
                break
            continue
        misses = 0
        pairs.append((first, second))
        expected = first + 1
    return pairs


def _is_copy(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) < 0.5 * max(len(a), len(b)) or _DIGITS.findall(a) != _DIGITS.findall(b):
        return False
    first, second = _grams(a), _grams(b)
    return (first & second).total() >= SIMILARITY * min(first.total(), second.total())


def _grams(text: str) -> Counter[str]:
    return Counter(text[place : place + 3] for place in range(max(1, len(text) - 2)))


def _is_better(lines: Sequence[Line], pairs: Sequence[tuple[int, int]]) -> bool:
    """Return whether the second copy says more in the lines that both have."""
    return sum(len(lines[b].text) - len(lines[a].text) for a, b in pairs) > 0
