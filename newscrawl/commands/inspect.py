"""``scrapy inspect``: how one page becomes its text, with the rule of everything that was removed."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.exceptions import NewscrawlError, RenderingUnavailable
from newscrawl.items import PageHints
from newscrawl.terminal.quiet import say_errors_only

if TYPE_CHECKING:
    from newscrawl.items import Extraction, Page, RepairedText

NOT_HAD, NO_ARTICLE = 1, 3


class Command(ScrapyCommand):
    """Shows the way of one page; archives nothing."""

    requires_project = True

    def syntax(self) -> str:
        """Return the words behind the command."""
        return "[options] URL | FILE.html | FILE.txt | ID"

    def short_desc(self) -> str:
        """Return the line for the list of commands."""
        return "Show how a page becomes its text, with the rule of every removed part"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Show how a page becomes its text: the candidates for the body and why one was chosen, the metadata and "
            "where each was found, and every removed part with its rule. A URL is fetched once, as robots.txt "
            "allows, and nothing is archived. An ID is the path of an archived article, or the 16 digits in its name: it is "
            "shown as archived, with the page from its WARC file read again by itself. Examples: scrapy inspect "
            "706fea1e3bd90cf8; scrapy inspect http://www.example.cn/2024/0506/1.html; "
            "scrapy inspect saved.html --url http://www.example.cn/2024/0506/1.html; scrapy inspect 000_706fea1e3bd90cf8.txt. "
            "Exit codes: 0 an article, 1 the page cannot be had, 2 usage, 3 no article."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        parser.add_argument("--url", metavar="URL", help="the address that a saved page was fetched from")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the log out of what is shown."""
        super().process_options(args, opts)
        assert self.settings is not None
        say_errors_only(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show the page."""
        if len(args) != 1:
            raise UsageError("name one URL or one file")
        from newscrawl.terminal.inspection import print_inspection, print_json

        try:
            extraction, repaired = self._archived(args[0]) or self._read(args[0], opts.url)
        except OSError as error:
            self._say(NOT_HAD, f"{args[0]}: {error.strerror or error}")
        except _NotHadError as error:
            self._say(NOT_HAD, str(error))
        except NewscrawlError as error:
            self._say(NO_ARTICLE, str(error))
        else:
            (print_json if opts.json else print_inspection)(extraction, repaired)

    def _say(self, code: int, message: str) -> None:
        from newscrawl.terminal.plain import plain

        print(plain(message), file=sys.stderr)
        self.exitcode = code

    def _archived(self, subject: str) -> tuple[Extraction | None, RepairedText] | None:
        """Return an article of the archive, None when the subject is none; tell where it is and what differs today.

        Raises:
            _NotHadError: several articles have the id.
        """
        from newscrawl.jobs.archived_articles import find_articles, inspect_article
        from newscrawl.spiders.known_sources import sources_of
        from newscrawl.spiders.page_hints import hints_of
        from newscrawl.terminal.inspection import print_origin

        assert self.settings is not None
        folder = Path(self.settings["ARCHIVE_DIR"])
        if subject.startswith(("http://", "https://")) or not (folder / "catalog.sqlite3").exists():
            return None
        rows = find_articles(folder, subject)
        if len(rows) > 1:
            paths = ", ".join(row.path for row in rows)
            raise _NotHadError(f"{subject}: {len(rows)} articles have this text, name one: {paths}")
        if not rows:
            return None
        source = sources_of(self.settings).get(rows[0].source)
        inspected = inspect_article(
            folder,
            rows[0],
            hints_of(source) if source else PageHints(),
            max_size=self.settings.getint("DOWNLOAD_MAXSIZE"),
        )
        print_origin(inspected)
        return inspected.extraction, inspected.article

    def _read(self, subject: str, url: str | None) -> tuple[Extraction | None, RepairedText]:
        if subject.startswith(("http://", "https://")):
            return _read_page(self._fetch(subject))
        content = Path(subject).read_bytes()
        if Path(subject).suffix == ".txt":
            return None, _read_text(subject, content)
        return _read_page(_saved_page(subject, content, url))

    def _fetch(self, url: str) -> Page:
        """Return the page at a URL, fetched by a crawler of its own.

        Raises:
            _NotHadError: no answer, or none that is a page.
        """
        from newscrawl.spiders.arguments import source_for
        from newscrawl.spiders.browser import wants_browser
        from newscrawl.spiders.known_sources import sources_of
        from newscrawl.spiders.single_page import SinglePageSpider

        assert self.crawler_process is not None
        assert self.settings is not None
        source = source_for(url, sources_of(self.settings))
        try:
            wants_browser([source])
        except RenderingUnavailable as error:
            raise _NotHadError(str(error)) from error
        crawler = self.crawler_process.create_crawler(SinglePageSpider)
        self.crawler_process.crawl(crawler, url=url, source=source)
        self.crawler_process.start()
        spider = crawler.spider
        assert isinstance(spider, SinglePageSpider)
        if spider.page is None:
            raise _NotHadError(f"{url}: {spider.outcome.reason if spider.outcome else 'no answer'}")
        return spider.page


class _NotHadError(NewscrawlError):
    """A page that did not come."""


def _saved_page(path: str, content: bytes, url: str | None) -> Page:
    from newscrawl.items import Capture, Page

    return Page(Capture(url or f"http://saved.invalid/{Path(path).name}", "", datetime.now(UTC)), content)


def _read_page(page: Page) -> tuple[Extraction, RepairedText]:
    from newscrawl.extract import extract_page
    from newscrawl.repair import repair_extraction

    extraction = extract_page(page)
    return extraction, repair_extraction(extraction)


def _read_text(path: str, content: bytes) -> RepairedText:
    from newscrawl.repair import repair_text

    try:
        return repair_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _NotHadError(f"{path}: not UTF-8 at byte {error.start}; a page is named .html") from error
