"""Every URL that was ever found, each in exactly one state.

    pending -> fetching -> archived | duplicate | reprint | quarantined | gone
                        -> failed -> pending, when its time has come
    fetching -> pending, when the run that held it died

``archived`` is for good: the article is on disk, whatever its page answers later. Scrapy's JOBDIR is no
help here: after kill -9 it had lost 101 to 260 of 300 URLs and reported "finished", five times of five.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from newscrawl.storage.database import Database
from newscrawl.storage.keys import key_of, sayable
from newscrawl.storage.schema import stamp


class UrlState(StrEnum):
    """What has become of a URL."""

    PENDING = "pending"
    FETCHING = "fetching"
    ARCHIVED = "archived"
    DUPLICATE = "duplicate"
    REPRINT = "reprint"
    QUARANTINED = "quarantined"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUrl:
    """A URL that was found, on a page or in a feed."""

    url: str
    source: str
    kind: str = "article"
    """``article`` ``list`` ``unknown`` …: what the finder takes it for."""
    priority: int = 0
    """Higher is fetched earlier."""
    link_text: str | None = None
    found_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUrl:
    """A URL with its state."""

    url: str
    source: str
    kind: str
    state: UrlState
    reason: str
    """Of the last state: why quarantined or failed, which story or article; empty when there is none to tell."""
    tries: int
    """Fetches that failed so far."""
    priority: int
    link_text: str | None
    found_on: str | None
    discovered_at: datetime
    settled_at: datetime | None
    next_try_at: datetime | None


_COLUMNS = (
    "url, source, kind, state, reason, tries, priority, link_text, found_on, "
    "discovered_at, settled_at, next_try_at"
)


class Frontier:
    """The URLs, in a database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def discover(self, found: Iterable[FoundUrl], *, now: datetime | None = None) -> list[FoundUrl]:
        """Take in what was found; return what nobody knew. What is known stays as it is."""
        at = _stamp_or_now(now)
        return [one for one in found if self._take_in(one, at)]

    def lease(self, limit: int, *, source: str | None = None, now: datetime | None = None) -> list[KnownUrl]:
        """Return up to ``limit`` URLs to fetch, now in state fetching: highest priority first, then oldest.

        What failed and whose time has come is among them. Some 20 µs a URL: whoever must not be blocked asks
        for a few hundred at a time.
        """
        self._retry_due(_stamp_or_now(now))
        where, values = ("AND source = ?", (source,)) if source is not None else ("", ())
        wanted = f"FROM urls WHERE state = 'pending' {where} ORDER BY priority DESC, discovered_at, url_key LIMIT ?"
        rows = self._db.rows(f"SELECT {_COLUMNS} {wanted}", (*values, limit))
        if rows:
            leased = f"UPDATE urls SET state = 'fetching' WHERE url_key IN (SELECT url_key {wanted})"
            self._db.write(leased, (*values, limit))
        return [_known((*row[:3], UrlState.FETCHING, *row[4:])) for row in rows]

    def settle(
        self,
        url: str,
        state: UrlState | str,
        reason: str = "",
        *,
        source: str = "",
        next_try_at: datetime | None = None,
    ) -> None:
        """Put a URL in a state; one that was never found is taken in. ``archived`` is for good.

        Args:
            url: as it was found.
            state: the new one; ``failed`` adds one to the tries.
            reason: a machine word, or what it is a duplicate of.
            source: for a URL that was never found.
            next_try_at: for ``failed``; None means never again.
        """
        at = stamp(datetime.now(UTC))
        self._take_in(FoundUrl(url=url, source=source), at)
        self._db.write(
            "UPDATE urls SET state = ?1, reason = ?2, settled_at = ?3, next_try_at = ?4, "
            "tries = tries + (?1 = 'failed') WHERE url_key = ?5 AND state <> 'archived'",
            (
                UrlState(state).value,
                sayable(reason),
                at,
                stamp(next_try_at) if next_try_at else None,
                key_of(url),
            ),
        )

    def release_leases(self) -> int:
        """Return what is fetching to pending; return how many there were."""
        if not self._db.row("SELECT 1 FROM urls WHERE state = 'fetching' LIMIT 1"):
            return 0
        return self._db.write("UPDATE urls SET state = 'pending' WHERE state = 'fetching'")

    def url(self, url: str) -> KnownUrl | None:
        """Return what is known of a URL, None when it was never found."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM urls WHERE url_key = ?", (key_of(url),))
        return _known(row) if row else None

    def url_counts(self) -> dict[str, dict[UrlState, int]]:
        """Return how many URLs of each source are in each state."""
        counts: dict[str, dict[UrlState, int]] = {}
        for source, state, count in self._db.rows(
            "SELECT source, state, count(*) FROM urls GROUP BY source, state ORDER BY source, state"
        ):
            counts.setdefault(source, {})[UrlState(state)] = count
        return counts

    def _take_in(self, found: FoundUrl, at: str) -> bool:
        values = (
            key_of(found.url),
            sayable(found.url),
            found.source,
            found.kind,
            found.priority,
            sayable(found.link_text) if found.link_text else None,
            sayable(found.found_on) if found.found_on else None,
            at,
        )
        touched = self._db.write(
            "INSERT INTO urls (url_key, url, source, kind, state, reason, tries, priority, link_text, found_on, "
            "discovered_at) VALUES (?, ?, ?, ?, 'pending', '', 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            values,
        )
        return touched == 1

    def _retry_due(self, at: str) -> None:
        due = "state = 'failed' AND next_try_at <= ?"
        if self._db.row(f"SELECT 1 FROM urls WHERE {due} LIMIT 1", (at,)):
            self._db.write(f"UPDATE urls SET state = 'pending', next_try_at = NULL WHERE {due}", (at,))


def _stamp_or_now(at: datetime | None) -> str:
    return stamp(at or datetime.now(UTC))


def _known(row: tuple[Any, ...]) -> KnownUrl:
    url, source, kind, state, reason, tries, priority, link_text, found_on, *times = row
    discovered_at, settled_at, next_try_at = (datetime.fromisoformat(at) if at else None for at in times)
    assert discovered_at is not None
    return KnownUrl(
        url=url,
        source=source,
        kind=kind,
        state=UrlState(state),
        reason=reason,
        tries=tries,
        priority=priority,
        link_text=link_text,
        found_on=found_on,
        discovered_at=discovered_at,
        settled_at=settled_at,
        next_try_at=next_try_at,
    )
