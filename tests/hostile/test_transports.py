"""Good pages over broken and hostile transports: kept whole, or refused with a reason; never in part."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest

from tests.hostile import articles
from tests.hostile.server import NOT_FOUND, HostileServer, Site, hostile_server, response
from tests.hostile.test_pages import Outcome, WatchedScrapy, outcomes_of, squashed
from tests.hostile.transports import Transport, transports

SETTINGS = {
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 32,
    "DOWNLOAD_TIMEOUT": 3,
    "RETRY_TIMES": 1,
}
ARTICLE, CONTROL = "/2024/0506/1.html", "/2024/0506/2.html"
TIMEOUT = frozenset({"timeout"})
MEMORY_LIMIT = 400  # megabytes


def slow_ones(server: HostileServer) -> list[Transport]:
    """Return the transports that never end, and whose time is over some day."""
    whole = response(articles.page(30_000))
    return [
        Transport("a body byte by byte", lambda: [whole[:-600], *server.dripping(whole[-600:])], TIMEOUT),
        Transport("headers byte by byte", lambda: server.dripping(whole), TIMEOUT),
        Transport("no answer", lambda: stalling(server, whole[:100]), TIMEOUT),
        Transport("an answer that stalls", lambda: stalling(server, whole), TIMEOUT),
    ]


def stalling(server: HostileServer, whole: bytes) -> Iterator[bytes]:
    yield whole[:-100]
    server.wait(60)


def site_of(transport: Transport, control: bytes) -> Site:
    return lambda path: {ARTICLE: transport.reply, CONTROL: control}.get(path, NOT_FOUND)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory, newsroom_sources):
    """Crawl all of them at once, each on a host of its own with a control page beside it."""
    scrapy = WatchedScrapy(tmp_path_factory.mktemp("transports"), newsroom_sources)
    with hostile_server() as server:
        cases = [*transports(20_000), *slow_ones(server)]
        for number, case in enumerate(cases):
            server.sites[f"t{number}"] = site_of(case, response(articles.page(40_000 + number)))
        urls = [server.url(f"t{n}", path) for n in range(len(cases)) for path in (ARTICLE, CONTROL)]
        (scrapy.folder / "urls.txt").write_text("\n".join(urls))
        process = scrapy("crawl", "news", "-a", f"urls_file={scrapy.folder / 'urls.txt'}", **SETTINGS)
        return scrapy, process, cases, server


@pytest.fixture(scope="module")
def found(crawled):
    """What became of each case and of its control page, by number."""
    scrapy, _, cases, server = crawled
    archived = outcomes_of(scrapy.archive)
    with sqlite3.connect(f"file:{scrapy.archive / 'catalog.sqlite3'}?mode=ro", uri=True) as catalog:
        states = {
            url: (state, reason)
            for url, state, reason in catalog.execute("SELECT url, state, reason FROM urls")
        }
    return [
        [
            (archived.get(server.url(f"t{n}", path)), states[server.url(f"t{n}", path)])
            for path in (ARTICLE, CONTROL)
        ]
        for n in range(len(cases))
    ]


def outcome_of(archived: Outcome | None, state: tuple[str, str]) -> str:
    return "kept" if archived is not None and not archived.reason else state[1]


def test_the_crawl_ends_well(crawled):
    _, process, cases, _ = crawled
    assert (process.returncode, process.stderr) == (0, "")
    assert len(cases) > 80


def test_each_has_its_outcome(crawled, found):
    _, _, cases, _ = crawled
    got = {case.name: outcome_of(*found[n][0]) for n, case in enumerate(cases)}
    assert {c.name: got[c.name] for c in cases if got[c.name] not in c.outcomes} == {}


def test_nothing_is_kept_in_part(crawled, found):
    _, _, cases, _ = crawled
    for number, case in enumerate(cases):
        archived, _ = found[number][0]
        if archived is not None and not archived.reason:
            assert archived.headline == articles.title_of(20_000 + number), case.name
            whole = squashed("".join(articles.paragraphs_of(20_000 + number)))
            assert squashed(archived.text) == whole, case.name


def test_control_pages_are_kept(crawled, found):
    _, _, cases, _ = crawled
    lost = [case.name for n, case in enumerate(cases) if outcome_of(*found[n][1]) != "kept"]
    assert not lost


def test_memory_is_bounded(crawled):
    scrapy, _, _, _ = crawled
    lag = json.loads((scrapy.folder / "lag.json").read_text())
    assert lag["crawler_mb"] < MEMORY_LIMIT


def test_no_cookie_is_sent_back(crawled):
    *_, server = crawled
    assert not [head for head in server.heads if b"\r\ncookie:" in head.lower()]


def test_only_encodings_with_a_checksum_are_asked_for(crawled):
    *_, server = crawled
    asked = {
        line
        for head in server.heads
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"accept-encoding")
    }
    assert asked == {b"Accept-Encoding: gzip"}
