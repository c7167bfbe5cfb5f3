"""``scrapy repair``: text files that are in the seed format already, without their debris."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import TextError
from newscrawl.terminal.plain import plain_json
from newscrawl.terminal.repair_tally import Tally

if TYPE_CHECKING:
    from newscrawl.items import RepairedText
    from newscrawl.jobs.repair_files import Outcome

NOT_STARTED, DISK = 1, 6
STDIN = "-"


class Command(ScrapyCommand):
    """Repairs files; never writes to one that it reads."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_LEVEL": "ERROR"}  # noqa: RUF012 - Scrapy's own declaration

    def syntax(self) -> str:
        """Return the words behind the command."""
        return "[options] FILE.txt … | FOLDER … | -"

    def short_desc(self) -> str:
        """Return the line for the list of commands."""
        return "Take the debris out of text files, and keep the account of it"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Repair text files such as a naive extraction leaves them: injected pinyin, repeats, related lists, "
            "comment boxes, credits. One input without --out is printed; with --out DIR every input becomes "
            "DIR/NNN_<16 hex>.txt with the input's number, and DIR/manifest.jsonl holds every cut, so that nothing "
            "is lost. A second run does only what is new. Examples: scrapy repair 000_706fea1e3bd90cf8.txt --explain; "
            "scrapy repair found/ --out repaired/; curl -s http://localhost/1.txt | scrapy repair -. "
            "Exit codes: 0 done, 1 the output folder cannot be used, 2 usage, 3 every input was bad, "
            "4 some were bad or the run was interrupted, 6 disk full."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        parser.add_argument("--out", metavar="DIR", help="write the repaired files and a manifest there")
        parser.add_argument("--explain", action="store_true", help="show every cut with its rule")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object an input, cuts included"
        )
        parser.add_argument(
            "--workers",
            metavar="N",
            type=int,
            default=os.cpu_count() or 1,
            help="processes (default: the cores)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Repair the inputs."""
        if not args:
            raise UsageError("name files, folders, or - for standard input")
        if opts.explain and opts.json:
            raise UsageError("--explain is for people and --json for programs: choose one")
        if opts.workers < 1:
            raise UsageError("--workers: at least 1")
        if STDIN in args and (opts.out or len(args) > 1):
            raise UsageError("- stands alone, and its result is printed: save it first to use --out")
        if opts.explain or opts.json or not opts.out:
            self._print(args, opts)
        if opts.out:
            self._write(args, Path(opts.out), opts.workers)

    def _print(self, args: list[str], opts: argparse.Namespace) -> None:
        from newscrawl.jobs.repair_files import inputs_of

        paths = [Path(STDIN)] if args == [STDIN] else (path for path, _ in inputs_of(args))
        if not opts.explain and not opts.json:
            paths = list(paths)
            if len(paths) > 1:
                raise UsageError(
                    f"{len(paths)} texts would run into each other: give --out DIR, --explain or --json"
                )
        tally = Tally()
        for path in paths:
            try:
                repaired = _repaired(path)
            except TextError as error:
                if not opts.out:  # whoever writes names it
                    tally.bad(str(error))
                continue
            tally.good += 1
            _show(path, repaired, opts)
        self.exitcode = tally.exit_code(args)

    def _write(self, args: list[str], folder: Path, workers: int) -> None:
        from newscrawl.jobs.repair_files import Done, inputs_of, open_manifest, run_tasks, tasks_of
        from newscrawl.storage.disk import Disk

        _refuse_own_inputs(args, folder)
        disk = Disk()
        try:
            disk.make_folder(folder)
            handle = open_manifest(folder)
        except OSError as error:
            print(f"{folder}: cannot be written to: {error.strerror or error}", file=sys.stderr)
            self.exitcode = NOT_STARTED
            return
        tally = Tally()
        inputs = list(inputs_of(args))
        tasks = list(tasks_of(inputs, folder, Done(folder)))
        tally.skipped = len(inputs) - len(tasks)
        try:
            for outcome in _with_progress(run_tasks(tasks, folder, workers), len(tasks)):
                tally.add(outcome)
                if outcome.line:
                    disk.write(handle, outcome.line)
            disk.sync_file(handle)
        except KeyboardInterrupt:
            tally.stopped = "interrupted; run it again to go on"
        except BrokenExecutor:
            tally.stopped = "a worker was killed (is memory short?); run it again, with --workers 1, to go on"
        except OSError as error:
            print(
                f"{folder}: the disk refused: {error.strerror or error}; run it again to go on",
                file=sys.stderr,
            )
            self.exitcode = DISK
            return
        finally:
            os.close(handle)
        tally.print_summary()
        self.exitcode = tally.exit_code(args)


def _repaired(path: Path) -> RepairedText:
    from newscrawl.jobs.repair_files import SIZE_LIMIT, repair_file

    if str(path) == STDIN:
        return repair_file(Path("standard input"), sys.stdin.buffer.read(SIZE_LIMIT + 1))
    return repair_file(path)


def _show(path: Path, repaired: RepairedText, opts: argparse.Namespace) -> None:
    if opts.json:
        print(plain_json({"input": str(path), **_as_json(repaired)}))
    elif opts.explain:
        _explain(path, repaired)
    else:
        end = "\n" if sys.stdout.isatty() else ""  # a seed file does not end in a newline
        sys.stdout.buffer.write((repaired.text + end).encode("utf-8"))
        sys.stdout.flush()


def _as_json(repaired: RepairedText) -> dict[str, Any]:
    from newscrawl.terminal.inspection import metadata_of

    return {
        "headline": repaired.headline,
        "body": repaired.body,
        "flags": repaired.flags,
        "metadata": metadata_of(repaired.metadata),
        "provenance": {name: asdict(found) for name, found in repaired.metadata.provenance.items()},
        "cuts": [asdict(cut) for cut in repaired.cuts],
    }


def _explain(path: Path, repaired: RepairedText) -> None:
    """Print every line that something was cut from, each cut in its place and with its rule."""
    from rich.console import Console

    from newscrawl.terminal.account import lines_of, render_line

    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"[bold]{_printable(repaired.headline or '(no headline)')}[/bold]   {_printable(str(path))}"
    )
    for number, line in enumerate(lines_of(repaired), 1):
        if line.rules:
            console.print(f"{number:5} ", render_line(line), sep="")
    rules = Counter(cut.rule for cut in repaired.cuts)
    console.print("  cuts   " + (" · ".join(f"{rule} {n}" for rule, n in rules.most_common()) or "none"))
    console.print("  flags  " + (" · ".join(repaired.flags) or "none"))


def _printable(text: str) -> str:
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else "\ufffd" for c in text))


def _refuse_own_inputs(args: Iterable[str], folder: Path) -> None:
    """Refuse an output folder that is read from: its files would be inputs of the next run."""
    for argument in args:
        read_from = Path(argument).resolve()
        inside = folder.resolve()
        if (read_from.is_dir() and (inside == read_from or read_from in inside.parents)) or (
            not read_from.is_dir() and inside == read_from.parent
        ):
            raise UsageError(f"--out {folder}: the inputs are read from there; name another folder")


def _with_progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """Pass the outcomes on, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(outcomes, "repairing", total=total, console=Console(stderr=True))
