"""Compressed bodies: whole or not at all, and never more than is allowed."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest

from newscrawl.middlewares.content_encoding import CorruptBody, OversizeBody, decode_body, is_cut, zstd

TEXT = "市政府今天召开会议，研究部署今年的重点工作。".encode() * 400 + random.Random(1).randbytes(5_000)
LIMIT = 1 << 20


def raw_deflate(data):
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


def checked_zstd(data):
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
ALL = [*ENCODERS.items(), ("deflate", raw_deflate), ("zstd", checked_zstd)]
CHECKED = [("gzip", gzip.compress), ("deflate", zlib.compress), ("zstd", checked_zstd)]


@pytest.mark.parametrize(("name", "compress"), ALL)
def test_whole(name, compress):
    assert decode_body(compress(TEXT), [name], max_size=LIMIT) == TEXT
    assert decode_body(compress(b""), [name], max_size=LIMIT) == b""
    assert decode_body(b"", [name], max_size=LIMIT) == b""


@pytest.mark.parametrize(("name", "compress"), ALL)
def test_cut_anywhere(name, compress):
    data = compress(TEXT)
    for end in [*range(1, 60), *range(60, len(data) - 60, 97), *range(len(data) - 60, len(data))]:
        with pytest.raises(CorruptBody):
            decode_body(data[:end], [name], max_size=LIMIT)


@pytest.mark.parametrize(("name", "compress"), CHECKED)
def test_flipped_bits(name, compress):
    data = compress(TEXT)
    for position in random.Random(2).sample(range(len(data) * 8), 300):
        damaged = bytearray(data)
        damaged[position // 8] ^= 1 << (position % 8)
        try:
            assert (
                decode_body(bytes(damaged), [name], max_size=LIMIT) == TEXT
            )  # a bit of the head that says nothing
        except (CorruptBody, OversizeBody):
            continue


@pytest.mark.parametrize(("name", "compress"), ALL)
def test_bombs(name, compress):
    bomb = compress(bytes(50 << 20))
    with pytest.raises(OversizeBody):
        decode_body(bomb, [name], max_size=LIMIT)
    with pytest.raises(OversizeBody):
        decode_body(gzip.compress(bomb), [name, "gzip"], max_size=LIMIT)


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT])
def test_as_much_as_is_allowed(size):
    assert len(decode_body(gzip.compress(bytes(size)), ["gzip"], max_size=LIMIT)) == size
    with pytest.raises(OversizeBody):
        decode_body(gzip.compress(bytes(LIMIT + 1)), ["gzip"], max_size=LIMIT)


@pytest.mark.parametrize("name", ENCODERS)
def test_plain_markup_that_is_said_to_be_packed(name):
    assert decode_body(b" <!DOCTYPE html><p>1", [name], max_size=LIMIT) == b" <!DOCTYPE html><p>1"


def test_layers():
    twice = gzip.compress(gzip.compress(TEXT))
    assert decode_body(twice, ["gzip", "gzip"], max_size=LIMIT) == TEXT
    with pytest.raises(CorruptBody):
        decode_body(twice, ["gzip"] * 9, max_size=LIMIT)
    assert (
        decode_body(gzip.compress(b"1") + gzip.compress(b"2") + bytes(9), ["gzip"], max_size=LIMIT) == b"12"
    )
    with pytest.raises(CorruptBody):
        decode_body(gzip.compress(b"1") + gzip.compress(b"2")[:-2], ["gzip"], max_size=LIMIT)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", False),
        (b"<p>1", False),
        (b"{}", False),
        (b"<html><p>1", True),
        (b"<HTML lang=zh><p>1</HTML>", False),
        (b"<html><body>1</body>", False),
        (b"<html><body>1</bo", True),
        (b"<!-- <htmlx --><p>", False),
        ("<html><body>1".encode("utf-16"), True),
        ("<html><body>1</body></html>".encode("utf-16-le"), False),
    ],
)
def test_is_cut(body, expected):
    assert is_cut(body) is expected
