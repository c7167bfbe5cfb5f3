"""Broken and hostile transports of one good page each: what is sent, and what must become of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import brotli

from newscrawl.middlewares.content_encoding import zstd
from tests.hostile.articles import page
from tests.hostile.server import response

KEPT = frozenset({"kept"})
BROKEN = frozenset({"corrupt_body"})
CUT = frozenset({"partial_body"})
LOST = frozenset({"cut_short", "connection_lost", "timeout", "partial_body", "ResponseFailed"})
"""Reasons by which a broken connection is told; which one depends on who notices first."""


@dataclass(frozen=True)
class Transport:
    """A way to send the page of an article."""

    name: str
    reply: bytes | Callable[[], Iterable[bytes]]
    outcomes: frozenset[str]
    """``kept``, or reasons of a refusal of which any is right."""


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


def checked_zstd(data: bytes) -> bytes:
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


ENCODERS = {
    "gzip": ("gzip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
    "zstd with checksum": ("zstd", checked_zstd),
}
CHECKED = ("gzip", "zlib", "zstd with checksum")


def transports(number: int) -> Iterator[Transport]:
    """Yield every transport, each with an article of its own, counted from ``number``."""
    for family in (encoded, cut_streams, flipped_bits, bombs, lengths, chunks, connections, headers):
        for make in family():
            yield make(page(number).encode())
            number += 1


def encoded():
    for name, (encoding, compress) in ENCODERS.items():
        yield lambda html, n=name, e=encoding, c=compress: Transport(
            n, response(c(html), f"Content-Encoding: {e}"), KEPT
        )
    yield lambda html: Transport(
        "gzip in two members",
        response(gzip.compress(html[:300]) + gzip.compress(html[300:]), "Content-Encoding: gzip"),
        KEPT,
    )
    yield lambda html: Transport(
        "gzip with padding", response(gzip.compress(html) + bytes(512), "Content-Encoding: gzip"), KEPT
    )
    yield lambda html: Transport(
        "gzip in gzip", response(gzip.compress(gzip.compress(html)), "Content-Encoding: gzip, gzip"), KEPT
    )
    yield lambda html: Transport(
        "brotli in gzip", response(gzip.compress(brotli.compress(html)), "Content-Encoding: br, GZIP"), KEPT
    )
    yield lambda html: Transport("gzip that is none", response(html, "Content-Encoding: gzip"), KEPT)
    yield lambda html: Transport("brotli that is none", response(html, "Content-Encoding: br"), KEPT)
    yield lambda html: Transport("an unknown encoding", response(html, "Content-Encoding: sdch"), KEPT)
    yield lambda html: Transport("no encoding", response(html, "Content-Encoding: identity"), KEPT)
    yield lambda html: Transport(
        "gzip that nobody says", response(gzip.compress(html)), frozenset({"not_html"})
    )
    yield lambda html: Transport(
        "twelve encodings",
        response(gzip.compress(html), "Content-Encoding: " + "gzip, " * 11 + "gzip"),
        BROKEN,
    )


def cut_streams():
    for name, (encoding, compress) in ENCODERS.items():
        for share in (0.3, 0.7, 0.99):

            def make(html, n=name, e=encoding, c=compress, s=share):
                data = c(html)
                return Transport(
                    f"{n} cut at {s:.0%}",
                    response(data[: int(len(data) * s)], f"Content-Encoding: {e}"),
                    BROKEN,
                )

            yield make
    for name in CHECKED:
        encoding, compress = ENCODERS[name]
        yield lambda html, n=name, e=encoding, c=compress: Transport(
            f"{n} without its last byte", response(c(html)[:-1], f"Content-Encoding: {e}"), BROKEN
        )


def flipped_bits():
    for name in CHECKED:
        for share in (0.2, 0.5, 0.9, 1.0):

            def make(html, n=name, s=share):
                encoding, compress = ENCODERS[n]
                data = bytearray(compress(html))
                data[min(int(len(data) * s), len(data) - 2)] ^= 0x10
                return Transport(
                    f"{n} with a bit flipped at {s:.0%}",
                    response(bytes(data), f"Content-Encoding: {encoding}"),
                    BROKEN,
                )

            yield make


BOMB = 100 << 20


@cache
def bomb_of(name: str) -> bytes:
    _, compress = ENCODERS[name]
    if name == "gzip":
        return gzip.compress(bytes(BOMB), 1) * 20  # two gigabytes
    return compress(bytes(BOMB))


def bombs():
    for name, (encoding, _) in ENCODERS.items():
        yield lambda html, n=name, e=encoding: Transport(
            f"a bomb of {n}", response(bomb_of(n), f"Content-Encoding: {e}"), frozenset({"too_large"})
        )
    yield lambda html: Transport(
        "a bomb in a bomb",
        response(gzip.compress(bomb_of("zlib")), "Content-Encoding: deflate, gzip"),
        frozenset({"too_large"}),
    )
    yield lambda html: Transport(
        "a body of 9 MB", response(html + b" " * 9_000_000), frozenset({"too_large"})
    )
    yield lambda html: Transport("a body without end", lambda: endless(html), frozenset({"too_large"}))


def endless(html: bytes) -> Iterator[bytes]:
    yield response(html, length=None)
    while True:
        yield b"<p>" * 20_000


def lengths():
    yield lambda html: Transport("no length", response(html, length=None), KEPT)
    yield lambda html: Transport("no length, cut", response(html[: len(html) * 2 // 3], length=None), CUT)
    yield lambda html: Transport("a length that is too small", response(html, length=len(html) * 2 // 3), CUT)
    yield lambda html: Transport("a length that is too large", response(html, length=len(html) + 500), LOST)
    yield lambda html: Transport("a negative length", response(html, length=-5), LOST)
    yield lambda html: Transport(
        "two lengths", response(html, f"Content-Length: {len(html)}", length=len(html) // 2), LOST | CUT
    )
    yield lambda html: Transport(
        "a length in words", response(html, "Content-Length: viele", length=None), LOST
    )
    yield lambda html: Transport("nothing at all", response(b""), frozenset({"empty"}))
    yield lambda html: Transport(
        "UTF-16, cut", response(html.decode().replace("utf-8", "utf-16").encode("utf-16")[:900]), CUT
    )


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + end


def chunks():
    yield lambda html: Transport("chunks", chunked(html[:300], html[300:]), KEPT)
    yield lambda html: Transport(
        "chunks of a byte", chunked(*(html[n : n + 1] for n in range(len(html)))), KEPT
    )
    yield lambda html: Transport("chunks without end", chunked(html[: len(html) * 2 // 3], end=b""), LOST)
    yield lambda html: Transport("a chunk cut", chunked(html, end=b"fff\r\nabc"), LOST)
    yield lambda html: Transport("a chunk without length", chunked(html[:400], end=b"xyz\r\n"), LOST)
    yield lambda html: Transport("a chunk of 2^60", chunked(html[:400], end=b"1000000000000000\r\nabc"), LOST)
    yield lambda html: Transport(
        "a chunk's name without end", chunked(html[:400], end=b"5;" + b"x" * 200_000), LOST
    )


def connections():
    yield lambda html: Transport("hung up before an answer", b"", LOST)
    yield lambda html: Transport("half a status", b"HTTP/1.1 20", LOST)
    yield lambda html: Transport("no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", LOST)
    yield lambda html: Transport("HTTP/0.9", html, LOST)
    yield lambda html: Transport("a status of words", b"HTTP/1.1 gut OK\r\n\r\n" + html, LOST)
    yield lambda html: Transport("half the headers", response(html)[:30], LOST)
    yield lambda html: Transport("reset in the middle", lambda: resetting(html), LOST)


def resetting(html: bytes) -> Iterator[bytes]:
    yield response(html, length=len(html) + 10_000)[:600]
    raise ConnectionResetError


def headers():
    yield lambda html: Transport("400 headers", response(html, *(f"X-{n}: 1" for n in range(400))), KEPT)
    yield lambda html: Transport(
        "100,000 headers", response(html, *(f"X-{n}: 1" for n in range(100_000))), LOST
    )
    yield lambda html: Transport("a header of 10 MB", response(html, "X-Long: " + "x" * 10_000_000), LOST)
    yield lambda html: Transport("headers without end", flood, LOST)
    yield lambda html: Transport("provisional answers without end", provisional, LOST)
    yield lambda html: Transport(
        "1000 cookies", response(html, *(f"Set-Cookie: c{n}=1" for n in range(300))), KEPT
    )
    yield lambda html: Transport("a header without colon", response(html, "X-Broken"), KEPT)
    yield lambda html: Transport(
        "an exotic charset", response(html, "Content-Type: text/html; charset=base64"), KEPT
    )
    yield lambda html: Transport("another", response(html, "Content-Type: text/html; charset=idna"), KEPT)
    yield lambda html: Transport(
        "a type of control characters", response(html, "Content-Type: text/html;\x1b[2J"), KEPT
    )


def flood() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    number = 0
    while True:
        yield b"".join(b"X-%d: %b\r\n" % (number + n, b"y" * 100) for n in range(1_000))
        number += 1_000


def provisional() -> Iterator[bytes]:
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000
