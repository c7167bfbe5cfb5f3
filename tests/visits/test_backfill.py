"""Days that an operator asks for are filled in, the newest first, over as many runs as it takes."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from tests.conftest import Scrapy
from tests.visits.online import Answer, article, is_article, listing, number_of, sites_online

SOURCE = """id = "paper"
name = "云岭日报"
start = "http://paper.localhost:{port}/"
local = true
[fetch]
delay = 0.01
budget = 6
[archive]
template = "http://paper.localhost:{port}/html/{{yyyy}}-{{mm}}/{{dd}}/node_1.htm"
"""
_ISSUE = re.compile(r"/html/2026-01/(\d\d)/node_1\.htm")


def paper(path, headers):
    """Has an issue with one article for every day of January but the third, and a front page without any."""
    if is_article(path):
        return Answer(article(number_of(path)))
    if match := _ISSUE.match(path):
        day = int(match[1])
        items = f'<map name="PagePicMap"><area href="content_{day}.htm"></map>'
        return (
            None if day == 3 else Answer(f"<html><head><title>版面</title></head><body>{items}</body></html>")
        )
    if match := re.match(r"/html/2026-01/\d\d/content_(\d+)\.htm", path):
        return Answer(article(200 + int(match[1])))
    return Answer(listing([])) if path == "/" else None


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    with sites_online() as sites:
        sites.hosts["paper"] = paper
        (folder / "paper.toml").write_text(SOURCE.format(port=sites.port), encoding="utf-8")
        scrapy = Scrapy(tmp_path_factory.mktemp("crawl"), folder)
        asked = []
        for _ in range(4):
            mark = len(sites.asked)
            command = ("crawl", "paper", "-a", "since=2026-01-01", "-a", "until=2026-01-06")
            process = scrapy(*command, AUTOTHROTTLE_ENABLED=False, RETRY_ENABLED=False, DOWNLOAD_DELAY=0.01)
            assert "Traceback" not in process.stderr, process.stderr[-3000:]
            asked.append(sites.paths("paper", mark))
        yield asked


def test_issues_are_asked_from_the_last_day_back(runs):
    days = [int(match[1]) for path in chain.from_iterable(runs) if (match := _ISSUE.match(path))]
    first_asked = list(dict.fromkeys(days))
    assert first_asked == [6, 5, 4, 3, 2, 1]


def test_each_run_goes_on_where_the_last_one_stopped(runs):
    assert max(map(len, runs)) <= 6
    issues = [path for path in chain.from_iterable(runs) if _ISSUE.match(path) and "/03/" not in path]
    assert len(issues) == len(set(issues)) == 5


def test_every_article_of_the_days_is_fetched_once(runs):
    articles = sorted(path.rpartition("_")[2] for path in chain.from_iterable(runs) if "content_" in path)
    assert articles == ["1.htm", "2.htm", "4.htm", "5.htm", "6.htm"]
