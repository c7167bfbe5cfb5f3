"""Rule: lines that only say the headline again.

Seed 000 prints its headline three times: as the title, as the heading, and glued to the lead.
A short headline (快讯, 天气预报) may be said again for good reason further down, so it counts at the top only; and
between two paragraphs the headline is a heading of a chapter, as on one of 63 annotated pages.
"""

from __future__ import annotations

from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, line_span
from newscrawl.repair.tails import ends_statement
from newscrawl.text.comparing import comparing_form

ANYWHERE_LENGTH = 10
"""Characters in the comparing form from which a headline is not said twice by chance."""
TOP_LINES = 3
PARAGRAPH = 32
"""Characters of a line that is a paragraph, given that it ends in a full stop."""


def find(draft: Draft) -> Findings:
    """Return the lines that repeat the headline."""
    form = comparing_form(draft.headline or "")
    if not form:
        return NOTHING
    lines = draft.lines if len(form) >= ANYWHERE_LENGTH else draft.lines[:TOP_LINES]
    if len(draft.lines) < 2:
        return NOTHING  # the headline is all that there is
    # A line in another punctuation is longer or shorter, never by more than half.
    near = range(len(form), len(draft.headline or "") * 3 // 2 + 4)
    alike = [line for line in lines if len(line.text) in near and comparing_form(line.text) == form]
    if not alike:
        return NOTHING
    prose = [line.start for line in draft.lines if _is_paragraph(line)]
    repeats = [line for line in alike if not (prose and prose[0] < line.start < prose[-1])]
    if not repeats or len(repeats) == len(draft.lines):
        return NOTHING
    return Findings(tuple(line_span(draft, line) for line in repeats), flags=frozenset({"headline_repeated"}))


def _is_paragraph(line: Line) -> bool:
    return len(line.text) > PARAGRAPH and ends_statement(line.text)


RULE = Rule("headline_repeat", find)
