from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest

from newscrawl.demo import expectations
from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.oracle import normal
from newscrawl.demo.site import find_resource, render_site

PORT = 8000
_GLOSS = re.compile(r"\([^()\u4e00-\u9fff]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][^()\u4e00-\u9fff]*\)")
_NEWSROOM = Newsroom.load()
_TRUTH = expectations(_NEWSROOM, PORT)
_WITH_TEXT = [one for one in _TRUTH if one.body]


def shown(html):
    """Return what a page shows: no tags, no glosses, no white space, in NFKC."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", html, flags=re.DOTALL | re.IGNORECASE)
    text = text.replace("&nbsp;", " ").replace("&gt;", ">").replace("&amp;", "&").replace("&#34;", '"')
    return "".join(_GLOSS.sub("", unicodedata.normalize("NFKC", text)).split())


@pytest.fixture(scope="module")
def pages():
    site = render_site(_NEWSROOM, PORT)
    encodings = {outlet.host: outlet.encoding for outlet in _NEWSROOM.outlets}

    def page(url):
        host, _, path = url.removeprefix("http://").partition(f":{PORT}")
        return find_resource(site, host, path).body.decode(encodings[host])

    return page


def test_every_posting_has_one_expectation():
    postings = sum(len(outlet.postings) for outlet in _NEWSROOM.outlets)
    assert len(_TRUTH) == len({one.url for one in _TRUTH}) == postings
    assert len(_TRUTH) >= 60


def test_fates():
    fates = Counter(one.fate for one in _TRUTH)
    assert fates["archived"] >= 50
    assert fates["duplicate"] >= 15
    assert (fates["gone"], fates["forbidden"]) == (1, 1)
    reasons = {one.reason for one in _TRUTH if one.fate == "quarantined"}
    assert reasons == {"soft_404", "javascript_shell", "video_only", "not_html"}


def test_duplicates_point_to_an_archived_text_that_is_equal():
    by_url = {one.url: one for one in _TRUTH}
    for one in _WITH_TEXT:
        first = by_url[one.same_as]
        assert first.fate in {"archived", "reprint"}
        assert (first.headline, first.body) == (one.headline, one.body)
        assert (one.fate == "duplicate") == (first.url != one.url)


def test_bodies_are_equal_only_where_headlines_are():
    """So that it does not matter whether a text fingerprint takes the headline in."""
    headlines: dict[str, set[str]] = {}
    for one in _WITH_TEXT:
        headlines.setdefault(one.body, set()).add(one.headline)
    assert all(len(found) == 1 for found in headlines.values())


def test_there_are_edited_reprints():
    stories: dict[str, set[str]] = {}
    for one in _WITH_TEXT:
        stories.setdefault(one.story, set()).add(one.body)
    assert sum(len(bodies) > 1 for bodies in stories.values()) >= 3


def test_a_reprint_is_of_a_story_that_was_posted_earlier():
    seen: set[str] = set()
    for one in _WITH_TEXT:
        assert (one.fate != "archived") == (one.story in seen and not one.altered), one.url
        seen.add(one.story)
    assert sum(one.fate == "reprint" for one in _WITH_TEXT) >= 5


def test_an_altered_text_is_archived():
    assert {one.fate for one in _WITH_TEXT if one.altered} == {"archived"}


@pytest.mark.parametrize("one", _WITH_TEXT, ids=lambda one: one.url.removeprefix("http://"))
def test_every_sentence_stands_on_the_served_page(pages, one):
    text = "".join(shown(pages(url)) for url in (one.url, *one.continuations))
    for line in one.body.split("\n"):
        assert "".join(line.split()) in text
    assert "".join(one.headline.split()) in text


@pytest.mark.parametrize("one", _WITH_TEXT, ids=lambda one: one.url.removeprefix("http://"))
def test_date_and_outlet_stand_on_the_served_page(pages, one):
    html = pages(one.url)
    day = one.date
    assert day is not None
    forms = {f"{day:%Y-%m-%d}", f"{day:%Y年%m月%d日}", f"{day:%y年%m月%d日}"}
    assert any(form in html for form in forms)
    if isinstance(day, datetime):
        assert f"{day:%H:%M}" in html
    if one.outlet:
        assert one.outlet in shown(html)


def test_dates_are_as_precise_as_the_page():
    kinds = {
        one.source: {type(other.date) for other in _WITH_TEXT if other.source == one.source} for one in _TRUTH
    }
    assert kinds["wensi-paper"] == {date}
    assert kinds["yiquan"] == kinds["keyi"] == {datetime}
    assert kinds["kuaixun"] == {date, datetime}


def test_bodies_are_in_normal_form():
    for one in _WITH_TEXT:
        assert unicodedata.normalize("NFKC", one.body) == one.body
        assert not one.body.endswith("\n")
        assert "\u3000" not in one.body
        assert all(line == line.strip() and line for line in one.body.split("\n"))
        assert set(one.optional) <= set(one.body.split("\n"))


def test_bylines_are_no_part_of_a_body():
    for one in _WITH_TEXT:
        text = _NEWSROOM.texts[one.story]
        for byline in (text.opening_byline, text.byline):
            assert not byline or normal(byline) not in one.body


def test_flags_follow_the_debris():
    flags = {one.url.rsplit("/", 1)[1]: one.flags for one in _TRUTH}
    assert flags["2734.html"] == {"pinyin_injected", "body_repeated", "headline_repeated"}
    assert "headline_body_mismatch" in flags["2756.html"]
    assert flags["2738.html"] == {"pinyin_injected"}
    assert flags["t20250512_4719060.htm"] == frozenset()


def test_a_headline_of_another_story_shares_nothing_with_its_body():
    one = next(one for one in _TRUTH if "headline_body_mismatch" in one.flags)
    pairs = {one.headline[i : i + 2] for i in range(len(one.headline) - 1)}
    assert sum(pair in one.body for pair in pairs) / len(pairs) < 0.2


@pytest.mark.parametrize(
    ("text", "expected"),
    [("　　一、总面积１.２万㎡：", "一、总面积1.2万m2:"), ("甲　乙\u00a0 丙", "甲 乙 丙"), ("", "")],
)
def test_normal(text, expected):
    assert normal(text) == expected


def test_another_port_changes_urls_only():
    other = expectations(_NEWSROOM, 9000)
    moved = tuple(
        replace(
            one,
            url=one.url.replace(":9000", ":8000"),
            same_as=one.same_as.replace(":9000", ":8000"),
            continuations=tuple(url.replace(":9000", ":8000") for url in one.continuations),
        )
        for one in other
    )
    assert moved == _TRUTH
