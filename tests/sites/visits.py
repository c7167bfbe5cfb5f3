"""Crawls of the sites as a user runs them, and the account of what they came to.

``python -m tests.sites.visits --count 2000`` prints the table of all sites; ``--help`` says what else.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.conftest import Scrapy
from tests.sites.bars import Row, add_quiet, add_visit, count_found, paths_of, print_table, rows_of
from tests.sites.manners import MANNERS
from tests.sites.server import SiteServer, site_server

START = timedelta(days=9)
"""Before now: the sites have room for what they publish during a test, and nothing is of tomorrow."""
AT_ONCE = {
    "DOWNLOAD_DELAY": 0.001,  # without any delay Scrapy asks a host for many pages at once
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 32,
}
"""Settings for tests in which manners are not what is measured."""


def visit(server: SiteServer, scrapy: Scrapy, rows: dict[str, Row], **settings: object) -> int:
    """Crawl all sites once, add it to their accounts, and return how many requests there were before."""
    mark = len(server.asked)
    names = ",".join(site.id for site in server.sites.values())
    process = scrapy("crawl", "news", "-a", f"sources={names}", "-a", "visit=all", **{**AT_ONCE, **settings})
    assert process.returncode == 0, process.stderr[-3000:]
    add_visit(rows, server, mark)
    return mark


def measure(server: SiteServer, scrapy: Scrapy, *, visits: int, **settings: object) -> dict[str, Row]:
    """Return the accounts of the sites after ``visits`` visits, one in which nothing is new, and one with news."""
    rows = rows_of(server)
    for _ in range(visits):
        visit(server, scrapy, rows, **settings)
    add_quiet(rows, server, visit(server, scrapy, rows, **settings))
    count_found(rows, server)
    there = {key: site.article_paths() for key, site in server.sites.items()}
    server.clock.move(timedelta(hours=6))
    mark = visit(server, scrapy, rows, **settings)
    for key, row in rows.items():
        fresh = server.sites[key].article_paths() - there[key]
        row.fresh, row.fresh_found = len(fresh), len(fresh & paths_of(server.since(mark), key))
    return rows


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table, and return 1 when a site misses a bar."""
    parser = argparse.ArgumentParser(prog="python -m tests.sites.visits")
    parser.add_argument("--count", type=int, default=40, help="articles of each site")
    parser.add_argument("--visits", type=int, default=1, help="before the quiet one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sites", default=",".join(MANNERS), help="some of: %(default)s")
    parser.add_argument(
        "-s", action="append", default=[], metavar="NAME=VALUE", help="a setting for the crawls"
    )
    given = parser.parse_args(arguments)
    since = datetime.now(UTC).astimezone() - START
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        site_server(given.sites.split(","), count=given.count, since=since, seed=given.seed) as server,
    ):
        server.write_sources(Path(folder) / "sources")
        scrapy = Scrapy(Path(folder), Path(folder) / "sources", timeout=24 * 3600)
        settings = dict(pair.split("=", 1) for pair in given.s)
        rows = measure(server, scrapy, visits=given.visits, **settings)
        print_table(rows)
        print(f"{len(server.asked)} requests in {time.monotonic() - started:.0f} s")
    for key, row in rows.items():
        for fault in row.faults():
            print(f"{key}: {fault}")
    return int(any(row.faults() for row in rows.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
