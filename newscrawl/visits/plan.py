"""Which lists of a source its file names, and how often it wants them asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from newscrawl.discover import FrontRecord, Span, entries_between
from newscrawl.sources import Source
from newscrawl.text.urls import date_of_url, kind_of_url, url_key

ISSUE_DAYS = 3
"""Days back that the issue of a paper is looked for: it comes late, or a visit was missed."""


def named_lists(source: Source, today: date) -> Iterator[FrontRecord]:
    """Yield the lists that a source's file names, and the issues of the last days: what is visited in any case."""
    for url in source.start:
        yield FrontRecord(url, depth=0)
    for column in source.columns:
        yield FrontRecord(column.url, column.name, depth=0)
    for url in source.feeds:
        yield FrontRecord(url, depth=0, kind="feed")
    for url in sorted(source.sitemaps, key=lambda url: "news" not in url):
        yield FrontRecord(url, depth=0, kind="sitemap")
    yield from issues(source, Span(today - timedelta(days=ISSUE_DAYS - 1), today))


def issues(source: Source, span: Span) -> Iterator[FrontRecord]:
    """Yield the pages of a source that are named by their day, the newest first."""
    if source.archive is None:
        return
    first = max(span.since, source.archive.since or span.since)
    for day, url in entries_between(source.archive.template, first, span.until):
        yield FrontRecord(url, day.isoformat(), depth=0)


def stated_interval(source: Source, url: str) -> timedelta | None:
    """Return how often the source's file wants a list asked; None when that is found out."""
    key = url_key(url)
    for column in source.columns:
        if column.interval is not None and url_key(column.url) == key:
            return column.interval
    return source.fetch.interval if "interval" in source.fetch.model_fields_set else None


def is_over(url: str, today: date) -> bool:
    """Tell whether a list is that of a day that has passed: nothing is added to it any more.

    >>> is_over("http://a.cn/html/2023-08/10/node_2.htm", date(2023, 8, 11)), is_over("http://a.cn/sh/", date(2023, 8, 11))
    (True, False)
    """
    day = date_of_url(url)
    return day is not None and day < today and kind_of_url(url) != "article"
