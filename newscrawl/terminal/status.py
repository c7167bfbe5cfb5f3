"""The health of the sources, read from the catalog and told: as a table, as alarms, as JSON, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.health import History, Sign, SourceHealth, exposition, health_of, run_sign, sparkline
from newscrawl.health.rhythm import LEAST_GAPS, MEMORY, WINDOW
from newscrawl.health.sources import PICTURE_DAYS
from newscrawl.storage import ArticleDay, Catalog, write_file
from newscrawl.terminal.plain import plain, plain_json

_VISIT_DAYS = timedelta(days=60)
"""Days of visits that are looked at: a week of today's and as many before as tell what was usual."""

_WIDE = 110
"""Columns of a terminal in which the picture has all its days; in a smaller one it has a fortnight."""
_FEW_DAYS = 14
_OUTCOMES = {"kept": "kept", "same": "copies", "lost": "quarantined"}
"""Titles of the table, of what the last week of visits brought."""


@dataclass(frozen=True, slots=True)
class Status:
    """How an archive's sources are."""

    sources: Sequence[SourceHealth]
    """Those that were ever visited, what is wrong first."""
    never_visited: Sequence[str]
    last_run_at: datetime | None
    run: Sign | None
    """What is wrong with the runs, if anything is."""
    now: datetime

    @property
    def is_wrong(self) -> bool:
        """Whether somebody should look."""
        return self.run is not None or any(source.is_wrong for source in self.sources)


def status_of(archive: Path, wanted: Iterable[str], *, now: datetime) -> Status:
    """Return the status of the sources that are wanted.

    Raises:
        ArchiveError: there is no catalog, or it cannot be read.
    """
    with Catalog.open_readonly(archive) as catalog:
        last_run_at = catalog.last_run_at()
        known = catalog.known_sources()
        names = sorted(set(wanted))
        found = [
            health_of(_history(catalog, name, last_run_at, now), now=now) for name in names if name in known
        ]
    return Status(
        sources=sorted(found, key=lambda source: (not source.is_wrong, not source.signs, source.source)),
        never_visited=[name for name in names if name not in known],
        last_run_at=last_run_at,
        run=run_sign(last_run_at, now=now),
        now=now,
    )


def _history(catalog: Catalog, source: str, last_run_at: datetime | None, now: datetime) -> History:
    return History(
        source=source,
        articles=_articles(catalog, source),
        visits=catalog.visits_of(source, since=(now - _VISIT_DAYS).date()),
        last_run_at=last_run_at,
    )


def _articles(catalog: Catalog, source: str) -> Sequence[ArticleDay]:
    """Return the days of a source that its rhythm is read from: few of them where there is much news."""
    last = catalog.last_article_day(source)
    if last is None:
        return ()
    days = catalog.days_of(source, since=last - WINDOW)
    if len({day.day for day in days}) > LEAST_GAPS:
        return days
    return catalog.days_of(source, since=last - MEMORY)


def print_alarms(status: Status) -> None:
    """Print a line for every source that somebody should look at; nothing when all is well."""
    if status.run:
        print(f"{status.run.name}: {status.run.detail}")
    for source in status.sources:
        if source.is_wrong:
            told = "; ".join(f"{sign.name}: {sign.detail}" for sign in source.signs)
            print(plain(f"{source.source}: {told}"))


def write_prometheus(status: Status, path: Path) -> None:
    """Write the values to a file that is never seen half written."""
    write_file(path, exposition(status.sources, last_run_at=status.last_run_at).encode())


def print_json(status: Status) -> None:
    """Print everything as one JSON object; times are UTC, gaps in days."""
    print(
        plain_json(
            {
                "is_wrong": status.is_wrong,
                "last_run_at": _iso(status.last_run_at),
                "run": _sign_json(status.run) if status.run else None,
                "sources": {source.source: _source_json(source) for source in status.sources},
                "never_visited": list(status.never_visited),
            },
            indent=2,
        )
    )


