"""Examples of source files against articles, drafts from probes, and what titles tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from newscrawl.reading import read_page
from newscrawl.sources import Source, parse_source, toml_of
from newscrawl.sources.drafting import draft_of
from newscrawl.sources.examples import check_example
from newscrawl.sources.guesses import level_of_region, name_of_title, path_of_region, region_of_name
from newscrawl.sources.probes import Probe, Proof
from newscrawl.sources.schema import Example

URL = "http://www.lushan.example/2024/0506/1.html"
PAGE = """<html><head><meta charset="utf-8"><title>鲁山县新建口袋公园12处_鲁山新闻网</title></head><body>
<h1>鲁山县新建口袋公园12处</h1><div>2024-05-06 来源：鲁山日报</div><div class="content">
<p>记者从县住建局获悉，今年以来，鲁山县利用边角地块，新建口袋公园12处，面积共3.6万平方米，总投资八百余万元。</p>
<p>这些公园建在老旧小区旁，配有健身器材、座椅和儿童沙坑，居民出门十分钟就能走到，很受老人和孩子的欢迎。</p></div></body></html>"""
TRUE = {
    "title": "鲁山县新建口袋公园12处",
    "date": date(2024, 5, 6),
    "source": "鲁山日报",
    "body_starts": "记者从县住建局获悉，今年以来",
    "body_ends": "很受老人和孩子的欢迎。",
}


@pytest.fixture(scope="module")
def article():
    return read_page(PAGE.encode(), url=URL)


def test_an_example_that_is_still_so(article):
    assert check_example(Example(url=URL, **TRUE), article).is_right


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "鲁山县新建口袋公园"),
        ("date", date(2024, 5, 7)),
        ("source", "鲁中晨报"),
        ("body_starts", "今年"),
        ("body_ends", "获悉"),
    ],
)
def test_every_part_of_an_example_is_held_against_the_article(article, key, value):
    result = check_example(Example(url=URL, **{**TRUE, key: value}), article)
    assert [mistake.partition(":")[0] for mistake in result.mistakes] == [key]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("淄博新闻网", "淄博新闻网"),
        ("首页_淄博新闻网_新闻中心", "淄博新闻网"),
        ("大众网-山东第一门户", "大众网"),
        ("临沂要闻 | 琅琊新闻网", "琅琊新闻网"),
        ("桓台县人民政府门户网站", "桓台县人民政府门户网站"),
        ("欢迎访问平邑融媒", "平邑融媒"),
        ("", ""),
    ],
)
def test_the_name_in_a_title(title, name):
    assert name_of_title(title) == name


@pytest.mark.parametrize(
    ("name", "path", "level"),
    [
        ("淄博新闻网", "山东/淄博", "city"),
        ("桓台县人民政府门户网站", "山东/淄博/桓台", "county"),
        ("中国山东网", "山东", "province"),
        ("北京朝阳", "北京", "province"),
    ],
)
def test_the_region_in_a_name(name, path, level):
    region = region_of_name(name)
    assert region is not None
    assert (path_of_region(region), level_of_region(region)) == (path, level)


def test_no_region_in_a_name():
    assert region_of_name("大众网") is None


SOURCE = Source(id="huantai-gov", name="x", start="http://www.huantai.gov.cn/")
PROBE = Probe(
    "huantai-gov",
    "http://www.huantai.gov.cn/",
    datetime(2026, 11, 22, tzinfo=UTC),
    title="桓台县人民政府",
    family="hanweb",
    feed="http://www.huantai.gov.cn/rss.xml",
    sitemaps=("http://www.huantai.gov.cn/sitemap.xml", "http://elsewhere.example/sitemap.xml"),
    article_count=3,
    proof=Proof("http://www.huantai.gov.cn/1.html", "题", "2026-11-22", None, 300),
)


def test_a_draft_says_what_the_probe_saw(tmp_path):
    source = parse_source(toml_of(draft_of(SOURCE, PROBE)), tmp_path / "x.toml")
    assert (source.name, source.region, source.kind, source.level) == (
        "桓台县人民政府",
        "山东/淄博/桓台",
        "gov",
        "county",
    )
    assert (source.family, source.feeds, source.sitemaps) == ("hanweb", (PROBE.feed,), PROBE.sitemaps[:1])
    assert source.checked.on == date(2026, 11, 22)


def test_a_draft_of_a_site_that_did_not_answer_was_not_checked(tmp_path):
    silent = Probe("huantai-gov", SOURCE.start[0], PROBE.checked_at, reason="timeout")
    source = parse_source(toml_of(draft_of(SOURCE, silent)), tmp_path / "x.toml")
    assert source.checked.on is None


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "ok"),
        ({"reason": "http_503"}, "http_503"),
        ({"proof": None}, "none_read"),
        ({"proof": None, "article_count": 0}, "no_articles"),
    ],
)
def test_the_verdict_on_a_source(changes, verdict):
    probe = replace(PROBE, **changes)
    assert (probe.verdict, probe.is_fine, probe.as_json()["verdict"]) == (verdict, verdict == "ok", verdict)
