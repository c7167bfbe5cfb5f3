"""The report of a run as a table for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newscrawl.terminal.plain import plain

if TYPE_CHECKING:
    from rich.table import Table

_COUNTS = ("lists", "links_new", "fetched", "kept")
_TITLES = ("lists", "new", "pages", "kept", "reprints", "quarantined", "failed")
_BY_REASON = (
    ("articles repaired, by rule", "repaired"),
    ("quarantined by reason", "quarantined"),
    ("failed by reason", "failed"),
    ("gone by reason", "gone"),
    ("addresses without end", "trap"),
    ("led to another host", "redirected"),
)
_SLOWEST = 3
_SLOW_SECONDS = 5.0
"""A page is told as slow from here on."""


def print_summary(report: Mapping[str, Any]) -> None:
    """Print a row a source and the totals, then stories, what happened by rule and reason, what was slow or is left.

    ``farm`` is how much of a content farm the site has shown itself to be, from 0 to 1.
    """
    from rich.console import Console

    console = Console()
    console.print(_table(report["sources"]))
    if stories := report.get("stories"):
        console.print(_stories_line(report["sources"], stories), highlight=False, soft_wrap=True)
    for title, line in _lines(report["sources"]):
        console.print(f"[bold]{title}[/bold]  ", end="")
        console.print(plain(line), markup=False, highlight=False, soft_wrap=True)


def _table(sources: Mapping[str, Mapping[str, Any]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=(0, 1, 0, 0), pad_edge=False)
    counts = {name: _counts(account) for name, account in sources.items()}
    totals = map(sum, zip(*counts.values(), strict=True)) if counts else [0] * len(_TITLES)
    table.add_column("source")
    for title, total in zip(_TITLES, totals, strict=True):
        table.add_column(title, str(total), justify="right")
    table.add_column("farm", justify="right")
    for name, account in sources.items():
        farm = account.get("farm_score", 0)
        table.add_row(name, *map(str, counts[name]), f"{farm:.2f}" if farm else "")
    return table


def _counts(account: Mapping[str, Any]) -> tuple[int, ...]:
    quarantined, gone, failed = (
        sum(account[outcome].values()) for outcome in ("quarantined", "gone", "failed")
    )
    reprints = account["duplicates"] + account["reprints"]
    return (*(account[event] for event in _COUNTS), reprints, quarantined, gone + failed)


def _stories_line(sources: Mapping[str, Mapping[str, Any]], stories: Mapping[str, int]) -> str:
    exact = sum(account["duplicates"] for account in sources.values())
    edited = sum(account["reprints"] for account in sources.values())
    return (
        f"[bold]{stories['count']} stories[/bold], of which {stories['on_several_sites']} on several sites; "
        f"reprints: {exact} exact duplicates, {edited} with edits"
    )


def _lines(sources: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what there is to say below the table, each with its title."""
    for title, outcome in _BY_REASON:
        counts: Counter[str] = Counter()
        for account in sources.values():
            counts.update(account.get(outcome, {}))
        if counts:
            yield title, " · ".join(f"{name} {n}" for name, n in counts.most_common())
    size = sum(account["bytes"] for account in sources.values())
    seconds = max((account.get("seconds", 0) for account in sources.values()), default=0)
    yield "fetched", f"{size / 1e6:.1f} MB in {seconds:.0f} s"
    if left := {
        name: account["over_budget"] for name, account in sources.items() if account.get("over_budget")
    }:
        yield "left for the next run", " · ".join(f"{name} {n}" for name, n in left.items())
    slow = [
        page
        for account in sources.values()
        for page in account.get("slowest", ())
        if page[1] >= _SLOW_SECONDS
    ]
    if slow:
        slowest = sorted(slow, key=lambda page: -page[1])[:_SLOWEST]
        yield "slow", " · ".join(f"{url} {seconds:.0f} s" for url, seconds in slowest)
    for name, account in sources.items():
        if account.get("last_error") and not account["answered"]:
            yield "no answer", f"{name}: {account['last_error']}"
