"""A crawl that nobody watches: its time is up, it is asked to end, hosts are dead, runs follow runs."""

from __future__ import annotations

import json
import random
import signal
import socket

import pytest

from newscrawl.storage import Catalog, UrlState, verify
from tests.conftest import TIMEOUT, Scrapy
from tests.town import town_of

QUIET = {"RETRY_ENABLED": False, "AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS": 32}
NO_WORKERS = {**QUIET, "CRAWL_WORKERS": 0}  # a start of half the time; what they do is held elsewhere


@pytest.fixture
def town(tmp_path):
    with town_of(3) as town:
        town.publish(4)
        yield town, Scrapy(tmp_path, tmp_path / "sources")


def states(scrapy):
    """Return the state and the tries of every article's URL."""
    with Catalog.open_readonly(scrapy.archive) as catalog:
        rows = catalog._db.rows("SELECT url, state, tries FROM urls WHERE kind <> 'list' ORDER BY url")
    return {url: (UrlState(state), tries) for url, state, tries in rows if ".shtml" in url}


def runs_of(scrapy):
    return [json.loads(line) for line in (scrapy.archive / "runs.jsonl").read_text("utf-8").splitlines()]


def test_what_servers_hold_back_keeps_no_crawl_from_ending_and_is_not_lost(town):
    town, scrapy = town
    command = ("crawl", "news", "-a", f"sources={town.write_sources(scrapy.sources)}", "-a", "visit=all")
    town.open_doors.clear()

    out_of_time = scrapy(*command, "-a", "minutes=0.03", DOWNLOAD_TIMEOUT=1000, **NO_WORKERS)
    assert (out_of_time.returncode, out_of_time.stdout, out_of_time.stderr) == (0, "", "")
    assert runs_of(scrapy)[-1]["finish_reason"] == "time_budget"

    asked = town.asked.total()
    process = scrapy.start(*command, DOWNLOAD_TIMEOUT=1000, **NO_WORKERS)
    assert town.wait_until_asked(asked + 3, TIMEOUT)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=TIMEOUT)
    assert (process.returncode, errors) == (4, "ended early: shutdown\n")

    assert len(states(scrapy)) == 12
    assert set(states(scrapy).values()) == {(UrlState.PENDING, 0)}


@pytest.fixture
def dead_port():
    """A port that refuses: bound, so that nobody else gets it, and never listening."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.soak
def test_ten_dead_hosts_of_fifty_are_one_line(tmp_path, dead_port):
    scrapy = Scrapy(tmp_path, tmp_path / "sources")
    with town_of(40) as town:
        names = town.write_sources(scrapy.sources, dead=10, dead_port=dead_port)
        process = scrapy("crawl", "news", "-a", f"sources={names}", "-L", "WARNING")
    assert process.returncode == 4
    (said,) = process.stderr.splitlines()  # warnings included; errors alone are what cron is told
    assert said.startswith("no answer from 10 of 50 sources (dead00, dead01, ")


def settled(scrapy):
    if not (scrapy.archive / "catalog.sqlite3").exists():
        return set()
    open_states = {UrlState.PENDING, UrlState.FETCHING}
    return {url for url, (state, _) in states(scrapy).items() if state not in open_states}


def url_of(town, asked):
    host, number = asked
    return f"http://{host}.localhost:{town.port}/2026/1120/{number}.shtml"


def run_once(town, scrapy, command, settings, *, kill_after=None, overlaps=False):
    """Run a crawl, killed after so many articles were asked for; while it is held up, start another."""
    before = town.asked.copy()
    if overlaps:
        town.open_doors.clear()
    process = scrapy.start(*command, **settings)
    if overlaps:
        assert town.wait_until_asked(before.total() + 1, TIMEOUT)
        second = scrapy(*command, **settings)
        assert (second.returncode, len(second.stderr.splitlines())) == (5, 1)
        town.open_doors.set()
    if kill_after is not None and town.wait_until_asked(before.total() + kill_after, TIMEOUT):
        process.kill()
    _, errors = process.communicate(timeout=TIMEOUT)
    if kill_after is None:
        assert (process.returncode, errors) == (0, "")
    assert set((town.asked - before).values()) <= {1}
    return {url_of(town, asked) for asked in town.asked - before}


def runs_in_a_row(town, scrapy, *, runs, killed, overlapping, chance, settings=QUIET):
    """Run a crawl again and again while the sites publish, and hold the archive and the servers' counts to it."""
    command = ("crawl", "news", "-a", f"sources={town.write_sources(scrapy.sources)}", "-a", "visit=all")
    for number in range(runs):
        town.publish()
        before = settled(scrapy)
        kill_after = chance.randint(1, len(town.published)) if number in killed else None
        asked = run_once(
            town, scrapy, command, settings, kill_after=kill_after, overlaps=number in overlapping
        )
        assert not asked & before
    assert run_once(town, scrapy, command, settings) <= settled(scrapy)
    assert [finding for finding in verify(scrapy.archive) if finding.is_damage] == []
    assert {state for state, _ in states(scrapy).values()} == {UrlState.ARCHIVED}
    assert len(states(scrapy)) == runs * len(town.published)
    assert len(runs_of(scrapy)) == runs + 1 - len(killed)


def test_runs_in_a_row(tmp_path):
    with town_of(4) as town:
        scrapy = Scrapy(tmp_path, tmp_path / "sources")
        chance = random.Random(1)
        runs_in_a_row(town, scrapy, runs=2, killed={0}, overlapping={1}, chance=chance, settings=NO_WORKERS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2))
def test_thirty_runs_of_fifty_sources(tmp_path, seed):
    chance = random.Random(seed)
    killed, overlapping = set(chance.sample(range(30), 5)), {3, 17}
    with town_of(50) as town:
        scrapy = Scrapy(tmp_path, tmp_path / "sources")
        runs_in_a_row(town, scrapy, runs=30, killed=killed, overlapping=overlapping - killed, chance=chance)
