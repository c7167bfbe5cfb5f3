"""The whole way, once: the newsroom is crawled by a real process, and the archive compared with the truth."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest

from newscrawl.demo import expectations
from newscrawl.storage import (
    ArticleEntry,
    Catalog,
    DuplicateEntry,
    ReprintEntry,
    decode_seed,
    parse_seed_name,
    read_entries,
    verify,
)
from tests.conftest import Scrapy

TEXTS = {"archived", "duplicate", "reprint"}
"""Fates of pages that have a text."""


@pytest.fixture(scope="module")
def crawled(newsroom, newsroom_sources, tmp_path_factory):
    """Crawl all outlets; return the runner and the finished process."""
    scrapy = Scrapy(tmp_path_factory.mktemp("crawl"), newsroom_sources)
    names = ",".join(sorted(path.stem for path in newsroom_sources.glob("*.toml")))
    return scrapy, scrapy("crawl", "news", "-a", "visit=all", "-a", f"sources={names}")


@pytest.fixture(scope="module")
def truth(newsroom):
    return expectations(newsroom.newsroom, newsroom.port)


@pytest.fixture(scope="module")
def entries(crawled):
    scrapy, _ = crawled
    found = [
        entry for path in sorted(scrapy.archive.glob("*/*/manifest.jsonl")) for entry in read_entries(path)
    ]
    return {entry.capture.url: entry for entry in found}


def text_of(archive: Path, entry: ArticleEntry) -> str:
    return decode_seed((archive / entry.path).read_bytes())


def states(archive: Path) -> dict[str, tuple[str, str]]:
    with sqlite3.connect(f"file:{archive / 'catalog.sqlite3'}?mode=ro", uri=True) as db:
        return {
            url: (state, reason) for url, state, reason in db.execute("SELECT url, state, reason FROM urls")
        }


def test_it_ends_well_and_in_silence(crawled):
    _, process = crawled
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")


def test_every_text_is_archived_once(entries, truth):
    groups, stories = defaultdict(list), defaultdict(list)
    for one in truth:
        if one.fate in TEXTS:
            groups[one.same_as].append(type(entries.get(one.url)))
            stories[one.story].append(type(entries.get(one.url)))
    assert {kind for kinds in groups.values() for kind in kinds} == {
        ArticleEntry,
        DuplicateEntry,
        ReprintEntry,
    }
    assert not {url: kinds for url, kinds in groups.items() if kinds.count(ArticleEntry) > 1}
    assert not {story: kinds for story, kinds in stories.items() if ArticleEntry not in kinds}


def test_stories_are_the_ones_that_were_written(crawled, truth):
    """Every URL with a text is in the story that the newsroom says, and in no other."""
    scrapy, _ = crawled
    with Catalog.open_readonly(scrapy.archive) as catalog:
        found = defaultdict(set)
        for row in catalog.all_texts():
            found[row.story or row.key].add(row.url)
        counts = catalog.story_counts()
    told = defaultdict(set)
    for one in truth:
        if one.fate in TEXTS:
            told[one.story].add(one.url)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, told.values()))
    assert counts == (len(told), sum(len(urls) > 1 for urls in told.values()))


def test_an_altered_text_is_flagged_and_linked(crawled, entries, truth):
    scrapy, _ = crawled
    (altered,) = (one for one in truth if one.altered)
    entry = entries[altered.url]
    assert isinstance(entry, ArticleEntry)
    others = [entries[one.url] for one in truth if one.story == altered.story]
    assert any("variant" in each.flags for each in others)
    with Catalog.open_readonly(scrapy.archive) as catalog:
        (row,) = catalog.texts_at(altered.url)
        links = [found.link for found in catalog.links_of([row.id])]
    assert {link.relation for link in links} == {"variant"}
    assert all(("figure", "136", "163") in map(_sorted, link.differences) for link in links)
    assert row.relation in {"variant", "original"}


def _sorted(difference):
    kind, *sides = difference
    return kind, *sorted(sides)


def test_no_word_of_a_reprint_is_lost(crawled, truth):
    scrapy, _ = crawled
    with Catalog.open_readonly(scrapy.archive) as catalog:
        for one in truth:
            if one.fate in TEXTS:
                (row,) = catalog.texts_at(one.url)
                headline, *lines = catalog.whole_text(row).split("\n")
                assert headline == one.headline
                assert [line for line in lines if line not in one.optional] == [
                    line for line in one.body.split("\n") if line not in one.optional
                ]


def test_all_is_well_with_the_archive(crawled):
    scrapy, _ = crawled
    assert list(verify(scrapy.archive)) == []


def test_headlines_and_bodies_are_the_ones_that_were_written(crawled, entries, truth):
    scrapy, _ = crawled
    wrong = {}
    for one in truth:
        entry = entries.get(one.url)
        if isinstance(entry, ArticleEntry) and one.fate in TEXTS:
            headline, *lines = text_of(scrapy.archive, entry).split("\n")
            expected = [line for line in one.body.split("\n") if line not in one.optional]
            if headline != one.headline or [line for line in lines if line not in one.optional] != expected:
                wrong[one.url] = (headline, set(lines) ^ set(expected))
    assert not wrong


def test_dates_and_outlets_are_the_ones_on_the_page(entries, truth):
    wrong = {}
    for one in truth:
        entry = entries.get(one.url)
        if isinstance(entry, ArticleEntry):
            found = (entry.metadata.date_published, entry.metadata.source_outlet)
            if found != (one.date, one.outlet):
                wrong[one.url] = (found, (one.date, one.outlet))
    assert not wrong


def test_flags_are_raised(entries, truth):
    missing = {
        one.url: one.flags - set(entry.flags)
        for one in truth
        if isinstance(entry := entries.get(one.url), ArticleEntry) and not one.flags <= set(entry.flags)
    }
    assert not missing


def test_what_is_no_article_is_quarantined_with_its_reason(crawled, truth):
    scrapy, _ = crawled
    quarantined = {
        entry.capture.url: entry.reason for entry in read_entries(scrapy.archive / "quarantine.jsonl")
    }
    assert quarantined == {one.url: one.reason for one in truth if one.fate == "quarantined"}


def test_every_url_is_accounted_for(crawled, truth):
    scrapy, _ = crawled
    known = states(scrapy.archive)
    fates = {"forbidden": ("failed", "robots_forbidden"), "gone": ("gone", "http_404")}
    for one in truth:
        state, reason = known[one.url]
        if one.fate in fates:
            assert (state, reason) == fates[one.fate], one.url
        else:
            assert state in {"archived", "duplicate", "reprint", "quarantined"}, one.url


def test_robots_are_obeyed(crawled, newsroom, truth):
    asked = {newsroom.url(request.host, request.path) for request in newsroom.requests}
    assert not asked & {one.url for one in truth if one.fate == "forbidden"}


def test_nothing_outside_the_newsroom_is_asked_for(crawled, newsroom):
    hosts = {outlet.host for outlet in newsroom.newsroom.outlets}
    assert {request.host for request in newsroom.requests} <= hosts


def test_names_are_digests(crawled):
    scrapy, _ = crawled
    files = list(scrapy.archive.glob("*/*/*.txt"))
    assert len(files) >= 40
    for file in files:
        name = parse_seed_name(file.name)
        assert name is not None
        assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(name.digest16)


def test_every_cut_can_be_undone(crawled, entries):
    scrapy, _ = crawled
    for entry in entries.values():
        if isinstance(entry, ArticleEntry):
            article = entry.article(text_of(scrapy.archive, entry))
            removed = sum(len(cut.text) - len(cut.replacement) for cut in article.cuts)
            assert len(article.restore()) == len(article.body) + removed


def test_the_farm_is_told_from_the_outlets(crawled):
    scrapy, _ = crawled
    run = json.loads((scrapy.archive / "runs.jsonl").read_text(encoding="utf-8").splitlines()[0])
    scores = {name: account["farm_score"] for name, account in run["sources"].items()}
    assert scores.pop("keyi") > 0.5
    assert max(scores.values()) < 0.2
    borrowed = {name: account["borrowed"] for name, account in run["sources"].items()}
    assert max(borrowed, key=borrowed.get) == "keyi", borrowed
    assert all(0 <= share <= 1 for share in borrowed.values())


def test_everything_that_a_run_reports_is_explained(crawled):
    scrapy, _ = crawled
    run = json.loads((scrapy.archive / "runs.jsonl").read_text(encoding="utf-8").splitlines()[0])
    explained = (Path(__file__).parents[1] / "archive/README.md").read_text(encoding="utf-8")
    reported = {*run, *(name for account in run["sources"].values() for name in account)}
    assert {name for name in reported if f"`{name}`" not in explained} <= {"format"}
    accounts = run["sources"].values()
    assert all(account["slowest"] and account["seconds"] > 0 and account["charset"] for account in accounts)


def test_a_second_crawl_adds_nothing_and_fetches_no_article(crawled, newsroom, newsroom_sources, truth):
    scrapy, _ = crawled
    before = {path: path.read_bytes() for path in scrapy.archive.rglob("*.txt")}
    asked = len(newsroom.requests)
    names = ",".join(sorted(path.stem for path in newsroom_sources.glob("*.toml")))
    process = scrapy("crawl", "news", "-a", "visit=all", "-a", f"sources={names}")
    assert (process.returncode, process.stderr) == (0, "")
    assert {path: path.read_bytes() for path in scrapy.archive.rglob("*.txt")} == before
    settled = {one.url for one in truth if one.fate in {*TEXTS, "quarantined", "gone"}}
    again = {newsroom.url(request.host, request.path) for request in newsroom.requests[asked:]}
    assert again
    assert not again & settled


def test_a_replay_gives_what_the_crawl_has_written(crawled):
    scrapy, _ = crawled
    before = {path: path.read_bytes() for path in scrapy.archive.rglob("*.[tj][xs]*")}
    process = scrapy("replay", "--diff")
    assert (process.returncode, process.stderr) == (0, "")
    rows = [line.split() for line in process.stdout.splitlines() if line.endswith("  0 ")]
    read = len((scrapy.archive / "readings.jsonl").read_bytes().splitlines())
    assert read >= len(list(scrapy.archive.glob("*/*/*.txt")))
    assert (sum(int(row[1]) for row in rows), {number for row in rows for number in row[2:]}) == (read, {"0"})
    assert {path: path.read_bytes() for path in scrapy.archive.rglob("*.[tj][xs]*")} == before
