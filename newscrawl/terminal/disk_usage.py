"""What ``scrapy status --disk`` shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.storage.usage import Usage

_SOURCES = 20
"""Sources that are listed one by one, the largest first."""
_MONTHS = 12
_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")


def human_size(size: float) -> str:
    """Return a number of bytes for a person.

    >>> human_size(512), human_size(40_960), human_size(3 << 30)
    ('512 B', '40 KB', '3.0 GB')
    """
    power = 0
    while size >= 1_000 and power < len(_UNITS) - 1:
        size, power = size / 1_024, power + 1
    return f"{size:.0f} {_UNITS[power]}" if power < 2 or size >= 100 else f"{size:.1f} {_UNITS[power]}"


def print_usage(usage: Usage, archive: Path, *, reserve: int = 0) -> None:
    """Print sizes by kind, source and month, the growth, and when the disk is full."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"[bold]{archive}[/bold]  {human_size(usage.total)}, {human_size(usage.free)} free")
    _print_table("kind", usage.kinds)
    _print_table("source", usage.sources, most=_SOURCES)
    _print_table("month", dict(sorted(usage.months.items())[-_MONTHS:]), is_sorted=True)
    console.print(_outlook(usage, reserve), soft_wrap=True)


def print_usage_json(usage: Usage, *, reserve: int = 0) -> None:
    """Print the same as one JSON object, sizes in bytes."""
    values = {**asdict(usage), "total": usage.total, "days_left": usage.days_left(reserve)}
    print(json.dumps(values, ensure_ascii=False, indent=1))


def _outlook(usage: Usage, reserve: int) -> str:
    days = usage.days_left(reserve)
    growth = f"It grows by {human_size(usage.daily_growth)} a day"
    if days is None:
        return "It does not grow."
    if days > 3_650:
        return f"{growth}; the disk has room for more than ten years."
    return (
        f"{growth}; the disk is full in about {days:.0f} days. scrapy retire moves old WARC files elsewhere."
    )


def _print_table(title: str, sizes: Mapping[str, int], *, most: int = 100, is_sorted: bool = False) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    rows = list(sizes.items()) if is_sorted else sorted(sizes.items(), key=lambda one: (-one[1], one[0]))
    table = Table(title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("size", justify="right")
    for name, size in rows[:most]:
        table.add_row(name, human_size(size))
    if len(rows) > most:
        table.add_row(f"{len(rows) - most} others", human_size(sum(size for _, size in rows[most:])))
    Console().print(table)
