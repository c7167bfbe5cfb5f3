"""What became of the inputs of ``scrapy repair``, counted, and the exit code that says it."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.jobs.repair_files import Outcome

DONE, USAGE, ALL_BAD, SOME_BAD = 0, 2, 3, 4


class Tally:
    """What became of the inputs, and what the rules did."""

    def __init__(self) -> None:
        self.good = self.skipped = 0
        self.bad_count = 0
        self.stopped = ""
        self.files: Counter[str] = Counter()
        self.cuts: Counter[str] = Counter()
        self.characters: Counter[str] = Counter()
        self.flags: Counter[str] = Counter()

    def bad(self, error: str) -> None:
        """Name an input that could not be repaired."""
        self.bad_count += 1
        print(error, file=sys.stderr)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        if outcome.error:
            self.bad(outcome.error)
            return
        self.good += 1
        self.files.update(outcome.rules.keys())
        self.cuts.update(outcome.rules)
        self.characters.update(outcome.characters)
        self.flags.update(outcome.flags)

    def exit_code(self, args: list[str]) -> int:
        """Return the exit code, having said why it is not 0."""
        if not self.good and not self.skipped and not self.bad_count:
            print(f"no .txt files in {' '.join(args)}", file=sys.stderr)
            return USAGE
        if self.stopped:
            print(self.stopped, file=sys.stderr)
            return SOME_BAD
        if not self.bad_count:
            return DONE
        return SOME_BAD if self.good or self.skipped else ALL_BAD

    def print_summary(self) -> None:
        """Print the cuts by rule, and how many inputs were repaired, done before, and bad."""
        from rich import box
        from rich.console import Console
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD)
        for title in ("rule", "files", "cuts", "characters"):
            table.add_column(title, justify="left" if title == "rule" else "right")
        for rule, count in self.cuts.most_common():
            table.add_row(rule, str(self.files[rule]), str(count), str(self.characters[rule]))
        console = Console(highlight=False)
        if self.cuts:
            console.print(table)
        if self.flags:
            console.print("  flags  " + " · ".join(f"{flag} {n}" for flag, n in self.flags.most_common()))
        console.print(f"  repaired {self.good} · done before {self.skipped} · bad {self.bad_count}")
