"""What becomes of a URL whose page could not be had."""

from __future__ import annotations

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

from newscrawl.middlewares.refusals import RefusedRequest

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


def outcome_of(error: BaseException) -> Outcome:
    """Return what becomes of a URL after an error of the download.

    >>> outcome_of(DownloadTimeoutError())
    Outcome(state='failed', reason='timeout')
    """
    if isinstance(error, HttpError):
        status = error.response.status
        return Outcome("gone" if status in GONE else "failed", f"http_{status}")
    if isinstance(error, RefusedRequest):
        return Outcome("failed", error.reason)
    if isinstance(error, DownloadCancelledError):
        return Outcome("quarantined", "too_large")
    for kind, reason in _REASONS.items():
        if isinstance(error, kind):
            return Outcome("failed", reason)
    return Outcome("failed", type(error).__name__)
