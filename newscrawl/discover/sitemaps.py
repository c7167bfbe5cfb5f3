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
"""Addresses of one sitemap: what sitemaps.org allows."""

SITEMAP_BYTES = 50 * 1024 * 1024
"""Unpacked bytes of one sitemap: what sitemaps.org allows. A packed bomb is not unpacked further."""

MISTAKE_LIMIT = 20

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

    @property
    def is_full(self) -> bool:
        return len(self.links) + len(self.sitemaps) >= SITEMAP_LIMIT

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
    """Read entry after entry; each is let go as soon as it is read."""
    parser = etree.XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    root = ""
    try:
        for chunk in _mended(start, chunks):
            parser.feed(chunk)
            for event, element in parser.read_events():
                if not isinstance(element, etree._Element):
                    continue
                name = _name(element)
                root = root or name
                if event == "end" and name in {"url", "sitemap"}:
                    _add_entry(element, name, reading)
                if reading.is_full:
                    reading.is_truncated = True
                    return
    except etree.XMLSyntaxError as error:
        reading.complain(f"no XML: {error}")
    if root not in {"urlset", "sitemapindex"}:
        reading.complain(f"no sitemap: the document is <{root[:40]}>")


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


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _add_entry(element: etree._Element, name: str, reading: _Reading) -> None:
    values: dict[str, str] = {}
    for child in element.iter():
        values.setdefault(_name(child), (child.text or "").strip())
    _add(reading.links if name == "url" else reading.sitemaps, values, reading)
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _add(found: list[Link], values: dict[str, str], reading: _Reading) -> None:
    """Add one entry; a bad address is told and costs no other."""
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
