"""What becomes of a URL whose page could not be had."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.middlewares.refusals import LargeBody, RefusedBody, RefusedRequest

GONE = frozenset({404, 410})
"""Statuses by which a site says that a page is no more."""

_REASONS: dict[type[BaseException], str] = {
    CannotResolveHostError: "host_not_found",
    DownloadConnectionRefusedError: "connection_refused",
    DownloadTimeoutError: "timeout",
    ResponseDataLossError: "cut_short",
    DownloadFailedError: "connection_lost",
}


class Outcome(NamedTuple):
    """A state of the frontier, and the reason for it."""

    state: str
    """``gone`` for good, ``failed`` to be tried again later, ``quarantined`` to be looked at by a person."""
    reason: str


FIRST_RETRY = timedelta(hours=1)
LAST_RETRY = timedelta(days=7)
"""A page is asked for again after an hour, then after twice as long each time, up to a week."""
MAX_TRIES = 10
"""About five weeks of trying; a page that is still not there will not come."""


def next_try_at(tries: int, *, now: datetime) -> datetime | None:
    """Return when a page that has failed ``tries`` times before is asked for again; None for never.

    >>> now = datetime.fromisoformat("2026-11-22T08:00+00:00")
    >>> next_try_at(0, now=now).hour, next_try_at(3, now=now).hour, next_try_at(10, now=now)
    (9, 16, None)
    """
    if tries >= MAX_TRIES:
        return None
    return now + min(FIRST_RETRY * (1 << tries), LAST_RETRY)


def outcome_of(error: BaseException | None) -> Outcome:
    """Return what becomes of a URL after an error of the download.

    >>> outcome_of(DownloadTimeoutError())
    Outcome(state='failed', reason='timeout')
    """
    if isinstance(error, HttpError):
        status = error.response.status
        return Outcome("gone" if status in GONE else "failed", f"http_{status}")
    if isinstance(error, LargeBody):
        return Outcome("quarantined", error.reason)
    if isinstance(error, RefusedRequest | RefusedBody):
        return Outcome("failed", error.reason)
    if isinstance(error, DownloadCancelledError):
        return Outcome("quarantined", "too_large")
    for kind, reason in _REASONS.items():
        if isinstance(error, kind):
            return Outcome("failed", reason)
    return Outcome("failed", type(error).__name__)
