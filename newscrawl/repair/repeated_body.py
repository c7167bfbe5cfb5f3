"""Rule: a body that is printed again, as in seed 000 (1,330 hanzi, twice), also with small differences.

Lines are compared as they stand, after pinyin and glued headlines are gone. What is said twice is not always
debris: of 63 annotated pages three have a paragraph twice (one right below itself) and one has code that
repeats, and all four keep them. So a copy must be the text's own beginning again or a large part of it;
anything less is flagged.

Copies that differ (a typo put right, a line cut off) are matched line by line; lines whose digits differ are no
copies: weather and prices are written by template. The better copy stays: the one with more text in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newscrawl.repair.copies import Copy, find_copies
from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, line_span
from newscrawl.text.characters import HANZI

PARAGRAPH = 24
"""Characters of a line that makes a run of lines more than a refrain."""
BLOCK_LENGTH = 60
"""Hanzi in a run of lines that nobody writes twice."""
PART_RATIO = 0.25
"""Share of the text kept from which a repeated part is debris wherever it stands."""
BODY_RATIO = 0.5
"""Share of the text kept that makes a repeated part the body."""
TOP = 2
"""Lines above the first copy at most, for it to be the text's beginning."""
LOOKED_AT = 40
"""Lines of a run in which the hanzi are counted."""

_HANZI = re.compile(f"[{HANZI}]+")


def find(draft: Draft) -> Findings:
    """Return the lines that were there before, in runs that are long enough."""
    lines = draft.lines
    copy = find_copies(lines)
    if copy is not None:
        return _copy_findings(draft, copy)
    texts = [line.text for line in lines]
    if len(set(texts)) == len(texts):
        return NOTHING
    runs = [(lines[run.start : run.stop], first) for run, first in _runs(texts)]
    again = [line for run, first in runs if _is_debris(run, first, lines) for line in run]
    long = any(_is_long(run) for run, _ in runs)
    if not again:
        return Findings(flags=frozenset({"lines_repeated"})) if long else NOTHING
    size = sum(len(line.text) for line in again)
    is_body = size >= BODY_RATIO * (len(draft.text) - size)
    return Findings(
        tuple(line_span(draft, line, "printed above") for line in again),
        flags=frozenset({"body_repeated" if is_body else "lines_repeated"}),
    )


def _copy_findings(draft: Draft, copy: Copy) -> Findings:
    above = copy.lines[0] is draft.lines[copy.original]
    reason = "a better copy stands below" if above else "printed above"
    flags = {"body_repeated"}
    spans = [line_span(draft, line, reason) for line in copy.lines]
    for line, following in pairwise(draft.lines):
        if following is copy.lines[0] and line.text == draft.headline:
            spans.append(line_span(draft, line, "headline of the copy"))
            flags.add("headline_repeated")
    return Findings(tuple(spans), flags=frozenset(flags))


def _runs(texts: Sequence[str]) -> Iterator[tuple[range, int]]:
    """Yield the runs of lines that follow each other as they did before, and where they did."""
    first: dict[str, int] = {}
    start, origin, expected = 0, 0, -1
    for index, text in enumerate(texts):
        seen = first.setdefault(text, index) if text else index
        if expected >= 0 and (seen == index or seen != expected):
            yield range(start, index), origin
            expected = -1
        if seen != index:
            if expected < 0:
                start, origin = index, seen
            expected = seen + 1
    if expected >= 0:
        yield range(start, len(texts)), origin


def _is_long(run: Sequence[Line]) -> bool:
    """Return whether a run of lines is prose, and more of it than is said twice by chance."""
    if max(len(line.text) for line in run) < PARAGRAPH:
        return False
    hanzi = sum(map(len, _HANZI.findall("\n".join(line.text for line in run[:LOOKED_AT]))))
    return hanzi >= min(BLOCK_LENGTH, PARAGRAPH * len(run))


def _is_debris(run: Sequence[Line], first: int, lines: Sequence[Line]) -> bool:
    """Return whether a repeated run is no part of the text as it was written."""
    if not _is_long(run):
        return False
    if first == 0 and run[0] is lines[1]:  # the lead as its own abstract
        return True
    size = run[-1].end - run[0].start
    ratio = size / max(1, lines[-1].end - size)
    if len(run) == 1:
        return ratio >= BODY_RATIO and first <= TOP
    return ratio >= PART_RATIO or (first <= TOP and size >= BLOCK_LENGTH)


RULE = Rule("repeated_body", find)