def _source_json(source: SourceHealth) -> dict[str, Any]:
    rhythm = source.rhythm
    return {
        "state": source.state,
        "is_wrong": source.is_wrong,
        "signs": [_sign_json(sign) for sign in source.signs],
        "last_article_at": _iso(source.last_article_at),
        "usual_gap": rhythm.usual_gap if rhythm else None,
        "gap": source.gap,
        "limit": round(rhythm.limit, 1) if rhythm and rhythm.limit is not None else None,
        "day_counts": list(source.day_counts),
        "visited_at": _iso(source.visited_at),
        "outcomes": dict(source.outcomes),
        "last_error": source.error,
        "columns": {
            column.name: {
                "last_on": column.rhythm.last_on.isoformat(),
                "usual_gap": column.rhythm.usual_gap,
                "is_silent": column.is_silent,
                "count": column.count,
            }
            for column in source.columns
        },
    }


def _sign_json(sign: Sign) -> dict[str, Any]:
    return sign._asdict()


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def print_table(status: Status, *, with_details: bool) -> None:
    """Print a row a source, what is wrong first; then columns, if wanted, and what else there is to say."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    if status.sources:
        console.print(_table(status, picture_days=PICTURE_DAYS if console.width >= _WIDE else _FEW_DAYS))
    for source in status.sources:
        for sign in source.signs:
            style = "red" if sign.is_alarm else "yellow"
            console.print(f"[{style}]{plain(source.source)}: {sign.name}[/{style}]", end=": ")
            console.print(plain(sign.detail), markup=False)
    if with_details:
        for line in _detail_lines(status):
            console.print(line, markup=False)
    for line in _last_lines(status):
        console.print(line, markup=False)


def _table(status: Status, *, picture_days: int) -> Any:  # noqa: ANN401 (rich is loaded where it is used)
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("source", overflow="fold", min_width=12)
    for title in ("last", "usual", "limit"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(f"{picture_days} days", no_wrap=True, min_width=picture_days)
    for title in _OUTCOMES:
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("state", no_wrap=True)
    for source in status.sources:
        style = "red" if source.is_wrong else "yellow" if source.signs else None
        table.add_row(*map(plain, _cells(source, status.now, picture_days)), style=style)
    return table


def _cells(source: SourceHealth, now: datetime, picture_days: int) -> tuple[str, ...]:
    rhythm = source.rhythm
    return (
        source.source,
        _ago(source.last_article_at, now),
        f"{rhythm.usual_gap:.0f} d" if rhythm and rhythm.usual_gap is not None else "",
        f"{rhythm.limit:.0f} d" if rhythm and rhythm.limit is not None else "",
        sparkline(source.day_counts[-picture_days:]),
        *(str(source.outcomes[outcome] or "") for outcome in _OUTCOMES.values()),
        source.state,
    )


def _ago(at: datetime | None, now: datetime) -> str:
    """Return how long ago something was, in the largest unit that tells it."""
    if at is None:
        return "never"
    hours = (now - at).total_seconds() / 3600
    return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} d"


def _detail_lines(status: Status) -> Iterator[str]:
    for source in status.sources:
        if source.error:
            yield plain(f"{source.source}: last error {source.error}")
        for column in source.columns:
            usual = column.rhythm.usual_gap
            gap = f", usually every {usual:.0f} d" if usual is not None else ""
            silent = ", silent" if column.is_silent else ""
            yield plain(
                f"{source.source} {column.name}: {column.count}, last {column.rhythm.last_on}{gap}{silent}"
            )


def _last_lines(status: Status) -> Iterator[str]:
    if status.run:
        yield f"{status.run.name}: {status.run.detail}"
    elif status.last_run_at:
        yield f"last run: {_ago(status.last_run_at, status.now)} ago"
    if status.never_visited:
        names = ", ".join(status.never_visited[:3])
        more = len(status.never_visited) - 3
        yield f"never visited: {names}{f' and {more} more' if more > 0 else ''}"
