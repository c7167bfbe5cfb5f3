from __future__ import annotations

import itertools
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from newscrawl.items import CHINA_TIME
from newscrawl.text.dates import find_date, find_dates

NOW = datetime(2023, 8, 10, 18, 40, tzinfo=CHINA_TIME)


def at(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=CHINA_TIME)


CASES = {
    "hanzi with clock": ("2023年8月10日 18:40", at(2023, 8, 10, 18, 40)),
    "hanzi glued clock": ("2024年05月10日08:12", at(2024, 5, 10, 8, 12)),
    "dashes": ("2023-08-10", date(2023, 8, 10)),
    "dashes with seconds": ("2023-08-10 18:40:05", at(2023, 8, 10, 18, 40, 5)),
    "slashes": ("2023/8/10 9:05", at(2023, 8, 10, 9, 5)),
    "dots": ("2023.08.10", date(2023, 8, 10)),
    "spaces": ("2023 年 8 月 10 日", date(2023, 8, 10)),
    "ISO": ("2023-08-10T18:40:00+08:00", at(2023, 8, 10, 18, 40)),
    "ISO of another zone": ("2023-08-10T10:40:00Z", datetime(2023, 8, 10, 10, 40, tzinfo=UTC)),
    "ISO without colon": (
        "2023-08-10T18:40:00+0900",
        datetime(2023, 8, 10, 18, 40, tzinfo=timezone(timedelta(hours=9))),
    ),
    "ISO with milliseconds": ("2023-08-10T18:40:00.123Z", datetime(2023, 8, 10, 18, 40, tzinfo=UTC)),
    "label": ("发布时间：2023年8月10日 18时40分", at(2023, 8, 10, 18, 40)),
    "label and outlet": ("时间:2023-08-10 来源:大众网", date(2023, 8, 10)),
    "weekday between": ("2023年8月10日 星期四 07:30", at(2023, 8, 10, 7, 30)),
    "afternoon": ("2023年8月10日下午3:20", at(2023, 8, 10, 15, 20)),
    "noon and midnight": ("2023/08/10 12:05 AM", at(2023, 8, 10, 0, 5)),
    "full width colon": ("2023年8月10日 18：40", at(2023, 8, 10, 18, 40)),
    "impossible clock": ("2023-08-10 29:32", date(2023, 8, 10)),
    "broken format": ("23年08月10日 29:32", date(2023, 8, 10)),
    "broken format that looks whole": ("23年08月10日 18:41", date(2023, 8, 10)),
    "two-digit year": ("23-08-10", date(2023, 8, 10)),
    "two-digit year of a platform": ("18-03-08 12:08", at(2018, 3, 8, 12, 8)),
    "compact": ("20230810", date(2023, 8, 10)),
    "compact with clock": ("20230810184005", at(2023, 8, 10, 18, 40, 5)),
    "hanzi digits": ("二〇二三年八月十日", date(2023, 8, 10)),
    "hanzi digits with zero": ("二零二二年十二月三十一日", date(2022, 12, 31)),
    "epoch": ("1691664000", at(2023, 8, 10, 18, 40)),
    "epoch in milliseconds": ("1691664000000", at(2023, 8, 10, 18, 40)),
    "month and day": ("8月9日", date(2023, 8, 9)),
    "month and day of last year": ("12月30日", date(2022, 12, 30)),
    "month and day in digits": ("08-09 07:15", at(2023, 8, 9, 7, 15)),
    "leap day": ("2月29日", date(2020, 2, 29)),
    "minutes ago": ("30分钟前", at(2023, 8, 10, 18, 10)),
    "hours ago": ("3小时前", at(2023, 8, 10, 15, 40)),
    "half an hour ago": ("半小时前", at(2023, 8, 10, 18, 10)),
    "a week ago": ("1周前", date(2023, 8, 3)),
    "days ago": ("两天前", date(2023, 8, 8)),
    "just now": ("刚刚", NOW),
    "yesterday with clock": ("昨天 18:20", at(2023, 8, 9, 18, 20)),
    "the day before yesterday": ("前天", date(2023, 8, 8)),
    "today": ("今天 08:00", at(2023, 8, 10, 8, 0)),
    "English": ("Aug 10, 2023", date(2023, 8, 10)),
    "RFC 822": ("Thu, 10 Aug 2023 10:40:00 GMT", datetime(2023, 8, 10, 10, 40, tzinfo=UTC)),
    "American": ("08/10/2023", date(2023, 8, 10)),
}

NO_DATES = {
    "a year": "2023年",
    "a year and a month": "2023年8月",
    "no such day": "2023-02-30",
    "no such month": "2023-13-01",
    "telephone": "0533-2345678",
    "an id": "content_9999999999",
    "a stock code": "603579.SH",
    "a version": "版本3.11.7",
    "a share": "占12.5%",
    "a score": "比分 3-2",
    "words": "淄博市民政局",
    "empty": "",
    "the future in two digits": "45-08-10",
}


@pytest.mark.parametrize(("text", "value"), CASES.values(), ids=CASES)
def test_a_date_is_read(text, value):
    found = find_date(text, now=NOW)
    assert found is not None
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(("text", "value"), CASES.values(), ids=CASES)
def test_a_date_is_read_within_a_line(text, value):
    found = find_date(f"首页 {text} 字体", now=NOW)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", NO_DATES.values(), ids=NO_DATES)
def test_what_is_no_date(text):
    assert find_date(text, now=NOW) is None


@pytest.mark.parametrize("text", ["8月9日", "08-09", "3小时前", "昨天", "刚刚"])
def test_without_now_nothing_is_reckoned(text):
    assert find_date(text) is None


def test_a_reckoned_year_is_said_to_be_so():
    assert [found.has_year for found in find_dates("2023-08-10 8月9日", now=NOW)] == [True, False]


def test_the_zone_of_the_page_is_kept():
    found = find_date("2023-08-10T23:40:00Z")
    assert found is not None
    assert found.value.utcoffset() == timedelta(0)
    assert found.day == date(2023, 8, 10)


def test_dates_come_in_order_and_apart():
    text = "2023-08-10 18:22 发布,8月9日修改,二〇二三年八月一日"
    found = list(find_dates(text, now=NOW))
    assert [one.day for one in found] == [date(2023, 8, 10), date(2023, 8, 9), date(2023, 8, 1)]
    assert all(text[one.start : one.end] == one.raw for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "unit",
    [
        "2023-",
        "2023年",
        "8月",
        "1 ",
        "12:",
        "一",
        "二〇二三年",
        "2023-08-10 ",
        "前",
        "3",
        "昨天 ",
        "99-99-99 ",
    ],
)
def test_no_text_takes_long(unit):
    started = time.process_time()
    assert sum(1 for _ in find_dates((unit * 20_000)[:200_000], now=NOW)) < 20_000
    assert time.process_time() - started < 2.0
