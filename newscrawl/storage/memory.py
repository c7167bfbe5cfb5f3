"""What is remembered of sites from run to run: fronts visited, what site memory learnt, counts by host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.storage.database import Database
from newscrawl.storage.keys import key_of, sayable
from newscrawl.storage.schema import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A section front or feed, as it was when it was last visited."""

    url: str
    source: str
    etag: str | None = None
    last_modified: str | None = None
    """As the server said it."""
    body_digest: str | None = None
    """Of the part that is compared to see whether anything changed; who writes it knows which."""
    visited_at: datetime | None = None
    next_visit_at: datetime | None = None
    history: Any = None
    """A JSON value for whoever plans the next visit: yields, intervals, failures."""


class Memory:
    """What is remembered of sites, in a database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def front(self, url: str) -> Front | None:
        """Return what is remembered of a front, None when it was never visited."""
        return next(iter(self._fronts("WHERE url_key = ?", key_of(url))), None)

    def fronts(self, source: str) -> list[Front]:
        """Return the fronts of a source, the one to visit next first."""
        return self._fronts("WHERE source = ? ORDER BY next_visit_at, url_key", source)

    def due_fronts(self, source: str, now: datetime | None) -> list[Front]:
        """Return the fronts of a source that are due at a time, or with None all that are ever visited again."""
        if now is None:
            return self._fronts("WHERE source = ? AND next_visit_at IS NOT NULL", source)
        return self._fronts("WHERE source = ? AND next_visit_at <= ?", source, stamp(now))

    def front_count(self, source: str) -> int:
        """Return how many fronts of a source are remembered and will be asked again; issues of past days will not."""
        row = self._db.row(
            "SELECT count(*) FROM fronts WHERE source = ? AND next_visit_at IS NOT NULL", (source,)
        )
        return int(row[0]) if row else 0

    def put_front(self, front: Front) -> None:
        """Remember a visit to a front."""
        texts = (front.url, front.source, front.etag, front.last_modified, front.body_digest)
        times = (front.visited_at, front.next_visit_at)
        self._db.write(
            "INSERT OR REPLACE INTO fronts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key_of(front.url),
                *(sayable(text) if text is not None else None for text in texts),
                *(stamp(at) if at else None for at in times),
                json.dumps(front.history, allow_nan=False),
            ),
        )

    def site_memory(self, source: str) -> Any:  # noqa: ANN401
        """Return the JSON value that was remembered of a source, None when there is none."""
        row = self._db.row("SELECT memory FROM site_memory WHERE source = ?", (source,))
        return json.loads(row[0]) if row else None

    def put_site_memory(self, source: str, memory: Any) -> None:  # noqa: ANN401
        """Remember a JSON value of a source, in the place of the one before."""
        text = json.dumps(memory, allow_nan=False)
        self._db.write("INSERT OR REPLACE INTO site_memory VALUES (?, ?)", (source, text))

    def learnt(self, source: str) -> dict[str, Any]:
        """Return what visits to a source have taught, JSON values by subject."""
        rows = self._db.rows("SELECT subject, value FROM learnt WHERE source = ?", (source,))
        return {subject: json.loads(value) for subject, value in rows}

    def put_learnt(self, source: str, subject: str, value: Any) -> None:  # noqa: ANN401
        """Remember what visits to a source have taught on a subject, in the place of what was there."""
        text = json.dumps(value, allow_nan=False)
        self._db.write("INSERT OR REPLACE INTO learnt VALUES (?, ?, ?)", (source, subject, text))

    def host_counts(self, host: str) -> dict[str, int]:
        """Return the counts of a host by name."""
        return dict(self._db.rows("SELECT counter, count FROM hosts WHERE host = ?", (host,)))

    def count(self, host: str, counts: Mapping[str, int]) -> None:
        """Add to the counts of a host: ``{"documents": 1, "pinyin_documents": 1}``."""
        for counter, count in counts.items():
            self._db.write(
                "INSERT INTO hosts VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET count = count + ?3",
                (host, counter, count),
            )

    def runs(self, limit: int = 30) -> list[dict[str, Any]]:
        """Return the reports of the last runs, the last one first."""
        rows = self._db.rows("SELECT report FROM runs ORDER BY line_offset DESC LIMIT ?", (limit,))
        return [json.loads(row[0]) for row in rows]

    def insert_run(self, report: Mapping[str, Any], line_offset: int) -> None:
        """Add the row of a run's report, whose line begins at ``line_offset``."""
        text = json.dumps(report, sort_keys=True, allow_nan=False)
        self._db.write("INSERT INTO runs VALUES (?, ?)", (line_offset, text))

    def _fronts(self, where: str, *values: str) -> list[Front]:
        columns = "url, source, etag, last_modified, body_digest, visited_at, next_visit_at, history"
        return [
            Front(
                url=url,
                source=source,
                etag=etag,
                last_modified=modified,
                body_digest=digest,
                visited_at=datetime.fromisoformat(visited) if visited else None,
                next_visit_at=datetime.fromisoformat(due) if due else None,
                history=json.loads(history),
            )
            for url, source, etag, modified, digest, visited, due, history in self._db.rows(
                f"SELECT {columns} FROM fronts {where}", values
            )
        ]
