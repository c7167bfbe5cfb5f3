"""Each sign on its own: what raises it, and what is close to it and does not."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from newscrawl.health import History, health_of, run_sign
from newscrawl.items import CHINA_TIME
from newscrawl.storage import ArticleDay, VisitDay

TODAY = date(2026, 4, 20)
NOW = datetime(2026, 4, 20, 12, tzinfo=CHINA_TIME)
WELL = {"answered": 9, "fetched": 9, "links_new": 3, "kept": 3, "charset/utf-8": 9}


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=CHINA_TIME)


def visit(ago, error="", **counts):
    day = TODAY - timedelta(ago)
    counts = {name.replace("__", "/"): times for name, times in counts.items()}
    return VisitDay(day, 1, noon(day), noon(day) if counts.get("answered") else None, error, counts)


def news(ago, *, count=3, size=2000, column=""):
    day = TODAY - timedelta(ago)
    return ArticleDay(column, day, count, count, count * size, noon(day), noon(day))


def daily(*, until=0, **more):
    return [news(ago, **more) for ago in range(89, until - 1, -1)]


def well(*, until=8):
    return [visit(ago, **WELL) for ago in range(50, until - 1, -1)]


def health(articles, visits, **more):
    return health_of(History("lushan", articles, visits, **more), now=NOW)


def test_a_source_that_is_well_has_no_sign():
    found = health(daily(), well(until=0))
    assert (found.signs, found.state, found.is_wrong) == ((), "ok", False)
    assert found.day_counts == (3,) * 30
    assert (found.gap, found.rhythm.usual_gap, found.last_article_at) == (0, 1, NOW)


LATELY = {
    "no_answer": [visit(1, "timeout", failed__timeout=3), visit(0, failed__robots_unavailable=2)],
    "robots_closed": [visit(1, failed__robots_forbidden=2), visit(0, failed__robots_unavailable=2)],
    "moved": [visit(0, answered=1, fetched=2, moved__new_example=1)],
    "blocked": [visit(0, answered=1, fetched=5, failed__http_412=3, kept=1)],
    "nothing_kept": [visit(0, answered=6, fetched=6, links_new=4, quarantined__too_short=4)],
    "all_duplicates": [visit(0, answered=6, fetched=6, links_new=5, duplicates=5)],
}


@pytest.mark.parametrize("name", LATELY)
def test_what_raises_an_alarm(name):
    found = health(daily(), [*well(), *LATELY[name]])
    assert [sign.name for sign in found.signs] == [name]
    assert found.is_wrong
    assert found.state == name


NO_SIGN = {
    "one day without an answer": [visit(1, **WELL), visit(0, "timeout", failed__timeout=3)],
    "few refusals among many answers": [visit(0, answered=30, fetched=40, failed__http_403=10, kept=9)],
    "two pages lost": [visit(0, answered=6, fetched=6, links_new=2, quarantined__too_short=2)],
    "something kept": [visit(0, answered=9, fetched=9, links_new=9, quarantined__too_short=8, reprints=1)],
    "four duplicates": [visit(0, answered=6, fetched=6, links_new=4, duplicates=4)],
    "no new links": [visit(0, answered=6, fetched=6)],
    "another encoding on a few pages": [visit(0, answered=3, fetched=3, kept=1, charset__gbk=3)],
}


@pytest.mark.parametrize("name", NO_SIGN)
def test_what_raises_none(name):
    assert health(daily(), [*well(), *NO_SIGN[name]]).signs == ()


@pytest.mark.parametrize(
    ("counts", "name", "detail"),
    [
        ({"template_changed": 1}, "template_changed", "not built as before"),
        ({"charset__gb18030": 12}, "charset_changed", "from utf-8 to gb18030"),
    ],
)
def test_what_is_only_noticed(counts, name, detail):
    found = health(daily(), [*well(), visit(0, answered=12, fetched=12, kept=2, **counts)])
    ((sign),) = found.signs
    assert sign.name == name
    assert detail in sign.detail
    assert not found.is_wrong
    assert found.state == name


def test_a_source_that_never_answered_is_told_at_once():
    found = health([], [visit(0, "host_not_found", failed__host_not_found=1)])
    assert [(sign.name, sign.detail) for sign in found.signs] == [("no_answer", "never yet: host_not_found")]


def test_a_source_without_any_link_is_told():
    assert health([], [visit(0, answered=2, fetched=2)]).state == "no_links"


def test_silence_is_told_with_what_is_usual():
    found = health(daily(until=5), well(until=0))
    assert [sign.name for sign in found.signs] == ["silent"]
    assert found.signs[0].detail == "5 days without news, 2 can be"


def test_a_crawl_that_stands_still_makes_no_source_silent():
    found = health(daily(until=20), well(until=20))
    assert "silent" not in {sign.name for sign in found.signs}


@pytest.mark.parametrize(("lately", "halved"), [(900, True), (1100, False)])
def test_articles_that_are_half_as_long(lately, halved):
    articles = [
        *(news(ago) for ago in range(60, 13, -1)),
        *(news(ago, size=lately) for ago in range(13, -1, -1)),
    ]
    assert [sign.name for sign in health(articles, well(until=0)).signs] == (["halved"] if halved else [])


def test_lengths_of_a_few_articles_mean_nothing():
    articles = [
        *(news(ago, count=1) for ago in range(60, 40, -1)),
        *(news(ago, size=100) for ago in range(5, -1, -1)),
    ]
    assert "halved" not in {sign.name for sign in health(articles, well(until=0)).signs}


def test_a_silent_column_of_a_source_that_is_not():
    articles = sorted([*daily(column="要闻"), *daily(until=30, column="民生")], key=lambda day: day.day)
    found = health(articles, well(until=0))
    assert [(sign.name, sign.is_alarm) for sign in found.signs] == [("column_silent", False)]
    assert [(column.name, column.is_silent, column.count) for column in found.columns] == [
        ("要闻", False, 90),
        ("民生", True, 0),
    ]


def test_columns_are_no_excuse_for_a_silent_source():
    found = health(daily(until=9, column="要闻"), well(until=0))
    assert [sign.name for sign in found.signs] == ["silent"]


def test_a_source_that_the_runs_leave_out():
    found = health(daily(until=20), well(until=20), last_run_at=NOW)
    assert [sign.name for sign in found.signs] == ["not_visited"]


@pytest.mark.parametrize(("hours", "told"), [(1, False), (47, False), (49, True)])
def test_a_crawl_that_stands_still_is_told(hours, told):
    assert bool(run_sign(NOW - timedelta(hours=hours), now=NOW)) is told


def test_an_archive_without_any_run():
    assert run_sign(None, now=NOW).name == "no_run"
