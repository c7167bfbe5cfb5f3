"""Sitemaps: bytes -> links, streamed and capped.

Scrapy's own reader mangles a raw ampersand (``?a=1&b=2`` becomes ``?a=1=2``) and leaves the children of
``news:`` empty; a sitemap of a million addresses took 1.27 GB in it. Here the bytes are unpacked and read
in pieces, and reading stops at the cap. Nothing is fetched and no entity is expanded.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

from newscrawl.discover.links import LINK_TEXT_LIMIT, Link
from newscrawl.discover.xml_bytes import mend_xml
from newscrawl.text.dates import find_date
from newscrawl.text.urls import absolute_url

SITEMAP_LIMIT = 50_000
"""Entries of one sitemap, bad ones counted as well: what sitemaps.org allows."""

SITEMAP_BYTES = 50 * 1024 * 1024
"""Unpacked bytes of one sitemap: what sitemaps.org allows. A packed bomb is not unpacked further."""

TAG_LIMIT = 20 * SITEMAP_LIMIT
"""Tags of one sitemap: twenty an entry, more than a news sitemap with pictures needs."""

MISTAKE_LIMIT = 20

_FIELDS = frozenset({"loc", "lastmod", "publication_date", "title"})
_PARTS_LIMIT = 50  # pieces of text in one field: an address is one piece, or a few with references in it
_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"
_OPEN_AMPERSAND = re.compile(rb"&[#0-9a-zA-Z]{0,8}\Z")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_URL_LINE = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists."""

    links: tuple[Link, ...] = ()
    sitemaps: tuple[Link, ...] = ()
    """Further sitemaps, when it is an index."""
    is_truncated: bool = False
    """Whether a cap ended the reading; the addresses before it are there."""
    mistakes: tuple[str, ...] = ()
    """What was passed over or could not be read, at most ``MISTAKE_LIMIT``."""


@dataclass(slots=True)
class _Reading:
    """A sitemap while it is read."""

    url: str
    links: list[Link] = field(default_factory=list)
    sitemaps: list[Link] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    is_truncated: bool = False
    entry_count: int = 0
    tag_count: int = 0

    @property
    def is_full(self) -> bool:
        return self.entry_count >= SITEMAP_LIMIT or self.tag_count >= TAG_LIMIT

    def complain(self, mistake: str) -> None:
        if len(self.mistakes) < MISTAKE_LIMIT:
            self.mistakes.append(mistake[:200])

    def done(self) -> Sitemap:
        return Sitemap(tuple(self.links), tuple(self.sitemaps), self.is_truncated, tuple(self.mistakes))


def parse_sitemap(body: bytes, url: str) -> Sitemap:
    """Return what the sitemap at ``url`` lists: XML, an index, a news sitemap or plain text; packed or not.

    Never raises for what is in it: what cannot be read is told in ``mistakes``, the rest is there.
    """
    reading = _Reading(url)
    chunks = _unpacked(body, reading)
    first = next(chunks, b"")
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.lower().startswith((b"http://", b"https://")):
        _read_lines(first + b"".join(chunks), reading)
    elif not start.startswith(b"<"):
        reading.complain("no sitemap: neither XML nor a list of URLs")
    elif _DOCTYPE.search(start[:_CHUNK]):
        reading.complain("refused: it declares a document type or entities")
    else:
        _read_xml(start, chunks, reading)
    return reading.done()


def _unpacked(body: bytes, reading: _Reading) -> Iterator[bytes]:
    """Yield the bytes in pieces, unpacked as long as they are gzip, at most ``SITEMAP_BYTES``."""
    if not body.startswith(_GZIP):
        reading.is_truncated = len(body) > SITEMAP_BYTES
        yield from (body[start : start + _CHUNK] for start in range(0, min(len(body), SITEMAP_BYTES), _CHUNK))
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    packed, total = body, 0
    while packed and not unpacker.eof:
        try:
            piece = unpacker.decompress(packed, _CHUNK)
        except zlib.error as error:
            reading.complain(f"gzip is damaged after {total} bytes ({error})")
            return
        total += len(piece)
        packed = unpacker.unconsumed_tail
        if total > SITEMAP_BYTES:
            reading.is_truncated = True
            return
        yield piece
    if not unpacker.eof:
        reading.complain(f"gzip ends early, after {total} bytes")


