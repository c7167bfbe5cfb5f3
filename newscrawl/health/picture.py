"""A small picture of what the days brought."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"


def sparkline(counts: Sequence[int]) -> str:
    """Return one character a day: a dot for none, else a bar, the highest for the most.

    >>> sparkline([0, 1, 2, 8, 4, 0])
    '·▁▂█▄·'
    """
    most = max(counts, default=0)
    return "".join(_BARS[(count * len(_BARS) - 1) // most] if count else "·" for count in counts)
