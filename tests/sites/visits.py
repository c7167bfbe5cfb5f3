"""Crawls of the sites as a user runs them, and the account of what they came to.

``python -m tests.sites.visits --count 2000`` prints the table of all sites; ``--help`` says what else.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from newscrawl.items import CHINA_TIME
from newscrawl.storage.schema import stamp
from tests.conftest import Scrapy
from tests.sites.bars import Row, add_fresh, add_quiet, add_visit, count_found, print_table, rows_of
from tests.sites.manners import MANNERS
from tests.sites.server import SiteServer, site_server

START = timedelta(days=9)
"""Before now: the sites have room for what they publish during a test, and nothing is of tomorrow."""
BETWEEN = timedelta(hours=6)
"""From one visit to the next: nine articles of each site."""
AT_ONCE = {
    "DOWNLOAD_DELAY": 0.001,  # without any delay Scrapy asks a host for many pages at once
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 32,
}
"""Settings for tests in which manners are not what is measured."""


def visit(server: SiteServer, scrapy: Scrapy, *, everything: bool = False, **settings: object) -> int:
    """Crawl all sites once, all lists or those that are due, and return how many requests there were before."""
    mark = len(server.asked)
    names = ",".join(site.id for site in server.sites.values())
    arguments = ["-a", "visit=all"] if everything else []
    process = scrapy("crawl", "news", "-a", f"sources={names}", *arguments, **{**AT_ONCE, **settings})
    assert process.returncode == 0, process.stderr[-3000:]
    return mark


def pass_time(server: SiteServer, scrapy: Scrapy, span: timedelta, keys: Iterable[str] | None = None) -> None:
    """Let time pass: some sites, or all, publish what they have for it, and all that the catalog remembers is so much older."""
    server.move(span, keys)
    path = scrapy.archive / "catalog.sqlite3"
    with closing(sqlite3.connect(path)) as catalog, catalog:
        catalog.create_function(
            "earlier", 1, lambda text: text and stamp(datetime.fromisoformat(text) - span)
        )
        for table in ("fronts", "urls"):
            columns = [
                row[1] for row in catalog.execute(f"PRAGMA table_info({table})") if row[1].endswith("_at")
            ]
            catalog.execute(
                f"UPDATE {table} SET " + ", ".join(f"{name} = earlier({name})" for name in columns)
            )


def measure(server: SiteServer, scrapy: Scrapy, *, visits: int, **settings: object) -> dict[str, Row]:
    """Return the accounts of the sites after ``visits`` visits, six hours and their news between each and the next.

    Then one in which nothing is new, and one with news, in both of which every list is asked for.
    """
    rows = rows_of(server)
    for number in range(visits):
        if number:
            pass_time(server, scrapy, BETWEEN)
        add_visit(rows, server, visit(server, scrapy, **settings))
    add_quiet(rows, server, visit(server, scrapy, everything=True, **settings))
    count_found(rows, server)
    there = {key: site.article_paths() for key, site in server.sites.items()}
    pass_time(server, scrapy, BETWEEN)
    mark = visit(server, scrapy, everything=True, **settings)
    add_fresh(rows, server, mark, there)
    return rows


def start_of(visits: int) -> datetime:
    """Return a time some days ago from which the last visit is at six in the morning, when newspapers have a new issue."""
    last = (datetime.now(CHINA_TIME) - START).replace(hour=6, minute=0, second=0, microsecond=0)
    return last - visits * BETWEEN


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table, and return 1 when a site misses a bar."""
    parser = argparse.ArgumentParser(prog="python -m tests.sites.visits")
    parser.add_argument("--count", type=int, default=40, help="articles of each site")
    parser.add_argument("--visits", type=int, default=3, help="before the quiet one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sites", default=",".join(MANNERS), help="some of: %(default)s")
    parser.add_argument(
        "-s", action="append", default=[], metavar="NAME=VALUE", help="a setting for the crawls"
    )
    given = parser.parse_args(arguments)
    since = start_of(given.visits)
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
