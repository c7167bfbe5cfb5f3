from __future__ import annotations

from datetime import date, datetime

import pytest

from newscrawl.exceptions import PageError
from newscrawl.extract import extract_page
from newscrawl.items import CHINA_TIME
from tests.extract.pages import article_html, page_of

PLAIN = "http://a.example/post/2740.html"


def published(html: str, url: str = PLAIN):
    return extract_page(page_of(html, url=url)).metadata.date_published


def at(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=CHINA_TIME)


LINES = {
    "date and outlet": ("2026-05-06 09:12 来源：鲁山日报", at(2026, 5, 6, 9, 12)),
    "label": ("发布时间：2026年5月6日", date(2026, 5, 6)),
    "glued": ("2026年05月06日09:12　来源：鲁山日报", at(2026, 5, 6, 9, 12)),
    "the change is not it": ("更新时间：2026-05-07 10:00 发布时间：2026-05-06 09:12", at(2026, 5, 6, 9, 12)),
    "without year": ("05-06 09:12 来源：鲁山日报", at(2026, 5, 6, 9, 12)),
    "yesterday": ("昨天 18:20 来源：鲁山日报", at(2026, 5, 7, 18, 20)),
    "split over lines": ("<div>06</div><div>2026年05月</div>", date(2026, 5, 6)),
    "split with the year above": ("<div>2026</div><div>05/06</div>", date(2026, 5, 6)),
    "inline parts": ("<span>2026-05-06</span><span>09:12</span><span>鲁山日报</span>", at(2026, 5, 6, 9, 12)),
    "impossible clock": ("26年05月06日 29:32", date(2026, 5, 6)),
    "nothing": ("来源：鲁山日报", None),
}


@pytest.mark.parametrize(("info", "expected"), LINES.values(), ids=LINES)
def test_the_line_under_the_headline(info, expected):
    assert published(article_html(info=info)) == expected


HEADS = {
    "government": '<meta name="PubDate" content="2026-05-06 09:12">',
    "open graph": '<meta property="article:published_time" content="2026-05-06T09:12:00+08:00">',
    "another zone": '<meta property="article:published_time" content="2026-05-06T01:12:00Z">',
    "upper case": '<META NAME="PUBLISHDATE" CONTENT="2026-05-06 09:12">',
    "JSON-LD": '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2026-05-06T09:12:00+08:00"}]}</script>',
    "Baidu's JSON-LD": '<script type="application/ld+json">{"@context":"x","pubDate":"2026-05-06T09:12:00"}</script>',
    "a script": '<script>var DATA = {"pubtime": "2026-05-06 09:12:00"}</script>',
    "an epoch in a script": '<script>var ct = "1778029920";</script>',
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_head_of_the_page(head):
    found = published(article_html(info="来源：鲁山日报", head=head))
    assert found is not None
    assert found.astimezone(CHINA_TIME) == at(2026, 5, 6, 9, 12)


@pytest.mark.parametrize("identity", ["pubtime_baidu", "pubtime", "publish_time"])
def test_the_ids_that_many_systems_share(identity):
    html = article_html(info="来源：鲁山日报", after=f'<span id="{identity}">2026-05-06 09:12:00</span>')
    assert published(html) == at(2026, 5, 6, 9, 12)


def test_the_address_is_believed_last():
    url = "http://a.example/2026/0506/1.shtml"
    assert published(article_html(info=""), url) == date(2026, 5, 6)
    assert published(article_html(info="2026-05-05 10:00 来源：x报"), url) == at(2026, 5, 5, 10, 0)


def test_the_address_decides_between_two_that_disagree():
    head = '<meta name="pubdate" content="2020-01-01">'
    html = article_html(info="2026-05-06 09:12", head=head)
    assert published(html, "http://a.example/2026/0506/1.shtml") == at(2026, 5, 6, 9, 12)


def test_what_the_reader_sees_is_in_the_readers_zone():
    head = '<meta property="article:published_time" content="2026-05-05T20:12:00Z">'
    assert published(article_html(info="2026-05-06 04:12", head=head)) == at(2026, 5, 6, 4, 12)


def test_a_clock_is_looked_for_on_the_same_day():
    head = '<meta name="pubdate" content="2026-05-06">'
    assert published(article_html(info="2026-05-06 09:12", head=head)) == at(2026, 5, 6, 9, 12)


NEVER = {
    "the clock of the header": {"before": "<div>今天是2026年5月8日 星期五</div>"},
    "a related list": {"after": "<h3>相关新闻</h3><ul><li><a href=/1>另一件事</a> 2026-05-01</li></ul>"},
    "the future": {"info": "2031-01-01 来源：鲁山日报"},
}


@pytest.mark.parametrize("parts", NEVER.values(), ids=NEVER)
def test_a_date_is_never_taken_from(parts):
    assert published(article_html(**({"info": "来源：鲁山日报"} | parts))) is None


def test_a_labelled_date_behind_the_body_is_better_than_none():
    html = article_html(info="", after="<div>发布日期：2026-05-06 09:12 所属分类：头条</div>")
    assert published(html) == at(2026, 5, 6, 9, 12)


def test_a_notice_ends_with_its_day():
    paragraphs = (
        "各镇人民政府，县直各单位：",
        "为做好防汛工作，经县政府同意，现将有关事项通知如下。",
        "鲁山县人民政府办公室",
        "2026年5月6日",
    )
    assert published(article_html(info="", paragraphs=paragraphs)) == date(2026, 5, 6)


def test_a_change_is_kept_apart():
    head = '<meta property="article:modified_time" content="2026-05-07T10:00:00+08:00">'
    found = extract_page(page_of(article_html(head=head))).metadata
    assert found.date_modified == at(2026, 5, 7, 10, 0)
    assert found.date_published == at(2026, 5, 6, 9, 12)


def test_a_page_without_article_has_no_date():
    with pytest.raises(PageError):
        published("<p>2026-05-06</p>")
