"""Silence: the rule on its own, and what it does over two simulated years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from newscrawl.health import rhythm_of
from newscrawl.health.calendar import newsroom_days
from tests.health.simulation import RATES, simulate

START = date(2026, 3, 2)


def days(*offsets):
    return [START + timedelta(offset) for offset in offsets]


def test_nothing_is_said_of_a_source_without_news():
    assert rhythm_of([]) is None


def test_a_young_source_is_not_judged():
    rhythm = rhythm_of(days(*range(7)))
    assert rhythm.limit is None
    assert not rhythm.is_silent_on(START + timedelta(300))


def test_a_daily_source_is_silent_on_the_third_day():
    rhythm = rhythm_of(days(*range(60)))
    last = START + timedelta(59)
    assert [rhythm.is_silent_on(last + timedelta(n)) for n in range(5)] == [False, False, False, True, True]


def test_the_clock_stands_still_in_the_holidays():
    rhythm = rhythm_of([date(2026, 9, 30) - timedelta(n) for n in range(60, -1, -1)])
    assert not rhythm.is_silent_on(date(2026, 10, 9))
    assert rhythm.is_silent_on(date(2026, 10, 11))


def test_what_is_long_ago_does_not_count():
    slow, quick = range(0, 300, 10), range(300, 420)
    assert rhythm_of(days(*slow, *quick)).limit == 2


def test_a_slow_source_is_followed_further_back():
    assert rhythm_of(days(*range(0, 360, 12))).limit >= 24


def test_yesterday_is_not_before_today():
    assert rhythm_of(days(*range(30))).gap_on(START) == 0


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 2, 15), date(2026, 2, 24), 1),  # New Year's Eve to the seventh day
        (date(2026, 2, 18), date(2026, 2, 18), 0),
        (date(2026, 2, 18), date(2026, 2, 20), 0),
        (date(2026, 10, 7), date(2026, 10, 9), 1),
        (date(2026, 6, 1), date(2026, 6, 8), 7),
        (date(2055, 1, 20), date(2055, 1, 30), 10),  # beyond the table every day counts
    ],
)
def test_newsroom_days(start, end, expected):
    assert newsroom_days(start, end) == expected


TO_BEAT = {30: (0.05, 3), 5: (0.11, 5), 1: (0.22, 10), 2 / 7: (0.43, 24)}
"""False alarms a source-year, and days until a silence is told: the plain rule in a milder simulation."""


@pytest.mark.parametrize("rate", RATES)
def test_false_alarms_and_delay(rate):
    alarms, delay = simulate(rate, sources=4 if rate > 1 else 12)
    assert alarms <= TO_BEAT[rate][0]
    assert delay <= TO_BEAT[rate][1]


@pytest.mark.soak
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("seed", range(4))
def test_false_alarms_and_delay_at_length(rate, seed):
    alarms, delay = simulate(rate, sources=100, seed=seed)
    assert alarms <= TO_BEAT[rate][0]
    assert delay <= TO_BEAT[rate][1]
