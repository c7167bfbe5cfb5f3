"""``scrapy dedupe``: the stories of an archive that was made before there were any, or of a folder of seed files."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawl.terminal.archive_command import DONE, ArchiveCommand

_SHOWN = 20


class Command(ArchiveCommand):
    """Compares texts; never touches one."""

    def syntax(self) -> str:
        return "--dry-run | --apply [ARCHIVE | FOLDER OF SEED FILES]"

    def short_desc(self) -> str:
        return "Find the stories of an archive, or of a folder of seed files"

    def long_desc(self) -> str:
        return (
            "Compare the texts of an archive that were not compared yet, and note what they are to each other; a folder "
            "of seed files is only reported on. No text is changed or deleted. May be stopped, and goes on where it was. "
            "Examples: scrapy dedupe --dry-run; scrapy dedupe --apply archive; scrapy dedupe --dry-run found/. "
            "Exit codes: 0 done, 2 usage, 5 a run holds the archive, 6 disk full, or the archive is damaged."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--dry-run", action="store_true", help="report, and leave everything as it is")
        wanted.add_argument("--apply", action="store_true", help="note in the archive what was found")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self._keep = bool(opts.apply)
        super().run(args, opts)

    def work(self, folder: Path) -> int:
        from newscrawl.jobs.dedupe import deduped_archive, deduped_files, is_archive
        from newscrawl.jobs.stories import summary_of
        from newscrawl.terminal.progress import progress_of
        from newscrawl.terminal.stories import print_stories

        if self._keep and not is_archive(folder):
            raise UsageError(f"{folder} is no archive: --dry-run reports on seed files", print_help=False)
        with progress_of(f"comparing {folder}") as progress:
            found = (
                deduped_archive(folder, progress, keep=self._keep)
                if is_archive(folder)
                else deduped_files(folder, progress)
            )
            with found as (archive, done):
                count_of_all, on_several_sites = archive.story_counts()
                stories = [summary_of(archive, row) for row in archive.stories(limit=_SHOWN)]
        links = ", ".join(f"{count} {relation}" for relation, count in done.links.most_common()) or "no links"
        print(f"{done.compared} texts compared: {links}")
        print(f"{count_of_all} stories, of which {on_several_sites} on several sites")
        print_stories(stories)
        for line in done.unread:
            print(line)
        return DONE
