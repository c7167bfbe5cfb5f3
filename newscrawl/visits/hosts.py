"""When a host may be asked again: after its delay, and after the rest that it has asked for."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

REFUSING = frozenset({429, 503})
"""Statuses by which a host says that it has too much to do."""
REFUSALS = 3
"""Answers of 429 or 503 in a row after which a host is left alone for the rest of the run."""
LONGEST_REST = timedelta(minutes=10)
"""A rest that a run waits for; who asks for a longer one is left alone."""
_DIGITS = 7  # of seconds: four months


class Hosts:
    """The rests of the hosts of one run. Times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._rest_until: dict[str, float] = {}
        self._refusals: Counter[str] = Counter()
        self._left_alone: set[str] = set()

    def refused(self, host: str, now: float, retry_after: timedelta | None) -> None:
        """Note that a host has answered that it has too much to do."""
        self._refusals[host] += 1
        rest = retry_after or timedelta(0)
        if self._refusals[host] >= REFUSALS or rest > LONGEST_REST:
            self._left_alone.add(host)
        self._rest_until[host] = now + min(rest, LONGEST_REST).total_seconds()

    def answered(self, host: str) -> None:
        """Note that a host has answered what it was asked."""
        self._refusals.pop(host, None)

    def ready_at(self, host: str) -> float:
        """Return when a host has rested enough."""
        return self._rest_until.get(host, 0.0)

    def is_left_alone(self, host: str) -> bool:
        """Tell whether a host is not to be asked in this run."""
        return host in self._left_alone


def retry_after_of(header: bytes | None, now: datetime) -> timedelta | None:
    """Return how long a host wants to be left alone: seconds, or a day and a time (RFC 9110 10.2.3); None when it says nothing.

    >>> retry_after_of(b"120", datetime.now(UTC))
    datetime.timedelta(seconds=120)
    """
    text = (header or b"").decode("latin-1").strip()
    if text.isdecimal() and len(text) <= _DIGITS:
        return timedelta(seconds=int(text))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta(0))


def hostname_of(url: str) -> str:
    """Return the host that a URL is asked of, as Scrapy's downloader names it: without its port."""
    return urlsplit(url).hostname or ""
