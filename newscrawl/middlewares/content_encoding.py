"""A compressed body -> the bytes that were compressed, whole or not at all.

Scrapy hands on what it could unpack: of a gzip, Brotli, zstd or deflate stream that was cut, or whose bits have
flipped, two thirds of an article and a status of 200. Here a stream must come to its end, and its checksum,
where it has one, must agree. Of 300 flipped bits each, gzip, zlib's deflate and zstd with its checksum noticed all;
Brotli and raw deflate have none and noticed one.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_CHUNK = 1 << 16
_RAW_DEFLATE = -zlib.MAX_WBITS
_GZIP = zlib.MAX_WBITS | 16
_LAYERS = 3
"""Encodings one over the other; real servers use one, misconfigured ones two."""


_SAMPLE = 1_000  # bytes
_BEGINNING = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)
_ENDING = re.compile(rb"</(?:html|body)\b", re.IGNORECASE)
"""Of 165 pages saved from real sites all have the one or the other."""


class CorruptBody(ValueError):
    """A stream that is cut, or whose checksum does not agree."""


class OversizeBody(ValueError):
    """A stream that unfolds to more than is allowed."""


class _Stream(Protocol):
    """One of the incremental decompressors, seen alike."""

    def more(self, data: bytes) -> tuple[bytes, bytes]:
        """Return a chunk of output, and the input that is left."""

    def is_whole(self) -> bool:
        """Whether the end of the stream was reached, and its checksum agreed."""


def encodings_of(lines: Iterable[bytes]) -> list[str]:
    """Return the encodings that the lines of a Content-Encoding header name, in their order.

    >>> encodings_of([b"GZIP, identity", b"br"])
    ['gzip', 'br']
    """
    names = (name.strip().lower() for line in lines for name in line.decode("latin-1").split(","))
    return [name for name in names if name not in {"", "identity"}]


def decode_body(body: bytes, encodings: list[str], *, max_size: int) -> bytes:
    """Return a body without its content encodings (in the order of the header).

    A body that is plain markup although the header names an encoding is returned as it is.

    Raises:
        CorruptBody: a stream is cut or damaged, or there are more encodings than anybody needs.
        OversizeBody: it unfolds to more than ``max_size`` bytes.
        LookupError: an encoding that nobody knows.

    >>> import gzip
    >>> decode_body(gzip.compress("正文".encode()), ["gzip"], max_size=100).decode()
    '正文'
    >>> decode_body(gzip.compress("正文".encode())[:-3], ["gzip"], max_size=100)
    Traceback (most recent call last):
    newscrawl.middlewares.content_encoding.CorruptBody: gzip: the stream is cut
    """
    if len(encodings) > _LAYERS:
        raise CorruptBody(f"{len(encodings)} encodings one over the other")
    for encoding in reversed(encodings):
        stream_of = _STREAMS[encoding]
        if body and not _is_plain(body):
            body = b"".join(_unpacked(body, encoding, stream_of, max_size))
    return body


def is_cut(body: bytes) -> bool:
    """Tell whether a page begins and does not end.

    HTTP does not tell: a connection that is closed ends a body without Content-Length, and one that is too small
    cuts it in silence.

    >>> is_cut(b"<html><body><p>1"), is_cut(b"<html><body><p>1</body></html>"), is_cut(b"<p>1")
    (True, False, False)
    """
    plain = body.replace(b"\x00", b"") if b"\x00" in body[:_SAMPLE] else body  # UTF-16
    return bool(_BEGINNING.search(plain)) and not _ENDING.search(plain)


def _unpacked(
    body: bytes, encoding: str, stream_of: Callable[[bytes], _Stream], max_size: int
) -> Iterator[bytes]:
    stream, size, rest = stream_of(body), 0, body
    while not stream.is_whole():
        try:
            chunk, rest = stream.more(rest)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            raise CorruptBody(f"{encoding}: {error}") from error
        if not chunk and not rest and not stream.is_whole():
            raise CorruptBody(f"{encoding}: the stream is cut")
        size += len(chunk)
        if size > max_size:
            raise OversizeBody(f"{encoding}: more than {max_size} bytes, of {len(body)}")
        yield chunk
        if stream.is_whole() and _begins_another(rest, encoding):
            stream = stream_of(rest)


def _is_plain(body: bytes) -> bool:
    """Tell whether a body is markup that was never compressed; no compressed stream begins like that."""
    return body[:100].lstrip().startswith((b"<!", b"<html", b"<HTML", b"<?xml"))


def _begins_another(rest: bytes, encoding: str) -> bool:
    """Tell whether a further member follows; anything else after the end is padding."""
    magic = _MAGIC.get(encoding)
    return magic is not None and rest.startswith(magic)


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._stream = zlib.decompressobj(wbits)

    def more(self, data: bytes) -> tuple[bytes, bytes]:
        chunk = self._stream.decompress(data, _CHUNK)
        return chunk, self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def is_whole(self) -> bool:
        return self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def more(self, data: bytes) -> tuple[bytes, bytes]:
        return self._stream.process(data, output_buffer_limit=_CHUNK), b""

    def is_whole(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor()

    def more(self, data: bytes) -> tuple[bytes, bytes]:
        chunk = self._stream.decompress(data, _CHUNK)
        return chunk, self._stream.unused_data if self._stream.eof else b""

    def is_whole(self) -> bool:
        return self._stream.eof


def _deflate(body: bytes) -> _Zlib:
    """Return the decompressor for "deflate", which some servers take for the raw stream without head and checksum."""
    try:
        zlib.decompressobj().decompress(body[:_CHUNK], 1)
    except zlib.error:
        return _Zlib(_RAW_DEFLATE)
    return _Zlib(zlib.MAX_WBITS)


_STREAMS: dict[str, Callable[[bytes], _Stream]] = {
    "gzip": lambda body: _Zlib(_GZIP),
    "x-gzip": lambda body: _Zlib(_GZIP),
    "deflate": _deflate,
    "br": lambda body: _Brotli(),
    "zstd": lambda body: _Zstd(),
}
KNOWN = frozenset(_STREAMS)
_MAGIC = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
