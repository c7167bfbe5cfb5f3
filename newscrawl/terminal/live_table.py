"""What a crawl is doing, as a table that is drawn again and again below its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from newscrawl.terminal.plain import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_LINES_AROUND = 6
"""Of the terminal: head, totals and some of the log."""


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One source, or the sum of them."""

    source: str
    queue: str
    """Articles that wait; with a plus when the catalog may have more."""
    fetched: int
    kept: int
    failed: int
    per_minute: float
    """Answers, lately."""


def live_table(rows: Sequence[LiveRow], total: LiveRow, *, height: int) -> Table:
    """Return the rows, as many as fit under each other in a terminal of this height, and the sum of all."""
    from rich.table import Table

    table = Table(box=None, show_footer=True, padding=(0, 2, 0, 0), pad_edge=False)
    fit = rows[: max(height - _LINES_AROUND, 1)]
    hidden = len(rows) - len(fit)
    name = f"{total.source}, {hidden} not shown" if hidden else total.source
    footers = (name, *_cells(total)[1:])
    for title, footer in zip(
        ("source", "queue", "fetched", "kept", "failed", "a minute"), footers, strict=True
    ):
        table.add_column(
            title,
            footer,
            justify="left" if title == "source" else "right",
            no_wrap=True,
            style="dim",
            footer_style="bold",
        )
    for row in fit:
        table.add_row(*_cells(row))
    return table


def _cells(row: LiveRow) -> tuple[str, ...]:
    rate = f"{row.per_minute:.0f}" if row.per_minute else ""
    return (plain(row.source), row.queue, str(row.fetched), str(row.kept), str(row.failed or ""), rate)


class AboveTheTable:
    """A stream for the log while the table is drawn: whole lines, which push the table down."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def write(self, text: str) -> int:
        """Print a message of the log, as it is."""
        if line := text.rstrip("\n"):
            self._console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)
        return len(text)

    def flush(self) -> None:
        """Do nothing: every message is printed at once."""


def as_stream(above: AboveTheTable) -> TextIO:
    """Return it as what a log handler asks for; it uses ``write`` and ``flush`` only."""
    return above  # type: ignore[return-value]
