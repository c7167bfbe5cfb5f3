"""``scrapy demo``: a newsroom on this machine is served, crawled, and its archive shown."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

NOT_STARTED = 1
FOLDER = Path("demo-archive")
_LINES_SHOWN = 12


class Command(ScrapyCommand):
    """Runs the main job on the embedded newsroom."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        """Return the line for the list of commands."""
        return "Serve a small newsroom on this machine, crawl it, show the archive"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Serve the demo newsroom on a free port of 127.0.0.1, crawl it with 'scrapy crawl' into a fresh "
            f"{FOLDER}/, and show what came of it. Example: scrapy demo"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve, crawl, show."""
        if args:
            raise UsageError("demo takes no arguments")
        if not _make_room(FOLDER):
            print(
                f"{FOLDER}/ holds something that no demo has put there; move it away first", file=sys.stderr
            )
            self.exitcode = NOT_STARTED
            return
        from newscrawl.demo import Newsroom, serve, write_sources
        from newscrawl.terminal.showcase import print_showcase

        started = time.monotonic()
        with tempfile.TemporaryDirectory() as sources, serve(Newsroom.load()) as server:
            names = [path.stem for path in write_sources(Path(sources), server.port)]
            print(
                f"A newsroom of {len(names)} outlets on 127.0.0.1:{server.port}, crawled into {FOLDER}/ …",
                flush=True,
            )
            self.exitcode = _crawl(names, sources)
        if self.exitcode == 0:
            print_showcase(FOLDER, seconds=time.monotonic() - started)


def _make_room(folder: Path) -> bool:
    """Take away the archive of an earlier demo; return whether there is room now."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "catalog.sqlite3").exists():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _crawl(sources: list[str], folder: str) -> int:
    """Run ``scrapy crawl`` as a user would; return its exit code."""
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"sources={','.join(sources)}"]
    command += ["-s", f"SOURCES_DIRS={folder}", "-s", f"ARCHIVE_DIR={FOLDER}", "-s", "CRAWL_SUMMARY=True"]
    return subprocess.run([*command, "-L", "WARNING"], check=False).returncode
