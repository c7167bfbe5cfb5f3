"""Sites of many manners, crawled from source files of three lines, and held to what a crawl of news must be.

Here in a small form, two visits of one process each; ``make soak`` has 2,000 articles a site, and
``python -m tests.sites.visits`` prints the table for whatever is asked.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.conftest import Scrapy
from tests.sites.bars import LISTS, add_fresh, add_quiet, add_visit, count_found, print_table, rows_of
from tests.sites.manners import MANNERS
from tests.sites.server import site_server
from tests.sites.visits import BETWEEN, measure, pass_time, start_of, visit

NEWS = ("trs", "county-query", "epaper")
"""Sites that have something new at the second visit."""
QUIET = ("hanweb", "dede")
SLOW = "rednet"
"""A site that is to be asked slowly."""
DELAY = 0.3
REQUESTS = 8


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Visit the sites twice; return the server, the accounts, and how many requests were of the first visit."""
    scrapy = Scrapy(tmp_path_factory.mktemp("sites"), tmp_path_factory.mktemp("site-sources"))
    with site_server([*NEWS, *QUIET, SLOW], count=10, since=start_of(1), seconds=0.005) as server:
        server.write_sources(scrapy.sources)
        with (scrapy.sources / f"made-{SLOW}.toml").open("a") as file:
            file.write(f"[fetch]\ndelay = {DELAY}\nbudget = {REQUESTS}\n")
        rows = rows_of(server)
        add_visit(rows, server, visit(server, scrapy))
        count_found(rows, server)
        there = {key: site.article_paths() for key, site in server.sites.items()}
        pass_time(server, scrapy, BETWEEN, NEWS)
        mark = visit(server, scrapy, everything=True)
        add_fresh(rows, server, mark, there)
        add_quiet(rows, server, mark)
        yield server, rows, mark


@pytest.mark.parametrize("key", [*NEWS, *QUIET])
def test_every_article_is_found_from_the_start_page_alone(small, key):
    _, rows, _ = small
    assert rows[key].found == rows[key].articles > 0


@pytest.mark.parametrize("key", NEWS)
def test_what_is_new_is_found_by_the_next_visit(small, key):
    _, rows, _ = small
    assert rows[key].fresh_found == rows[key].fresh > 0


@pytest.mark.parametrize("key", QUIET)
def test_where_nothing_is_new_lists_are_asked_once_and_articles_never(small, key):
    _, rows, _ = small
    row = rows[key]
    assert (row.quiet_lists, row.quiet_articles) == (1, 0)
    assert row.quiet_conditional == 1


def test_no_article_is_fetched_twice(small):
    server, _, _ = small
    asked = [(one.site, one.path) for one in server.asked if one.kind == "article"]
    assert len(asked) == len(set(asked))


def test_no_host_is_asked_two_things_at_once(small):
    server, _, _ = small
    assert {one.in_flight for one in server.asked} == {1}


def test_a_delay_is_kept_and_a_budget_too(small):
    server, _, mark = small
    times = [one.started_at for one in server.asked[:mark] if one.site == SLOW]
    assert REQUESTS - 1 <= len(times) - 1 <= REQUESTS  # and robots.txt
    gaps = [after - before for before, after in pairwise(times)]
    assert (
        min(gaps) >= 0.5 * DELAY
    )  # Scrapy counts from when a request leaves the queue, the server from its arrival


def test_lists_of_every_kind_were_asked(small):
    server, _, _ = small
    assert {one.kind for one in server.asked} >= LISTS - {
        "sitemap",
        "channel",
        "part",
    }  # too few articles for these


@pytest.mark.soak
def test_large_sites(tmp_path_factory):
    scrapy = Scrapy(
        tmp_path_factory.mktemp("sites"), tmp_path_factory.mktemp("site-sources"), timeout=4 * 3600
    )
    with site_server(MANNERS, count=2_000, since=start_of(5)) as server:
        server.write_sources(scrapy.sources)
        rows = measure(server, scrapy, visits=5)
        print_table(rows)
        found = sum(row.found for row in rows.values()) / sum(row.articles for row in rows.values())
        wasted = sum(row.wasted.total() for row in rows.values()) / sum(row.fetches for row in rows.values())
        assert found >= 0.99
        assert wasted <= 0.02
        faults = {key: faults for key, row in rows.items() if (faults := row.faults())}
        assert not faults
