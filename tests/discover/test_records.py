from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.discover import FrontRecord, Pace
from newscrawl.discover.records import FULL_EVERY, GONE_AFTER, GONE_PAUSE
from newscrawl.discover.revisit import LONGEST

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIST = FrontRecord("http://a.cn/sh/", "社会")


def test_a_list_that_was_never_seen_is_due():
    assert LIST.is_due(NOW)
    assert LIST.asks_in_full(NOW)


def test_the_first_visit_says_nothing_of_the_pace():
    visited = LIST.visited(NOW, new_count=20, entry_count=20)
    assert visited.pace == Pace(HOUR)
    assert not visited.is_due(NOW + timedelta(minutes=59))
    assert visited.is_due(NOW + HOUR)


def test_what_lists_nothing_is_seldom_asked():
    assert LIST.visited(NOW, new_count=0, entry_count=0).pace.interval == LONGEST
    assert LIST.visited(NOW, new_count=0, entry_count=12).pace.interval == HOUR
    start_page = FrontRecord("http://a.cn/", depth=0)
    assert start_page.visited(NOW, new_count=0, entry_count=0).pace.interval == HOUR


def test_a_barren_list_is_left_for_a_week():
    barren = LIST.visited(NOW, new_count=0, entry_count=12).barren()
    assert barren.is_barren
    assert barren.next_visit_at == NOW + LONGEST


def test_a_busy_list_is_asked_more_often_and_a_quiet_one_less():
    first = LIST.visited(NOW, new_count=20, entry_count=20)
    later = NOW + HOUR
    assert first.visited(later, new_count=18, entry_count=20).pace.interval < HOUR
    assert first.visited(later, new_count=0, entry_count=20).pace.interval > HOUR


def test_a_stated_interval_stands():
    visited = LIST
    for new_count in (20, 0, 0, 20):
        visited = visited.visited(NOW, new_count=new_count, entry_count=20, stated=2 * HOUR)
        assert visited.next_visit_at == NOW + 2 * HOUR


def test_failures_are_waited_out_longer_and_longer_and_forgotten():
    visited = LIST.visited(NOW, new_count=5, entry_count=20)
    waits = []
    for _ in range(3):
        visited = visited.failed(NOW)
        waits.append(visited.next_visit_at - NOW)
    assert waits == [2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert visited.visited(NOW, new_count=5, entry_count=20).pace.failure_count == 0


def test_retry_after_is_not_undercut():
    assert LIST.failed(NOW, retry_after=timedelta(days=3)).next_visit_at == NOW + timedelta(days=3)


def test_gone_after_some_answers_in_a_row_and_asked_once_a_month():
    visited = LIST
    for _ in range(GONE_AFTER - 1):
        visited = visited.failed(NOW, is_gone=True)
    assert not visited.is_gone
    assert not visited.failed(NOW).failed(NOW, is_gone=True).is_gone
    visited = visited.failed(NOW, is_gone=True)
    assert visited.is_gone
    assert visited.next_visit_at == NOW + GONE_PAUSE


def test_not_modified_is_not_believed_for_ever():
    visited = FrontRecord("http://a.cn/", full_at=NOW)
    assert not visited.asks_in_full(NOW + HOUR)
    assert visited.asks_in_full(NOW + FULL_EVERY)


@pytest.mark.parametrize(
    "record",
    [
        LIST,
        FrontRecord("http://a.cn/rss.xml", kind="feed", depth=0),
        FrontRecord(
            "http://a.cn/sh/", "社会", 3, 40, 2, pace=Pace(3 * HOUR, 2), full_at=NOW, is_lying=True, gone_count=1,
            gaps=(("http://a.cn/sh/2", ("ab", "cd")),), shown=("ef",), cursor="http://a.cn/sh/9", is_walked=True, backfill=("2026-01-01..2026-02-01", None),
        ),
    ],
)  # fmt: skip
def test_what_is_stored_is_what_is_read(record):
    state = json.loads(json.dumps(record.to_state()))
    assert FrontRecord.from_state(record.url, state) == record
