"""On a terminal: what the crawl is doing, drawn below its log, and gone when the crawl is over."""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from typing import TYPE_CHECKING, Any, TextIO

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.extensions.tally import tallies, total_of
from newscrawl.terminal.live_table import AboveTheTable, LiveRow, as_stream, live_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler

_DRAW_SECONDS = 0.5
_RATE_SECONDS = 30
"""Over which the rate is taken."""


class LiveProgress:
    """Draws a row a source; the log's lines go above it. Not configured where standard error is no terminal."""

    def __init__(self, crawler: Crawler) -> None:
        if not sys.stderr.isatty():
            raise NotConfigured
        self._crawler = crawler
        self._samples: deque[tuple[float, dict[str, int]]] = deque(maxlen=int(_RATE_SECONDS / _DRAW_SECONDS))
        self._live: Any = None
        self._handlers: list[logging.StreamHandler[TextIO]] = []
        self._draws = create_looping_call(self._draw)
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LiveProgress:
        return cls(crawler)

    def _opened(self) -> None:
        from rich.console import Console
        from rich.live import Live

        console = Console(stderr=True)
        self._live = Live(
            console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._live.start()
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
                handler.setStream(as_stream(AboveTheTable(console)))
                self._handlers.append(handler)
        self._draws.start(_DRAW_SECONDS, now=False)

    def _closed(self) -> None:
        if self._draws.running:
            self._draws.stop()
        self._live.stop()
        for handler in self._handlers:
            handler.setStream(sys.stderr)

    def _draw(self) -> None:
        assert self._crawler.stats is not None
        counted = tallies(self._crawler.stats.get_stats())
        self._samples.append(
            (time.monotonic(), {name: events.get("fetched", 0) for name, events in counted.items()})
        )
        rows = [self._row(name, events) for name, events in counted.items()]
        rows.sort(key=lambda row: (-row.per_minute, row.source))
        queues = [int(row.queue.rstrip("+") or 0) for row in rows]
        total = LiveRow(
            source=f"{len(rows)} sources",
            queue=f"{sum(queues)}{'+' if any('+' in row.queue for row in rows) else ''}",
            fetched=sum(row.fetched for row in rows),
            kept=sum(row.kept for row in rows),
            failed=sum(row.failed for row in rows),
            per_minute=sum(row.per_minute for row in rows),
        )
        self._live.update(live_table(rows, total, height=self._live.console.height), refresh=True)

    def _row(self, source: str, events: Mapping[str, int]) -> LiveRow:
        return LiveRow(
            source=source,
            queue=self._queue(source),
            fetched=events.get("fetched", 0),
            kept=events.get("kept", 0),
            failed=total_of(events, "failed"),
            per_minute=self._rate(source),
        )

    def _queue(self, source: str) -> str:
        scheduler = self._crawler.engine.scheduler
        visit = scheduler.visit_of(source) if scheduler else None  # type: ignore[attr-defined]
        return f"{visit.waiting_count}{'+' if visit.has_more else ''}" if visit else ""

    def _rate(self, source: str) -> float:
        (began, first), (now, last) = self._samples[0], self._samples[-1]
        if now == began:
            return 0.0
        return 60 * (last.get(source, 0) - first.get(source, 0)) / (now - began)
