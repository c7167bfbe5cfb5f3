"""When a list, a feed or a section front is asked again: pure arithmetic over what its visits brought.

The estimate: with ``n`` new articles found after a time ``t``, the list brings one every ``t / n``. The next
visit is due when about ``WANTED`` new ones should be there, blended with the interval so far so that one
lucky visit does not upset it. An empty visit lengthens the interval by half, a failure doubles the pause
and is forgotten with the next success.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(days=7)
FAILURE_LONGEST = timedelta(days=2)
"""A site that is down for a week is asked at least this often: it must not be lost."""

WANTED = 3
"""New articles that a visit should bring. One would be prompt and costs three times the requests; a list
shows 15 to 30, so that none is missed between two visits even when three times as many come."""

FULL_SHARE = 0.8
"""Of the entries of a list that were new: then some have surely passed unseen, and it is asked much sooner."""

GIVE_UP_AFTER = 12
"""Failures in a row after which a list is reported as gone: about two weeks by the rule below."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one list is asked."""

    interval: timedelta
    failure_count: int = 0
    """Failures in a row."""

    @property
    def is_gone(self) -> bool:
        """Whether it has failed so often that a person should look."""
        return self.failure_count >= GIVE_UP_AFTER


def pace_after_visit(
    pace: Pace, new_count: int, *, entry_count: int, since_last: timedelta | None = None
) -> Pace:
    """Return the pace after a visit that brought ``new_count`` new articles of ``entry_count`` listed.

    ``since_last`` is the time since the visit before, the interval itself when it is not given; a page that
    did not change (304, the same body) is a visit with no new article.
    """
    waited = max(since_last or pace.interval, SHORTEST)
    if new_count <= 0:
        return Pace(_bounded(pace.interval * 1.5))
    if entry_count and new_count >= FULL_SHARE * entry_count:
        return Pace(_bounded(min(pace.interval, waited) / 2))
    estimate = waited * WANTED / new_count
    return Pace(_bounded((pace.interval + estimate) / 2))


def pace_after_failure(pace: Pace) -> Pace:
    """Return the pace after a visit that failed: the interval is kept for better days."""
    return replace(pace, failure_count=pace.failure_count + 1)


def next_visit_in(pace: Pace, *, retry_after: timedelta | None = None) -> timedelta:
    """Return how long to wait for the next visit. A ``Retry-After`` of the server is never undercut.

    >>> next_visit_in(Pace(timedelta(hours=1), failure_count=3))
    datetime.timedelta(seconds=28800)
    """
    wait = pace.interval
    if pace.failure_count:
        doubled = SHORTEST.total_seconds() if wait < SHORTEST else wait.total_seconds()
        wait = min(timedelta(seconds=doubled * 2 ** min(pace.failure_count, 16)), max(FAILURE_LONGEST, wait))
    return max(wait, retry_after) if retry_after else wait


def _bounded(interval: timedelta) -> timedelta:
    return min(max(interval, SHORTEST), LONGEST)
