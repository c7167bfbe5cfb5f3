from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exceptions import SeedFormatError
from newscrawl.storage.disk import Disk, is_name_beside, name_beside, write_file
from newscrawl.storage.seed_file import (
    SeedName,
    decode_seed,
    encode_seed,
    parse_seed_name,
    seed_name,
    write_seed_file,
)

SEEDS = Path(__file__).parents[2] / "../shared/seeds"

NAMES = {
    "first": ("000_706fea1e3bd90cf8.txt", SeedName(0, "706fea1e3bd90cf8")),
    "three digits": ("999_0123456789abcdef.txt", SeedName(999, "0123456789abcdef")),
    "four digits": ("1000_0123456789abcdef.txt", SeedName(1000, "0123456789abcdef")),
    "too few digits": ("04_0123456789abcdef.txt", None),
    "padded too far": ("0004_0123456789abcdef.txt", None),
    "upper case": ("004_0123456789ABCDEF.txt", None),
    "short digest": ("004_0123456789abcde.txt", None),
    "long digest": ("004_0123456789abcdef0.txt", None),
    "written beside": (".004_0123456789abcdef.txt.tmp", None),
    "other ending": ("004_0123456789abcdef.TXT", None),
    "line after": ("004_0123456789abcdef.txt\n", None),
    "digits of another script": ("٠٠٤_0123456789abcdef.txt", None),
    "a folder before it": ("a/004_0123456789abcdef.txt", None),
}


@pytest.mark.parametrize(("name", "parts"), NAMES.values(), ids=NAMES)
def test_names(name, parts):
    assert parse_seed_name(name) == parts


@given(st.integers(0, 10**9), st.binary(max_size=30))
def test_name_is_read_back(ordinal, content):
    name = seed_name(ordinal, content)
    assert parse_seed_name(name) == (ordinal, hashlib.sha256(content).hexdigest()[:16])
    assert str(parse_seed_name(name)) == name


REFUSED = {
    "nothing": ("", "empty", 1),
    "byte order mark": ("\ufeff标题\n正文", "bom", 1),
    "carriage return": ("标题\r\n正文", "control_character", 1),
    "tab": ("标题\n正\t文", "control_character", 2),
    "NUL": ("标题\n正文\n\x00", "control_character", 3),
    "delete": ("标题\x7f", "control_character", 1),
    "next line": ("标题\x85正文", "control_character", 1),
    "line separator": ("标题\u2028正文", "control_character", 1),
    "lone surrogate": ("标题\ud800", "control_character", 1),
    "newline at the end": ("标题\n正文\n", "trailing_newline", 2),
    "only a newline": ("\n", "trailing_newline", 1),
    "empty line": ("标题\n\n正文", "empty_line", 2),
    "no headline": ("\n正文", "empty_line", 1),
    "line of spaces": ("标题\n  \n正文", "empty_line", 2),
    "last line of spaces": ("标题\n正文\n ", "empty_line", 3),
    "full-width comma": ("标题\n正文，好", "not_nfkc", 2),
    "ideographic space": ("标题\n正文\u3000好", "not_nfkc", 2),
    "decomposed": ("e\u0301", "not_nfkc", 1),
}


@pytest.mark.parametrize(("text", "reason", "line"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_the_format(text, reason, line):
    with pytest.raises(SeedFormatError) as caught:
        encode_seed(text)
    assert (caught.value.reason, caught.value.line) == (reason, line)


KEPT = {
    "one line": "标题",
    "seed manner": "淄博市召开发布会\n会议指出,要优化服务(yōuhuà)。\n“好”《书》、完。",
    "private use": "人名\ue000先生",
    "beyond the BMP": "𠮷野家开业\n第二段",
    "zero width joiner": "👨\u200d👩\u200d👧一家",
    "indented line": "标题\n 正文",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_the_format_is_read_back(text):
    assert decode_seed(encode_seed(text)) == text


def test_bytes_that_are_no_utf8():
    with pytest.raises(SeedFormatError, match="line 2: not_utf8: byte 7") as caught:
        decode_seed("标题\n".encode() + "淄博".encode("gbk"))
    assert caught.value.line == 2


@given(st.text())
def test_whatever_is_encoded_keeps_the_format(text):
    try:
        content = encode_seed(text)
    except SeedFormatError:
        return
    lines = content.decode("utf-8").split("\n")
    assert all(line.strip(" ") for line in lines)
    assert unicodedata.normalize("NFKC", text) == text
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content


def test_seed_file_is_written_once(tmp_path):
    path = write_seed_file(tmp_path, 7, "标题\n正文")
    assert path.read_bytes() == "标题\n正文".encode()
    before = path.stat()
    assert write_seed_file(tmp_path, 7, "标题\n正文") == path
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_clash_overwrites_nothing(tmp_path):
    path = tmp_path / seed_name(7, "标题".encode())
    path.write_text("别的文章", encoding="utf-8")
    with pytest.raises(FileExistsError, match="nothing was overwritten"):
        write_seed_file(tmp_path, 7, "标题")
    assert path.read_text(encoding="utf-8") == "别的文章"


def test_a_whole_file_takes_the_place_of_the_old(tmp_path):
    write_file(tmp_path / "a", b"old")
    write_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


class FailingDisk(Disk):
    def sync_file(self, handle):
        raise OSError(28, "No space left on device")


def test_on_error_the_old_file_stays(tmp_path):
    write_file(tmp_path / "a", b"old")
    with pytest.raises(OSError, match="No space"):
        write_file(tmp_path / "a", b"new", FailingDisk())
    assert (tmp_path / "a").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_name_beside_is_no_seed_name():
    beside = name_beside(Path("a") / seed_name(0, b"x"))
    assert is_name_beside(beside.name)
    assert parse_seed_name(beside.name) is None


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not beside the repository")
def test_the_given_seeds_are_in_the_format():
    expected = sorted((SEEDS / "expected").glob("*.txt"))
    assert expected
    for path in expected:
        decode_seed(path.read_bytes())
