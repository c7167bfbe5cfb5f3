"""How often a source has news, and how long it may be quiet before that means something.

The limit is the longest of three: two days; twice the 95th percentile of its gaps over 90 days; and the gap that
chance alone would bring once in five years, were every day like the others.

Simulated over two years with over-dispersed counts, weekends at 40 %, National Day and Spring Festival at 15 %, a
stop at a random day (``python -m tests.benchmarks silence``, 40 sources of each rate), in false alarms a source-year
and days to the alarm:

    articles                30 a day    5 a day     1 a day    2 a week
    7 days                  0.00   7    0.00   7    0.96   6  10.78   5
    twice p95 of 90 days    0.00   2    0.20   4    0.43   9   0.41  22    gaps between days with news
    holidays left out       0.00   2    0.07   4    0.11   8   0.33  21
    30 gaps at least        0.00   2    0.07   4    0.11   8   0.21  22
    chance, too: this       0.00   2    0.07   4    0.03   9   0.07  23

Gaps between articles instead of days make 3.6 false alarms at 5 a day: most of them are minutes.
Not taken: chance alone (as good here), because real sources pause in clusters and the simulation does not;
weekends that weigh less (0.11 at 5 a day, for a day's gain at 2 a week).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from newscrawl.health.calendar import newsroom_days

LEAST_DAYS = 2
"""Nobody is called for less: one day without news happens to everybody."""
PERCENTILE = 0.95
TIMES = 2
WINDOW = timedelta(days=90)
LEAST_GAPS = 30
"""A slow source has 25 gaps in 90 days, too few for a percentile: it is followed further back."""
MEMORY = timedelta(days=400)
"""Nothing older says how a source is today."""
KNOWN_GAPS = 7
"""With fewer gaps a source is too young to be judged."""
ALARMS_BY_CHANCE = 0.2
"""A year, for a source whose every day is like the others: once in five years."""
_YEAR = 350  # newsroom days


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a source had news, and what is usual for it. Gaps are newsroom days from one day with news to the next."""

    last_on: date
    usual_gap: float | None
    """The median; None without any."""
    limit: float | None
    """A longer gap is silence; None while too little is known."""

    def gap_on(self, day: date) -> int:
        """Return how long the gap is by now that began with the last news, whatever ``day`` still brings."""
        return max(newsroom_days(self.last_on, day), 0)

    def is_silent_on(self, day: date) -> bool:
        """Return whether the source is quiet for longer than can be."""
        return self.limit is not None and self.gap_on(day) > self.limit


def rhythm_of(days: Sequence[date]) -> Rhythm | None:
    """Return the rhythm of a source with news on these days, in order and each once; None without any.

    >>> rhythm = rhythm_of([date(2026, 3, 1) + timedelta(2 * n) for n in range(20)])
    >>> rhythm.usual_gap, round(rhythm.limit, 1), rhythm.last_on
    (2, 10.8, datetime.date(2026, 4, 8))
    >>> rhythm.is_silent_on(date(2026, 4, 18)), rhythm.is_silent_on(date(2026, 4, 19))
    (False, True)
    """
    if not days:
        return None
    last = days[-1]
    known = [day for day in days if day >= last - MEMORY]
    recent = [day for day in known if day >= last - WINDOW]
    if len(recent) <= LEAST_GAPS:
        recent = known[-LEAST_GAPS - 1 :]
    gaps = sorted(newsroom_days(one, other) for one, other in pairwise(recent))
    return Rhythm(last, median(gaps) if gaps else None, _limit_of(gaps))


def _limit_of(gaps: Sequence[int]) -> float | None:
    """Return the limit for gaps that are sorted."""
    if len(gaps) < KNOWN_GAPS:
        return None
    usual = gaps[math.ceil(PERCENTILE * len(gaps)) - 1]
    return max(LEAST_DAYS, TIMES * usual, _gap_by_chance(gaps))


def _gap_by_chance(gaps: Sequence[int]) -> float:
    """Return the gap that is exceeded `ALARMS_BY_CHANCE` times a year when news comes on any day alike."""
    ratio = len(gaps) / max(sum(gaps), 1)  # days with news
    if ratio >= 1:
        return 0.0
    gaps_a_year = ratio * _YEAR
    return 1 + math.log(gaps_a_year / ALARMS_BY_CHANCE) / -math.log1p(-ratio)
