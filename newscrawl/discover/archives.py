"""Pages that can be named by their day: date templates, for digital newspapers and for backfill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

_PLACEHOLDER = re.compile(r"\{(yyyy|yy|mm|m|dd|d)\}")

FIRST_DAY = date(1995, 1, 1)
"""No Chinese newspaper was on the web before; a template is never filled with an earlier day."""


def entry_of_day(template: str, day: date) -> str:
    """Return the URL of a day's page.

    >>> entry_of_day("http://a.cn/html/{yyyy}-{mm}/{dd}/node_1.htm", date(2023, 8, 9))
    'http://a.cn/html/2023-08/09/node_1.htm'
    """
    values = {
        "yyyy": f"{day.year:04}",
        "yy": f"{day.year % 100:02}",
        "mm": f"{day.month:02}",
        "m": str(day.month),
        "dd": f"{day.day:02}",
        "d": str(day.day),
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)


def entries_between(template: str, since: date, until: date) -> Iterator[tuple[date, str]]:
    """Yield every day from ``until`` back to ``since``, both included, with the URL of its page.

    >>> [url for _, url in entries_between("http://a.cn/{m}/{d}/", date(2023, 7, 31), date(2023, 8, 1))]
    ['http://a.cn/8/1/', 'http://a.cn/7/31/']
    """
    first = max(since, FIRST_DAY)
    for back in range((until - first).days + 1):
        day = until - timedelta(days=back)
        yield day, entry_of_day(template, day)
