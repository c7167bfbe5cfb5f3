"""What a source file may say, and how its mistakes are told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from newscrawl.exceptions import SourceError
from newscrawl.sources import parse_source

THREE_LINES = 'id = "zibo-news"\nname = "淄博新闻网"\nstart = "https://www.zbnews.net/"\n'

WHOLE = r"""
id = "zibo-news"
name = "淄博新闻网"
start = ["https://www.zbnews.net/", "http://epaper.zbrb.cn/"]
region = "山东/淄博"
kind = "official"
level = "city"
adcode = "370300"
family = "trs"
note = "…"
local = false
scope = ["www.zbnews.net", "zbrb.cn", "127.0.0.1:8000"]
feeds = ["http://www.zbnews.net/rss.xml"]
sitemaps = ["http://www.zbnews.net/sitemap.xml"]
same_hosts = { "m.zbnews.net" = "www.zbnews.net" }

[fetch]
delay = 2.5
charset = "GBK"
render = true
obey_robots = true
interval = "30m"
budget = 500

[list]
url = '/col/'
skip = '/bbs/'
next = '//a[@class="next"]'
pages = 3

[article]
url = '/\d{4}/\d{4}/\d+\.html$'
body = '//div[@id="zoom"]'
drop = ['//div[@class="related"]']
next = '//a[contains(., "下一页")]'

[archive]
template = "http://epaper.zbrb.cn/{yyyy}-{mm}/{dd}/node_1.htm"
from = 2015-01-01

[[column]]
name = "社会"
list = "https://www.zbnews.net/sh/"
interval = "2h"
newest_first = true
expect_per_day = 8

[[column]]
name = "时政"
list = "https://www.zbnews.net/sz/"

[[example]]
url = "https://www.zbnews.net/2024/0527/1.html"
title = "…"
date = 2024-05-27
source = "淄博日报"
body_starts = "…"
body_ends = "…"

