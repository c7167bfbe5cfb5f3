"""Rule: an abstract (摘要, 导读) above the text that only says again what a paragraph below it says.

Templates put the page's description there, which is the lead, cut off. An abstract with words of
its own is the writer's and stays.
"""

from __future__ import annotations

import re
from itertools import islice

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, line_span
from newscrawl.text.comparing import comparing_form

TOP_LINES = 3
LOOKED_AT = 8
"""Lines below in which the repeated words are looked for."""
MAX_LENGTH = 400
MIN_LENGTH = 16
"""Characters of an abstract, in the comparing form, that nobody writes twice by chance."""

_LABEL = re.compile(
    r"[\[【(]?\s?(?:摘要|内容摘要|摘 要|导读|核心提示|内容提要|内容简介|提要|导语|简介|描述|文章摘要)\s?[\]】)]?\s?[::]?\s?"
)
_CUT_OFF = ("[查看全文]", "[详细]", "[详情]", "查看全文", "...", "…", ".")


def find(draft: Draft) -> Findings:
    """Return the lines at the top that a line below begins with."""
    lines = draft.lines
    spans = []
    for index, line in enumerate(islice(lines, TOP_LINES)):
        said = said_by(line.text)
        if said is None or not MIN_LENGTH <= len(said) <= MAX_LENGTH:
            continue
        if any(_says(other.text, said) for other in lines[index + 1 : index + 1 + LOOKED_AT]):
            spans.append(line_span(draft, line, "says again what stands below"))
    return Findings(tuple(spans), flags=frozenset({"abstract_repeated"})) if spans else NOTHING


def said_by(line: str) -> str | None:
    """Return the words of an abstract without its label and without what shows that it was cut off.

    None for a line that shows neither.

    >>> said_by("摘要:8月9日,临沂市召开新闻发布会。"), said_by("8月9日,临沂市召开新闻发布会。")
    ('8月9日,临沂市召开新闻发布会。', None)
    """
    label = _LABEL.match(line)
    said = line[label.end() :] if label else line
    for end in _CUT_OFF:
        said = said.rstrip().removesuffix(end)
    return said.rstrip("… .") if label or said != line.rstrip() else None


def _says(paragraph: str, said: str) -> bool:
    if len(paragraph) < len(said) - 4 or said[:6] not in paragraph[: len(said) + 40]:
        return False
    form = comparing_form(said)
    return len(form) >= MIN_LENGTH and form in comparing_form(paragraph)


RULE = Rule("abstract", find)
