"""The difference of two members of a story, word by word, as a reader is shown it.

Paragraphs are aligned first, so that one that was moved or added does not spoil the rest; in a paragraph that
changed, figures and Latin words stay whole and a single hanzi between two changes counts as changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SpanKind = Literal["equal", "deleted", "inserted"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.", re.DOTALL)
_MAX_SHOWN = 100_000
"""Characters of each text that are looked at; what follows is left out of the difference."""

_MAX_PARAGRAPHS = 1_000
"""What follows is taken for one."""

_MAX_TOKENS = 2_000
"""Tokens of a changed passage, on both sides together: a longer one is shown deleted and inserted as a whole."""

_ISLAND = 1
"""Characters between two changes that are no common word."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text that both have, or that only the first (``deleted``) or the second has (``inserted``)."""

    kind: SpanKind
    text: str


def word_diff(ours: str, theirs: str) -> tuple[Span, ...]:
    """Return the spans that lead from one text to the other, in order.

    >>> [(s.kind, s.text) for s in word_diff("共有儿童1035名。", "共有儿童1053名。")]
    [('equal', '共有儿童'), ('deleted', '1035'), ('inserted', '1053'), ('equal', '名。')]
    """
    left, right = _paragraphs(ours), _paragraphs(theirs)
    spans: list[Span] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
        if tag == "equal":
            spans.append(Span("equal", "".join(left[a:b])))
        else:
            spans += _in_passage("".join(left[a:b]), "".join(right[c:d]))
    return tuple(_merged(spans))


def _paragraphs(text: str) -> list[str]:
    lines = text[:_MAX_SHOWN].splitlines(keepends=True)
    return [*lines[:_MAX_PARAGRAPHS], *filter(None, ["".join(lines[_MAX_PARAGRAPHS:])])]


def _in_passage(ours: str, theirs: str) -> Iterator[Span]:
    left, right = _TOKEN.findall(ours), _TOKEN.findall(theirs)
    if not left or not right or len(left) + len(right) > _MAX_TOKENS:
        yield from (Span("deleted", ours), Span("inserted", theirs))
        return
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(codes):
        kept = "".join(left[a:b])
        if tag == "equal" and (len(kept) > _ISLAND or place in (0, len(codes) - 1)):
            yield Span("equal", kept)
        else:
            yield from (Span("deleted", kept), Span("inserted", "".join(right[c:d])))


def _merged(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans with neighbours joined, between two equal ones at most one deleted and one inserted."""
    deleted = inserted = equal = ""
    for span in [*spans, Span("equal", "")]:
        if span.kind == "deleted":
            deleted += span.text
        elif span.kind == "inserted":
            inserted += span.text
        if (span.kind != "equal" and span.text) and equal:
            yield Span("equal", equal)
            equal = ""
        if span.kind == "equal":
            if deleted:
                yield Span("deleted", deleted)
            if inserted:
                yield Span("inserted", inserted)
            deleted = inserted = ""
            equal += span.text
    if equal:
        yield Span("equal", equal)
