from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.items import Capture, WarcPointer
from newscrawl.storage import Archive, ReadingEntry, read_readings, rebuild, verify
from newscrawl.storage.lines import BadLine, parse_line, write_line
from newscrawl.storage.readings import parse_reading, write_reading
from tests.storage.making import make_article

CAPTURE = Capture(
    "http://a.cn/1.html", "linyi", datetime(2026, 5, 27, 4, tzinfo=UTC), WarcPointer("w", 12, "<1>")
)
SECOND = replace(CAPTURE, url="http://a.cn/1_2.html", warc=WarcPointer("w", 99, "<2>"))
FULL = ReadingEntry(
    capture=CAPTURE,
    continuations=(SECOND,),
    link_text="市民夜校开课\ud800",
    learnt_count=51,
    injected_count=3,
)


@pytest.mark.parametrize("entry", [FULL, ReadingEntry(capture=replace(CAPTURE, warc=None))])
def test_a_line_gives_back_what_was_written(entry):
    assert parse_reading(parse_line(write_reading(entry))) == entry


@pytest.mark.parametrize(
    "change", [{"format": 2}, {"kind": "article"}, {"continuations": None}, {"url": None, "warc": 3}]
)
def test_what_is_no_reading_is_refused(change):
    with pytest.raises(BadLine):
        parse_reading(parse_line(write_reading(FULL)) | change)


def test_a_later_member_is_passed_over():
    assert parse_reading(parse_line(write_reading(FULL)) | {"language": "zh"}) == FULL


def test_readings_keep_their_order_and_are_committed_with_the_rest(folder):
    entries = [ReadingEntry(capture=make_article(number).capture, learnt_count=number) for number in range(3)]
    with Archive.open(folder) as archive:
        archive.add_reading(entries[0])
        archive.commit()
        archive.add_reading(entries[1])
        archive.rollback()
        archive.add_reading(entries[2])
    assert list(read_readings(folder / "readings.jsonl")) == [entries[0], entries[2]]
    assert not list(verify(folder))


def test_an_altered_line_is_found_by_those_who_read_and_those_who_verify(folder):
    with Archive.open(folder) as archive:
        archive.add_reading(FULL)
    path = folder / "readings.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"learnt_count":51', b'"learnt_count":50'))
    assert {finding.what for finding in verify(folder)} == {"bad_line"}
    with pytest.raises(ArchiveDamaged, match="checksum"):
        list(read_readings(path))


def test_a_rebuilt_catalog_knows_the_readings_and_goes_on_with_them(folder):
    with Archive.open(folder) as archive:
        archive.add_reading(FULL)
    (folder / "catalog.sqlite3").unlink()
    assert not rebuild(folder).findings
    with Archive.open(folder) as archive:
        archive.add_reading(FULL)
    assert len(list(read_readings(folder / "readings.jsonl"))) == 2


def test_a_line_of_another_kind_is_damage_there(folder):
    with Archive.open(folder) as archive:
        archive.add_reading(FULL)
    line = write_line({"format": 1, "kind": "run"})
    (folder / "catalog.sqlite3").unlink()
    (folder / "readings.jsonl").write_bytes(line)
    assert {finding.what for finding in rebuild(folder).findings} == {"bad_line"}
