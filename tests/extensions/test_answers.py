from __future__ import annotations

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from newscrawl.extensions.answers import Answers
from newscrawl.extensions.report import report_of
from newscrawl.extensions.tally import note_error, tallies

URL = "http://lushan.example/1.html"


class Spider:
    name = "news"
    sources = {"lushan": None}  # noqa: RUF012


@pytest.fixture
def stats():
    return MemoryStatsCollector(SimpleNamespace(settings=Settings()))


@pytest.fixture
def answer(stats):
    answers = Answers(stats)

    def add(body=b"<p>", *, url=URL, status=200, content_type=b"text/html", **meta):
        request = Request(url, meta={"source": "lushan", **meta})
        headers = {"Content-Type": content_type}
        answers.add(HtmlResponse(url, status=status, headers=headers, body=body, request=request), request)
        return tallies(stats.get_stats()).get("lushan", {}), answers

    return add


@pytest.mark.parametrize(
    ("content_type", "body", "event"),
    [
        (b"text/html; charset=GBK", b'<meta charset="utf-8">', "charset/gbk"),
        (b"text/html", b'<head><meta charset="gb2312">', "charset/gb2312"),
        (
            b"text/html",
            b'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
            "charset/utf-8",
        ),
        (b"text/html", b" " * 5000 + b'<meta charset="gb2312">', None),
        (b"text/html", b"<meta charset=\xff\xfe>", None),
    ],
    ids=["header first", "meta", "http-equiv", "too far down", "no name"],
)
def test_declared_encodings(answer, content_type, body, event):
    counts, _ = answer(body, content_type=content_type)
    assert [name for name in counts if name.startswith("charset/")] == ([event] if event else [])


def test_errors_are_fetched_but_no_answers(answer):
    counts, _ = answer(b"later", status=503)
    assert counts == {"fetched": 1, "bytes": 5}


def test_robots_txt_and_strangers_do_not_count(answer):
    assert answer(robots=True)[0] == {}
    assert answer(source=None)[0] == {}


def test_a_redirect_to_another_host_counts_and_one_within_does_not(answer):
    counts, _ = answer(redirect_urls=["http://lushan.example/old.html"])
    assert "redirected/lushan.example" not in counts
    counts, _ = answer(url="http://new.example/", redirect_urls=[URL])
    assert counts["redirected/new.example"] == 1


def test_the_slowest_pages_are_kept_in_order(answer):
    for number, latency in enumerate((0.5, 3.0, 0.1, 2.0, 1.0)):
        _, answers = answer(url=f"http://lushan.example/{number}.html", download_latency=latency)
    assert [(url[-6:], seconds) for url, seconds in answers.slowest("lushan")] == [
        ("1.html", 3.0),
        ("3.html", 2.0),
        ("4.html", 1.0),
    ]
    assert answers.slowest("pingyuan") == []
    assert answers.seconds("pingyuan") == 0


def test_the_last_error_stands_in_the_report(stats):
    note_error(stats, "lushan", "timeout http://lushan.example/")
    note_error(stats, "lushan", "http_500 http://lushan.example/2")
    account = report_of(Spider(), stats.get_stats())["sources"]["lushan"]
    assert account["last_error"] == "http_500 http://lushan.example/2"
    assert account["kept"] == 0
