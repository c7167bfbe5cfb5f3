"""The log without control characters: what pages say reaches it in URLs, reasons and error messages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import signals

from newscrawl.terminal.plain import plain

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class PlainFormatter(logging.Formatter):
    """Formats as another formatter does, and leaves nothing in it that could steer a terminal."""

    def __init__(self, inner: logging.Formatter | None) -> None:
        super().__init__()
        self._inner = inner or logging.Formatter()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or lines: only breaks that the message was written with stay."""
        return plain(self._inner.format(record), keep="\n\t")


class PlainLog:
    """Puts the formatter on every handler of the root logger, once the crawl begins: Scrapy makes its own until then."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self._opened, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PlainLog:
        return cls(crawler)

    def _opened(self) -> None:
        for handler in logging.root.handlers:
            if not isinstance(handler.formatter, PlainFormatter):
                handler.setFormatter(PlainFormatter(handler.formatter))
