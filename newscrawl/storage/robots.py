"""What hosts have answered to the question for their robots.txt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.storage.database import Database
from newscrawl.storage.schema import stamp


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """One answer, as long as it may be used."""

    site: str
    """Scheme, host and port: ``http://www.zbnews.net``."""
    status: int
    body: bytes = field(repr=False)
    asked_at: datetime


class RobotsAnswers:
    """The answers, in a database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def robots_answer(self, site: str) -> RobotsAnswer | None:
        """Return the last answer of a site, None when it was never asked."""
        row = self._db.row("SELECT status, rules, asked_at FROM robots WHERE site = ?", (site,))
        return RobotsAnswer(site, row[0], bytes(row[1]), datetime.fromisoformat(row[2])) if row else None

    def put_robots_answer(self, answer: RobotsAnswer) -> None:
        """Remember an answer in the place of the one before."""
        self._db.write(
            "INSERT OR REPLACE INTO robots (site, asked_at, status, rules) VALUES (?, ?, ?, ?)",
            (answer.site, stamp(answer.asked_at), answer.status, answer.body),
        )
