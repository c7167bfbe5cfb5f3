"""Rule: lists of other articles that are told by their stamps, as in seed 004 (21 entries, 6 bare stamps).

A line that is only a date, several times within a few lines, with cut-off titles and teasers between:
that is a list without a heading. A chronicle has full sentences between its dates and is left alone.

The clocks of such stamps are not believed: in seed 004 all of them are minutes and seconds (``29:32``), an
i:s where H:i was meant; several look possible and are wrong all the same. The day is right.

If one teaser begins as the text itself does, the entry is the article's own: its title is the headline, where
none is known, and its day the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from newscrawl.items import Metadata
from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, Span
from newscrawl.repair.headline import HEADLINE_LENGTHS
from newscrawl.repair.tails import LONG_LINE, ends_statement
from newscrawl.text.comparing import comparing_form
from newscrawl.text.credits import is_credit_line

STAMPS_NEEDED = 2
STAMP_DISTANCE = 4
"""Lines from one stamp to the next: a title, a teaser and a source at most between them."""
ENTRY_LINES = 2
"""Lines before the first stamp that can belong to its entry: title and teaser."""
STATEMENT_RATIO = 0.34
"""Share of lines with a full stop up to which what stands between stamps is titles and teasers."""
TEASER_LENGTH = 12
"""Characters of a teaser, in the comparing form, that show whose teaser it is."""
STAMP_LENGTH = 30

_STAMP = re.compile(
    r"""(?:发布(?:时间|于)?|时间|日期)?[:\s]*
    (?P<year>(?:19|20)?\d\d)\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?
    (?:[T\s]*\d{1,2}:\d{1,2}(?::\d{1,2})?)?""",
    re.VERBOSE,
)


class Entry(NamedTuple):
    """One entry of a list: the lines before its stamp, and the day of the stamp."""

    lines: tuple[Line, ...]
    day: date | None


def find(draft: Draft) -> Findings:
    """Return the stamp lists, and what the article's own entry tells."""
    stamps = [index for index, line in draft.short_lines if _is_stamp(line.text)]
    if len(stamps) < STAMPS_NEEDED:
        return NOTHING
    groups = [group for group in _groups(stamps) if _is_list(draft.lines, group)]
    spans, entries = [], []
    for group in groups:
        first = _first_line(draft.lines, group)
        if first == 0:
            continue  # nothing would be left of the text above it
        last = draft.lines[group[-1]]
        spans.append(Span(draft.lines[first].start - 1, last.end, "list of stamped entries"))
        entries += _entries(draft.lines, first, group)
    if not spans:
        return NOTHING
    return _with_own_entry(draft, tuple(spans), entries)


def day_of(stamp: str) -> date | None:
    """Return the day that a stamp line names, None for any other line and for impossible days.

    >>> day_of("23年08月10日 29:32"), day_of("2023-08-10 18:25"), day_of("8月9日,临沂市召开发布会")
    (datetime.date(2023, 8, 10), datetime.date(2023, 8, 10), None)
    """
    match = _STAMP.fullmatch(stamp)
    if match is None:
        return None
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _is_stamp(text: str) -> bool:
    return (
        6 <= len(text) <= STAMP_LENGTH and text[-1] in "0123456789日" and _STAMP.fullmatch(text) is not None
    )


def _groups(stamps: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for index in stamps:
        if groups and index - groups[-1][-1] <= STAMP_DISTANCE:
            groups[-1].append(index)
        else:
            groups.append([index])
    return [group for group in groups if len(group) >= STAMPS_NEEDED]


def _is_list(lines: Sequence[Line], group: Sequence[int]) -> bool:
    stamps = set(group)
    between = [lines[index].text for index in range(group[0], group[-1]) if index not in stamps]
    if any(len(text) > LONG_LINE for text in between):
        return False
    return sum(map(ends_statement, between)) <= STATEMENT_RATIO * len(between)


def _first_line(lines: Sequence[Line], group: Sequence[int]) -> int:
    """Return the index of the first line of the first entry: titles and teasers have no full stop."""
    first = group[0]
    while first and group[0] - first < ENTRY_LINES and _in_entry(lines[first - 1].text):
        first -= 1
    return first


def _in_entry(text: str) -> bool:
    return (
        len(text) <= LONG_LINE
        and not ends_statement(text)
        and text[-1:] not in ":)” "
        and not is_credit_line(text)
    )


def _entries(lines: Sequence[Line], first: int, group: Sequence[int]) -> list[Entry]:
    found, begin = [], first
    for stamp in group:
        found.append(Entry(tuple(lines[begin:stamp]), day_of(lines[stamp].text)))
        begin = stamp + 1
    return found


def _with_own_entry(draft: Draft, spans: tuple[Span, ...], entries: Sequence[Entry]) -> Findings:
    own = _own_entry(draft, entries)
    if own is None:
        return Findings(spans)
    title = own.lines[0].text
    metadata: Metadata | None = None
    if own.day and draft.metadata.date_published is None:
        raw = "\n".join(line.text for line in own.lines)
        metadata = draft.metadata.with_found("date_published", own.day, raw=raw, where="related list")
    if draft.headline or len(title) not in HEADLINE_LENGTHS:
        return Findings(spans, metadata=metadata)
    return Findings(spans, headline=title, metadata=metadata, flags=frozenset({"headline_recovered"}))


def _own_entry(draft: Draft, entries: Sequence[Entry]) -> Entry | None:
    """Return the entry of the article itself: its teaser begins as the text does, or its title is the headline."""
    opening = comparing_form(draft.text[: 4 * LONG_LINE])
    headline = comparing_form(draft.headline or "")
    for entry in entries:
        if len(entry.lines) < ENTRY_LINES:
            continue
        title, teaser = (comparing_form(line.text) for line in entry.lines[:2])
        if headline and title == headline:
            return entry
        if len(teaser) >= TEASER_LENGTH and opening.startswith(teaser):
            return entry
    return None


RULE = Rule("stamp_list", find)
