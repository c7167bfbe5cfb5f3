"""What each day brought, by source: a row where the articles or the reports of the runs are many.

Kept with every article and every report that is added, so that the health of a thousand sources is read
without a look at a million articles. Days are those of China, where the sources are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from newscrawl.items import CHINA_TIME
from newscrawl.storage.database import Database
from newscrawl.storage.keys import sayable
from newscrawl.storage.layout import folder_of
from newscrawl.storage.manifest import ArticleEntry, DuplicateEntry, ReprintEntry
from newscrawl.storage.schema import stamp

_UNCOUNTED = frozenset({"repaired"})
"""Of a report's account of a source, what would make the rows large."""


@dataclass(frozen=True, slots=True)
class ArticleDay:
    """The new texts of one column of a source on one day; later versions of an article are none.

    Reprints and duplicates of other pages are: a source that only reprints is not silent.
    """

    column: str
    """栏目 as the pages name it, empty where they do not."""
    day: date
    count: int
    kept_count: int
    """Of these, the ones that have a seed file of their own whose bytes were counted."""
    size: int
    """Bytes of their seed files together."""
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class VisitDay:
    """What the runs of one day reported of a source."""

    day: date
    run_count: int
    """Runs in which the source was asked for something."""
    visited_at: datetime
    answered_at: datetime | None
    """When the last run ended in which it answered; None when it did not that day."""
    error: str
    """The commonest reason of what failed in the last run that had failures; empty without any."""
    counts: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Sums by event, ``kept``, or event and reason, ``quarantined/too_short``."""


class Days:
    """The days of the sources, in a database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def days_of(self, source: str, *, since: date | None = None) -> list[ArticleDay]:
        """Return the days on which a source had new articles, in order, one entry a column."""
        rows = self._db.rows(
            "SELECT section, day, count, kept, size, first_at, last_at FROM article_days "
            "WHERE source = ? AND day >= ? ORDER BY day, section",
            (source, since.isoformat() if since else ""),
        )
        return [
            ArticleDay(row[0], date.fromisoformat(row[1]), *row[2:5], *map(datetime.fromisoformat, row[5:]))
            for row in rows
        ]

    def visits_of(self, source: str, *, since: date | None = None) -> list[VisitDay]:
        """Return the days on which a source was asked for something, in order."""
        rows = self._db.rows(
            "SELECT day, runs, visited_at, answered_at, error, counts FROM visit_days "
            "WHERE source = ? AND day >= ? ORDER BY day",
            (source, since.isoformat() if since else ""),
        )
        return [_visit_day(*row) for row in rows]

    def last_article_day(self, source: str) -> date | None:
        """Return the last day on which a source had a new article."""
        row = self._db.row(
            "SELECT day FROM article_days WHERE source = ? ORDER BY day DESC LIMIT 1", (source,)
        )
        return date.fromisoformat(row[0]) if row else None

    def last_run_at(self) -> datetime | None:
        """Return when the last run ended that was reported."""
        row = self._db.row("SELECT report FROM runs ORDER BY line_offset DESC LIMIT 1")
        return _time_of(json.loads(row[0])) if row else None

    def known_sources(self) -> set[str]:
        """Return the sources that have an article or were asked for something."""
        return {source for table in ("article_days", "visit_days") for source in self._sources_in(table)}

    def _sources_in(self, table: str) -> Iterable[str]:
        """Yield the sources of a table, jumping from one to the next in its key."""
        row = self._db.row(f"SELECT min(source) FROM {table}")
        while row and row[0] is not None:
            yield row[0]
            row = self._db.row(f"SELECT min(source) FROM {table} WHERE source > ?", (row[0],))

    def note_text(
        self, entry: ArticleEntry | DuplicateEntry | ReprintEntry, *, size: int | None = None
    ) -> None:
        """Count a text that was added, with the bytes of its seed file when it has one; a later version is no new one."""
        if getattr(entry, "previous", None) is not None:
            return
        source, day = folder_of(entry.capture).split("/")
        column, kept = entry.metadata.column, size is not None
        self._db.write(
            "INSERT INTO article_days VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?6) ON CONFLICT DO UPDATE SET count = count + 1, "
            "kept = kept + ?4, size = size + ?5, first_at = min(first_at, ?6), last_at = max(last_at, ?6)",
            (
                source,
                day,
                sayable(column) if column else "",
                kept,
                size or 0,
                stamp(entry.capture.captured_at),
            ),
        )

    def note_run(self, report: Mapping[str, Any]) -> None:
        """Add what a run reports of its sources; one that is not in our words, of another version say, adds nothing."""
        at, accounts = _time_of(report), report.get("sources")
        if at is None or not isinstance(accounts, Mapping):
            return
        for source, account in accounts.items():
            counts = counts_of(account) if isinstance(account, Mapping) else {}
            if any(counts.values()):
                self._add_visit(source, at, account, counts)

    def _add_visit(
        self, source: str, at: datetime, account: Mapping[str, Any], counts: Mapping[str, int]
    ) -> None:
        day = at.astimezone(CHINA_TIME).date().isoformat()
        row = self._db.row(
            "SELECT runs, answered_at, error, counts FROM visit_days WHERE source = ? AND day = ?",
            (source, day),
        )
        runs, answered_at, error, before = row or (0, None, "", "{}")
        summed = json.loads(before)
        for event, times in counts.items():
            if times:
                summed[event] = summed.get(event, 0) + times
        now = at.isoformat(timespec="seconds")
        self._db.write(
            "INSERT OR REPLACE INTO visit_days VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                source,
                day,
                runs + 1,
                now,
                now if counts.get("answered") else answered_at,
                sayable(str(account.get("last_error") or "")) or error,
                json.dumps(summed, sort_keys=True),
            ),
        )


def counts_of(account: Mapping[str, Any]) -> dict[str, int]:
    """Return the counts of a report's account of a source by event, or event and reason.

    >>> counts_of({"kept": 2, "quarantined": {"too_short": 1}, "seconds": 0.5, "repaired": {"pinyin": 2}})
    {'kept': 2, 'quarantined/too_short': 1}
    """
    counts: dict[str, int] = {}
    for event, value in account.items():
        if event in _UNCOUNTED:
            continue
        if isinstance(value, int):
            counts[event] = value
        elif isinstance(value, Mapping):
            counts |= {f"{event}/{reason}": n for reason, n in value.items() if isinstance(n, int)}
    return counts


def _time_of(report: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(report["finished_at"]).astimezone(UTC)
    except (KeyError, TypeError, ValueError):
        return None


def _visit_day(day: str, runs: int, visited: str, answered: str | None, error: str, counts: str) -> VisitDay:
    return VisitDay(
        day=date.fromisoformat(day),
        run_count=runs,
        visited_at=datetime.fromisoformat(visited),
        answered_at=datetime.fromisoformat(answered) if answered else None,
        error=error,
        counts=json.loads(counts),
    )
