"""Rules for a source that falls silent, over simulated sources: false alarms a source-year, days until the alarm.

    python -m tests.benchmarks.silence [sources]

The rules are the steps that led to newscrawl's, each with what the one before lacks.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from newscrawl.health.calendar import newsroom_days
from newscrawl.health.rhythm import KNOWN_GAPS, LEAST_DAYS, LEAST_GAPS, PERCENTILE, TIMES, WINDOW
from tests.health.simulation import RATES, Rule, simulate, the_rule

Clock = Callable[[date, date], int]


def all_days(start: date, end: date) -> int:
    """Return the days between two days, holidays included."""
    return (end - start).days


def fixed(limit: int) -> Rule:
    """Return the rule that a source is silent after so many days."""
    return lambda days: lambda day: bool(days) and (day - days[-1]).days > limit


def by_percentile(clock: Clock, least_gaps: int = 0) -> Rule:
    """Return the rule of twice the 95th percentile, on a clock, with as many gaps as there must be."""

    def rule(days: Sequence[date]) -> Callable[[date], bool]:
        recent = [day for day in days if day >= days[-1] - WINDOW]
        if len(recent) <= least_gaps:
            recent = list(days[-least_gaps - 1 :])
        gaps = sorted(clock(one, other) for one, other in pairwise(recent))
        if len(gaps) < KNOWN_GAPS:
            return lambda day: False
        limit = max(LEAST_DAYS, TIMES * gaps[math.ceil(PERCENTILE * len(gaps)) - 1])
        return lambda day: clock(days[-1], day) > limit

    return rule


RULES: dict[str, Rule] = {
    "3 days": fixed(3),
    "7 days": fixed(7),
    "twice p95 of 90 days": by_percentile(all_days),
    "… holidays left out": by_percentile(newsroom_days),
    "… at least 30 gaps": by_percentile(newsroom_days, LEAST_GAPS),
    "… and chance: newscrawl's": the_rule,
}


def main(sources: int = 40) -> None:
    """Print a row a rule."""
    print(
        f"{sources} sources of each rate, two years; false alarms a source-year and days to the alarm (median)"
    )
    print(f"{'articles a day':26}", *(f"{rate:>12.2g}" for rate in RATES))
    for name, rule in RULES.items():
        results = [simulate(rate, sources=sources, rule=rule) for rate in RATES]
        print(f"{name:26}", *(f"{alarms:7.2f} {delay:4.0f}" for alarms, delay in results), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
