"""What an archive takes on the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from newscrawl.exceptions import ArchiveError
from newscrawl.storage import Archive
from newscrawl.storage.usage import Usage, usage_of
from newscrawl.terminal.disk_usage import print_usage
from tests.storage.making import NOON, add, make_article, make_exchange

DAY = timedelta(days=1)


@pytest.fixture
def archive(folder):
    with Archive.open(folder) as archive:
        for number in range(4):
            add(archive, number)
        pointer = archive.record(
            make_exchange(9, fetched_at=NOON + 10 * DAY, body=b"<html>" + bytes(300_000))
        )
        capture = replace(make_article(9, warc=pointer).capture, source="zibo-news")
        archive.quarantine(capture.url, "zibo-news", "too_short", capture=capture)
    return folder


def on_disk(folder, pattern):
    return sum(path.stat().st_blocks * 512 for path in folder.glob(pattern))


def test_everything_is_counted_once(archive):
    total = sum(path.lstat().st_blocks * 512 for path in archive.rglob("*") if path.is_file())
    usage = usage_of(archive, now=NOON)
    assert usage.total == total
    assert usage.kinds["texts"] == on_disk(archive, "*/*/*.txt")
    assert usage.kinds["manifests"] == on_disk(archive, "*/*/manifest.jsonl")
    assert usage.kinds["warc"] == on_disk(archive, "warc/*")


def test_sources_and_months_have_their_captures(archive):
    usage = usage_of(archive, now=NOON)
    assert usage.sources["linyi-news"] > usage.kinds["texts"] + usage.kinds["manifests"]
    assert 300 < usage.sources["zibo-news"] < 20_000  # 300 KB of zeros, packed
    assert list(usage.months)[:2] == ["2026-05", "2026-06"]


@pytest.mark.parametrize(
    ("later", "days"),
    [(0 * DAY, 1), (10 * DAY, 10), (11 * DAY, 11)],
    ids=["first day", "ten days", "eleven days"],
)
def test_growth_is_what_came_divided_by_the_days(archive, later, days):
    usage = usage_of(archive, now=NOON + later)
    came = usage.months["2026-05"] + (usage.months["2026-06"] if later else 0)
    assert usage.daily_growth == pytest.approx(came / days)


def test_what_came_long_ago_is_no_growth(archive):
    usage = usage_of(archive, now=NOON + 100 * DAY)
    assert usage.daily_growth == 0
    assert usage.days_left() is None


def test_the_days_left_leave_what_is_to_stay_free():
    usage = Usage(kinds={}, sources={}, months={}, daily_growth=10.0, free=1_000)
    assert (usage.days_left(), usage.days_left(400), usage.days_left(5_000)) == (100, 60, 0)


def test_no_archive_is_told(tmp_path):
    with pytest.raises(ArchiveError):
        usage_of(tmp_path, now=NOON)


@pytest.mark.parametrize(
    ("growth", "told"),
    [(0.0, "does not grow"), (100.0, "more than ten years"), (1e6, "full in about 1000 days")],
)
def test_the_outlook(growth, told, capsys, tmp_path):
    usage = Usage(
        kinds={"warc": 5 << 30},
        sources={f"s{n}": n for n in range(25)},
        months={},
        daily_growth=growth,
        free=10**9,
    )
    print_usage(usage, tmp_path)
    shown = capsys.readouterr().out
    assert told in shown
    assert "5.0 GB" in shown
    assert "5 others" in shown
