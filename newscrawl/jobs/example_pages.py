"""The examples of source files, replayed offline over pages that were saved: what is read of them must be what the file says.

Pages lie in a folder as ``wget --force-directories URL`` saves them: ``FOLDER/www.example.cn/2024/0506/1.html``,
a query as part of the name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from newscrawl.exceptions import PageError
from newscrawl.items import Capture, Page
from newscrawl.reading import read_article
from newscrawl.sources import Example, Source
from newscrawl.sources.examples import ExampleResult, check_example
from newscrawl.spiders.page_hints import hints_of

PAGE_LIMIT = 8 << 20
"""Bytes of a saved page, as of a fetched one."""


def replay_examples(sources: Iterable[Source], folder: Path) -> dict[str, tuple[ExampleResult, ...]]:
    """Return what became of the examples of each source that has any, by the id of the source."""
    return {
        source.id: tuple(_replay(example, source, folder) for example in source.examples)
        for source in sources
        if source.examples
    }


def saved_page(folder: Path, url: str) -> Path | None:
    """Return the file in which the page at ``url`` was saved, None when it was not."""
    parts = urlsplit(url)
    name = unquote(parts.path).lstrip("/") or "index.html"
    name += "index.html" if name.endswith("/") else ""
    name += f"?{parts.query}" if parts.query else ""
    for host in (parts.netloc, parts.hostname or ""):
        path = folder / host / name
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def _replay(example: Example, source: Source, folder: Path) -> ExampleResult:
    path = saved_page(folder, example.url)
    if path is None:
        return ExampleResult(example.url, is_missing=True)
    with path.open("rb") as file:
        html = file.read(PAGE_LIMIT)
    page = Page(Capture(example.url, source.id, datetime.now(UTC)), html, hints=hints_of(source))
    try:
        return check_example(example, read_article(page))
    except PageError as error:
        return ExampleResult(example.url, (f"no article: {error.reason}",))
