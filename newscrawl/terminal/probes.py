"""What ``scrapy sources check`` shows: a row a source, and below it what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from newscrawl.sources.examples import ExampleResult
from newscrawl.sources.probes import Probe
from newscrawl.terminal.plain import plain

_TITLES = ("source", "result", "robots", "charset", "family", "feed", "lists", "articles", "one of them")
_RIGHT = frozenset({"feed", "lists", "articles"})
_WIDTH = 200
"""Columns where no terminal says how many it has: a log or a file can be as wide as the table."""


def print_probes(probes: Sequence[Probe]) -> None:
    """Print the table of probes to standard output."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for title in _TITLES:
        table.add_column(
            title,
            justify="right" if title in _RIGHT else "left",
            no_wrap=title != "one of them",
            overflow="ellipsis",
        )
    for probe in probes:
        style = "" if probe.is_fine else "yellow" if not probe.reason else "red"
        table.add_row(*(Text(plain(cell)) for cell in _cells(probe)), style=style)
    Console(width=None if sys.stdout.isatty() else _WIDTH).print(table)


def _cells(probe: Probe) -> tuple[str, ...]:
    proof = probe.proof
    day = (proof.published or "")[:10] if proof else ""
    robots = probe.robots + (f" {probe.crawl_delay:g} s" if probe.crawl_delay else "")
    return (
        probe.source,
        probe.verdict + (f" → {probe.moved_to}" if probe.moved_to else ""),
        robots,
        probe.charset,
        probe.family,
        str(probe.feed_count) if probe.feed else "",
        str(probe.list_count or ""),
        str(probe.article_count or ""),
        " ".join(part for part in (day, proof.headline, f"({proof.outlet})" if proof.outlet else "") if part)
        if proof
        else "",
    )


def print_examples(results: Iterable[tuple[str, ExampleResult]]) -> None:
    """Print what is not as an example says, a line each, and how many are."""
    right = missing = wrong = 0
    for source, result in results:
        right += result.is_right and not result.is_missing
        missing += result.is_missing
        wrong += not result.is_right
        for mistake in ("its page is not in the folder",) if result.is_missing else result.mistakes:
            print(plain(f"{source}: {result.url}: {mistake}"))
    print(f"{right} of {right + wrong} examples are as their files say; {missing} have no saved page")
