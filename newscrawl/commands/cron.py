"""``scrapy cron``: what to put into a crontab, or into systemd, to have this checkout crawl by itself."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import closest_scrapy_cfg

NOT_STARTED = 1


class Command(ScrapyCommand):
    """Prints a timetable for a server."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the words behind the command."""
        return "[options]"

    def short_desc(self) -> str:
        """Return the line for the list of commands."""
        return "Print crontab lines or systemd units that run this checkout"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Print crontab lines (or, with --systemd, units) that crawl all sources from this checkout, look at their "
            "health every morning and verify the archive every Sunday. Settings given with -s are handed on. No "
            "flock is needed: a run holds the archive's own lock. Nothing is installed. Examples: scrapy cron; "
            "scrapy cron --every 60 --shards 4; scrapy cron --systemd --out units"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours."""
        super().add_options(parser)
        parser.add_argument(
            "--every", type=int, default=30, metavar="MINUTES", help="from round to round (30)"
        )
        parser.add_argument("--shards", type=int, default=1, help="parts of the sources that take turns (1)")
        parser.add_argument("--minutes", type=int, help="time of one crawl (what is there, less two)")
        parser.add_argument("--systemd", action="store_true", help="units instead of crontab lines")
        parser.add_argument("--out", metavar="FOLDER", help="write the units there as files")
        parser.add_argument(
            "--log", metavar="FILE", help="keep the crawls' log in a file, and print how to rotate it"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print it."""
        from newscrawl.terminal.timetable import Timetable, crontab, rotation, units

        if args:
            raise UsageError("cron takes no arguments", print_help=False)
        cfg = closest_scrapy_cfg()
        table = Timetable(
            folder=Path(cfg).parent.resolve() if cfg else Path.cwd(),
            command=_scrapy(),
            settings=tuple(opts.set),
            every=opts.every,
            shards=opts.shards,
            minutes=opts.minutes,
            log=opts.log,
            user=getpass.getuser(),
        )
        if mistake := table.mistake():
            raise UsageError(mistake, print_help=False)
        if opts.out or opts.systemd:
            self._give(units(table), opts.out)
        else:
            print(crontab(table), end="")
        if opts.log:
            print("\n" + rotation(table), end="")

    def _give(self, files: dict[str, str], out: str | None) -> None:
        if out is None:
            print("\n".join(f"# {name}\n{text}" for name, text in files.items()), end="")
            return
        try:
            Path(out).mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (Path(out) / name).write_text(text, encoding="utf-8")
        except OSError as error:
            print(f"{out}: {error.strerror}", file=sys.stderr)
            self.exitcode = NOT_STARTED
            return
        print(f"{len(files)} units in {out}: copy them to /etc/systemd/system, then")
        print("  systemctl daemon-reload")
        print(f"  systemctl enable --now {' '.join(name for name in files if name.endswith('.timer'))}")


def _scrapy() -> tuple[str, ...]:
    """Return how scrapy is called with this very Python."""
    script = Path(sys.executable).with_name("scrapy")
    return (str(script),) if script.exists() else (sys.executable, "-m", "scrapy")
