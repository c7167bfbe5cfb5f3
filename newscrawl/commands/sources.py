"""``scrapy sources``: looks at sources, makes new source files, and exchanges lists of them with spreadsheets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import NewscrawlError, RenderingUnavailable, SourceError
from newscrawl.terminal.quiet import say_errors_only

if TYPE_CHECKING:
    from newscrawl.sources import Source
    from newscrawl.sources.probes import Probe

DONE, NOT_STARTED, NONE_FINE, SOME_FAILED = 0, 1, 3, 4
REPORT = "sources-check.jsonl"


class Command(ScrapyCommand):
    """Looks after source files; archives nothing."""

    requires_project = True

    def syntax(self) -> str:
        """Return the words behind the command."""
        return "check [ID…] | add URL | import FILE.csv | export FILE.csv [ID…]"

    def short_desc(self) -> str:
        """Return the line for the list of commands."""
        return "Look at sources (check), make source files (add, import), list them (export)"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "check asks each source, politely and about six times, for robots.txt, its start page, a feed, a few lists "
            "and one article, prints a table and writes a report with a JSON line a source; with --pages it holds the "
            "examples of the source files against saved pages instead, and asks nobody. add prints a source file for a "
            "site. import writes one for each line of a table (UTF-8 or GB 18030, with headings such as 名称 and 网址), "
            "export writes such a table. Examples: scrapy sources check iqilu-zibo; scrapy sources check --region "
            "山东/淄博; scrapy sources check --pages saved/; scrapy sources add http://www.example.cn/ > my/example.toml; "
            "scrapy sources import outlets.csv --to my/; scrapy sources export all.csv. "
            "Exit codes: 0 done, 1 could not start (a mistake in a file: which line), 2 usage, 3 no source is fine, "
            "4 some are not."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        parser.add_argument("--region", help="check, export: the sources of a region, such as 山东/淄博")
        parser.add_argument(
            "--report", default=REPORT, metavar="FILE", help="check: where the report goes (%(default)s)"
        )
        parser.add_argument(
            "--pages", metavar="DIR", help="check: replay the examples over pages saved there by wget -x"
        )
        parser.add_argument(
            "--to", default="sources", metavar="DIR", help="import: the folder of the new files (%(default)s)"
        )
        parser.add_argument(
            "--local", action="store_true", help="add: the site stands on this machine or in its network"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the log out of what is shown."""
        super().process_options(args, opts)
        assert self.settings is not None
        say_errors_only(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the first word says."""
        tasks: dict[str, Callable[[list[str], argparse.Namespace], int]] = {
            "check": self._check,
            "add": self._add,
            "import": self._import,
            "export": self._export,
        }
        if not args or args[0] not in tasks:
            raise UsageError(f"say what to do: {', '.join(tasks)}")
        try:
            self.exitcode = tasks[args[0]](args[1:], opts)
        except (SourceError, RenderingUnavailable, OSError) as error:
            print(error, file=sys.stderr)
            self.exitcode = NOT_STARTED
        except NewscrawlError as error:
            raise UsageError(str(error), print_help=False) from error

    def _known(self) -> dict[str, Source]:
        from newscrawl.spiders.known_sources import sources_of

        assert self.settings is not None
        return sources_of(self.settings)

    def _chosen(self, names: list[str], region: str | None) -> dict[str, Source]:
        from newscrawl.sources import find_source, sources_in_region

        known = self._known()
        found = [find_source(known, name) for name in names] if names else list(known.values())
        if region:
            there = {source.id for source in sources_in_region(known, region)}
            found = [source for source in found if source.id in there]
        if not found:
            raise UsageError(f"none of the sources that are named is in {region}", print_help=False)
        return {source.id: source for source in found}

    # -- check -----------------------------------------------------------------------------------

    def _check(self, names: list[str], opts: argparse.Namespace) -> int:
        chosen = self._chosen(names, opts.region)
        if opts.pages:
            return self._check_examples(chosen, Path(opts.pages))
        from newscrawl.storage import write_file
        from newscrawl.terminal.plain import plain_json
        from newscrawl.terminal.probes import print_probes

        Path(opts.report).parent.resolve(strict=True)
        probes = [probe for _, probe in sorted(self._probe(chosen).items())]
        write_file(
            Path(opts.report), "".join(plain_json(probe.as_json()) + "\n" for probe in probes).encode()
        )
        print_probes(probes)
        fine = sum(probe.is_fine for probe in probes)
        print(f"{fine} of {len(chosen)} sources are fine; the report is {opts.report}")
        return DONE if fine == len(chosen) else SOME_FAILED if fine else NONE_FINE

    def _check_examples(self, chosen: Mapping[str, Source], folder: Path) -> int:
        from newscrawl.jobs.example_pages import replay_examples
        from newscrawl.terminal.probes import print_examples

        if not folder.is_dir():
            raise UsageError(f"--pages {folder}: there is no such folder", print_help=False)
        results = [
            (name, one)
            for name, several in replay_examples(chosen.values(), folder).items()
            for one in several
        ]
        print_examples(results)
        wrong = sum(not one.is_right for _, one in results)
        return DONE if not wrong else SOME_FAILED if wrong < len(results) else NONE_FINE

    def _probe(self, sources: Mapping[str, Source]) -> dict[str, Probe]:
        """Return what a look at each source showed."""
        from newscrawl.spiders.browser import wants_browser
        from newscrawl.spiders.probing import ProbeSpider
        from newscrawl.terminal.progress import progress_of

        wants_browser(sources.values())
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(ProbeSpider)
        with progress_of(f"looking at {len(sources)} sources") as progress:
            self.crawler_process.crawl(crawler, sources=sources, progress=progress)
            self.crawler_process.start()
        spider: Any = crawler.spider
        return dict(spider.probes) if spider else {}

    # -- files -----------------------------------------------------------------------------------

    def _add(self, urls: list[str], opts: argparse.Namespace) -> int:
        if len(urls) != 1:
            raise UsageError("name one URL: scrapy sources add http://www.example.cn/", print_help=False)
        from newscrawl.sources import Source, id_of_url, owner_of, toml_of
        from newscrawl.sources.drafting import draft_of

        known = self._known()
        url = urls[0] if "://" in urls[0] else f"http://{urls[0]}"
        try:
            source = Source(id=id_of_url(url, known), name=url, start=(url,), local=opts.local)
        except ValueError as error:
            raise UsageError(f"{url}: no address of a site", print_help=False) from error
        owner = owner_of(known, url)
        if owner is not None:
            print(f"{url} is in the scope of a source already: {owner.id} ({owner.name})", file=sys.stderr)
        probe = self._probe({source.id: source}).get(source.id)
        if probe is None:
            print(f"{url}: interrupted before anything was known", file=sys.stderr)
            return NONE_FINE
        print(toml_of(draft_of(source, probe)), end="")
        if not probe.is_fine:
            print(f"{url}: {probe.verdict}; look over the file before you keep it", file=sys.stderr)
        return DONE if probe.is_fine else NONE_FINE

    def _import(self, tables: list[str], opts: argparse.Namespace) -> int:
        if len(tables) != 1:
            raise UsageError("name one table: scrapy sources import outlets.csv", print_help=False)
        from newscrawl.sources import parse_csv

        path, folder = Path(tables[0]), Path(opts.to)
        found = parse_csv(path.read_bytes(), path, taken=self._known())
        folder.mkdir(parents=True, exist_ok=True)
        files = {folder / f"{name}.toml": text for name, text in found.items()}
        there = [str(file) for file in files if file.exists()]
        if there:
            raise UsageError(f"nothing was written: {', '.join(there)} is there already", print_help=False)
        for file, text in files.items():
            file.write_text(text, encoding="utf-8")
        print(f"{len(found)} source files in {folder}/; name it in the setting SOURCES_DIRS to crawl them")
        return DONE

    def _export(self, words: list[str], opts: argparse.Namespace) -> int:
        if not words:
            raise UsageError(
                "name the file: scrapy sources export all.csv, or - for standard output", print_help=False
            )
        from newscrawl.sources import write_csv

        text = write_csv(self._chosen(words[1:], opts.region).values())
        if words[0] == "-":
            sys.stdout.write(text)
        else:
            Path(words[0]).write_text(text, encoding="utf-8", newline="")
        return DONE
