"""When lists are visited, which first, and which never."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover import (
    FanOut,
    FrontRecord,
    Link,
    Pace,
    front_records,
    next_visit_in,
    pace_after_failure,
    pace_after_visit,
    rank_fronts,
    trap_of_url,
)
from newscrawl.discover.revisit import GIVE_UP_AFTER, LONGEST, SHORTEST, WANTED
from newscrawl.discover.traps import FAN_OUT_LIMIT

HOUR = timedelta(hours=1)
TODAY = date(2023, 8, 10)


def test_new_articles_shorten_the_interval_and_none_lengthen_it():
    assert pace_after_visit(Pace(HOUR), 10, entry_count=20).interval < HOUR
    assert pace_after_visit(Pace(HOUR), 0, entry_count=20).interval == 1.5 * HOUR
    assert pace_after_visit(Pace(HOUR), WANTED, entry_count=20).interval == HOUR
    assert pace_after_visit(Pace(HOUR), 1, entry_count=20).interval > HOUR


def test_a_list_that_is_all_new_is_asked_much_sooner():
    assert pace_after_visit(Pace(4 * HOUR), 20, entry_count=20).interval == 2 * HOUR
    assert pace_after_visit(Pace(4 * HOUR), 17, entry_count=20, since_last=HOUR).interval == HOUR / 2


def test_the_time_that_really_passed_counts():
    late = pace_after_visit(Pace(HOUR), 6, entry_count=20, since_last=24 * HOUR)
    assert late.interval == (HOUR + 12 * HOUR) / 2


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 50)), max_size=40),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)),
)
def test_no_history_leaves_the_bounds(visits, start):
    pace = Pace(start)
    for new_count, entry_count in visits:
        pace = pace_after_visit(pace, new_count, entry_count=entry_count)
        assert SHORTEST <= pace.interval <= LONGEST
        pace = pace_after_failure(pace) if entry_count % 7 == 0 else pace
        assert timedelta(0) < next_visit_in(pace) <= LONGEST


@pytest.mark.parametrize("per_day", [0.5, 3, 24, 60])
def test_the_interval_settles_where_a_visit_brings_what_is_wanted(per_day):
    """Simulated: articles at random times for 60 days; what is listed is the newest 20."""
    chance = random.Random(5)
    times = sorted(chance.uniform(0, 60 * 24) for _ in range(int(per_day * 60)))
    pace, now, last, missed, visits = Pace(HOUR), 0.0, 0.0, 0, 0
    while now < 60 * 24:
        new = sum(last < time <= now for time in times)
        missed += max(0, new - 20)
        visits += 1
        pace = pace_after_visit(pace, new, entry_count=20, since_last=timedelta(hours=now - last))
        last, now = now, now + pace.interval.total_seconds() / 3600
    assert missed <= 0.01 * len(times)
    assert visits <= 6 + max(60 * 24 / (LONGEST.total_seconds() / 3600), 2.5 * len(times) / WANTED)


def test_failures_double_the_pause_and_success_forgets_them():
    pace = Pace(HOUR)
    waits = []
    for _ in range(8):
        pace = pace_after_failure(pace)
        waits.append(next_visit_in(pace))
    assert waits[:3] == [2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert waits[-1] == timedelta(days=2)
    assert not pace.is_gone
    assert pace_after_visit(pace, 0, entry_count=20).failure_count == 0
    for _ in range(GIVE_UP_AFTER):
        pace = pace_after_failure(pace)
    assert pace.is_gone
    assert next_visit_in(Pace(HOUR, failure_count=10**6)) == timedelta(days=2)


def test_a_server_that_asks_for_rest_gets_it():
    assert next_visit_in(Pace(HOUR), retry_after=timedelta(days=3)) == timedelta(days=3)
    assert next_visit_in(Pace(HOUR), retry_after=timedelta(seconds=5)) == HOUR


# -- ranking -----------------------------------------------------------------------------------------


def test_fronts_that_bring_most_come_first():
    good = FrontRecord("http://a.cn/sh/", "社会", visit_count=10, new_count=50)
    fair = FrontRecord("http://a.cn/sz/", "时政", visit_count=10, new_count=10)
    untried = FrontRecord("http://a.cn/xx/", "县区")
    vain = FrontRecord("http://a.cn/zt/", "专题", visit_count=10)
    assert rank_fronts([vain, untried, fair, good]) == (good, untried, fair, vain)


def test_a_page_is_ranked_once_and_the_order_is_stable():
    one = FrontRecord("http://a.cn/sh/index.html", "社会", visit_count=3, new_count=9)
    assert rank_fronts([one, FrontRecord("https://a.cn/sh/", "社会")]) == (one,)
    fronts = [FrontRecord(f"http://a.cn/{name}/") for name in "cab"]
    assert rank_fronts(fronts) == rank_fronts(reversed(fronts))


def test_names_tell_which_to_try_first():
    lists = [
        Link("http://a.cn/fc/", "房产"),
        Link("http://a.cn/x", ""),
        Link("http://a.cn/yw/", "淄博要闻"),
        Link("http://a.cn/b/", "专题新闻"),
    ]
    assert [record.url for record in front_records(lists)] == [
        "http://a.cn/yw/",
        "http://a.cn/b/",
        "http://a.cn/x",
        "http://a.cn/fc/",
    ]
    assert front_records([]) == ()


def test_what_is_deeper_comes_later_when_nothing_else_tells():
    near, far = FrontRecord("http://a.cn/aaaa/", depth=1), FrontRecord("http://a.cn/b/", depth=2)
    assert rank_fronts([far, near]) == (near, far)


# -- traps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("/sh/sh/sh/sh/index.html", "repeated_path"),
        ("/a/b/a/b/a/b/", "repeated_path"),
        ("/" + "x/" * 3 + "y/" * 3 + "1.html", None),
        ("/" + "/".join(f"d{n}" for n in range(20)), "too_deep"),
        ("/" + "a" * 1200, "too_long"),
        ("/list.php?PHPSESSID=0123456789abcdef", "session_id"),
        ("/sid/0123456789abcdef/list.php", "session_id"),
        ("/list.php?sid=12", None),
        ("/2031/05/", "calendar"),
        ("/2023/08/13/", "calendar"),
        ("/2023/08/11/", None),
        ("/events/?date=2035-01", "calendar"),
        ("/events/?year=1901&month=3", "calendar"),
        ("/events/?year=2023&month=3", None),
        ("/list?y=2030", "calendar"),
        ("/list?from=2018-01-01&to=2023-08-10", None),
        ("/0001/01/01/", None),
        ("/sh/", None),
        ("/", None),
        ("/2023/0810/0810/1.html", None),
        ("/art/2023/8/10/art_10_10.html", None),
        ("/a/2023/0810/2023/0810/5.html", None),
        ("/2035/0101/881231.html", None),
        ("/shandong/sdxw/shandong/201808/t20180810_1.htm", None),
        ("/index.php?m=content&c=index&a=lists&catid=2031", None),
        ("/list_2031_1.html", None),
    ],
)
def test_traps_by_name(path, trap):
    assert trap_of_url(f"http://a.cn{path}", today=TODAY) == trap


def test_lists_of_one_pattern_that_never_bring_anything_are_given_up():
    fan_out = FanOut()
    for number in range(FAN_OUT_LIMIT):
        url = f"http://a.cn/tag/linyi{number}/"
        assert fan_out.trap_of(url) is None
        fan_out.add(url, new_count=0)
    assert fan_out.trap_of("http://a.cn/tag/anything9/") == "fan_out"
    assert not fan_out.trap_of("http://a.cn/sh/")
    assert fan_out.trapped == ("a.cn/tag/*",)


def test_one_new_article_clears_a_pattern():
    fan_out = FanOut(limit=3)
    for new_count in (0, 0, 1, 0, 0):
        fan_out.add("http://a.cn/?tag=x", new_count=new_count)
    assert not fan_out.trap_of("http://a.cn/?tag=y")
    fan_out.add("http://a.cn/?tag=z", new_count=0)
    assert fan_out.trap_of("http://a.cn/?tag=y")
    assert not fan_out.trap_of("http://a.cn/?cat=y")
