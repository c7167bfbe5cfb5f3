"""WARC 1.1 records as bytes: every record one gzip member, so that each can be read by itself.

An exchange becomes a response (or a revisit), its request, and a metadata record when there is something to
note. Payload digests are SHA-1 in base 32, as CDX indexes and replay tools expect; block digests, which
serve fixity, are SHA-256.

The bytes are put together here and not by warcio's writer, which percent-encodes every header that is not
ASCII and so would alter the GBK file names that Chinese servers send; warcio reads them back in the tests.
Three things are altered, as archives do: Transfer-Encoding is set aside, Content-Length is that of the
stored body (both are kept as ``X-Archive-Orig-…``), and a line break inside a value becomes a space, so
that no server can write records of its own.
"""

from __future__ import annotations

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from uuid import uuid4

from newscrawl.items import WarcPointer
from newscrawl.storage.exchange import Exchange, Headers

COMPRESSION = 6
"""zlib level, the usual one; warcio takes 9."""

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
"""The ten bytes that each member of ours begins with: no name, no time, level 6, Unix."""

NOT_MODIFIED = 304
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
_FIELDS = "application/warc-fields"


@dataclass(frozen=True, slots=True)
class Visit:
    """An earlier capture of a URL, which a revisit can refer to."""

    url: str
    captured_at: datetime
    payload_digest: str
    warc: WarcPointer


@dataclass(frozen=True, slots=True)
class WrittenExchange:
    """The bytes of an exchange's records, the response first, and what an index wants to know of them."""

    members: bytes
    record_id: str
    kind: str
    """``response`` ``revisit`` or ``conversion``."""
    payload_digest: str


def payload_digest_of(body: bytes) -> str:
    """Return the digest of a payload as WARC writes it.

    >>> payload_digest_of(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    return f"sha1:{b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode('ascii')}"


def warc_date(at: datetime) -> str:
    """Return an aware time as WARC 1.1 writes it, to the microsecond.

    >>> warc_date(datetime(2026, 5, 27, 8, 0, 0, 250000, tzinfo=UTC))
    '2026-05-27T08:00:00.250000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_warcinfo(file_name: str, info: Mapping[str, str]) -> bytes:
    """Return the first record of a WARC file: who made it, with what."""
    headers = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": _new_id(),
        "WARC-Date": warc_date(datetime.now(UTC)),
        "WARC-Filename": file_name,
        "Content-Type": _FIELDS,
    }
    return _member(headers, _fields(info))


def write_exchange(exchange: Exchange, earlier: Visit | None = None) -> WrittenExchange:
    """Return the records of an exchange; without the payload when that of ``earlier`` is the same."""
    digest = payload_digest_of(exchange.body)
    if exchange.converted_from:
        return _write_conversion(exchange, digest)
    headers = _headers("response", exchange, "application/http; msgtype=response")
    block = _response_head(exchange)
    if earlier is not None and _is_unchanged(exchange, digest, earlier):
        digest = earlier.payload_digest
        headers |= {"WARC-Type": "revisit", **_reference(exchange, earlier)}
    else:
        headers |= {"WARC-Truncated": exchange.truncated} if exchange.truncated else {}
        block += exchange.body
    headers["WARC-Payload-Digest"] = digest
    members = (_member(headers, block), *_companions(exchange, headers["WARC-Record-ID"]))
    return WrittenExchange(b"".join(members), headers["WARC-Record-ID"], headers["WARC-Type"], digest)


def _write_conversion(exchange: Exchange, digest: str) -> WrittenExchange:
    """Return the record of what was made of a response, and says so: no server has sent it."""
    headers = _headers("conversion", exchange, exchange.content_type or "text/html; charset=utf-8")
    headers |= {"WARC-Refers-To": exchange.converted_from or "", "WARC-Payload-Digest": digest}
    members = _member(headers, exchange.body)
    if exchange.notes:
        concurrent = {"WARC-Concurrent-To": headers["WARC-Record-ID"]}
        members += _member(_headers("metadata", exchange, _FIELDS) | concurrent, _fields(exchange.notes))
    return WrittenExchange(members, headers["WARC-Record-ID"], headers["WARC-Type"], digest)


