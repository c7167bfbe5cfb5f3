"""Rule: the headline line moves out of the text.

In a seed file the first line is the headline, and an extraction often has it once more on top of the text
(40 of 126 measured pages). A first line that is a paragraph, a byline or a dateline is no headline; then the
text has none, unless another rule recovers one.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, line_span
from newscrawl.repair.tails import LONG_LINE, ends_statement
from newscrawl.text.comparing import comparing_form
from newscrawl.text.credits import is_credit_line

HEADLINE_LENGTHS = range(4, 81)
"""Characters of a headline; the longest of 63 annotated ones has 57."""
TOP_LINES = 4
"""A headline that is known apart is looked for in so many lines from the top: crumbs and a date may precede."""

_MAY_BE_CREDIT = re.compile("[:/|者员員编編源题題]")
_NO_HEADLINE = re.compile(
    r"""[。;,、:]["”』」)]?$                     # a paragraph, a clause, a label
      | ^.{0,40}\d{1,2}月\d{1,2}日(?:讯|电|消息)   # a dateline
      | ^(?:本报|本网|本台|新华社)[^,。]{0,20}[讯电]
      | ^[\d\s:/年月日.-]+$                       # a stamp
      | ^[^\w“《【\[(「『"'<‘]""",  # debris
    re.VERBOSE,
)


def find(draft: Draft) -> Findings:
    """Return the line that holds the headline, and the headline."""
    lines = [line for line in islice(draft.lines, TOP_LINES) if line.text]
    if draft.headline:
        form = comparing_form(draft.headline)
        for line in takewhile(_is_above_the_lead, lines):
            if form and len(line.text) <= 2 * len(draft.headline) and comparing_form(line.text) == form:
                return Findings((line_span(draft, line),))
        return NOTHING
    if len(lines) > 1 and is_headline_like(lines[0].text):
        return Findings((line_span(draft, lines[0]),), headline=lines[0].text)
    return NOTHING


def _is_above_the_lead(line: Line) -> bool:
    return len(line.text) <= LONG_LINE or not ends_statement(line.text)


def is_headline_like(line: str) -> bool:
    """Return whether a line at the top of a text can be its headline.

    >>> is_headline_like("临沂市孤困儿童保障标准“四连升”"), is_headline_like("实习记者 徐畅")
    (True, False)
    """
    return (
        len(line) in HEADLINE_LENGTHS
        and not _NO_HEADLINE.search(line)
        and not (_MAY_BE_CREDIT.search(line) and is_credit_line(line))
    )


RULE = Rule("headline", find)
