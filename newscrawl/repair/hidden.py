"""Rule: characters that nobody sees: zero width, controls, variation selectors, tags, blanks of other scripts.

Seen: 215 raw C0 controls on one farm page, U+200B and U+FEFF on most portals, variation selectors and tags from
watermarking plugins (U+FE00-FE0F, U+E0100-E01EF). In 1,352 clean documents there were none. Joiners stay
where a script or an emoji needs them.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span
from newscrawl.text.characters import INVISIBLE

_INVISIBLE = re.compile(f"[{INVISIBLE}\u1680]")
_RUN = re.compile(f"[{INVISIBLE}\u1680]+")
_NEEDED = re.compile(
    "(?<=[\u2190-\u2bff\U0001f000-\U0001faff#*0-9\u00a9\u00ae])\ufe0f\u20e3?"  # emoji presentation, keycaps
    "|(?<=[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])"  # emoji joined
    "|(?<=[\u0600-\u0dff\u0f00-\u1fff])[\u200c\u200d](?=[\u0600-\u0dff\u0f00-\u1fff])"  # Persian, Hindi, Mongolian
    "|(?<=[\u1800-\u18af])[\u180b-\u180f]"
    "|(?<=\U0001f3f4)[\U000e0020-\U000e007f]+"  # flags of regions
)


def find(draft: Draft) -> Findings:
    """Return the runs of characters that nobody sees."""
    if not any(map(_INVISIBLE.match, draft.unusual)):
        return NOTHING
    text = draft.text
    needed = {place for match in _NEEDED.finditer(text) for place in range(*match.span())}
    spans = []
    for run in _RUN.finditer(text):
        kept = [place for place in range(*run.span()) if place in needed]
        start = run.start()
        for place in (*kept, run.end()):
            spans.append(Span(start, place, _names(text[start:place])))
            start = place + 1
    return Findings(tuple(span for span in spans if span.start < span.end))


def _names(run: str) -> str:
    """Return the code points of a run, each once: what was cut cannot be seen."""
    return " ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(run[:8]))


RULE = Rule("hidden_characters", find)