def _companions(exchange: Exchange, response_id: str) -> tuple[bytes, ...]:
    concurrent = {"WARC-Concurrent-To": response_id}
    headers = _headers("request", exchange, "application/http; msgtype=request") | concurrent
    request = _member(headers, _request_head(exchange) + exchange.request_body)
    if not exchange.notes:
        return (request,)
    return request, _member(_headers("metadata", exchange, _FIELDS) | concurrent, _fields(exchange.notes))


def _is_unchanged(exchange: Exchange, digest: str, earlier: Visit) -> bool:
    if exchange.truncated or (not exchange.body and exchange.status != NOT_MODIFIED):
        return False
    return exchange.status == NOT_MODIFIED or digest == earlier.payload_digest


def _reference(exchange: Exchange, earlier: Visit) -> dict[str, str]:
    profile = "server-not-modified" if exchange.status == NOT_MODIFIED else "identical-payload-digest"
    return {
        "WARC-Profile": _REVISIT + profile,
        "WARC-Refers-To": earlier.warc.record_id,
        "WARC-Refers-To-Target-URI": _safe_url(earlier.url),
        "WARC-Refers-To-Date": warc_date(earlier.captured_at),
        "WARC-Refers-To-Filename": earlier.warc.file,
        "WARC-Refers-To-File-Offset": str(earlier.warc.offset),
    }


def _headers(kind: str, exchange: Exchange, content_type: str) -> dict[str, str]:
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": _new_id(),
        "WARC-Target-URI": _safe_url(exchange.url),
        "WARC-Date": warc_date(exchange.fetched_at),
        "Content-Type": content_type,
    }
    return headers | ({"WARC-IP-Address": exchange.ip} if exchange.ip else {})


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _member(headers: Mapping[str, str], block: bytes) -> bytes:
    block_digest = f"sha256:{b32encode(hashlib.sha256(block).digest()).decode('ascii')}"
    full = {**headers, "WARC-Block-Digest": block_digest, "Content-Length": str(len(block))}
    head = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in full.items())
    record = b"WARC/1.1\r\n%b\r\n%b\r\n\r\n" % (head.encode("utf-8", "backslashreplace"), block)
    compressor = zlib.compressobj(COMPRESSION, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return compressor.compress(record) + compressor.flush()


def _fields(values: Mapping[str, str]) -> bytes:
    lines = (f"{_one_line(name)}: {_one_line(value)}\r\n" for name, value in values.items())
    return "".join(lines).encode("utf-8", "backslashreplace")


def _response_head(exchange: Exchange) -> bytes:
    length = str(len(exchange.body))
    kept: list[tuple[str, str]] = []
    for name, value in exchange.response_headers:
        match name.lower():
            case "transfer-encoding":
                kept.append((f"X-Archive-Orig-{name}", value))
            case "content-length" if exchange.body and value.strip() != length:
                kept.append((f"X-Archive-Orig-{name}", value))
            case _:
                kept.append((name, value))
    if exchange.body and not _has(kept, "content-length"):
        kept.append(("Content-Length", length))
    return _head(f"HTTP/1.1 {exchange.status_line}", tuple(kept))


def _request_head(exchange: Exchange) -> bytes:
    parts = urlsplit(_safe_url(exchange.url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = exchange.request_headers
    if not _has(headers, "host"):
        headers = (("Host", parts.netloc.rpartition("@")[2]), *headers)
    return _head(f"{exchange.method} {target} HTTP/1.1", headers)


def _has(headers: Headers | list[tuple[str, str]], wanted: str) -> bool:
    return any(name.lower() == wanted for name, _ in headers)


def _head(first_line: str, headers: Headers) -> bytes:
    lines = (first_line, *(f"{name}: {value}" for name, value in headers))
    return b"".join(_one_line(line).encode("latin-1", "replace") + b"\r\n" for line in lines) + b"\r\n"


_BREAKS = {ord(c): " " for c in "\r\n\0"}


def _one_line(text: str) -> str:
    return text.translate(_BREAKS)


def _safe_url(url: str) -> str:
    """Return the URL without anything that could end a header line; every other character is left alone."""
    return "".join(quote(c) if c <= " " or c == "\x7f" else c for c in url)
