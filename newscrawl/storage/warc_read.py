"""Reads WARC records: one counts only when it has all of its block and every digest it names agrees."""

from __future__ import annotations

import hashlib
import io
from base64 import b16decode, b32decode, b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException
from warcio.timeutils import iso_date_to_datetime

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.items import WarcPointer
from newscrawl.storage.exchange import Exchange, Headers
from newscrawl.storage.warc_members import Gap, Member, member_at, scan_members

_LOADER = ArcWarcRecordLoader(arc2warc=False)


class BadRecord(ValueError):
    """A record that is not what was written; ``str()`` says how."""


@dataclass(frozen=True, slots=True)
class Record:
    """A WARC record whose digests were compared."""

    headers: Headers
    block: bytes = field(repr=False)
    checked: bool
    """Whether it named a digest at all; records of ours always do."""

    def header(self, name: str) -> str | None:
        """Return the first header of this name, in whatever case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def kind(self) -> str:
        """The type: ``response``, ``request``, ``revisit`` and others."""
        return self.header("WARC-Type") or ""

    @property
    def record_id(self) -> str:
        """With its angle brackets, as it stands there."""
        return self.header("WARC-Record-ID") or ""

    @property
    def url(self) -> str:
        """The target URI; some writers put it in angle brackets."""
        return (self.header("WARC-Target-URI") or "").removeprefix("<").removesuffix(">")

    @property
    def captured_at(self) -> datetime:
        """The WARC-Date, aware.

        Raises:
            BadRecord: there is none.
        """
        try:
            at: datetime = iso_date_to_datetime(self.header("WARC-Date") or "")
        except ValueError as error:
            raise BadRecord(f"WARC-Date: {error}") from error
        return at.replace(tzinfo=UTC)


def parse_record(content: bytes) -> Record:
    """Return the record that a member holds.

    Raises:
        BadRecord: no WARC record, not all of it, or a digest that does not agree.
    """
    stream = io.BytesIO(content)
    try:
        loaded = _LOADER.parse_record_stream(stream, no_record_parse=True, known_format="warc")
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError) as error:
        raise BadRecord(f"no WARC record: {error}") from error
    headers = tuple(loaded.rec_headers.headers)
    block = loaded.raw_stream.read()
    if not isinstance(loaded.length, int) or len(block) != loaded.length:
        raise BadRecord(f"{len(block)} bytes of a block of {loaded.length}")
    if stream.read() != b"\r\n\r\n":
        raise BadRecord("the record does not end where it says")
    record = Record(headers, block, checked=False)
    return Record(headers, block, checked=_compare_digests(record))


def _compare_digests(record: Record) -> bool:
    payload = (
        record.block.partition(b"\r\n\r\n")[2] if record.kind in {"response", "request"} else record.block
    )
    named = {"WARC-Block-Digest": record.block}
    if record.kind != "revisit":  # its payload digest is that of the record it refers to
        named["WARC-Payload-Digest"] = payload
    checked = False
    for name, content in named.items():
        if digest := record.header(name):
            if not _agrees(digest, content):
                raise BadRecord(f"{name} does not agree")
            checked = True
    return checked


def _agrees(digest: str, content: bytes) -> bool:
    algorithm, _, value = digest.partition(":")
    try:
        wanted = hashlib.new(algorithm.replace("-", "").lower(), content, usedforsecurity=False).digest()
    except ValueError as error:
        raise BadRecord(f"unknown digest {algorithm!r}") from error
    for decode in (b32decode, b16decode, b64decode):
        try:
            if decode(value.upper() if decode is not b64decode else value) == wanted:
                return True
        except ValueError:
            continue
    return False


def read_record(path: Path, offset: int) -> Record:
    """Return the record that begins at ``offset`` of a WARC file.

    Raises:
        ArchiveDamaged: there is no whole record.
    """
    try:
        found = member_at(path, offset)
        if isinstance(found, Gap):
            raise BadRecord(found.detail)
        return parse_record(found.content)
    except (OSError, BadRecord) as error:
        raise ArchiveDamaged(path, f"byte {offset}: {error}; scrapy salvage saves what is whole") from error


def read_exchange(warc_folders: Path | Sequence[Path], pointer: WarcPointer) -> Exchange:
    """Return the exchange that a pointer names: the payload of a revisit is fetched from where it stands.

    Of several folders the first that has a file is taken, for the payload as well.

    Raises:
        ArchiveDamaged: the record is not there, not whole, or another one.
    """
    folders = (warc_folders,) if isinstance(warc_folders, Path) else tuple(warc_folders)
    path = _found(folders, pointer.file)
    record = read_record(path, pointer.offset)
    if record.record_id != pointer.record_id:
        raise ArchiveDamaged(path, f"byte {pointer.offset}: another record ({record.record_id}) stands there")
    return exchange_of(record, payload=_payload_of(folders, record))


def exchanges_in(path: Path) -> Iterator[tuple[WarcPointer, Exchange]]:
    """Yield the exchanges of a WARC file, ours or another's, compressed or not, in the order they stand there.

    What is damaged, and a revisit whose payload cannot be found, is passed over; `captures_in` and ``scrapy
    verify`` tell of it.
    """
    for found in scan_members(path):
        if not isinstance(found, Member):
            continue
        try:
            record = parse_record(found.content)
            if record.kind in {"response", "revisit"}:
                exchange = exchange_of(record, payload=_payload_of((path.parent,), record))
                yield WarcPointer(path.name, found.offset, record.record_id), exchange
        except (BadRecord, ArchiveDamaged):
            continue


def _found(folders: Sequence[Path], name: str) -> Path:
    return next((folder / name for folder in folders if (folder / name).exists()), folders[0] / name)


def _payload_of(folders: Sequence[Path], record: Record) -> bytes | None:
    if record.kind != "revisit":
        return None
    file, offset = record.header("WARC-Refers-To-Filename"), record.header("WARC-Refers-To-File-Offset")
    if file is None or offset is None or Path(file).name != file:
        raise ArchiveDamaged(folders[0], f"{record.record_id} does not say where its payload stands")
    path = _found(folders, file)
    referred = read_record(path, int(offset))
    if referred.record_id != record.header("WARC-Refers-To"):
        raise ArchiveDamaged(path, f"byte {offset}: not the record {record.record_id} refers to")
    return exchange_of(referred).body


def exchange_of(record: Record, payload: bytes | None = None) -> Exchange:
    """Return the exchange of a response, revisit or conversion record, its request left empty.

    Raises:
        BadRecord: no HTTP response.
    """
    if record.kind == "conversion":
        return _conversion_of(record)
    head, _, body = record.block.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    version, _, status_line = first.partition(" ")
    status, _, status_text = status_line.partition(" ")
    if not version.startswith("HTTP/") or not status.isdecimal():
        raise BadRecord(f"no HTTP response: {first[:60]!a}")
    pairs = (line.partition(":") for line in lines if line)
    headers = tuple((name, value.strip(" \t")) for name, _, value in pairs)
    if any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers):
        body = ChunkedDataReader(io.BytesIO(body)).read()  # other writers leave the chunks in
    return Exchange(
        url=record.url,
        fetched_at=record.captured_at,
        status=int(status),
        status_text=status_text,
        response_headers=headers,
        body=body if payload is None else payload,
        ip=record.header("WARC-IP-Address"),
        truncated=record.header("WARC-Truncated"),
    )


def _conversion_of(record: Record) -> Exchange:
    """Return what was made of a response as if it had been one: it is read in its place."""
    return Exchange(
        url=record.url,
        fetched_at=record.captured_at,
        status=HTTPStatus.OK,
        response_headers=(("Content-Type", record.header("Content-Type") or ""),),
        body=record.block,
        converted_from=record.header("WARC-Refers-To"),
    )
