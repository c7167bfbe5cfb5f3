"""Which texts are compared: a rule on two sketches and on how many texts hold a shingle, never on who came first.

A shingle that more than ``CROWD`` texts hold is *crowded*: a stock phrase, a site's template. It says nothing
of a pair, or every weather report would be compared with every other. But all shingles of a text that hundreds
reprint are crowded, so two sketches that are nearly one are always compared.

How an index finds all pairs of the rule without reading the postings of crowded shingles: two sketches that
share at least c numbers share one of any ``len(sketch) - c + 1`` of them (``to_read``). A text with fewer
crowded shingles than c therefore needs none of them.
"""

from __future__ import annotations

from math import ceil

CROWD = 256
"""Texts. The postings of one lookup are at most 50 x 256; a text that more outlets reprint with edits is met
by the second rule."""

_COPY_RATIO = 0.6
"""Of the larger sketch. Template notices share .3 to .6 of theirs, copies of one text .8 and more."""

_TELLING = 2
_SMALL_SKETCH = 6
"""Numbers. A teaser of one sentence has no more; one number must do."""


def may_match(*, telling: int, shared: int, size_a: int, size_b: int) -> bool:
    """Return whether two texts are to be compared.

    ``shared`` is how many numbers their sketches (of ``size_a`` and ``size_b`` numbers) have in common, and
    ``telling`` how many of those are not crowded.

    >>> may_match(telling=2, shared=9, size_a=50, size_b=70)
    True
    >>> may_match(telling=0, shared=25, size_a=50, size_b=52)
    False
    """
    needed = 1 if min(size_a, size_b) < _SMALL_SKETCH else _TELLING
    return telling >= needed or (shared > 0 and shared >= shared_by_copies(max(size_a, size_b)))


def shared_by_copies(size: int) -> int:
    """Return how many numbers a sketch of ``size`` shares at least with that of a copy of its text."""
    return ceil(_COPY_RATIO * size)


def to_read(*, size: int, crowded: int) -> int:
    """Return of how many crowded shingles the postings must be read so that no copy is missed.

    >>> to_read(size=50, crowded=12), to_read(size=50, crowded=50)
    (0, 21)
    """
    return max(0, crowded - shared_by_copies(size) + 1)
