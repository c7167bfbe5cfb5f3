"""Rule: what the site's other pages show to be none of this article, in the site's history.

A line that stands on several pages is the template's; a tail of lines that are headlines of other articles
is a list of them, heading or not. One page alone shows neither, so without a history nothing is found.
"""

from __future__ import annotations

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, line_span
from newscrawl.text.comparing import comparing_form

LINE_LENGTH = 240
"""Characters of a line that is looked at; a longer one is nobody's template and no headline."""
TITLES_NEEDED = 2
FORM_LENGTH = 6
"""Characters of a comparing form that is no chance."""


def find(draft: Draft) -> Findings:
    """Return the lines that the site's history knows."""
    history = draft.history
    if not history.headlines and not history.boilerplate:
        return NOTHING
    forms = [comparing_form(line.text) if len(line.text) <= LINE_LENGTH else "" for line in draft.lines]
    spans = [
        line_span(draft, line, "stands on several pages of the site")
        for line, form in zip(draft.lines, forms, strict=True)
        if len(form) >= FORM_LENGTH and form in history.boilerplate
    ]
    own = comparing_form(draft.headline or "")
    titles = []
    for line, form in zip(reversed(draft.lines), reversed(forms), strict=True):
        if form in history.headlines and len(form) >= FORM_LENGTH and form != own:
            titles.append(line)
        elif form and form not in history.boilerplate:
            break  # a headline within the text may head its own part of a digest
    if len(titles) >= TITLES_NEEDED:
        spans += [line_span(draft, line, "headline of another article") for line in titles]
    return Findings(tuple(spans)) if 0 < len(spans) < len(draft.lines) else NOTHING


RULE = Rule("known_line", find)
