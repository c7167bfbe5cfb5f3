"""Rule: a body, or a part of it, that is printed again, as in seed 000 (1,330 hanzi, twice).

Lines are compared as they stand, after pinyin and glued headlines are gone. One line may be a refrain; a run of
lines, or a paragraph of 40 characters, is not. On 1,298 clean transcripts one document changed, and that
was a true repeat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, line_span

LONG_LINE = 40
"""Characters of a line that nobody writes twice."""
BLOCK_LENGTH = 60
"""Characters of a run of lines that nobody writes twice."""
BODY_RATIO = 0.5
"""Share of the text kept that makes a repeated part the body."""


def find(draft: Draft) -> Findings:
    """Return the lines that were there before, in runs that are long enough."""
    texts = [line.text for line in draft.lines]
    if len(set(texts)) == len(texts):
        return NOTHING
    again = [line for run in _runs(texts) for line in _worth(draft.lines[run.start : run.stop])]
    if not again:
        return NOTHING
    size = sum(len(line.text) for line in again)
    body = size >= BODY_RATIO * (len(draft.text) - size)
    return Findings(
        tuple(line_span(draft, line, "printed above") for line in again),
        flags=frozenset({"body_repeated" if body else "lines_repeated"}),
    )


def _runs(texts: Sequence[str]) -> Iterator[range]:
    """Yield the runs of lines that follow each other as they did before."""
    first: dict[str, int] = {}
    start, expected = 0, -1
    for index, text in enumerate(texts):
        seen = first.setdefault(text, index) if text else -1
        if seen == index:
            seen = -1
        if expected >= 0 and seen != expected:
            yield range(start, index)
            expected = -1
        if seen >= 0:
            start = index if expected < 0 else start
            expected = seen + 1
    if expected >= 0:
        yield range(start, len(texts))


def _worth(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines if they are too much to be said twice on purpose, else nothing."""
    longest = max(len(line.text) for line in lines)
    total = sum(len(line.text) for line in lines)
    return lines if longest >= LONG_LINE or (len(lines) > 1 and total >= BLOCK_LENGTH) else ()


RULE = Rule("repeated_body", find)
