from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

import pytest

from newscrawl.demo.links import TEASER_LENGTH, Link, Linker, base_url, href, teaser
from newscrawl.demo.texts import Line, NewsText
from newscrawl.items import CHINA_TIME


@pytest.fixture
def outlet(newsroom):
    return newsroom.outlet("yiquan")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("absolute", "http://yiquan.localhost:8000/yw/202505/t1.htm"),
        ("scheme", "//yiquan.localhost:8000/yw/202505/t1.htm"),
        ("path", "/yw/202505/t1.htm"),
        ("relative", "../yw/202505/t1.htm"),
    ],
)
def test_an_outlet_links_in_its_own_manner(outlet, style, expected):
    outlet = replace(outlet, links=style)
    assert href(outlet, "/yw/202505/t1.htm", page="/ms/index.htm", port=8000) == expected


@pytest.mark.parametrize("style", ["absolute", "scheme", "path", "relative"])
@pytest.mark.parametrize("page", ["/", "/ms/index.htm", "/ms/202505/t20250506_1.htm"])
@pytest.mark.parametrize("path", ["/", "/ms/index.htm", "/yw/202505/t1.htm", "/html/12/content_1.htm?div=-1"])
def test_every_manner_leads_to_the_path(outlet, style, page, path):
    outlet = replace(outlet, links=style)
    base = base_url(outlet, 8000)
    assert urljoin(base + page, href(outlet, path, page=page, port=8000)) == base + path


@pytest.mark.parametrize(
    ("at", "stamp"),
    [
        (datetime(2023, 8, 10, 18, 29, 32, tzinfo=CHINA_TIME), "23年08月10日 29:32"),
        (datetime(2025, 5, 11, 0, 5, 0, tzinfo=CHINA_TIME), "25年05月11日 05:00"),
    ],
)
def test_stamps_lose_the_hour(at, stamp):
    assert Link("", "", "", at, 1).stamp == stamp


def test_a_teaser_is_the_beginning_of_the_text():
    text = NewsText(
        id="t", headline="标题", outlet="o", lines=(Line("text", "甲" * 20), Line("text", "乙" * 40))
    )
    assert teaser(text) == "甲" * 20 + " " + "乙" * (TEASER_LENGTH - 21)
    assert teaser(replace(text, opening_byline="记者 某 某")).startswith("记者某某甲")
    assert teaser(None) == ""


def test_links_to_postings_say_what_the_page_says(newsroom, outlet):
    links = Linker(newsroom, outlet, "/", 8000)
    for posting in outlet.postings:
        link = links.to_posting(posting)
        assert link.headline == newsroom.headline_of(posting)
        assert link.at == posting.at
        assert urljoin("http://yiquan.localhost:8000/", link.href).endswith(outlet.path_of(posting))


def test_fillers_lead_out_of_the_newsroom_and_back_in_time(newsroom):
    portal = newsroom.outlet("kuaixun")
    at = portal.postings[0].at
    fillers = Linker(newsroom, portal, "/", 8000).fillers(at)
    assert len(fillers) == len(newsroom.fillers) >= 8
    hosts = {outlet.host for outlet in newsroom.outlets}
    assert not any(host in link.href for link in fillers for host in hosts)
    times = [at, *(link.at for link in fillers)]
    assert times == sorted(times, reverse=True)
