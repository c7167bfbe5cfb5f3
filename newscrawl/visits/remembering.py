"""A list as the catalog holds it <-> as its next visit is decided on; and what its server has said of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newscrawl.discover import FrontRecord
from newscrawl.storage import Front
from newscrawl.visits.requests import NOT_MODIFIED

if TYPE_CHECKING:
    from scrapy.http import Response

_HEADER_LIMIT = 500  # characters; a validator is a digest or a date


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


def after_answer(
    record: FrontRecord, known: Front | None, response: Response, *, has_news: bool
) -> FrontRecord:
    """Return the record of a list after its server has answered: sent whole, and perhaps found to be lying.

    The same validator for a list that has news is a lie; with it the server would have said "not modified".
    """
    if response.status == NOT_MODIFIED:
        return record
    said = header_of(response, "ETag") or header_of(response, "Last-Modified")
    is_lying = (
        has_news and said is not None and known is not None and said == (known.etag or known.last_modified)
    )
    return replace(record, full_at=datetime.now(UTC), is_lying=record.is_lying or is_lying)


def with_validators(front: Front, response: Response) -> Front:
    """Return a list with what its server has said of it, for asking whether it has changed."""
    if response.status == NOT_MODIFIED:
        return front
    return replace(
        front,
        etag=header_of(response, "ETag"),
        last_modified=header_of(response, "Last-Modified"),
        body_digest=_digest(response.body),
    )


def is_same(known: Front | None, response: Response) -> bool:
    """Tell whether a list was sent as it was the last time."""
    return known is not None and known.body_digest == _digest(response.body)


def header_of(response: Response, name: str) -> str | None:
    """Return a header of a response, None when there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1")[:_HEADER_LIMIT] if value else None


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