def _read_lines(text: bytes, reading: _Reading) -> None:
    for line in text.decode("utf-8-sig", "replace").splitlines():
        if reading.is_full:
            reading.is_truncated = True
            return
        if _URL_LINE.match(line.strip()):
            _add(reading.links, {"loc": line.strip()}, reading)
        elif line.strip():
            reading.complain(f"no URL: {line.strip()!r}")


def _read_xml(start: bytes, chunks: Iterator[bytes], reading: _Reading) -> None:
    """Read entry after entry; no tree is built, so that memory stays flat whatever the document holds."""
    entries = _Entries(reading)
    parser = etree.XMLParser(
        target=entries,  # type: ignore[arg-type] # the stubs ask for more than lxml does
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for chunk in _mended(start, chunks):
            parser.feed(chunk)
            if reading.is_full:
                reading.is_truncated = True
                break
        parser.close()
    except etree.XMLSyntaxError as error:
        reading.complain(f"no XML: {error}")
    if entries.root not in {"urlset", "sitemapindex"}:
        reading.complain(f"no sitemap: the document is <{entries.root[:40]}>")


class _Entries:
    """What lxml calls for every tag of a sitemap."""

    def __init__(self, reading: _Reading) -> None:
        self.root = ""
        self._reading = reading
        self._values: dict[str, str] | None = None
        self._field = ""
        self._parts: list[str] = []

    def start(self, tag: str, attributes: object) -> None:
        name = _name(tag)
        self.root = self.root or name
        self._reading.tag_count += 1
        if name in {"url", "sitemap"}:
            self._flush()  # an entry that was not closed
            self._values = {}
        elif name in _FIELDS and self._values is not None:
            self._field, self._parts = name, []

    def data(self, text: str) -> None:
        if self._field and len(self._parts) < _PARTS_LIMIT:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        name = _name(tag)
        if name == self._field and self._values is not None:
            self._values.setdefault(name, "".join(self._parts).strip())
            self._field = ""
        elif name in {"url", "sitemap"} and self._values is not None:
            self._values["kind"] = name
            self._flush()

    def close(self) -> None:
        """Nothing is left to hand over."""

    def _flush(self) -> None:
        values, self._values, self._field = self._values, None, ""
        if values and not self._reading.is_full:
            is_index = values.get("kind", "url") == "sitemap"
            _add(self._reading.sitemaps if is_index else self._reading.links, values, self._reading)


def _mended(start: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces with bare ampersands escaped and illegal characters dropped."""
    held = start
    for chunk in chunks:
        piece, held = _split_open(held)
        yield mend_xml(piece)
        held += chunk
    yield mend_xml(held)


def _split_open(piece: bytes) -> tuple[bytes, bytes]:
    """Return a piece and the reference at its end that may go on in the next piece."""
    match = _OPEN_AMPERSAND.search(piece, max(0, len(piece) - 10))
    return (piece[: match.start()], piece[match.start() :]) if match else (piece, b"")


def _name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _add(found: list[Link], values: dict[str, str], reading: _Reading) -> None:
    """Add one entry; a bad address is told and costs no other."""
    reading.entry_count += 1
    address = values.get("loc", "")
    target = absolute_url(address, reading.url) if address else None
    if target is None:
        reading.complain(f"no URL: {address!r}")
        return
    day = _day(values.get("publication_date") or "") or _day(values.get("lastmod") or "")
    found.append(Link(target, values.get("title", "")[:LINK_TEXT_LIMIT], "sitemap", day))


def _day(text: str) -> date | datetime | None:
    found = find_date(text[:60]) if text else None
    return found.value if found else None
