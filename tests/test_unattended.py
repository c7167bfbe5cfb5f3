"""A crawl that nobody watches: its time is up, it is asked to end, hosts are dead, runs follow runs."""

from __future__ import annotations

import json
import signal

import pytest

from newscrawl.storage import Catalog, UrlState
from tests.conftest import TIMEOUT, Scrapy
from tests.town import town_of

QUIET = {"RETRY_ENABLED": False, "AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS": 32}


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

    out_of_time = scrapy(*command, "-a", "minutes=0.03", DOWNLOAD_TIMEOUT=1000, **QUIET)
    assert (out_of_time.returncode, out_of_time.stdout, out_of_time.stderr) == (0, "", "")
    assert runs_of(scrapy)[-1]["finish_reason"] == "time_budget"

    asked = town.asked.total()
    process = scrapy.start(*command, DOWNLOAD_TIMEOUT=1000, **QUIET)
    assert town.wait_until_asked(asked + 3, TIMEOUT)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=TIMEOUT)
    assert (process.returncode, errors) == (4, "ended early: shutdown\n")

    assert len(states(scrapy)) == 12
    assert set(states(scrapy).values()) == {(UrlState.PENDING, 0)}

    town.open_doors.set()
    finished = scrapy(*command, **QUIET)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert {state for state, _ in states(scrapy).values()} == {UrlState.ARCHIVED}
