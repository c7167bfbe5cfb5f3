"""What the crawl wrote comes out of a replay again; what other rules would change is shown, and written beside it."""

from __future__ import annotations

import os
import random
import subprocess
import time

import pytest

from newscrawl.storage import ArticleEntry, DuplicateEntry, read_entries, verify
from tests.conftest import TIMEOUT, Scrapy
from tests.storage.making import files_of

OTHER_RULES = """
import newscrawl.repair
import newscrawl.repair.articles

newscrawl.repair.articles.RULES = tuple(rule for rule in newscrawl.repair.RULES if rule.name != "pinyin")
newscrawl.repair.RULES_VERSION = "without pinyin"
"""
"""Another newscrawl, as Python starts it: every process of the command has these rules, its workers too."""


@pytest.fixture(scope="module")
def crawled(newsroom_sources, tmp_path_factory):
    scrapy = Scrapy(tmp_path_factory.mktemp("crawl"), newsroom_sources)
    assert scrapy("crawl", "news", "-a", "sources=keyi,kuaixun").returncode == 0
    return scrapy


@pytest.fixture(scope="module")
def other_rules(crawled, tmp_path_factory):
    """Run a command with other rules."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "sitecustomize.py").write_text(OTHER_RULES, encoding="utf-8")
    path = os.pathsep.join((str(folder), crawled.environment()["PYTHONPATH"]))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            crawled.command(*arguments),
            cwd=crawled.folder,
            env=crawled.environment() | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )

    return run


def entries_of(archive, kind):
    found = [entry for path in sorted(archive.glob("*/*/manifest.jsonl")) for entry in read_entries(path)]
    return [entry for entry in found if isinstance(entry, kind)]


def paths_of(shown: str, beginning: str) -> set[str]:
    return {line.split()[2] for line in shown.splitlines() if line.startswith(beginning)}


def test_exactly_the_affected_articles_are_shown_and_versioned(crawled, other_rules):
    before, articles = files_of(crawled.archive), entries_of(crawled.archive, ArticleEntry)
    affected = {entry.path for entry in articles if any(cut.rule == "pinyin" for cut in entry.cuts)}
    assert 0 < len(affected) < len(articles)
    copied = {entry.duplicate_of for entry in entries_of(crawled.archive, DuplicateEntry)}

    shown = other_rules("replay", "--diff")
    assert shown.returncode == 7
    assert (
        affected <= paths_of(shown.stdout, "~ changed") <= affected | copied
    )  # copies of them are changed, too
    assert not paths_of(shown.stdout, "- refused") | paths_of(shown.stdout, "+ new")
    assert "{+(" in shown.stdout
    assert files_of(crawled.archive) == before

    applied = other_rules("replay", "--apply", "--workers", "0")
    assert (applied.returncode, applied.stderr) == (0, "")
    after = files_of(crawled.archive)
    assert {path: content for path, content in after.items() if path in before and path.endswith(".txt")} == {
        path: content for path, content in before.items() if path.endswith(".txt")
    }
    versions = [entry for entry in entries_of(crawled.archive, ArticleEntry) if entry.path not in before]
    assert {entry.previous for entry in versions} - {None} == affected
    assert {entry.versions["rules"] for entry in versions} == {"without pinyin"}
    assert all("(" in after[entry.path].decode() for entry in versions)
    assert not list(verify(crawled.archive))

    again = other_rules("replay", "--apply", "--workers", "0")
    assert again.returncode == 0
    assert files_of(crawled.archive) == after


def test_an_archived_article_is_shown_from_its_capture(crawled):
    entry = max(entries_of(crawled.archive, ArticleEntry), key=lambda entry: len(entry.cuts))
    process = crawled("inspect", entry.path)
    assert process.returncode == 0, process.stderr
    assert entry.headline in process.stdout
    assert f"[-{entry.cuts[-1].text.splitlines()[0][:8]}" in process.stdout
    assert "candidate" in process.stdout
    for words in (entry.path, entry.capture.url, entry.capture.warc.file, "read by itself today"):
        assert words in process.stderr


def test_what_cannot_be_meant_is_a_mistake_of_usage(crawled):
    process = crawled("replay", "--diff", "--apply")
    assert process.returncode == 2
    assert "--diff changes nothing" in process.stderr


def killed_once_it_has_written(process, path, size) -> bool:
    """Kill a process with -9 once a file has grown by so many bytes; return False when it ended before."""
    goal = (path.stat().st_size if path.exists() else 0) + size
    deadline = time.monotonic() + TIMEOUT
    while process.poll() is None and time.monotonic() < deadline:
        if path.exists() and path.stat().st_size >= goal:
            process.kill()
            process.communicate()
            return True
    assert process.poll() == 0, process.communicate()
    process.communicate()
    return False


@pytest.mark.soak
def test_what_a_crawl_wrote_that_was_killed_again_and_again_comes_out_again(scrapy, newsroom_sources):
    names = ",".join(sorted(path.stem for path in newsroom_sources.glob("*.toml")))
    arguments = ("crawl", "news", "-a", f"sources={names}", "-a", "visit=all")
    sizes = random.Random(2026)
    kills = 0
    while killed_once_it_has_written(
        scrapy.start(*arguments, ARCHIVE_BATCH_SIZE=5, ARCHIVE_BATCH_SECONDS=0.3),
        scrapy.archive / "readings.jsonl",
        sizes.choice((800, 2_500, 5_000, 8_000)),
    ):
        kills += 1
    assert kills > 2
    process = scrapy("replay", "--diff")
    assert (process.returncode, process.stderr) == (0, ""), process.stdout
