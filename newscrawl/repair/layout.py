"""Rules: what a text in the seed format does not have — other line ends, tabs, empty lines, blanks at line ends.

NFKC has turned the ideographic space that Chinese paragraphs are indented with into two plain blanks, so
nearly every page has some. A break that is no line feed becomes one, a tab becomes a blank (it may part two
words); both stand in the account with what was there.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span
from newscrawl.text.characters import LINE_BREAKS

_BREAK = re.compile(rf"\r\n|[{LINE_BREAKS}]")
_FOUND = frozenset(f"\t{LINE_BREAKS}")
_BLANKS = re.compile(r"(?<![ \n])[ \n]+")  # whole runs only, so that no run is looked at twice


def find_breaks(draft: Draft) -> Findings:
    """Return the line breaks other than LF and the tabs, each with what is to stand in its place."""
    text = draft.text
    if not _FOUND & draft.unusual:
        return NOTHING
    spans = [Span(at, at + 1, "tab", " ") for at in _places(text, "\t")]
    for match in _BREAK.finditer(text):
        if match.group() == "\r\n":
            spans.append(Span(match.start(), match.start() + 1, "carriage return"))
        else:
            spans.append(Span(match.start(), match.end(), "line break", "\n"))
    return Findings(tuple(spans))


def find_empty(draft: Draft) -> Findings:
    """Return the empty lines and the blanks at both ends of lines."""
    text = draft.text
    if not ("\n\n" in text or " \n" in text or "\n " in text or text[:1] in "\n " or text[-1:] in "\n "):
        return NOTHING
    spans = []
    for match in _BLANKS.finditer(text):
        run, (start, end) = match.group(), match.span()
        if start == 0 or end == len(text):
            spans.append(Span(start, end))
        elif "\n" in run:
            feed = start + run.index("\n")  # the one line feed that stays
            spans += [Span(start, feed), Span(feed + 1, end)]
    return Findings(tuple(span for span in spans if span.start < span.end))


def _places(text: str, character: str) -> list[int]:
    return [at.start() for at in re.finditer(character, text)] if character in text else []


BREAKS = Rule("line_breaks", find_breaks)
EMPTY = Rule("empty_lines", find_empty)
