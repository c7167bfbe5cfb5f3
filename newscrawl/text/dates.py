"""Dates as Chinese pages write them, with the clock and the zone where they are said.

A date without a year is the latest such day that is not after ``now``; without ``now`` it stays unknown.
A clock that cannot be (``29:32``) is dropped and the day kept; so is every clock behind a two-digit year
with 年, which templates with a broken format write (``23年08月10日 29:32`` is minute and second, hour lost).

Peers on the 35 strings of ``tests/text/test_dates.py``, measured in November 2026: dateparser 22 right,
search_dates 25, jionlp 25.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from newscrawl.items import CHINA_TIME

_TEXT_LIMIT = 20_000  # characters that are searched: dates of an article stand in short texts
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_FIRST_EPOCH = 631_152_000  # 1990-01-01: ten digits below it are an id or a telephone number
_EPOCH_LIMIT = 4_102_444_800  # 2100-01-01
_CLOCK_SLACK = timedelta(days=1)  # servers' clocks and time zones differ by less than this


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and the span of the text it was read from."""

    value: date | datetime
    """A ``datetime`` with its zone when a clock is said, else a ``date``."""
    raw: str
    start: int
    end: int
    has_year: bool = True
    """Whether the year was written, not reckoned from ``now``."""

    @property
    def day(self) -> date:
        """The calendar day, in the zone of the page."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


_CLOCK = r"""(?:
    (?:\s{0,3}[T,，]?\s{0,6}|\s{0,2}[(（]?(?:星期|周|週)[一二三四五六日天][)）]?\s{0,3}|\s*&nbsp;\s*)
    (?P<half>上午|下午|晚上|晚间|凌晨|中午|傍晚|早上|AM|PM)?\s{0,2}
    (?P<hour>\d{1,2})(?:\s?[:：]\s?|[时時点點])(?P<minute>\d{2})(?!\d)(?:(?:\s?[:：]\s?|分)(?P<second>\d{2})(?!\d)秒?)?分?
    (?:[.,]\d{1,9})?\s?(?P<half_after>[AaPp]\.?[Mm]\b\.?)?
    \s?(?P<zone>Z\b|UTC|GMT(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d(?!\d))?
)?"""
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH, _DAY = r"(?P<month>1[0-2]|0?[1-9])", r"(?P<day>3[01]|[12]\d|0?[1-9])"
_DAY_END = r"(?!\d(?!\d?[:：]\d\d))"  # 2005.08.2605:39: a clock may follow at once
_DIGITS = "〇零○Ｏ一二三四五六七八九"
_HANZI_DAY = r"[一二三四五六七八九十廿卅]{1,3}"

_PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    for name, pattern in {
        "full": rf"(?<!\d){_YEAR}\s?(?:年|[-/.\\－—])\s?{_MONTH}\s?(?:月|[-/.\\－—])\s?{_DAY}{_DAY_END}\s?[日号號]?{_CLOCK}",
        "hanzi": rf"(?P<hanzi_year>[二一][{_DIGITS}]{{3}})年(?P<hanzi_month>{_HANZI_DAY})月(?P<hanzi_day>{_HANZI_DAY})[日号號]",
        "short_year": rf"(?<![\d年])'?(?P<short>\d\d)(?:(?P<broken>年)|[-/.])\s?{_MONTH}\s?(?:月|[-/.])\s?{_DAY}(?!\d)[日号]?{_CLOCK}",
        "us": rf"(?<!\d){_MONTH}/{_DAY}/{_YEAR}(?!\d){_CLOCK}",
        "english": rf"\b(?:(?P<day1>\d{{1,2}})\s)?(?P<english>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}}\.?\s"
        rf"(?:(?P<day2>\d{{1,2}}),?\s)?{_YEAR}(?!\d){_CLOCK}",
        "compact": r"(?<![\d.A-Za-z/_-])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
        r"(?:(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?![\d.A-Za-z_-])",
        "epoch": r"(?<!\d)(?P<epoch>\d{10})(?P<milli>\d{3})?(?!\d)",
        "month_day": rf"(?<![\d.年:：/-])(?:{_MONTH}\s?月\s?{_DAY}(?!\d)\s?[日号號]|(?P<month2>1[0-2]|0[1-9])[-/](?P<day3>3[01]|[12]\d|0[1-9])(?![\d/-])){_CLOCK}",
        "ago": r"(?P<count>\d{1,3}|[一两二三四五六七八九十半])\s?(?:个)?\s?(?P<unit>秒|分钟|分|小时|小時|天|日|周|週|星期|月|年)[钟鐘]?\s?[之以]?前|(?P<just>刚刚|剛剛)",
        "named_day": rf"(?P<named>今天|今日|昨天|昨日|前天|昨晚|今晨){_CLOCK}",
    }.items()
}
_MONTHS = {
    name: index
    for index, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_UNITS = {
    "秒": timedelta(seconds=1), "分": timedelta(minutes=1), "分钟": timedelta(minutes=1), "小时": timedelta(hours=1),
    "小時": timedelta(hours=1), "天": timedelta(days=1), "日": timedelta(days=1), "周": timedelta(weeks=1),
    "週": timedelta(weeks=1), "星期": timedelta(weeks=1), "月": timedelta(days=30), "年": timedelta(days=365),
}  # fmt: skip
_NAMED_DAYS = {"今天": 0, "今日": 0, "今晨": 0, "昨天": 1, "昨日": 1, "昨晚": 1, "前天": 2}
_HANZI = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
}
_MAY_BE_DATE = re.compile(r"\d|年|前|[今昨]|刚刚|剛剛", re.IGNORECASE)


def find_date(text: str, *, now: datetime | None = None) -> FoundDate | None:
    """Return the first date in a text, or None.

    >>> find_date("发布时间:2023年8月10日 18:40 来源:大众网").value.isoformat()
    '2023-08-10T18:40:00+08:00'
    >>> find_date("23年08月10日 29:32").value
    datetime.date(2023, 8, 10)
    >>> find_date("8月9日") is None
    True
    """
    return next(find_dates(text, now=now), None)


def find_dates(text: str, *, now: datetime | None = None) -> Iterator[FoundDate]:
    """Yield the dates of a text in order, without overlap; an unlikely or impossible one is passed over."""
    text = text[:_TEXT_LIMIT]
    if not _MAY_BE_DATE.search(text):
        return
    position = 0
    pending = {name: pattern.search(text) for name, pattern in _PATTERNS.items()}
    while True:
        for name, match in pending.items():
            if match is not None and match.start() < position:
                pending[name] = _PATTERNS[name].search(text, position)
        # Of two that begin at one place the earlier pattern wins: it says more.
        best = min(
            (
                (match.start(), rank, name, match)
                for rank, (name, match) in enumerate(pending.items())
                if match
            ),
            default=None,
        )
        if best is None:
            return
        _, _, name, match = best
        value = _READERS.get(name, _calendar)(match, now)
        if value is None:
            position = match.start() + 1
            continue
        raw = match.group().rstrip()
        yield FoundDate(value, raw, match.start(), match.start() + len(raw), name not in _WITHOUT_YEAR)
        position = max(match.end(), match.start() + 1)


_WITHOUT_YEAR = frozenset({"month_day", "ago", "named_day"})


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _calendar(match: re.Match[str], now: datetime | None) -> date | datetime | None:
    del now
    found = _day(match["year"], match["month"], match["day"])
    return found and _with_clock(found, match)


def _with_clock(day: date, match: re.Match[str]) -> date | datetime:
    """Return the day with the clock of the match; the day alone when it has none or an impossible one."""
    said = match.groupdict()
    if said.get("hour") is None:
        return day
    hour, minute, second = int(said["hour"]), int(said["minute"]), int(said.get("second") or 0)
    half = (said.get("half") or said.get("half_after") or "").upper().replace(".", "")
    if half in {"下午", "晚上", "晚间", "傍晚", "PM"} and hour < 12:
        hour += 12
    elif half in {"AM", "凌晨"} and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return day
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone_of(said.get("zone")))


def _zone_of(said: str | None) -> timezone:
    """Return the zone that was written; China time when none was."""
    if not said:
        return CHINA_TIME
    digits = re.search(r"([+-])(\d{1,2}):?(\d\d)?", said)
    if not digits:
        return UTC
    offset = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    if offset > timedelta(hours=14):
        return CHINA_TIME
    offset = -offset if digits[1] == "-" else offset
    return CHINA_TIME if offset == timedelta(hours=8) else timezone(offset)


def _short_year(match: re.Match[str], now: datetime | None) -> date | datetime | None:
    year = int(match["short"])
    found = _day(2000 + year if year < 70 else 1900 + year, match["month"], match["day"])
    if found is None or (now is not None and found > (now + _CLOCK_SLACK).date()):
        return None
    return found if match["broken"] else _with_clock(found, match)


def _english(match: re.Match[str], now: datetime | None) -> date | datetime | None:
    del now
    day = match["day1"] or match["day2"]
    found = day and _day(match["year"], _MONTHS[match["english"].lower()], day)
    return _with_clock(found, match) if found else None


def _hanzi(match: re.Match[str], now: datetime | None) -> date | None:
    del now
    year = "".join(str(_HANZI.get(character, 0)) for character in match["hanzi_year"])
    return _day(year, _hanzi_number(match["hanzi_month"]), _hanzi_number(match["hanzi_day"]))


def _hanzi_number(text: str) -> int:
    """Return 1..31 for 一..三十一; 0 when it is no such number."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_HANZI.get(tens, 1) * 10 if ten else 0) + (_HANZI.get(ones, 0) if ones else 0)


def _epoch(match: re.Match[str], now: datetime | None) -> datetime | None:
    seconds = int(match["epoch"])
    latest = (now + _CLOCK_SLACK).timestamp() if now is not None else _EPOCH_LIMIT
    if not _FIRST_EPOCH <= seconds <= latest:
        return None
    return datetime.fromtimestamp(seconds, CHINA_TIME)


def _month_day(match: re.Match[str], now: datetime | None) -> date | datetime | None:
    if now is None:
        return None
    month, day = match["month"] or match["month2"], match["day"] or match["day3"]
    today = (now + _CLOCK_SLACK).astimezone(CHINA_TIME).date()
    for year in range(today.year, today.year - 5, -1):  # 29 February needs up to four years
        found = _day(year, month, day)
        if found is not None and found <= today:
            return _with_clock(found, match)
    return None


def _ago(match: re.Match[str], now: datetime | None) -> date | datetime | None:
    if now is None:
        return None
    now = now.astimezone(CHINA_TIME)
    if match["just"]:
        return now
    count, unit = match["count"], match["unit"]
    amount = 0.5 if count == "半" else int(count) if count.isdigit() else _HANZI[count]
    then = now - amount * _UNITS[unit]
    return then if _UNITS[unit] < timedelta(days=1) else then.date()


def _named_day(match: re.Match[str], now: datetime | None) -> date | datetime | None:
    if now is None:
        return None
    day = now.astimezone(CHINA_TIME).date() - timedelta(days=_NAMED_DAYS[match["named"]])
    return _with_clock(day, match)


_READERS: dict[str, Callable[[re.Match[str], datetime | None], date | datetime | None]] = {
    "short_year": _short_year,
    "english": _english,
    "hanzi": _hanzi,
    "epoch": _epoch,
    "month_day": _month_day,
    "ago": _ago,
    "named_day": _named_day,
}
