"""Rule: blanks or symbols that were put between single hanzi (气 象 灾 害, 气*象*灾*害).

Seen on scraped copies that hide from search. A heading may be spaced (目 录) and names may be masked (李*明), so the
spaced runs must be long and a good part of the text. Of 1,352 clean documents one has that many blanks, and
seven have symbols, all below 4.2 per 1000 characters.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from newscrawl.repair.draft import Draft, Findings, Rule, Span
from newscrawl.text.characters import HANZI

RUN_RATIO = 0.05
"""Share of the text's characters that stands in spaced runs."""
RUNS_LENGTH = 12
"""Hanzi in spaced runs, all together, from which the share counts."""
SYMBOLS_PER_1000 = 5.0
SYMBOLS_NEEDED = 5
SYMBOL_RATIO = 0.6
"""Share of all its places at which a symbol stands between hanzi, if that is what it was put in for."""

_HINT = re.compile(rf" [{HANZI}](?= [{HANZI}])")  # begins with a literal, so that the search is quick
_SPACED = re.compile(
    rf"(?<![{HANZI}])[{HANZI}](?: [{HANZI}](?![{HANZI}])){{3,}}"
    rf"|(?<=[{HANZI}] )[{HANZI}](?: [{HANZI}](?![{HANZI}])){{3,}}"
)
_SYMBOL = re.compile(rf"[*_~^丨|&#=+](?=[{HANZI}])")
_LONG_RUN = 8
"""Characters of a run that is no masked name and no pair of words."""


def find(draft: Draft) -> Findings:
    """Return the blanks and symbols, if there is a system in them."""
    return Findings((*_blanks(draft.text), *_symbols(draft.text)))


def _blanks(text: str) -> tuple[Span, ...]:
    if len(list(islice(_HINT.finditer(text), RUNS_LENGTH // 2))) < RUNS_LENGTH // 2:
        return ()
    runs = list(_SPACED.finditer(text))
    hanzi = sum((run.end() - run.start() + 1) // 2 for run in runs)
    if hanzi < RUNS_LENGTH or 2 * hanzi < RUN_RATIO * len(text):
        return ()
    places = (place for run in runs for place in range(run.start() + 1, run.end(), 2))
    return tuple(Span(place, place + 1, "between single hanzi") for place in places)


def _symbols(text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for symbol, count in Counter(_SYMBOL.findall(text)).items():
        if count < SYMBOLS_NEEDED or count * 1000 < SYMBOLS_PER_1000 * len(text):
            continue
        between = re.compile(rf"[{HANZI}]+(?:{re.escape(symbol)}[{HANZI}]+)+")
        runs = [run for run in between.finditer(text) if len(run.group()) >= _LONG_RUN]
        found = [place for run in runs for place in range(*run.span()) if text[place] == symbol]
        if len(found) >= SYMBOLS_NEEDED and len(found) >= SYMBOL_RATIO * text.count(symbol):
            spans += [Span(place, place + 1, f"{symbol} between hanzi") for place in found]
    return tuple(spans)


RULE = Rule("spaced_hanzi", find)
