"""What ``scrapy demo`` shows at its end: one article before and after, where everything is, what to try next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from newscrawl.items import Article, RepairedText
from newscrawl.storage import ArticleEntry, decode_seed, read_entries
from newscrawl.terminal.account import MarkedLine, lines_of, render_line
from newscrawl.terminal.plain import plain

_LINES = 12
"""Marked lines of the excerpt: as many as fit above the rest on a small terminal."""
_LINES_A_RULE = 3
_WIDTH = 100
"""Columns of a line that are shown; a hanzi takes two."""


def print_showcase(archive: Path, *, seconds: float) -> None:
    """Print the most repaired article with its cuts marked, the path of the archive, and three commands."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    shown = _most_repaired(archive)
    if shown is not None:
        path, repaired = shown
        console.print(f"\n[bold]One article, as found, with what was taken out of it[/bold]  ({path})")
        console.print(Text(plain(repaired.headline or ""), style="bold green"))
        for line in _excerpt(repaired):
            text = render_line(line, labelled=False)
            text.truncate(_WIDTH, overflow="ellipsis")
            console.print(f"[yellow]{line.rules[0]:>16}[/yellow] ", text)
    console.print(f"\nDone in {seconds:.0f} seconds. The archive: [bold]{archive.resolve()}[/bold]")
    console.print("Next:")
    for command, does in (
        (f"scrapy verify {archive}", "check every file, line and record of it"),
        (f"less {archive}/*/*/manifest.jsonl", "the account of every article"),
        ("scrapy crawl news -a region=山东/淄博", "real sources, into archive/"),
    ):
        console.print("  ", command, " " * (44 - cell_len(command)), does, sep="")


def _most_repaired(archive: Path) -> tuple[Path, Article] | None:
    """Return the article with the most rules at work in it, and its path."""
    entries = [
        entry
        for manifest in sorted(archive.glob("*/*/manifest.jsonl"))
        for entry in read_entries(manifest)
        if isinstance(entry, ArticleEntry)
    ]
    if not entries:
        return None
    entry = max(entries, key=lambda entry: len({cut.rule for cut in entry.cuts}))
    path = archive / entry.path
    return path, entry.article(decode_seed(path.read_bytes()))


def _excerpt(repaired: RepairedText) -> list[MarkedLine]:
    """Return the lines in which something was taken out, from the top, a few for each rule."""
    shown: list[MarkedLine] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for line in lines_of(repaired):
        seen[line.rules] += 1
        if line.rules and seen[line.rules] <= _LINES_A_RULE and any(p.text.strip() for p in line.pieces):
            shown.append(line)
    return shown[:_LINES]
