"""What the sources answer: counts in Scrapy's statistics, and the pages that took longest."""

from __future__ import annotations

import codecs
import heapq
import re
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from newscrawl.extensions.tally import count
from newscrawl.text.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from scrapy.statscollectors import StatsCollector

_SLOWEST = 3
"""Pages of a source whose times are told."""
_HEAD = 2048
"""Bytes in which a page that declares its encoding does so: HTML asks for 1024, CMS pages need some more."""
# An encoding in a Content-Type header or a meta element; a name has letters, digits and hyphens, so it ends by itself.
_CHARSET = re.compile(rb"""charset\s{0,3}=\s{0,3}["']?([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)


class Answers:
    """Counts the answers of a crawl, robots.txt apart."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats
        self._latencies: dict[str, list[tuple[float, str]]] = defaultdict(list)
        self._times: dict[str, tuple[float, float]] = {}

    def add(self, response: Response, request: Request) -> None:
        """Count an answer for its source."""
        source = request.meta.get("source")
        if source is None or request.meta.get("robots"):
            return
        count(self._stats, source, "fetched")
        count(self._stats, source, "bytes", times=len(response.body))
        if response.status < 400:
            count(self._stats, source, "answered")
            for event in (_charset_event(response), _redirect_event(response, request)):
                if event:
                    count(self._stats, source, event)
        self._time(source, request.meta.get("download_latency", 0.0), response.url)

    def _time(self, source: str, latency: float, url: str) -> None:
        now = time.monotonic()
        began = self._times.get(source, (now - latency, now))[0]
        self._times[source] = (began, now)
        slowest = self._latencies[source]
        heapq.heappush(slowest, (latency, url))
        if len(slowest) > _SLOWEST:
            heapq.heappop(slowest)

    def slowest(self, source: str) -> list[list[object]]:
        """Return the pages of a source that took longest, each with its seconds, the slowest first."""
        return [[url, round(latency, 3)] for latency, url in sorted(self._latencies[source], reverse=True)]

    def seconds(self, source: str) -> float:
        """Return the time from the first request of a source to its last answer."""
        began, ended = self._times.get(source, (0.0, 0.0))
        return round(ended - began, 1)


def _charset_event(response: Response) -> str | None:
    declared = _CHARSET.search(response.headers.get("Content-Type") or b"") or _CHARSET.search(
        response.body[:_HEAD]
    )
    return f"charset/{_charset_name(declared[1].decode())}" if declared else None


def _charset_name(name: str) -> str:
    """Return a declared encoding by its usual name; ``unknown`` for what is none: a site could declare any number of them.

    >>> _charset_name("GB2312"), _charset_name("UTF8"), _charset_name("x-93a1")
    ('gb2312', 'utf-8', 'unknown')
    """
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "unknown"


def _redirect_event(response: Response, request: Request) -> str | None:
    """Return the event of a redirect that led to another host: the site may have moved."""
    asked = request.meta.get("redirect_urls")
    if not asked or host_of(asked[0]) == host_of(response.url):
        return None
    return f"redirected/{host_of(response.url)}"
