"""What crawls of the sites came to, counted at the server: one row a site, and the bars that it is held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.sites.server import Asked, SiteServer

LISTS = frozenset({"home", "channel", "list", "part", "topic", "feed", "sitemap"})
"""A special topic is a list too, if a short one that seldom has anything new."""
PAGES = frozenset({"article", "continuation"})
OTHERS = frozenset({"media", "service", "missing"})
"""What is neither article nor list: every fetch of it is for nothing."""


@dataclass
class Row:
    """A site's account over its visits."""

    family: str
    articles: int = 0
    found: int = 0
    visits: int = 0
    fetches: int = 0
    """After the first visit, robots.txt apart."""
    wasted: Counter[str] = field(default_factory=Counter)
    """Of those: what is neither article nor list, and articles that were fetched before."""
    first_wasted: int = 0
    """Such fetches of the first visit."""
    quiet_lists: float = 0
    """Requests a list, of the visit in which nothing had changed."""
    quiet_conditional: float = 1
    """Share of those that were conditional."""
    quiet_articles: int = 0
    fresh: int = 0
    """Articles that appeared before the last visit."""
    fresh_found: int = 0

    @property
    def found_share(self) -> float:
        return self.found / self.articles if self.articles else 1.0

    @property
    def wasted_share(self) -> float:
        return self.wasted.total() / self.fetches if self.fetches else 0.0

    def faults(self) -> list[str]:
        """Return the bars that this site misses, in words."""
        bars = (
            (self.found_share < 0.99, f"found {self.found} of {self.articles} articles"),
            (self.wasted_share > 0.02, f"wasted {dict(self.wasted)} of {self.fetches} fetches"),
            (self.quiet_lists > 1, f"{self.quiet_lists:.2f} requests a list where nothing had changed"),
            (self.quiet_articles > 0, f"{self.quiet_articles} articles fetched where nothing had changed"),
            (
                self.fresh_found < self.fresh,
                f"found {self.fresh_found} of {self.fresh} new articles in one visit",
            ),
        )
        return [words for missed, words in bars if missed]


def rows_of(server: SiteServer) -> dict[str, Row]:
    """Return an empty account for each site."""
    return {key: Row(site.manner.family) for key, site in server.sites.items()}


def add_visit(rows: dict[str, Row], server: SiteServer, mark: int) -> None:
    """Add what was asked since the request number ``mark``, which is one visit."""
    before = {(one.site, one.path) for one in server.asked[:mark] if one.kind in PAGES}
    for one in server.since(mark):
        if not one.site:
            continue
        row = rows[one.site]
        again = one.kind in PAGES and (one.site, one.path) in before
        before.add((one.site, one.path))
        is_waste = one.kind in OTHERS or again
        if row.visits == 0:
            row.first_wasted += is_waste
            continue
        row.fetches += one.kind != "robots"
        row.wasted[f"{one.kind} again" if again else one.kind] += is_waste
    for row in rows.values():
        row.visits += 1
        row.wasted += Counter()


def add_quiet(rows: dict[str, Row], server: SiteServer, mark: int) -> None:
    """Add what was asked in a visit before which nothing had changed."""
    by_site: dict[str, list[Asked]] = {key: [] for key in rows}
    for one in server.since(mark):
        if one.site:
            by_site[one.site].append(one)
    for key, asked in by_site.items():
        lists = [one for one in asked if one.kind in LISTS]
        row = rows[key]
        row.quiet_lists = len(lists) / len({one.path for one in lists}) if lists else 0
        tagged = server.sites[key].traits.validators  # special topics carry no validator
        sure = [one for one in lists if tagged and one.kind != "topic"]
        row.quiet_conditional = sum(one.conditional for one in sure) / len(sure) if sure else 1
        row.quiet_articles = sum(one.kind in PAGES for one in asked)


def add_fresh(rows: dict[str, Row], server: SiteServer, mark: int, there: dict[str, set[str]]) -> None:
    """Add how much of what was not ``there`` a visit has found."""
    for key, row in rows.items():
        fresh = server.sites[key].article_paths() - there[key]
        row.fresh, row.fresh_found = len(fresh), len(fresh & paths_of(server.since(mark), key))


def count_found(rows: dict[str, Row], server: SiteServer) -> None:
    """Count the articles of each site, and those that were fetched."""
    for key, row in rows.items():
        there = server.sites[key].article_paths()
        row.articles, row.found = len(there), len(there & paths_of(server.asked, key))


def paths_of(asked: Iterable[Asked], key: str) -> set[str]:
    """Return the articles of a site that were asked for."""
    return {one.path for one in asked if one.site == key and one.kind == "article"}


def print_table(rows: dict[str, Row]) -> None:
    """Print a line a site."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    titles = "site family articles found visits wasted-1st wasted-after what req/list cond. art.again new missed".split()
    for title in titles:
        table.add_column(title, justify="left" if title in {"site", "family", "what", "missed"} else "right")
    for key, row in rows.items():
        table.add_row(
            key, row.family, str(row.articles), f"{row.found_share:.1%}", str(row.visits), str(row.first_wasted), f"{row.wasted_share:.1%}",
            " ".join(f"{name} {n}" for name, n in row.wasted.most_common(2)), f"{row.quiet_lists:.2f}", f"{row.quiet_conditional:.0%}",
            str(row.quiet_articles), f"{row.fresh_found}/{row.fresh}", str(len(row.faults()) or ""),
        )  # fmt: skip
    Console(width=150).print(table)
