"""What ``scrapy crawl … -O articles.jsonl`` writes: a row an article, in the names of schema.org NewsArticle."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, KeysView
from datetime import date
from typing import TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from itemadapter.adapter import AdapterInterface
from scrapy.exporters import CsvItemExporter

from newscrawl.items import ArchivedArticle, Metadata, Region
from newscrawl.text.cells import safe_cell

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_BEHIND_UNDERSCORE = re.compile(r"_([a-z])")


_RAW = ("headline", *(name for name in Metadata.__dataclass_fields__ if name != "provenance"))
"""What a row has the words of the page of. All of them in every row: the first row names the columns of a CSV file."""


def row_of(archived: ArchivedArticle) -> dict[str, Any]:
    """Return an archived article as one flat row; what is unknown is None or empty."""
    article = archived.article
    row: dict[str, Any] = {
        "headline": article.headline,
        "articleBody": article.body,
        "url": article.capture.url,
        "source": article.capture.source,
        "capturedAt": article.capture.captured_at.isoformat(),
        "path": archived.path.as_posix(),
        "flags": list(article.flags),
    }
    for name in Metadata.__dataclass_fields__:
        if name != "provenance":
            row[_camel(name)] = _plain(getattr(article.metadata, name))
    for name in _RAW:
        found = article.metadata.provenance.get(name)
        row[f"{_camel(name)}Raw"] = found.raw if found else None
    return row


def _camel(name: str) -> str:
    return _BEHIND_UNDERSCORE.sub(lambda match: match[1].upper(), name)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Region):
        return {"code": value.code, "names": list(value.names)}
    return list(value) if isinstance(value, tuple) else value


class ArchivedArticleAdapter(AdapterInterface):
    """Shows an archived article to Scrapy's feed exports as its row."""

    def __init__(self, item: Any) -> None:
        super().__init__(item)
        self._row = row_of(item)

    @classmethod
    def is_item_class(cls, item_class: type) -> bool:
        return issubclass(item_class, ArchivedArticle)

    def field_names(self) -> KeysView[str]:
        return self._row.keys()

    def __getitem__(self, name: str) -> Any:
        return self._row[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._row[name] = value

    def __delitem__(self, name: str) -> None:
        del self._row[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)


class SafeCsvExporter(CsvItemExporter):
    """Scrapy's own, but no cell is a formula: whoever writes the page does not write the reader's spreadsheet."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return the value of a cell."""
        cell = super().serialize_field(field, name, value)
        return safe_cell(cell) if isinstance(cell, str) else cell


class FeedRows:
    """Makes the feed exports of Scrapy know archived articles."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FeedRows:
        adapters = ItemAdapter.ADAPTER_CLASSES
        assert isinstance(adapters, deque)
        if ArchivedArticleAdapter not in adapters:
            adapters.appendleft(ArchivedArticleAdapter)
        return cls()
