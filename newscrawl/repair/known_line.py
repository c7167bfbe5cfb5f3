"""Rule: what the site's other pages show to be none of this article, in the site's history.

A line that stands on several pages is the template's; a tail of lines that are headlines of other articles
is a list of them, heading or not. One page alone shows neither, so without a history nothing is found.
"""

from __future__ import annotations

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, line_span
from newscrawl.text.comparing import comparing_form

TITLE_LENGTH = 60
TITLES_NEEDED = 2
FORM_LENGTH = 6
"""Characters of a comparing form that is no chance."""


def find(draft: Draft) -> Findings:
    """Return the lines that the site's history knows."""
    history = draft.history
    if not history.headlines and not history.boilerplate:
        return NOTHING
    spans, titles = [], []
    own = comparing_form(draft.headline or "")
    for line in draft.lines:
        form = comparing_form(line.text) if len(line.text) <= 4 * TITLE_LENGTH else ""
        if len(form) < FORM_LENGTH or form == own:
            continue
        if form in history.boilerplate:
            spans.append(line_span(draft, line, "stands on several pages of the site"))
        elif len(line.text) <= TITLE_LENGTH and form in history.headlines:
            titles.append(line)
    if len(titles) >= TITLES_NEEDED:
        spans += [line_span(draft, line, "headline of another article") for line in titles]
    return Findings(tuple(spans)) if 0 < len(spans) < len(draft.lines) else NOTHING


RULE = Rule("known_line", find)
