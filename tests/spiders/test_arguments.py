from __future__ import annotations

from datetime import date

import pytest

from newscrawl.discover import Span
from newscrawl.exceptions import UnknownSource
from newscrawl.sources import Source
from newscrawl.spiders.arguments import ArgumentError, CrawlArguments, source_for

LUSHAN = Source(id="lushan-news", name="鲁山新闻网", start="http://www.lushan.example/", region="山东/淄博")
PINGYUAN = Source(
    id="pingyuan-gov", name="平原县人民政府", start="http://pingyuan.example/", region="山东/德州"
)
SOUTH = Source(id="nanjiang-daily", name="南江日报", start="http://nanjiang.example/", region="四川/巴中")
EVERY = {source.id: source for source in (LUSHAN, PINGYUAN, SOUTH)}


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, {"lushan-news", "pingyuan-gov", "nanjiang-daily"}),
        ({"sources": "lushan-news"}, {"lushan-news"}),
        ({"sources": " lushan-news , nanjiang-daily ,"}, {"lushan-news", "nanjiang-daily"}),
        ({"region": "山东"}, {"lushan-news", "pingyuan-gov"}),
        ({"region": "山东/淄博"}, {"lushan-news"}),
        ({"region": "山东", "sources": "lushan-news,nanjiang-daily"}, {"lushan-news"}),
    ],
)
def test_choose(given, chosen):
    assert set(CrawlArguments.of(given).choose(EVERY)) == chosen


def test_shards_divide_the_sources():
    parts = [set(CrawlArguments.of({"shard": f"{k}/3"}).choose(EVERY)) for k in range(3)]
    assert set.union(*parts) == set(EVERY)
    assert sum(map(len, parts)) == len(EVERY)


@pytest.mark.parametrize("share", ["3/3", "1", "a/b", "-1/2", "0/0"])
def test_a_shard_that_is_none_is_refused(share):
    with pytest.raises(ArgumentError, match="write such as 0/4"):
        CrawlArguments.of({"shard": share}).choose(EVERY)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"regoin": "山东"}, "did you mean 'region'"),
        ({"xyzzy": "1"}, "there are region"),
        ({"url": "http://a.cn/1.html", "region": "山东"}, "leave region"),
    ],
)
def test_contradictions_are_refused(given, says):
    with pytest.raises(ArgumentError, match=says):
        CrawlArguments.of(given)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"since": "yesterday"}, "is no day"),
        ({"since": "2026-13-01"}, "is no day"),
        ({"since": "2026-11-01", "until": "heute"}, "until='heute' is no day"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "comes before"),
        ({"until": "2026-11-01"}, "until needs since"),
    ],
)
def test_since_and_until_are_days(given, says):
    with pytest.raises(ArgumentError, match=says):
        CrawlArguments.of(given).span()


def test_span():
    given = {"since": "2026-11-01", "until": "2026-11-03"}
    assert CrawlArguments.of(given).span() == Span(date(2026, 11, 1), date(2026, 11, 3))
    until_today = CrawlArguments.of({"since": "2026-11-01"}).span()
    assert until_today is not None
    assert until_today.until >= date(2026, 11, 1)
    assert CrawlArguments.of({}).span() is None


@pytest.mark.parametrize(("said", "means"), [(None, False), ("due", False), ("all", True)])
def test_lists_that_are_not_due(said, means):
    assert CrawlArguments.of({"visit": said} if said else {}).wants_everything() is means


def test_visit_says_all_or_due():
    with pytest.raises(ArgumentError, match="write all"):
        CrawlArguments.of({"visit": "now"}).wants_everything()


def test_a_region_without_sources_is_said():
    with pytest.raises(UnknownSource, match="西藏"):
        CrawlArguments.of({"region": "西藏"}).choose(EVERY)


def test_unknown_source_names_the_near_ones():
    with pytest.raises(UnknownSource) as error:
        CrawlArguments.of({"sources": "lushan-new"}).choose(EVERY)
    assert "lushan-news" in str(error.value)


def test_urls_file(tmp_path):
    file = tmp_path / "urls.txt"
    file.write_text(
        "\ufeff# mine\nhttp://a.example/1.html\n\n  http://b.example/2.html  \nhttp://a.example/1.html\n"
    )
    arguments = CrawlArguments.of({"urls_file": str(file), "url": "http://c.example/3.html"})
    assert arguments.urls() == (
        "http://c.example/3.html",
        "http://a.example/1.html",
        "http://b.example/2.html",
    )
    assert {source.name for source in arguments.choose(EVERY).values()} == {
        "a.example",
        "b.example",
        "c.example",
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"http://a.example/1.html\nftp://b.example/2\n", r":2: 'ftp://b\.example/2' is no"),
        (b"javascript:alert(1)\n", ":1:"),
        ("http://a.example/新闻".encode("gb18030"), "urls.txt"),
    ],
)
def test_a_bad_urls_file_names_the_line(tmp_path, content, says):
    file = tmp_path / "urls.txt"
    file.write_bytes(content)
    with pytest.raises(ArgumentError, match=says):
        CrawlArguments.of({"urls_file": str(file)}).urls()


def test_a_missing_urls_file_is_named(tmp_path):
    with pytest.raises(ArgumentError, match=r"none\.txt"):
        CrawlArguments.of({"urls_file": str(tmp_path / "none.txt")}).urls()


def test_source_for_takes_the_source_that_owns_the_url():
    assert source_for("http://www.lushan.example/a/1.html", EVERY) is LUSHAN


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://www.other.example/1.html", "www-other-example"),
        ("http://127.0.0.1:8123/1.html", "127-0-0-1-8123"),
        ("http://localhost:8123/1.html", "localhost-8123"),
    ],
)
def test_source_for_makes_one_up_for_an_unknown_host(url, name):
    source = source_for(url, EVERY)
    assert source.id == name
    assert source.local  # the operator named the page himself
    assert source.owns(url)