[checked]
seen = "2025-11"
on = 2026-11-22
"""


def parse(text: str):
    return parse_source(text, Path("bad.toml"))


def mistakes_of(text: str) -> list[str]:
    with pytest.raises(SourceError) as caught:
        parse(text)
    return str(caught.value).splitlines()


def test_three_lines_are_a_source():
    source = parse(THREE_LINES)
    assert source.scope == ("zbnews.net",)
    assert source.start == ("https://www.zbnews.net/",)
    assert source.fetch.delay is None  # the setting decides
    assert source.fetch.obey_robots
    assert not source.fetch.render
    assert not source.local
    assert source.article_url is source.list_url is source.skip_url is None
    assert source.owns("http://paper.zbnews.net/RB/")
    assert not source.owns("http://www.zbnews.cn/")


def test_everything_a_file_may_say():
    source = parse(WHOLE)
    assert source.scope == ("zbnews.net", "zbrb.cn", "127.0.0.1:8000")
    assert source.fetch.charset == "gbk"
    assert source.fetch.interval == timedelta(minutes=30)
    assert source.fetch.budget == 500
    assert source.lists.pages == 3
    assert source.skip_url.search("http://www.zbnews.net/bbs/1")
    assert source.article_url == re.compile(r"/\d{4}/\d{4}/\d+\.html$")
    assert source.archive.since == date(2015, 1, 1)
    assert [one.name for one in source.columns] == ["社会", "时政"]
    assert source.columns[0].interval == timedelta(hours=2)
    assert source.columns[0].url == "https://www.zbnews.net/sh/"
    assert source.examples[0].published_on == date(2024, 5, 27)
    assert source.same_hosts == {"m.zbnews.net": "www.zbnews.net"}
    assert source.checked.on == date(2026, 11, 22)


def test_a_source_is_frozen():
    with pytest.raises(ValueError, match="frozen"):
        parse(THREE_LINES).name = "别的"


def test_starts_on_several_hosts_make_one_scope():
    source = parse(
        THREE_LINES.replace(
            '"https://www.zbnews.net/"', '["http://news.a.cn/", "http://a.cn/", "http://b.cn/"]'
        )
    )
    assert source.scope == ("a.cn", "b.cn")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[fetch]\nobey_robot = false", "obey_robot: did you mean 'obey_robots'?"),
        ('nam = "x"', "nam: did you mean 'name'?"),
        ("obey_robots = false", "obey_robots: stands in the wrong table; it belongs under [fetch]"),
        ("obey_robot = false", "obey_robot: did you mean 'obey_robots', under [fetch]?"),
        ("[checked]\nwhy = 1", "why: no such key here; there are seen, on"),
        ('kind = "offical"', "kind: 'offical' is none of official, portal, broadcaster, gov, epaper, farm; did you mean 'official'?"),
        ('level = "x"', "level: 'x' is none of province, city, county"),
        ("region = 37", "region: text in quotes is needed, not 37"),
        ('region = "山东 / 淄博"', "region: '山东 / 淄博' is not right: write it from the province down, such as '山东/淄博'"),
        ('adcode = "3703"', "adcode: '3703' is not right: write the six digits of GB/T 2260, such as '370300'"),
        ('local = "yes"', "local: true or false is needed, not 'yes'"),
        ("[fetch]\ndelay = 0", "delay: must be more than 0, not 0"),
        ("[fetch]\ndelay = -1.5", "delay: must be more than 0, not -1.5"),
        ("[fetch]\ndelay = nan", "delay: must be a number with an end"),
        ('[fetch]\ndelay = "5s"', "delay: a number is needed, not '5s'"),
        ('[fetch]\ncharset = "base64"', "charset: 'base64' is no charset of Chinese pages; write gb18030, utf-8 or big5"),
        ('[fetch]\ncharset = "gb1803"', "charset: 'gb1803' is no charset of Chinese pages; write gb18030, utf-8 or big5"),
        ('[fetch]\ninterval = "2 hours"', "interval: '2 hours' is no duration; write such as \"30m\", \"2h\" or \"1d\""),
        ("[fetch]\nbudget = 1.5", "budget: a whole number is needed, not 1.5"),
        ("fetch = 5", "fetch: a table is needed, not 5"),
        ("[list]\npages = 0", "pages: must be at least 1, not 0"),
        ("[list]\npages = 5000", "pages: must be at most 1000, not 5000"),
        ("[article]\nurl = '/(\\d+'", "url: '/(\\\\d+' is no regular expression (missing ), unterminated subpattern at position 1)"),
        ("[article]\nurl = 5", "url: a regular expression in quotes is needed, not 5"),
        ("[article]\nbody = '//div[['", "body: '//div[[' is no XPath (Invalid expression)"),
        ("[article]\ndrop = '//p'", "drop: a list in brackets is needed, not '//p'"),
        ("[article]\ndrop = ['//p', '//[']", "drop: '//[' is no XPath (Invalid expression)"),
        ('[archive]\ntemplate = "http://www.zbnews.net/{jjjj}/{dd}"', "template: {jjjj} is no placeholder; there are {yyyy} {yy} {mm} {m} {dd} {d}"),
        ('[archive]\ntemplate = "http://www.zbnews.net/{yyyy}"', "template: has no {dd}: it would give the same page for every day"),
        ('[archive]\ntemplate = "http://www.zbnews.net/{dd}"\nfrom = "gestern"', "from: a date such as 2023-08-10 is needed, not 'gestern'"),
        ("[archive]\nfrom = 2015-01-01", "template: missing"),
        ('[[column]]\nname = "x"', "column 1 list: missing"),
        ('[[column]]\nname = ""\nlist = "http://www.zbnews.net/"', "column 1 name: must not be empty"),
        ('[[column]]\nname = "x"\nlist = "/sh/"', "column 1 list: '/sh/': not an absolute http(s) URL"),
        ('feeds = ["file:///etc/passwd"]', "feeds: 'file:///etc/passwd': not an absolute http(s) URL"),
        ('feeds = ["http://feeds.b.cn/"]', "http://feeds.b.cn/ is outside the scope (zbnews.net): name its host in scope as well"),
        ('scope = ["b.cn"]', "https://www.zbnews.net/ is outside the scope (b.cn): name its host in scope as well"),
        ('scope = ["http://b.cn/"]', "scope: 'http://b.cn/' is no host; write such as \"zbnews.net\" or \"127.0.0.1:8000\""),
        ('same_hosts = { "a b" = "c.cn" }', "same_hosts: 'a b' is no host; write such as \"zbnews.net\" or \"127.0.0.1:8000\""),
        ('[checked]\nseen = "neulich"', "seen: 'neulich' is not right: write a month such as '2025-11'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_remedy(line, says):
    told = mistakes_of(THREE_LINES + line + "\n")
    assert len(told) == 1
    number = THREE_LINES.count("\n") + line.count("\n") + 1
    where, _, message = told[0].partition(": [zibo-news] ")
    assert message == says
    in_the_last_line = not says.startswith(
        ("http", "template: missing", "column 1 list: missing", "column 1 name", "template: has")
    )
    if in_the_last_line and "from" not in says:
        assert where == f"bad.toml:{number}"


def test_the_example_of_the_contract():
    lines = [
        "# a comment",
        *THREE_LINES.splitlines()[1:],
        'id = "linyi-news"',
        *[""] * 10,
        "[fetch]",
        "obey_robot = false",
    ]
    assert mistakes_of("\n".join(lines)) == [
        "bad.toml:16: [linyi-news] obey_robot: did you mean 'obey_robots'?"
    ]


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines():
    told = mistakes_of(
        'id = "A b"\nkind = "farn"\n[fetch]\ndelay = 0\nrender = 1\n[[column]]\n[[column]]\nname = 3\n'
    )
    assert [line.split(": [")[0] for line in told] == [
        f"bad.toml:{n}" for n in (1, 1, 1, 2, 4, 5, 6, 6, 7, 8)
    ]
    assert "bad.toml:1: [A b] name: missing; every source has id, name and start" in told
    assert "bad.toml:7: [A b] column 2 list: missing" in told


@pytest.mark.parametrize("name", ["Zibo", "zibo_news", "-zibo", "zibo-", "淄博", "", "a" * 61])
def test_ids_are_plain(name):
    assert "id: " in mistakes_of(THREE_LINES.replace("zibo-news", name))[0]
