"""Addresses that never end: told by name, so that a person can see what a site did.

    calendar        a list of a day far ahead or long ago, made for every month that somebody clicks to
    session_id      the same pages under a new number for every visitor
    repeated_path   a relative link that adds its folder again and again
    too_deep        more folders than any site has
    too_long        more characters than any address has
    fan_out         one pattern of lists that is new every time and brings nothing (``FanOut``)

Heritrix uses two repeats, 20 segments and 20 hops; the numbers here are as lenient on repeats, because
/2023/0810/0810/ is a real path, and stricter on depth: of 1,526 article
addresses on 63 saved pages none has more than 5 folders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from newscrawl.discover.shape_memory import pattern_of_url
from newscrawl.text.urls import date_of_url, kind_of_url

SEGMENT_LIMIT = 14
LENGTH_LIMIT = 1000
REPEAT_LIMIT = 3
"""Times that one segment may stand in a path; numbers are not counted, a day may equal an id."""

AHEAD = timedelta(days=2)
"""A list of a later day is a calendar's; newspapers put tomorrow's issue up the evening before."""

FAN_OUT_LIMIT = 20
"""Lists of one pattern tried in a row without an article that was not known. Lists that have ever brought
something are not tried but visited, so a quiet night does not count (a guess)."""

CALENDAR_LIMIT = 5
"""The same of lists with a day in their query: a paper's days bring something each, a calendar's never (a guess)."""

_SESSION = re.compile(
    r"(?:[?&;/](?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sess|sid)[=/][0-9a-z]{12,})",
    re.ASCII | re.IGNORECASE,
)
_QUERY_DAY = re.compile(
    r"(?:19|20)\d\d-?(?:0[1-9]|1[0-2])(?:-?\d\d)?|(?:^|&)(?:y|year|nian)=(\d{4})", re.ASCII | re.IGNORECASE
)
_MONTH_FOLDER = re.compile(r"/((?:19|20)\d\d)[/-]?(?:0[1-9]|1[0-2])/?\Z", re.ASCII)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d\d\d)", re.ASCII)
_FIRST_YEAR = 1995
_OF_DAYS = re.compile(
    r"calendar|rili|[?&](?:d|day|date|m|month|y|year|ri|yue|nian)(?:&|\Z)", re.ASCII | re.IGNORECASE
)


def trap_of_url(url: str, *, today: date) -> str | None:
    """Return the name of the trap that an address looks like, None for an ordinary one.

    >>> trap_of_url("http://a.cn/sh/sh/sh/sh/index.html", today=date(2023, 8, 10))
    'repeated_path'
    """
    if len(url) > LENGTH_LIMIT:
        return "too_long"
    parts = urlsplit(url)
    segments = [one for one in parts.path.split("/") if one]
    if len(segments) > SEGMENT_LIMIT:
        return "too_deep"
    if _repeats(segments):
        return "repeated_path"
    if _SESSION.search(f"{parts.path}?{parts.query}"):
        return "session_id"
    return "calendar" if kind_of_url(url) != "article" and _is_off_calendar(url, parts.query, today) else None


def _repeats(segments: list[str]) -> bool:
    """Tell whether a segment that is no number stands too often, or a pair of them comes again and again."""
    words = [one.lower() for one in segments if not one.isdigit()]
    if any(count > REPEAT_LIMIT for count in Counter(words).values()):
        return True
    pairs = Counter(pairwise(words))
    return any(count >= REPEAT_LIMIT for count in pairs.values())


def _is_off_calendar(url: str, query: str, today: date) -> bool:
    """Tell whether a list is of a day that has no news: after tomorrow, or before the web."""
    day = date_of_url(url)
    if month := _MONTH_FOLDER.search(url.partition("?")[0]):
        return int(month[1]) > today.year or int(month[1]) < _FIRST_YEAR
    if day is not None:
        return day > today + AHEAD or day.year < _FIRST_YEAR
    if not _QUERY_DAY.search(query):
        return False
    years = [int(year) for year in _YEAR.findall(query)]
    return bool(years) and (max(years) > today.year + 1 or min(years) < _FIRST_YEAR)


class FanOut:
    """Counts, a pattern, the lists that were tried and brought nothing new.

    >>> fan_out = FanOut(limit=2)
    >>> [fan_out.trap_of(f"http://a.cn/tag/{n}/") or fan_out.add(f"http://a.cn/tag/{n}/", new_count=0) for n in range(3)]
    [None, None, 'fan_out']
    """

    def __init__(self, limit: int = FAN_OUT_LIMIT, trapped: Iterable[str] = ()) -> None:
        self._limit = limit
        self._barren: Counter[str] = Counter(dict.fromkeys(trapped, limit))

    def add(self, url: str, *, new_count: int) -> None:
        """Note that a list was tried; new articles clear its pattern."""
        pattern = _broad_pattern(url)
        self._barren[pattern] = 0 if new_count else self._barren[pattern] + 1

    def trap_of(self, url: str) -> str | None:
        """Return ``calendar`` or ``fan_out`` when lists like this one were tried too often in vain."""
        pattern = _broad_pattern(url)
        name = "calendar" if _OF_DAYS.search(pattern) else "fan_out"
        return name if self._barren[pattern] >= self._limit_of(pattern) else None

    def _limit_of(self, pattern: str) -> int:
        return min(self._limit, CALENDAR_LIMIT) if _OF_DAYS.search(pattern) else self._limit

    @property
    def trapped(self) -> tuple[str, ...]:
        """The patterns that were given up: for the report, and not to be tried again soon."""
        return tuple(one for one, count in self._barren.items() if count >= self._limit_of(one))


def _broad_pattern(url: str) -> str:
    """Return the folder that a list stands in and the names in its query: what the lists of one trap share."""
    path, _, query = pattern_of_url(url).partition("?")
    folders = path.rstrip("/").split("/")[:-1]
    names = "&".join(part.partition("=")[0] for part in query.split("&"))
    return "/".join(folders[:3] or [path]) + "/*" + (f"?{names}" if names else "")
