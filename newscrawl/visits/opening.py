"""The beginning of a visit: the lists of a source that are due are queued."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from newscrawl.discover import FrontRecord, Span, Walk
from newscrawl.items import CHINA_TIME
from newscrawl.storage import Catalog, Front
from newscrawl.text.urls import url_key
from newscrawl.visits.calls import ListCall
from newscrawl.visits.hosts import hostname_of
from newscrawl.visits.plan import issues, named_lists
from newscrawl.visits.remembering import record_of
from newscrawl.visits.visit import Visit


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator has asked of all lists."""

    everything: bool = False
    """Also what is not due."""
    span: Span | None = None
    """The days that are to be filled in."""


def queue_due_lists(visit: Visit, catalog: Catalog, asked: Asked) -> None:
    """Queue the lists that a source's file names and those that earlier visits found, as far as they are due."""
    now = datetime.now(UTC)
    source = visit.source
    due = catalog.due_fronts(source.id, None if asked.everything else now)
    found = {
        url_key(front.url): front
        for front in due
        if not (asked.everything and _is_hopeless(record_of(front)))
    }
    named = list(named_lists(source, now.astimezone(CHINA_TIME).date()))
    if asked.span:
        named += issues(source, asked.span)
    for record in named:
        front = found.pop(url_key(record.url), None) or catalog.front(record.url)
        if front is None:
            queue_list(visit, record)
        elif _is_wanted(record_of(front), now, asked):
            queue_list(visit, replace(record_of(front), name=record.name, depth=0, kind=record.kind), front)
    twins = visit.lessons.same_hosts.twins
    for front in found.values():
        if hostname_of(front.url) not in twins:
            queue_list(visit, record_of(front), front)


def queue_list(visit: Visit, record: FrontRecord, known: Front | None = None) -> bool:
    """Queue the first page of a list; return whether it was new to this run."""
    return visit.put_list(ListCall(Walk(record, record.url), known))


def _is_hopeless(record: FrontRecord) -> bool:
    """Tell whether a list is left for its own time even when all are asked: it is gone, or has never brought anything."""
    return record.is_gone or record.is_barren


def _is_wanted(record: FrontRecord, now: datetime, asked: Asked) -> bool:
    return record.is_due(now) or (asked.everything and record.next_visit_at is not None)
