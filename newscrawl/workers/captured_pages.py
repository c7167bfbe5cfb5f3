"""A page that is in a WARC file, as the crawl had it: the body unpacked, the pages that continue it behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.exceptions import ArchiveDamaged, UnreadablePage
from newscrawl.items import Capture, Page, PageHints
from newscrawl.middlewares.content_encoding import (
    KNOWN,
    CorruptBody,
    OversizeBody,
    decode_body,
    encodings_of,
    is_cut,
)
from newscrawl.storage import Exchange, read_exchange


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """Where a page and those that continue it stand; small, so that whoever reads it also fetches it."""

    folders: tuple[Path, ...]
    """Of WARC files; the first that has one of the name is taken."""
    capture: Capture
    continuations: tuple[Capture, ...] = ()
    hints: PageHints = field(default_factory=PageHints)
    max_size: int = 8 << 20
    """Bytes that a compressed body may unfold to."""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the WARC files that it needs."""
        captures = (self.capture, *self.continuations)
        return tuple(dict.fromkeys(one.warc.file for one in captures if one.warc))


def page_of(captured: CapturedPage) -> Page:
    """Return a page from its WARC files.

    Raises:
        UnreadablePage: ``bad_record``: there is no whole record; ``corrupt_body`` ``partial_body`` ``too_large``.
    """
    first, *further = (_page_of(captured, capture) for capture in (captured.capture, *captured.continuations))
    return Page(first.capture, first.html, first.content_type, captured.hints, tuple(further))


def _page_of(captured: CapturedPage, capture: Capture) -> Page:
    exchange = _exchange_of(captured.folders, capture)
    body = _body_of(exchange, capture.url, captured.max_size)
    types = [value for name, value in exchange.response_headers if name.lower() == "content-type"]
    return Page(capture, body, types[-1] if types else None, captured.hints)


def _exchange_of(folders: tuple[Path, ...], capture: Capture) -> Exchange:
    if capture.warc is None:
        raise UnreadablePage("bad_record", capture.url, "nobody has noted where its capture stands")
    try:
        return read_exchange(folders, capture.warc)
    except ArchiveDamaged as error:
        raise UnreadablePage("bad_record", capture.url, str(error)) from error


def _body_of(exchange: Exchange, url: str, max_size: int) -> bytes:
    encodings = encodings_of(
        value.encode("latin-1")
        for name, value in exchange.response_headers
        if name.lower() == "content-encoding"
    )
    body = exchange.body
    if encodings and KNOWN.issuperset(encodings):
        try:
            body = decode_body(body, encodings, max_size=max_size)
        except CorruptBody as error:
            raise UnreadablePage("corrupt_body", url, str(error)) from error
        except OversizeBody as error:
            raise UnreadablePage("too_large", url, str(error)) from error
    if exchange.truncated or is_cut(body):
        raise UnreadablePage("partial_body", url, f"{len(body)} bytes, without an end")
    return body
