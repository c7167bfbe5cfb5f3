from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from newscrawl.demo.debris import DEBRIS
from newscrawl.demo.outlets import load_outlets, parse_outlet
from newscrawl.items import CHINA_TIME

FILE = """
id = "small"
name = "小报"
host = "small.localhost"
template = "trs"
kind = "portal"
region = "山东"
encoding = "gb18030"
declared = "gb2312"
content_type = "text/html"
article_url = "/{section}/{at:%Y%m}/t{at:%Y%m%d}_{number}.htm"
list_url = "/{section}/index.htm"
next_list_url = "/{section}/index_{before}.htm"
page_size = 2
links = "path"
feeds = ["/rss.xml"]

[sections]
yw = "要闻"
ms = "民生"

[[postings]]
number = 7
section = "yw"
at = 2025-05-06T08:12:00
article = "a"

[[postings]]
number = 8
section = "ms"
at = 2025-05-07T09:00:00
article = "b"
edits = [["甲", "乙"]]
debris = ["pinyin"]
linked_from = ["feed"]
"""


def test_a_file_becomes_an_outlet():
    outlet = parse_outlet(FILE)
    assert [section.name for section in outlet.sections] == ["要闻", "民生"]
    assert [posting.number for posting in outlet.postings] == [8, 7], "the latest first"
    newest = outlet.postings[0]
    assert newest.at == datetime(2025, 5, 7, 9, tzinfo=CHINA_TIME)
    assert newest.edits == (("甲", "乙"),)
    assert newest.debris == {"pinyin"}
    assert outlet.feeds == ("/rss.xml",)


def test_paths_follow_the_patterns():
    outlet = parse_outlet(FILE)
    posting = outlet.postings[1]
    assert outlet.path_of(posting) == "/yw/202505/t20250506_7.htm"
    assert outlet.path_of(posting, 3) == "/yw/202505/t20250506_7_3.htm"
    assert [outlet.list_path("yw", page) for page in (1, 2, 3)] == [
        "/yw/index.htm",
        "/yw/index_1.htm",
        "/yw/index_2.htm",
    ]


def test_postings_are_listed_where_they_are_linked():
    outlet = parse_outlet(FILE)
    assert [posting.number for posting in outlet.listed()] == [7]
    assert [posting.number for posting in outlet.listed("feed")] == [8]
    assert outlet.listed("sitemap") == ()


@pytest.mark.parametrize("key", ["name", "host", "links"])
def test_a_missing_key_is_a_mistake(key):
    lines = [line for line in FILE.splitlines() if not line.startswith(f"{key} =")]
    with pytest.raises(TypeError, match=key):
        parse_outlet("\n".join(lines))


def test_a_folder_is_read_in_order(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(FILE.replace('"small"', f'"{name}"'), "utf-8")
    assert [outlet.id for outlet in load_outlets(tmp_path)] == ["a", "b"]


def test_there_are_six_outlets_each_in_its_manner(newsroom):
    assert len(newsroom.outlets) == 6
    assert len({outlet.template for outlet in newsroom.outlets}) == 6
    assert len({outlet.host for outlet in newsroom.outlets}) == 6
    assert all(outlet.host.endswith(".localhost") for outlet in newsroom.outlets)
    assert {outlet.encoding for outlet in newsroom.outlets} >= {"gb18030", "gbk", "utf-8", "utf-8-sig"}
    assert {outlet.links for outlet in newsroom.outlets} == {"relative", "path", "absolute", "scheme"}


def test_every_posting_is_sound(newsroom):
    kinds: Counter[str] = Counter()
    for outlet in newsroom.outlets:
        sections = {section.id for section in outlet.sections}
        paths = [outlet.path_of(posting) for posting in outlet.postings]
        assert len(set(paths)) == len(paths)
        for posting in outlet.postings:
            assert posting.section in sections
            assert posting.debris <= DEBRIS
            assert posting.linked_from <= {"front", "feed", "sitemap"}
            assert bool(posting.article) != bool(posting.headline) or posting.edits, outlet.path_of(posting)
            kinds[posting.page] += 1
    assert kinds["article"] >= 60
    assert {kind: number for kind, number in kinds.items() if kind != "article"} == dict.fromkeys(
        ("split", "broken", "missing", "soft_404", "javascript_shell", "video", "binary", "forbidden"), 1
    )


def test_reprints_come_after_their_originals(newsroom):
    """On the day at least: a newspaper's own clock says midnight."""
    for outlet in newsroom.outlets:
        for posting in outlet.postings:
            if posting.article:
                wrote = newsroom.texts[posting.article].outlet
                originals = [
                    other.at
                    for home in newsroom.outlets
                    if home.id == wrote
                    for other in home.postings
                    if other.article == posting.article
                ]
                assert all(posting.at + timedelta(days=1) > at for at in originals), outlet.path_of(posting)
