"""Rule: lines that only say the headline again.

Seed 000 prints its headline three times, real pages up to four times (title, heading, lead, share box).
A short headline (快讯, 天气预报) may be said again for good reason further down, so it counts at the top only.
"""

from __future__ import annotations

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, line_span
from newscrawl.text.comparing import comparing_form

ANYWHERE_LENGTH = 10
"""Characters in the comparing form from which a headline is not said twice by chance."""
TOP_LINES = 3


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
    repeats = [line for line in lines if len(line.text) in near and comparing_form(line.text) == form]
    if not repeats or len(repeats) == len(draft.lines):
        return NOTHING
    return Findings(tuple(line_span(draft, line) for line in repeats), flags=frozenset({"headline_repeated"}))


RULE = Rule("headline_repeat", find)
