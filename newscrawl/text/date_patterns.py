"""How dates are written on Chinese pages: patterns by name, and what their words mean."""

from __future__ import annotations

import re
from datetime import timedelta

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

PATTERNS: dict[str, re.Pattern[str]] = {
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
MONTHS = {
    name: index
    for index, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
UNITS = {
    "秒": timedelta(seconds=1), "分": timedelta(minutes=1), "分钟": timedelta(minutes=1), "小时": timedelta(hours=1),
    "小時": timedelta(hours=1), "天": timedelta(days=1), "日": timedelta(days=1), "周": timedelta(weeks=1),
    "週": timedelta(weeks=1), "星期": timedelta(weeks=1), "月": timedelta(days=30), "年": timedelta(days=365),
}  # fmt: skip
NAMED_DAYS = {"今天": 0, "今日": 0, "今晨": 0, "昨天": 1, "昨日": 1, "昨晚": 1, "前天": 2}
HANZI = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
}
MAY_BE_DATE = re.compile(r"\d|年|前|[今昨]|刚刚|剛剛", re.IGNORECASE)
