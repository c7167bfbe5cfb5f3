from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.items import CHINA_TIME, Capture, Cut, Metadata, Provenance, Region, WarcPointer
from newscrawl.storage.lines import BadLine, parse_line, write_line
from newscrawl.storage.manifest import (
    ArticleEntry,
    DuplicateEntry,
    QuarantineEntry,
    parse_entry,
    read_entries,
    write_entry,
)

CAPTURE = Capture(
    "http://a.cn/1.html",
    "linyi-news",
    datetime(2026, 5, 27, 4, tzinfo=UTC),
    WarcPointer("newscrawl-20260527T040000Z-00001.warc.gz", 1234, "<urn:uuid:1>"),
)
FULL = Metadata(
    alternative_headline="又题",
    date_published=date(2026, 5, 27),
    date_modified=datetime(2026, 5, 27, 8, 30, tzinfo=CHINA_TIME),
    source_outlet="临沂日报",
    reporters=("徐畅", "李四"),
    correspondents=("王五",),
    editors=("赵六",),
    authors=("钱七",),
    dateline="本报5月27日讯",
    column="社会",
    keywords=("儿童", "保障"),
    main_image="http://a.cn/1.jpg",
    captions=("图为现场。",),
    canonical_url="http://a.cn/1.html",
    in_language="zh-Hans",
    region=Region("371300", ("山东省", "临沂市")),
    provenance={"reporters": Provenance("记者 徐畅 李四", "text line 3")},
)
ARTICLE = ArticleEntry(
    capture=CAPTURE,
    path="linyi-news/2026-05-27/004_f6c4166ffba20072.txt",
    sha256="f6c4166ffba20072" + "0" * 48,
    text_fingerprint="1:abc",
    headline="标题",
    metadata=FULL,
    cuts=(
        Cut(3, "(yōuhuà)", "pinyin", "reading of the word before it"),
        Cut(5, "，", "mirror", replacement=","),
    ),
    flags=("pinyin_injected",),
    story="story-1",
    previous="linyi-news/2026-05-26/000_0000000000000000.txt",
    versions={"newscrawl": "0.1.0"},
)
ENTRIES = {
    "full article": ARTICLE,
    "bare article": ArticleEntry(
        capture=replace(CAPTURE, warc=None),
        path=ARTICLE.path,
        sha256="0" * 64,
        text_fingerprint="",
        headline=None,
    ),
    "duplicate": DuplicateEntry(
        capture=CAPTURE, duplicate_of=ARTICLE.path, text_fingerprint="1:abc", headline="标题", metadata=FULL
    ),
    "quarantined": QuarantineEntry(capture=CAPTURE, reason="soft_404", detail="the page says 页面不存在"),
    "quarantined before it was captured": QuarantineEntry(
        capture=replace(CAPTURE, warc=None), reason="blocked"
    ),
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_is_read_back(entry):
    assert parse_entry(parse_line(write_entry(entry))) == entry


def test_every_field_of_the_metadata_was_tried():
    bare = Metadata()
    assert [f.name for f in fields(Metadata) if getattr(FULL, f.name) == getattr(bare, f.name)] == []


def test_metadata_shares_no_name_with_its_entry():
    names = {f.name for f in fields(Metadata)}
    assert not names & {f.name for kind in (ArticleEntry, DuplicateEntry) for f in fields(kind)}
    assert not names & {"url", "source", "captured_at", "warc", "format", "kind"}


TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001


@given(TIMES, st.integers(-12, 14))
def test_times_are_kept(at, hours):
    aware = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    entry = replace(
        ARTICLE, capture=replace(CAPTURE, captured_at=aware), metadata=Metadata(date_published=aware)
    )
    back = parse_entry(parse_line(write_entry(entry)))
    assert back.capture.captured_at == aware
    assert back.metadata.date_published == aware
    assert back.metadata.date_published.utcoffset() == aware.utcoffset()


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_a_page_says_is_kept(text):
    entry = replace(
        ARTICLE, metadata=Metadata(source_outlet=text, provenance={"source_outlet": Provenance(text, text)})
    )
    assert parse_entry(parse_line(write_entry(entry))) == entry


def test_an_unknown_member_is_no_obstacle():
    values = parse_line(write_entry(ARTICLE))
    assert parse_entry({**values, "mood": "merry"}) == ARTICLE


REFUSED = {
    "later format": ({"format": 2}, "format 2"),
    "no format": ({"format": None}, "format None"),
    "unknown kind": ({"kind": "poem"}, "unknown kind 'poem'"),
    "time of the wrong type": ({"captured_at": 5}, "TypeError"),
    "time that is none": ({"captured_at": "gestern"}, "ValueError"),
    "cut with a member too many": (
        {"cuts": [{"offset": 1, "text": "", "rule": "", "colour": ""}]},
        "TypeError",
    ),
    "region of the wrong type": ({"region": "临沂"}, "TypeError"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_a_line_that_cannot_be_understood(change, message):
    with pytest.raises(BadLine, match=message):
        parse_entry({**parse_line(write_entry(ARTICLE)), **change})


def test_a_member_is_missing():
    values = parse_line(write_entry(ARTICLE))
    del values["sha256"]
    with pytest.raises(BadLine, match="sha256"):
        parse_entry(values)


def test_a_manifest_is_read_in_order(tmp_path):
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(b"".join(map(write_entry, ENTRIES.values())))
    assert list(read_entries(path)) == list(ENTRIES.values())


def test_reading_stops_at_a_damaged_line(tmp_path):
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(write_entry(ARTICLE) + write_line({"format": 1, "kind": "poem"}))
    entries = read_entries(path)
    assert next(entries) == ARTICLE
    with pytest.raises(ArchiveDamaged, match="unknown kind"):
        next(entries)


def test_the_article_comes_back_with_its_text():
    article = ARTICLE.article("标题\n第一段。\n第二段。")
    assert (article.headline, article.body) == ("标题", "第一段。\n第二段。")
    assert article.text == "标题\n第一段。\n第二段。"
    assert replace(ARTICLE, headline=None).article("第一段。").body == "第一段。"
    assert ARTICLE.article("标题").body == ""


def test_the_ordinal_is_that_of_the_name():
    assert ARTICLE.ordinal == 4
    with pytest.raises(ValueError, match="not the path of a seed file"):
        _ = replace(ARTICLE, path="a/b/c.txt").ordinal
