from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.storage.lines import BadLine, line_at, parse_line, read_lines, write_line

# Everything Python can hold in a str, lone surrogates and control characters among it.
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(st.dictionaries(ANY_TEXT.filter(lambda key: key != "line_sha256"), ANY_TEXT, min_size=1, max_size=5))
def test_a_line_is_read_back(values):
    line = write_line(values)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert parse_line(line) == values
    assert {k: v for k, v in json.loads(line).items() if k != "line_sha256"} == values


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=8), min_size=1, max_size=3), st.data())
def test_every_altered_bit_is_noticed(values, data):
    line = bytearray(write_line(values))
    bit = data.draw(st.integers(0, 8 * len(line) - 1))
    line[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadLine):
        parse_line(bytes(line))


OBEYED = {
    "escape": "\x1b[31m",
    "C1 control sequence": "\x9b31m",
    "delete": "\x7f",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "line separator": "\u2028",
    "byte order mark": "\ufeff",
    "newline": "a\nb",
}


@pytest.mark.parametrize("text", OBEYED.values(), ids=OBEYED)
def test_nothing_in_a_line_can_be_obeyed(text):
    line = write_line({"headline": text}).decode("utf-8")[:-1]
    assert line.isprintable()
    assert parse_line(line.encode() + b"\n") == {"headline": text}


def test_keys_are_sorted_and_chinese_stays_readable():
    line = write_line({"url": "http://a.cn/", "headline": "淄博"}).decode()
    assert line.startswith('{"headline":"淄博","url":"http://a.cn/","line_sha256":"')


def test_what_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_line({"share": float("nan")})


def test_good_and_damaged_lines_are_told_apart(tmp_path):
    lines = [write_line({"n": n}) for n in range(4)]
    altered = lines[1].replace(b'"n":1', b'"n":7')
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(lines[0] + altered + b"no json at all\n" + lines[2] + lines[3][:-5])
    found = list(read_lines(path))
    assert [line.values for line in found] == [
        {"n": 0},
        {"n": 7, "line_sha256": found[1].values["line_sha256"]},
        None,
        {"n": 2},
        None,
    ]
    assert [bool(line.problem) for line in found] == [False, True, True, False, True]
    assert [line.is_torn for line in found] == [False, False, False, False, True]
    assert sum(line.length for line in found) == path.stat().st_size
    assert line_at(path, found[3].offset) == {"n": 2}


def test_only_what_is_acknowledged_is_read(tmp_path):
    lines = [write_line({"n": n}) for n in range(3)]
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(b"".join(lines))
    assert [line.values for line in read_lines(path, len(lines[0]))] == [{"n": 0}]
    assert [line.is_torn for line in read_lines(path, len(lines[0]) + 4)] == [False, True]


@pytest.mark.parametrize("offset", [3, 10_000])
def test_no_line_begins_there(tmp_path, offset):
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(write_line({"n": 1}))
    with pytest.raises(ArchiveDamaged, match=f"byte {offset}"):
        line_at(path, offset)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ArchiveDamaged):
        line_at(tmp_path / "manifest.jsonl", 0)


def test_deeply_nested_json_is_only_a_bad_line(tmp_path):
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(b'{"a":' + b"[" * 100_000 + b"\n")
    (line,) = read_lines(path)
    assert line.problem
    assert line.values is None
