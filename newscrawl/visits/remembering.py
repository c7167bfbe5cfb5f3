"""A list as the catalog holds it <-> as its next visit is decided on."""

from __future__ import annotations

from newscrawl.discover import FrontRecord
from newscrawl.storage import Front


def record_of(front: Front) -> FrontRecord:
    """Return what is remembered of a list, for deciding on its next visit."""
    return FrontRecord.from_state(
        front.url, front.history, visited_at=front.visited_at, next_visit_at=front.next_visit_at
    )


def front_of(record: FrontRecord, source: str, known: Front | None = None) -> Front:
    """Return a record as the catalog holds it; what the server said last time is kept."""
    return Front(
        url=record.url,
        source=source,
        etag=known.etag if known else None,
        last_modified=known.last_modified if known else None,
        body_digest=known.body_digest if known else None,
        visited_at=record.visited_at,
        next_visit_at=record.next_visit_at,
        history=record.to_state(),
    )
