"""The report of a run as a table for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

_NUMBERS = ("lists", "fetched", "kept")


def print_summary(report: Mapping[str, Any]) -> None:
    """Print a row a source and the totals, then stories, what was repaired by rule and quarantined by reason.

    ``farm`` is how much of a content farm the site has shown itself to be, from 0 to 1.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=(0, 1, 0, 0), pad_edge=False)
    rows = [(name, *_cells(account)) for name, account in report["sources"].items()]
    totals = ["", *(str(sum(int(row[n]) for row in rows)) for n in range(1, 8))]
    titles = ("source", "lists", "pages", "kept", "reprints", "quarantined", "gone", "failed")
    for title, total in zip(titles, totals, strict=True):
        table.add_column(title, total, justify="left" if title == "source" else "right")
    table.add_column("farm", justify="right")
    for row, account in zip(rows, report["sources"].values(), strict=True):
        table.add_row(*row, f"{score:.2f}" if (score := account.get("farm_score", 0)) else "")
    console = Console()
    console.print(table)
    if stories := report.get("stories"):
        console.print(_stories_line(report, stories), highlight=False, soft_wrap=True)
    for title, outcome in (
        ("articles repaired, by rule", "repaired"),
        ("quarantined by reason", "quarantined"),
    ):
        if line := _by_count(report, outcome):
            console.print(f"[bold]{title}[/bold]  {line}", highlight=False, soft_wrap=True)


def _stories_line(report: Mapping[str, Any], stories: Mapping[str, int]) -> str:
    exact = sum(account["duplicates"] for account in report["sources"].values())
    edited = sum(account.get("reprints", 0) for account in report["sources"].values())
    return (
        f"[bold]{stories['count']} stories[/bold], of which {stories['on_several_sites']} on several sites; "
        f"reprints: {exact} exact duplicates, {edited} with edits"
    )


def _cells(account: Mapping[str, Any]) -> tuple[str, ...]:
    outcomes = (sum(account[outcome].values()) for outcome in ("quarantined", "gone", "failed"))
    reprints = account["duplicates"] + account.get("reprints", 0)
    return tuple(str(n) for n in (*(account[key] for key in _NUMBERS), reprints, *outcomes))


def _by_count(report: Mapping[str, Any], outcome: str) -> str:
    counts: Counter[str] = Counter()
    for account in report["sources"].values():
        counts.update(account[outcome])
    return " · ".join(f"{name} {n}" for name, n in counts.most_common())
