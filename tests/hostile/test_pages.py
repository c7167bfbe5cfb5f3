"""Every hostile page of the extractor's tests through a real crawl: over HTTP, by workers, into an archive."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest

from newscrawl.storage import ArticleEntry, DuplicateEntry, decode_seed, read_entries
from tests.conftest import ROOT, Scrapy
from tests.extract.hostile import SPAM, Hostile, hostile_pages
from tests.hostile import articles
from tests.hostile.server import hostile_server, response

ALL = list(hostile_pages())
QUICK = ALL[::8]
SETTINGS = {
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "DNS_TIMEOUT": 5,
}
REACTOR_LIMIT = 50.0
"""Milliseconds of CPU in one turn of the event loop, 999 times of 1,000: a turn serves all sockets that are ready."""
REACTOR_WORST = 150.0


@dataclass(frozen=True)
class WatchedScrapy(Scrapy):
    """Runs Scrapy with the meter switched on, and whatever the tests need on the path."""

    def environment(self):
        return {
            **super().environment(),
            "SCRAPY_SETTINGS_MODULE": "tests.hostile.lag_settings",
            "PYTHONPATH": str(ROOT),
        }


@dataclass(frozen=True)
class Outcome:
    """What the archive says of a URL."""

    reason: str = ""
    """Of the quarantine; empty for what was archived."""
    headline: str = ""
    text: str = ""


def outcomes_of(archive) -> dict[str, Outcome]:
    """Return what became of every page that was read, by URL; a duplicate has the text that it is one of."""
    entries = [entry for path in archive.glob("*/*/manifest.jsonl") for entry in read_entries(path)]
    texts = {
        str(e.path): decode_seed((archive / e.path).read_bytes())
        for e in entries
        if isinstance(e, ArticleEntry)
    }
    found = {}
    for entry in entries:
        text = texts[str(entry.duplicate_of if isinstance(entry, DuplicateEntry) else entry.path)]
        found[entry.capture.url] = Outcome("", *text.split("\n", 1))
    if (archive / "quarantine.jsonl").exists():
        for entry in read_entries(archive / "quarantine.jsonl"):
            found[entry.capture.url] = Outcome(entry.reason)
    return found


def squashed(text: str) -> str:
    import unicodedata

    return re.sub(r"[\s\u200b-\u200f\u00ad\ufe00-\ufe0f]", "", unicodedata.normalize("NFKC", text))


def verdict_on(case: Hostile, outcome: Outcome | None) -> str | None:
    """Return what is wrong with the outcome of a case, None when it is right."""
    if outcome is None:
        return "nothing became of it"
    if outcome.reason:
        return f"refused: {outcome.reason}" if case.whole else None
    text = squashed(outcome.text)
    missing = [one for one in case.paragraphs if squashed(one) not in text]
    if missing:
        return f"WRONG TEXT: {len(missing)} paragraphs missing: {outcome.text[:60]}"
    if SPAM[:8] in text or len(text) > 1.3 * sum(len(squashed(one)) for one in case.paragraphs):
        return f"WRONG TEXT: more than the article: {outcome.text[-60:]}"
    return None


def crawl(scrapy: Scrapy, cases: list[Hostile], goods: int):
    """Crawl every case on a host of its own, with a control page beside it; and a host of good pages."""
    with hostile_server() as server:
        urls = []
        for number, case in enumerate(cases):
            bad = response(case.html, *([f"Content-Type: {case.content_type}"] if case.content_type else []))
            control = response(articles.page(10_000 + number))
            server.sites[f"h{number}"] = lambda path, bad=bad, control=control: {
                "/2024/0506/1.html": bad,
                "/2024/0506/2.html": control,
            }.get(path, response("", status="404 Not Found"))
            urls += [
                server.url(f"h{number}", "/2024/0506/1.html"),
                server.url(f"h{number}", "/2024/0506/2.html"),
            ]
        server.sites["good"] = lambda path: (
            response(articles.page(int(path[11:-5])))
            if path.startswith("/2024/0507/")
            else response("", status="404 Not Found")
        )
        urls[len(urls) // 2 : len(urls) // 2] = [
            server.url("good", f"/2024/0507/{n}.html") for n in range(goods)
        ]
        (scrapy.folder / "urls.txt").write_text("\n".join(urls))
        process = scrapy("crawl", "news", "-a", f"urls_file={scrapy.folder / 'urls.txt'}", **SETTINGS)
        return process, {
            url.replace(f":{server.port}", ""): o for url, o in outcomes_of(scrapy.archive).items()
        }


def check(scrapy: WatchedScrapy, cases: list[Hostile], goods: int) -> None:
    process, found = crawl(scrapy, cases, goods)
    assert (process.returncode, process.stderr) == (0, "")
    verdicts = {
        case.name: verdict
        for number, case in enumerate(cases)
        if (verdict := verdict_on(case, found.get(f"http://h{number}.localhost/2024/0506/1.html")))
    }
    assert not verdicts
    lost = [
        number
        for number in range(len(cases))
        if found.get(f"http://h{number}.localhost/2024/0506/2.html", Outcome()).headline
        != articles.title_of(10_000 + number)
    ]
    assert not lost, "control pages that were not archived"
    good = [found[f"http://good.localhost/2024/0507/{n}.html"] for n in range(goods)]
    assert [one.headline for one in good] == [articles.title_of(n) for n in range(goods)]
    lag = json.loads((scrapy.folder / "lag.json").read_text())
    assert lag["p999_ms"] < REACTOR_LIMIT or lag["longest_ms"] < REACTOR_LIMIT, lag
    assert lag["longest_ms"] < REACTOR_WORST, lag
    assert lag["crawler_mb"] < 400, lag


def test_hostile_pages(tmp_path, newsroom_sources):
    check(WatchedScrapy(tmp_path, newsroom_sources), QUICK, goods=20)


@pytest.mark.soak
def test_all_hostile_pages(tmp_path, newsroom_sources):
    check(WatchedScrapy(tmp_path, newsroom_sources), ALL, goods=100)
