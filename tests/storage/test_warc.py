from __future__ import annotations

import gzip
import io
import os
import random
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.items import WarcPointer
from newscrawl.storage import salvage
from newscrawl.storage.captures import captures_in
from newscrawl.storage.exchange import Exchange
from newscrawl.storage.warc_members import Gap, Member, scan_members
from newscrawl.storage.warc_read import (
    BadRecord,
    exchange_of,
    exchanges_in,
    parse_record,
    read_exchange,
    read_record,
)
from newscrawl.storage.warc_write import (
    GZIP_HEAD,
    Visit,
    payload_digest_of,
    write_exchange,
    write_warcinfo,
)
from tests.storage.making import NOON, make_exchange

NAME = "newscrawl-20260527T040000Z-00001.warc.gz"
INFO = write_warcinfo(NAME, {"software": "newscrawl/0.1.0", "operator": "某人\r\nX: y"})

EXCHANGES = {
    "plain": make_exchange(1),
    "compressed GBK": make_exchange(
        2,
        body=gzip.compress("淄博".encode("gbk") * 50),
        response_headers=(("Content-Type", "text/html; charset=gbk"), ("Content-Encoding", "gzip")),
    ),
    "headers in GBK": make_exchange(
        3,
        response_headers=(("Content-Disposition", "filename=" + "淄博.doc".encode("gbk").decode("latin-1")),),
    ),
    "two cookies": make_exchange(4, response_headers=(("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))),
    "empty body": make_exchange(5, body=b"", status=204),
    "unknown status": make_exchange(6, status=521, status_text=""),
    "Chinese URL": make_exchange(7, url="http://新闻.cn/淄博?q=一"),
    "body that looks like a record": make_exchange(8, body=INFO + b"\r\n\r\nWARC/1.1\r\n" + INFO),
    "big": make_exchange(9, body=random.Random(1).randbytes(700_000)),
    "posted": make_exchange(
        10, method="POST", request_body="q=淄博".encode(), request_headers=(("Host", "a.cn"),)
    ),
    "with notes": make_exchange(11, notes={"via": "http://a.cn/", "hopsFromSeed": "1"}),
}


@pytest.fixture
def warc(tmp_path):
    """Write members to a WARC file and return its path."""

    def write(*members):
        path = tmp_path / NAME
        path.write_bytes(b"".join(members))
        return path

    return write


@pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=EXCHANGES)
def test_an_exchange_is_read_back(warc, exchange):
    written = write_exchange(exchange)
    path = warc(INFO, written.members)
    back = read_exchange(path.parent, WarcPointer(path.name, len(INFO), written.record_id))
    assert back.body == exchange.body
    assert (back.url, back.status, back.fetched_at, back.ip) == (
        exchange.url,
        exchange.status,
        exchange.fetched_at,
        exchange.ip,
    )
    assert set(exchange.response_headers) <= set(back.response_headers)


def test_warcio_agrees_with_every_record(warc):
    members = [write_exchange(exchange).members for exchange in EXCHANGES.values()]
    path = warc(INFO, *members)
    kinds, urls = [], set()
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.raw_stream.read()
            assert record.digest_checker.passed is True, record.digest_checker.problems
            kinds.append(record.rec_type)
            urls.add(record.rec_headers.get_header("WARC-Target-URI"))
            assert record.rec_headers.protocol == "WARC/1.1"
    assert kinds == ["warcinfo", *["response", "request"] * len(EXCHANGES), "metadata"]
    assert urls == {None, *(exchange.url for exchange in EXCHANGES.values())}


def test_the_payload_is_kept_as_it_was_sent(warc):
    body = gzip.compress(b"x" * 100)
    headers = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("content-length", "7"))
    written = write_exchange(make_exchange(1, body=body, response_headers=headers))
    path = warc(written.members)
    back = exchange_of(read_record(path, 0))
    assert back.header("Content-Encoding") == "gzip"
    assert back.header("Content-Length") == str(len(body))
    assert back.header("Transfer-Encoding") is None
    assert back.header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert back.header("x-archive-orig-content-length") == "7"
    with path.open("rb") as file:
        assert next(iter(ArchiveIterator(file))).content_stream().read() == b"x" * 100


def test_a_right_content_length_is_left_alone(warc):
    exchange = make_exchange(1, body=b"abc", response_headers=(("Content-Length", "3"),))
    assert exchange_of(read_record(warc(write_exchange(exchange).members), 0)).response_headers == (
        ("Content-Length", "3"),
    )


HOSTILE = {
    "header value": {"response_headers": (("X", "a\r\n\r\nWARC/1.1\r\nWARC-Type: response"),)},
    "header name": {"response_headers": (("X\r\nSet-Cookie", "a"),)},
    "status text": {"status_text": "OK\r\nEvil: 1"},
    "URL": {"url": "http://a.cn/\r\nWARC-Type: warcinfo\r\n"},
    "lone surrogate in the URL": {"url": "http://a.cn/\ud800"},
    "note": {"notes": {"via": "a\r\nb: c"}},
    "not Latin-1": {"response_headers": (("X", "淄博"),)},
    "method": {"method": "GET\r\nEvil: 1"},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_a_server_cannot_write_records(warc, changes):
    path = warc(write_exchange(make_exchange(1, **changes)).members)
    records = [parse_record(member.content) for member in scan_members(path)]
    assert [record.kind for record in records][:2] == ["response", "request"]
    assert len(records) == 2 + ("notes" in changes)
    exchange = exchange_of(records[0])
    assert exchange.header("Evil") is None
    assert exchange.header("Set-Cookie") is None
    with path.open("rb") as file:
        assert len(list(ArchiveIterator(file))) == len(records)


def visit_of(exchange, written, offset=0):
    return Visit(
        exchange.url,
        exchange.fetched_at,
        written.payload_digest,
        WarcPointer(NAME, offset, written.record_id),
    )


def test_an_unchanged_page_is_a_revisit(warc):
    first = write_exchange(make_exchange(1))
    later = make_exchange(1, fetched_at=datetime(2026, 6, 1, tzinfo=UTC))
    again = write_exchange(later, visit_of(make_exchange(1), first))
    path = warc(first.members, again.members)
    assert again.kind == "revisit"
    record = read_record(path, len(first.members))
    assert record.header("WARC-Profile").endswith("/1.1/revisit/identical-payload-digest")
    assert record.header("WARC-Refers-To-Date") == "2026-05-27T04:00:01.000000Z"
    back = read_exchange(path.parent, WarcPointer(NAME, len(first.members), again.record_id))
    assert (back.body, back.fetched_at) == (later.body, later.fetched_at)


def test_not_modified_is_a_revisit(warc):
    first = write_exchange(make_exchange(1))
    later = make_exchange(1, status=304, body=b"")
    again = write_exchange(later, visit_of(make_exchange(1), first))
    path = warc(first.members, again.members)
    back = read_exchange(path.parent, WarcPointer(NAME, len(first.members), again.record_id))
    assert (again.kind, back.status, back.body) == ("revisit", 304, make_exchange(1).body)
    assert read_record(path, len(first.members)).header("WARC-Profile").endswith("server-not-modified")


NO_REVISIT = {
    "changed": make_exchange(1, body=b"other"),
    "cut off": make_exchange(1, truncated="disconnect"),
    "both empty": make_exchange(1, body=b""),
}


@pytest.mark.parametrize("exchange", NO_REVISIT.values(), ids=NO_REVISIT)
def test_what_is_no_revisit(exchange):
    earlier = replace(visit_of(exchange, write_exchange(exchange)))
    if exchange.body == b"other":
        earlier = replace(earlier, payload_digest=payload_digest_of(b"before"))
    assert write_exchange(exchange, earlier).kind == "response"


def test_304_without_an_earlier_visit_is_kept_as_it_is():
    assert write_exchange(make_exchange(1, status=304, body=b"")).kind == "response"


WRONG_POINTERS = {
    "middle of a record": (1, None),
    "behind the end": (10**6, None),
    "another record": (0, "<urn:uuid:other>"),
    "no such file": (0, "no file"),
}


@pytest.mark.parametrize(("shift", "record_id"), WRONG_POINTERS.values(), ids=WRONG_POINTERS)
def test_a_pointer_that_is_wrong(warc, shift, record_id):
    written = write_exchange(make_exchange(1))
    path = warc(written.members)
    name = "other.warc.gz" if record_id == "no file" else NAME
    with pytest.raises(ArchiveDamaged):
        read_exchange(path.parent, WarcPointer(name, shift, record_id or written.record_id))


def test_a_revisit_cannot_lead_out_of_the_folder(warc):
    first = write_exchange(make_exchange(1))
    earlier = replace(visit_of(make_exchange(1), first), warc=WarcPointer("../" + NAME, 0, first.record_id))
    again = write_exchange(make_exchange(1), earlier)
    path = warc(again.members)
    with pytest.raises(ArchiveDamaged, match="does not say where"):
        read_exchange(path.parent, WarcPointer(NAME, 0, again.record_id))


# -- damage ----------------------------------------------------------------------------------------------


def thirty():
    return [write_exchange(make_exchange(n)).members for n in range(30)]


def whole_exchanges(path):
    return sum(not isinstance(found, Gap) for found in captures_in(path))


def test_a_torn_record_is_no_record(warc):
    groups = thirty()
    path = warc(*groups)
    size = path.stat().st_size
    for cut in random.Random(2).sample(range(1, len(groups[-1])), 15):
        os.truncate(path, size)
        path.write_bytes(b"".join(groups)[: size - cut])
        assert whole_exchanges(path) in {29, 30}  # 30: only the request behind the response is torn
        found = list(captures_in(path))
        assert isinstance(found[-1], Gap)


def test_records_behind_a_torn_one_are_found(warc):
    groups = thirty()
    groups[10] = groups[10][:200]
    path = warc(*groups)
    assert whole_exchanges(path) == 29


def test_records_behind_a_hole_are_found(warc):
    groups = thirty()
    path = warc(*groups[:10], b"\0" * 5000, *groups[10:])
    assert whole_exchanges(path) == 30
    (gap,) = (found for found in captures_in(path) if isinstance(found, Gap))
    assert gap.length == 5000


def test_one_flipped_bit_costs_one_exchange_at_most(warc):
    groups = thirty()
    content = b"".join(groups)
    chance = random.Random(3)
    for _ in range(25):
        flipped = bytearray(content)
        bit = chance.randrange(8 * len(content))
        flipped[bit // 8] ^= 1 << bit % 8
        assert whole_exchanges(warc(bytes(flipped))) >= 29


def test_salvage_gets_everything_else_back(warc, tmp_path):
    groups = thirty()
    groups[4] = groups[4][:100]
    groups[20] = groups[20][:-3]
    damaged = warc(*groups)
    before = damaged.read_bytes()
    out = tmp_path / "saved" / "whole.warc.gz"
    salvaged = salvage(damaged, out)
    assert damaged.read_bytes() == before
    assert salvaged.records == 57
    assert salvaged.saved_bytes == out.stat().st_size
    assert salvaged.saved_bytes + salvaged.lost_bytes == damaged.stat().st_size
    assert len(salvaged.lost) == 2
    with out.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.raw_stream.read()
            assert record.digest_checker.passed is True
    with pytest.raises(FileExistsError):
        salvage(damaged, out)
    assert [path.name for path in out.parent.iterdir()] == ["whole.warc.gz"]


def test_an_empty_file_has_no_records(warc):
    assert list(scan_members(warc())) == []
    assert list(captures_in(warc())) == []


def test_what_is_no_warc_is_a_gap(warc):
    path = warc(gzip.compress(b"only text"), b"rubbish")
    (gap,) = scan_members(path)
    assert (gap.offset, gap.length) == (0, path.stat().st_size)
    assert gap.detail == "a gzip member that is no WARC record"


def test_a_bomb_is_a_gap(warc, monkeypatch):
    monkeypatch.setattr("newscrawl.storage.warc_members.MEMBER_MAX_BYTES", 1 << 20)
    bomb = gzip.compress(b"WARC/1.1\r\n" + b"\0" * (8 << 20))
    after = write_exchange(make_exchange(1)).members
    gap, *members = scan_members(warc(bomb, after))
    assert gap.detail == "gzip member beyond all bounds"
    assert len(members) == 2


def repack(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush()


UNSOUND = {
    "no WARC": (lambda c: b"WARC/9.9\r\n\r\n", "no WARC record"),
    "block altered": (lambda c: c.replace(b"<html>", b"<HTML>"), "Block-Digest does not agree"),
    "block cut": (lambda c: c[:-20], "bytes of a block"),
    "rubbish behind": (lambda c: c + b"x", "does not end where it says"),
    "no length": (lambda c: c.replace(b"Content-Length: ", b"X: "), "bytes of a block"),
    "negative length": (lambda c: c.replace(b"Content-Length: ", b"Content-Length: -"), "does not end"),
    "unknown digest": (lambda c: c.replace(b"sha256:", b"md99:"), "unknown digest"),
}


@pytest.mark.parametrize(("change", "message"), UNSOUND.values(), ids=UNSOUND)
def test_a_record_that_is_unsound(warc, change, message):
    member = next(scan_members(warc(write_exchange(make_exchange(1)).members)))
    assert isinstance(member, Member)
    with pytest.raises(BadRecord, match=message):
        parse_record(change(member.content))
    with pytest.raises(ArchiveDamaged):
        read_record(warc(repack(change(member.content))), 0)


def test_exchanges_are_read_past_damage(warc):
    groups = thirty()
    groups[3] = groups[3][:-300]
    revisit = write_exchange(
        make_exchange(0, fetched_at=NOON), visit_of(make_exchange(0), write_exchange(make_exchange(0)))
    )
    found = list(exchanges_in(warc(INFO, *groups, revisit.members)))
    urls = [exchange.url for _, exchange in found]
    assert urls in (
        [make_exchange(n).url for n in range(30) if n != 3],
        [make_exchange(n).url for n in range(30)],
    )
    path = warc(INFO, *groups)
    assert all(read_record(path, pointer.offset).record_id == pointer.record_id for pointer, _ in found)


def test_a_file_that_is_not_compressed(warc):
    groups = [INFO, *thirty()]
    plain = b"".join(gzip.decompress(group) for group in groups)
    path = warc(plain)
    exchanges = [exchange for _, exchange in exchanges_in(path)]
    assert exchanges == [
        exchange_of(parse_record(m.content))
        for m in scan_members(warc(*groups))
        if b"WARC-Type: response" in m.content
    ]
    torn = list(scan_members(warc(plain[:-10])))
    assert [type(found) for found in torn[-2:]] == [Member, Gap]
    assert list(exchanges_in(warc(b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n"))) == []
    assert list(exchanges_in(warc(b"WARC/1.0\r\n" + b"x" * 200_000))) == []


def test_members_begin_as_it_is_written_down(warc):
    for member in scan_members(path := warc(INFO, *thirty()[:2])):
        assert path.read_bytes()[member.offset :][:10] == GZIP_HEAD


def test_foreign_digests_are_read():
    block = b"HTTP/1.1 200 OK\r\n\r\nabc"
    digest = "sha1:" + __import__("hashlib").sha1(block).hexdigest().upper()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.cn/>\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Block-Digest: {digest}\r\nContent-Length: {len(block)}\r\n\r\n"
    record = parse_record(head.encode() + block + b"\r\n\r\n")
    assert record.checked
    assert record.url == "http://a.cn/"
    assert exchange_of(record).body == b"abc"


def test_foreign_chunks_are_joined():
    block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Length: %d\r\n\r\n"
    record = parse_record(head % len(block) + block + b"\r\n\r\n")
    assert not record.checked
    assert exchange_of(record).body == b"abcde"


def test_a_record_without_a_date_is_a_gap_of_the_catalog(warc):
    member = next(scan_members(warc(write_exchange(make_exchange(1)).members)))
    content = member.content.replace(b"WARC-Date: 2026", b"WARC-Date: none")
    (gap,) = captures_in(warc(repack(content)))
    assert "WARC-Date" in gap.detail


def test_the_usual_status_words_are_supplied():
    assert Exchange(url="", fetched_at=datetime.now(UTC), status=404, body=b"").status_line == "404 Not Found"
    assert make_exchange(status=521).status_line == "521"
    assert make_exchange(status_text="Fine").status_line == "200 Fine"


def test_the_exchange_knows_its_content_type():
    assert make_exchange().content_type == "text/html; charset=utf-8"
    assert make_exchange(response_headers=()).content_type is None
    assert io.BytesIO(make_exchange().body).read()
