"""Sources that publish as newsrooms do, for two years: what a rule of silence says of them.

Counts a day are negative binomial (over-dispersed), weekends bring 40 % of a weekday, National Day, Spring Festival
and the short holidays 15 % and 40 %. A source is asked about once a day; it stops on a random day of its second year.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from statistics import median

from newscrawl.health import rhythm_of
from newscrawl.health.calendar import newsroom_days

RATES = (30, 5, 1, 2 / 7)
"""Articles a day."""
DAYS = 730
WARM_UP = 90
AFTER = 60
"""Days in which a stop has to be noticed."""
_DISPERSION = 2.0
_WEEKEND, _HOLIDAY = 0.4, 0.15
_SHORT_HOLIDAYS = {(1, 1), (4, 4), (4, 5), (4, 6), (5, 1), (5, 2), (5, 3)}

Rule = Callable[[Sequence[date]], Callable[[date], bool]]
"""Is given the days with news and returns whether the source is silent on a day after them."""


def the_rule(days: Sequence[date]) -> Callable[[date], bool]:
    """Return what newscrawl does."""
    rhythm = rhythm_of(days)
    return rhythm.is_silent_on if rhythm else lambda day: False


def publishing_days(chance: random.Random, rate: float, start: date) -> list[date]:
    """Return the days on which a source has at least one article."""
    weekday = rate * 7 / (5 + 2 * _WEEKEND)
    days = [start + timedelta(n) for n in range(DAYS)]
    return [day for day in days if chance.random() < _chance_of_news(chance, weekday * _activity(day))]


def _chance_of_news(chance: random.Random, mean: float) -> float:
    return 1 - math.exp(-chance.gammavariate(_DISPERSION, mean / _DISPERSION))


def _activity(day: date) -> float:
    if newsroom_days(day, day + timedelta(1)) == 0:
        return _HOLIDAY
    return _WEEKEND if day.weekday() >= 5 or (day.month, day.day) in _SHORT_HOLIDAYS else 1.0


def alarms_on(days: Sequence[date], start: date, end: date, rule: Rule) -> list[date]:
    """Return the days from ``start`` to ``end`` on which the rule calls a source silent; each is asked about at its noon."""
    found, known = [], 0
    silent: Callable[[date], bool] = rule([])
    for number in range((end - start).days):
        today = start + timedelta(number)
        if known < len(days) and days[known] <= today:
            while known < len(days) and days[known] <= today:
                known += 1
            silent = rule(days[:known])
        if silent(today):
            found.append(today)
    return found


def simulate(rate: float, *, sources: int, seed: int = 0, rule: Rule = the_rule) -> tuple[float, float]:
    """Return the false alarms a source-year and the median days from a stop to the alarm."""
    alarms, delays = 0, []
    for number in range(sources):
        chance = random.Random(f"{seed}/{rate}/{number}")
        start = date(2024, 1, 1) + timedelta(chance.randrange(365))
        days = publishing_days(chance, rate, start)
        called = alarms_on(days, start + timedelta(WARM_UP), start + timedelta(DAYS), rule)
        alarms += sum(day - timedelta(1) not in called for day in called)
        stop = start + timedelta(chance.randrange(365, DAYS - AFTER))
        called = alarms_on([day for day in days if day < stop], stop, stop + timedelta(AFTER), rule)
        delays.append((called[0] - stop).days if called else AFTER)
    return alarms / (sources * (DAYS - WARM_UP) / 365), median(delays)
