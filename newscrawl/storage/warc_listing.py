"""The pages in a WARC file, by the heads of its records: what there is to read, before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.timeutils import iso_date_to_datetime

from newscrawl.items import WarcPointer
from newscrawl.storage.warc_members import Gap, Member, scan_members

_HTTP_HEAD = 1 << 16
"""Bytes in which the head of an answer must end; servers allow 8 to 64 KB."""
_HTTP_OK = re.compile(rb"HTTP/\d(?:\.\d)? 200\b")


@dataclass(frozen=True, slots=True)
class CapturedAnswer:
    """An answer of a server that may be a page."""

    warc: WarcPointer
    url: str
    captured_at: datetime


def pages_in(path: Path) -> Iterator[CapturedAnswer | Gap]:
    """Yield the pages of a WARC file, ours or another's, compressed or not, in order, and its damaged stretches.

    A page is a response with status 200 whose type says HTML or nothing. Digests are left to whoever reads it.
    """
    for found in scan_members(path):
        answer = _answer_of(path.name, found) if isinstance(found, Member) else found
        if answer is not None:
            yield answer


def _answer_of(file: str, member: Member) -> CapturedAnswer | Gap | None:
    head, _, block = member.content.partition(b"\r\n\r\n")
    record = _fields(head)
    if record.get("warc-type") != "response":
        return None
    http_head = block[:_HTTP_HEAD].partition(b"\r\n\r\n")[0]
    kind = _fields(http_head).get("content-type", "").lower()
    if not _HTTP_OK.match(http_head) or not (not kind or "html" in kind):
        return None
    try:
        at = iso_date_to_datetime(record["warc-date"]).replace(tzinfo=UTC)
        url = record["warc-target-uri"].removeprefix("<").removesuffix(">")
        return CapturedAnswer(WarcPointer(file, member.offset, record["warc-record-id"]), url, at)
    except (KeyError, ValueError) as error:
        return Gap(member.offset, member.length, f"a record without its fields: {error}")


def _fields(head: bytes) -> dict[str, str]:
    """Return the header fields of a head by name in lower case; of several of one name the last."""
    pairs = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
