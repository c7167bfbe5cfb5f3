"""New source files, and tables of sources."""

from __future__ import annotations

import csv
import io
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exceptions import SourceError
from newscrawl.sources import BUILT_IN, load_sources, parse_source
from newscrawl.sources.spreadsheets import COLUMNS, parse_csv, write_csv
from newscrawl.sources.writing import SourceDraft, id_of_url, toml_of

PATH = Path("t.csv")


def test_a_whole_draft_is_a_source_file():
    draft = SourceDraft(
        id="zbnews", name="淄博\"新闻\"网", start=("https://www.zbnews.net/", "http://news.zbnews.net/"), region="山东/淄博", kind="official", level="city",
        adcode="370300", family="trs", feeds=("http://www.zbnews.net/rss.xml",), note="一\n二", charset="gb18030",
        article_url=r"/\d{4}/\d{4}/\d+\.s?html$", checked_on=date(2026, 11, 22),
    )  # fmt: skip
    source = parse_source(toml_of(draft), PATH)
    assert source.name == '淄博"新闻"网'
    assert source.start == draft.start
    assert source.note == "一\n二"
    assert source.article_url.pattern == draft.article_url
    assert source.fetch.charset == "gb18030"
    assert source.checked.on == date(2026, 11, 22)


@given(st.text(min_size=1, max_size=40))
def test_any_text_is_written_so_that_it_is_read_again(text):
    written = toml_of(SourceDraft("a", text, ("http://a.cn/",)))
    assert tomllib.loads(written)["name"] == text.encode("utf-16", "surrogatepass").decode(
        "utf-16", "replace"
    )


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.zbnews.net/", "zbnews"),
        ("http://paper.zbnews.net/", "zbnews-paper"),
        ("http://epaper.langya.cn/", "langya-epaper"),
        ("http://jiangxi.gov.cn/", "jiangxi-gov"),
        ("http://10yan.com/", "10yan"),
        ("http://淄博.中国/", "xn-fiqs8s-xn-9krp82d"),
        ("http://127.0.0.1:8123/", "127-0-0-1"),
        ("http://gov.cn/", "gov-cn"),
        ("http://com.cn/", "com-cn"),
        ("http://a_b.cn/", "a-b"),
    ],
)
def test_ids_of_hosts(url, name):
    found = id_of_url(url)
    parse_source(toml_of(SourceDraft(found, "某", (url,))), PATH)
    assert found == name or name in {"gov-cn", "com-cn"}
    assert id_of_url(url, {found, f"{found}-2"}) == f"{found}-3"


def test_all_sources_go_into_a_table_and_come_back():
    sources = load_sources([BUILT_IN])
    again = parse_csv(write_csv(sources.values()).encode(), PATH)
    assert list(again) == list(sources)
    for name, text in again.items():
        one = parse_source(text, PATH)
        assert (one.name, one.start, one.region, one.feeds, one.kind) == (
            sources[name].name, sources[name].start, sources[name].region, sources[name].feeds, sources[name].kind)  # fmt: skip


def test_a_cell_never_becomes_a_formula():
    source = parse_source(toml_of(SourceDraft("a", "=cmd|' /C calc'!A0", ("http://a.cn/",), note="@x")), PATH)
    row = next(csv.DictReader(io.StringIO(write_csv([source]).removeprefix("\ufeff"))))
    assert row["name"].startswith("'=")
    assert row["note"].startswith("'@")
    assert tuple(row) == COLUMNS


TABLES = {
    "ours": "id,name,start,region\nzb,淄博新闻网,http://www.zbnews.net/,山东/淄博\n".encode(),
    "theirs": "Name,County,City,Homepage,Owner\n淄博新闻网,,淄博,www.zbnews.net,x\n".encode(),
    "Chinese headings, Excel": "名称;网址;省份;城市\r\n淄博新闻网;www.zbnews.net;山东;淄博\r\n".encode(
        "gb18030"
    ),
    "tabs and a byte order mark": "\ufeff媒体\t网址\t地区\n淄博新闻网\thttp://www.zbnews.net/\t山东/淄博\n".encode(),
    "quotes": b'name,url\n"\xe6\xb7\x84\xe5\x8d\x9a\xe6\x96\xb0\xe9\x97\xbb\xe7\xbd\x91","http://www.zbnews.net/"\n',
    "more cells than headings": "name,url\n淄博新闻网,http://www.zbnews.net/,x,y\n".encode(),
}


@pytest.mark.parametrize("data", TABLES.values(), ids=TABLES)
def test_tables_of_many_manners_are_read(data):
    (text,) = parse_csv(data, PATH).values()
    source = parse_source(text, PATH)
    assert source.name == "淄博新闻网"
    assert source.scope == ("zbnews.net",)
    assert source.note


def test_ids_are_made_and_never_twice():
    data = "name,url\n一,http://www.a.cn/\n二,http://a.cn/\n三,http://a.cn/x/\n".encode()
    assert list(parse_csv(data, PATH, taken={"a"})) == ["a-2", "a-3", "a-4"]


def test_an_id_that_a_known_source_has_is_a_mistake():
    with pytest.raises(SourceError, match="'zbnews' is the id of another source"):
        parse_csv(b"id,name,homepage\nzbnews,A,a.cn\n", PATH, taken={"zbnews"})


def test_all_mistakes_of_a_table_come_at_once():
    data = "id,name,url,kind\na,一,http://a.cn/,报纸\nB!,二,http://b.cn/,\n,三,,\n,,http://d.cn/,\ne,五,ftp://e.cn/,\nf,六,http://f.cn/,offical\n".encode()
    with pytest.raises(SourceError) as caught:
        parse_csv(data, PATH)
    told = str(caught.value).splitlines()
    assert [line.split(":")[1] for line in told] == ["3", "4", "5", "6", "7"]
    assert "did you mean 'official'?" in told[-1]
    assert told[1] == "t.csv:4: [三] start: missing; every source has a homepage"


@pytest.mark.parametrize("data", [b"", b"\n", b"a,b\n1,2\n", b"\xff\xd8\xff\xe0", b"name\nx\n"])
def test_what_is_no_table_is_told(data):
    with pytest.raises(SourceError, match="no table of sources"):
        parse_csv(data, PATH)
