"""An archived article, and the page that it came from: what ``scrapy inspect ID`` shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.exceptions import PageError
from newscrawl.items import Article, Capture, Extraction, Page, PageHints
from newscrawl.storage import ArticleEntry, ArticleRow, Catalog, ReadingEntry, warc_folders
from newscrawl.storage.layout import READINGS
from newscrawl.storage.lines import parse_line
from newscrawl.storage.readings import parse_reading
from newscrawl.workers.captured_pages import CapturedPage, page_of

_TEXT_ID = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{48})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Inspected:
    """An archived article beside what its page gives today, read by itself."""

    entry: ArticleEntry
    article: Article
    """As archived."""
    extraction: Extraction | None = field(default=None, repr=False)
    """Of the page; None when it cannot be had, or is no article read by itself."""
    again: Article | None = field(default=None, repr=False)
    problem: str = ""
    """Why there is no extraction."""


def find_articles(folder: Path, subject: str) -> list[ArticleRow]:
    """Return the articles that an id means: the path of a seed file, or the first 16 or all digits of its SHA-256.

    Raises:
        ArchiveError: the archive cannot be read.
    """
    with Catalog.open_readonly(folder) as catalog:
        if _TEXT_ID.fullmatch(subject):
            return catalog.articles_named(subject)
        path = Path(subject)
        if path.is_absolute() or path.exists():
            resolved, root = path.resolve(), folder.resolve()
            path = resolved.relative_to(root) if root in resolved.parents else path
        row = catalog.article(path.as_posix())
        return [row] if row else []


def inspect_article(folder: Path, row: ArticleRow, hints: PageHints, *, max_size: int) -> Inspected:
    """Return an article with the page that it came from, read again by itself: without what the site's others teach.

    Raises:
        ArchiveError: the archive cannot be read.
    """
    from newscrawl.extract import extract_page
    from newscrawl.repair import repair_extraction

    with Catalog.open_readonly(folder) as catalog:
        entry = catalog.entry_of(row)
        article = entry.article(catalog.text_of(row.path))
    try:
        extraction = extract_page(archived_page(folder, entry.capture, hints, max_size=max_size))
        return Inspected(entry, article, extraction, repair_extraction(extraction))
    except PageError as error:
        return Inspected(entry, article, problem=str(error))


def archived_page(folder: Path, capture: Capture, hints: PageHints, *, max_size: int) -> Page:
    """Return a captured page with those that continue it, and the words of the link that led there.

    Raises:
        PageError: its records are not there, or not whole.
    """
    reading = reading_of(folder, capture)
    hints = PageHints(hints.body_xpath, hints.drop_xpaths, hints.charset, reading.link_text)
    return page_of(CapturedPage(warc_folders(folder), capture, reading.continuations, hints, max_size))


def reading_of(folder: Path, capture: Capture) -> ReadingEntry:
    """Return how a page was read; what is not noted is left open. Looks through half a kilobyte for each page."""
    path = folder / READINGS
    if capture.warc is not None and path.exists():
        wanted = capture.warc.record_id.encode()
        with path.open("rb") as lines:
            for line in lines:
                if wanted in line and (reading := parse_reading(parse_line(line))).capture == capture:
                    return reading
    return ReadingEntry(capture=capture)
