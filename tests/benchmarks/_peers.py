"""The other extractors, as far as they are installed: ``pip install '.[bench]'`` for all that PyPI has."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from newscrawl.extract.charset import decode_page
from newscrawl.items import Page


@dataclass(frozen=True)
class Answer:
    """What an extractor says of a page; None where it has no such thing, or failed."""

    body: str = ""
    headline: str | None = None
    date: str | None = None
    outlet: str | None = None


Reader = Callable[[Page], Answer]


def installed_peers() -> dict[str, Reader]:
    """Return the peers that can be imported, by name; they get text that is decoded right, where they want text."""
    makers = {
        "trafilatura": _trafilatura,
        "readability-lxml": _readability,
        "newspaper4k": _newspaper,
        "gne": _gne,
        "magic-html": _magic_html,
    }
    found = {}
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError:
            continue
    return found


def day(value: object) -> str | None:
    """Return the calendar day of a date, a time or a string."""
    return None if value is None else (value.isoformat() if hasattr(value, "isoformat") else str(value))[:10]


def _trafilatura() -> Reader:
    library = importlib.import_module("trafilatura")

    def read(page: Page) -> Answer:
        found = library.bare_extraction(page.html, url=page.capture.url, with_metadata=True)
        return Answer(found.text or "", found.title, found.date, found.sitename) if found else Answer()

    return read


def _readability() -> Reader:
    library, html = importlib.import_module("readability"), importlib.import_module("lxml.html")

    def read(page: Page) -> Answer:
        document = library.Document(decode_page(page).text)
        return Answer(html.fromstring(document.summary()).text_content(), document.short_title())

    return read


def _newspaper() -> Reader:
    library = importlib.import_module("newspaper")

    def read(page: Page) -> Answer:
        article = library.Article(page.capture.url, language="zh", fetch_images=False)
        article.download(input_html=decode_page(page).text)
        article.parse()
        return Answer(article.text, article.title, day(article.publish_date))

    return read


def _gne() -> Reader:
    extractor = importlib.import_module("gne").GeneralNewsExtractor()

    def read(page: Page) -> Answer:
        found = extractor.extract(decode_page(page).text)
        return Answer(found["content"], found["title"], day(found["publish_time"]))

    return read


def _magic_html() -> Reader:
    extractor = importlib.import_module("magic_html").GeneralExtractor()
    html = importlib.import_module("lxml.html")

    def read(page: Page) -> Answer:
        found = extractor.extract(decode_page(page).text, base_url=page.capture.url)
        return Answer(
            html.fromstring(found["html"]).text_content() if found.get("html") else "", found.get("title")
        )

    return read
