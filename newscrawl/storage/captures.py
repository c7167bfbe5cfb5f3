"""What a WARC file says of itself: its exchanges as the catalog knows them, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from newscrawl.items import WarcPointer
from newscrawl.storage.articles import CaptureRow
from newscrawl.storage.warc_members import Gap, Member, scan_members
from newscrawl.storage.warc_read import BadRecord, Record, exchange_of, parse_record

_COMPANIONS = frozenset({"request", "metadata"})


@dataclass(frozen=True, slots=True)
class _Group:
    """The records of one exchange: the first, and the length of them all."""

    first: Record
    offset: int
    length: int

    def takes(self, record: Record) -> bool:
        return record.kind in _COMPANIONS and record.header("WARC-Concurrent-To") == self.first.record_id


def captures_in(path: Path, end: int | None = None) -> Iterator[CaptureRow | Gap]:
    """Yield the exchanges of a WARC file up to ``end``, and the stretches that are none."""
    group: _Group | None = None
    for found in _records(path, end):
        if isinstance(found, _Group) and group is not None and group.takes(found.first):
            group = replace(group, length=group.length + found.length)
            continue
        if group is not None:
            yield _row(path, group)
        group = found if isinstance(found, _Group) else None
        if isinstance(found, Gap):
            yield found
    if group is not None:
        yield _row(path, group)


def capture_of(name: str, member: Member, packed: bytes) -> CaptureRow:
    """Return the row of a single member: a warcinfo record, say."""
    group = _Group(parse_record(member.content), member.offset, member.length)
    return _capture(name, group, packed)


def _records(path: Path, end: int | None) -> Iterator[_Group | Gap]:
    for found in scan_members(path, 0, end):
        if isinstance(found, Gap):
            yield found
            continue
        try:
            record = parse_record(found.content)
            if not record.checked:
                raise BadRecord("the record names no digest")
            _ = record.captured_at
            yield _Group(record, found.offset, found.length)
        except BadRecord as bad:
            yield Gap(found.offset, found.length, str(bad))


def _row(path: Path, group: _Group) -> CaptureRow | Gap:
    with path.open("rb") as file:
        file.seek(group.offset)
        packed = file.read(group.length)
    try:
        return _capture(path.name, group, packed)
    except BadRecord as bad:
        return Gap(group.offset, group.length, str(bad))


def _capture(name: str, group: _Group, packed: bytes) -> CaptureRow:
    first = group.first
    is_http = first.kind in {"response", "revisit"}
    return CaptureRow(
        warc=WarcPointer(name, group.offset, first.record_id),
        length=group.length,
        sha256=hashlib.sha256(packed).hexdigest(),
        kind=first.kind,
        url=first.url,
        captured_at=first.captured_at,
        status=exchange_of(first).status if is_http else 0,
        payload_digest=first.header("WARC-Payload-Digest") or "",
    )
