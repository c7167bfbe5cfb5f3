"""``scrapy stories``: the stories of an archive, and one of them with everybody who printed it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import ArchiveError
from newscrawl.terminal.archive_command import DAMAGED, DONE

if TYPE_CHECKING:
    from newscrawl.storage import Catalog

NOT_FOUND = 2


class Command(ScrapyCommand):
    """Shows stories; changes nothing."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [ID | URL | SEED FILE]"

    def short_desc(self) -> str:
        return "List the stories of the archive, or show one with everybody who printed it"

    def long_desc(self) -> str:
        return (
            "List the stories that have several texts, those with the most first; or show the one that is named by its "
            "id, or by the URL or seed file of a text: who printed it when, what each changed, word by word. "
            "Examples: scrapy stories --since 2026-11-01; scrapy stories s0123456789abcdef; "
            "scrapy stories http://www.example.cn/2024/0506/1.html --json. "
            "Exit codes: 0 done, 2 usage, or there is no such story, 6 there is no archive."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--since", metavar="DAY", help="only stories that were printed on this day or later"
        )
        parser.add_argument("--source", metavar="ID", help="only stories that this source printed")
        parser.add_argument(
            "--limit", metavar="N", type=int, default=50, help="how many (default: 50; 0: all)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object a story")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newscrawl.storage import Catalog

        assert self.settings is not None
        if len(args) > 1:
            raise UsageError("name one story", print_help=False)
        try:
            with Catalog.open_readonly(Path(self.settings["ARCHIVE_DIR"])) as catalog:
                self.exitcode = self._show(catalog, args[0], opts) if args else self._list(catalog, opts)
        except ArchiveError as error:
            print(error, file=sys.stderr)
            self.exitcode = DAMAGED

    def _list(self, catalog: Catalog, opts: argparse.Namespace) -> int:
        from newscrawl.jobs.stories import summary_of
        from newscrawl.terminal.plain import plain_json
        from newscrawl.terminal.stories import print_stories

        rows = catalog.stories(limit=opts.limit or -1, since=_day(opts.since), source=opts.source)
        stories = (summary_of(catalog, row) for row in rows)
        if opts.json:
            for story in stories:
                print(plain_json(story))
        else:
            print_stories(stories)
        return DONE

    def _show(self, catalog: Catalog, name: str, opts: argparse.Namespace) -> int:
        from newscrawl.jobs.stories import account_of, differences_of, find_story
        from newscrawl.terminal.plain import plain_json
        from newscrawl.terminal.stories import print_difference, print_story

        story = find_story(catalog, name)
        if story is None:
            print(f"{name}: no story has this id, and no text this URL or path", file=sys.stderr)
            return NOT_FOUND
        if opts.json:
            print(plain_json(account_of(catalog, story)))
            return DONE
        print_story(account_of(catalog, story))
        for title, spans in differences_of(catalog, story):
            print_difference(title, spans)
        return DONE


def _day(given: str | None) -> str | None:
    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise UsageError(f"--since {given}: give a day, such as 2026-11-01", print_help=False) from None
