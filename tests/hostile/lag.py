"""How long the crawl's own thread was busy in one piece, and how much memory the crawl took."""

from __future__ import annotations

import asyncio
import json
import re
import time
from pathlib import Path

from scrapy import signals

_TICK = 0.002  # seconds


class LagMeter:
    """Notes, for every turn of the event loop, the CPU seconds of this thread: waiting for a busy machine is no fault."""

    def __init__(self, crawler):
        self._file = Path(crawler.settings["LAG_FILE"])
        self._busy = []
        self._last = None
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)

    def _opened(self):
        self._tick()

    def _tick(self):
        now = time.thread_time()
        if self._last is not None:
            self._busy.append(now - self._last)
        self._last = now
        self._timer = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _closed(self):
        self._timer.cancel()
        busy = sorted(self._busy)
        report = {
            "longest_ms": 1000 * busy[-1],
            "p999_ms": 1000 * busy[int(len(busy) * 0.999)],
            "p99_ms": 1000 * busy[int(len(busy) * 0.99)],
            "ten_longest_ms": [round(1000 * one, 1) for one in busy[-10:]],
            "crawler_mb": peak_megabytes(),
            "seconds": time.thread_time(),
        }
        self._file.write_text(json.dumps(report))


def peak_megabytes():
    """Return the most memory that this process has had; ru_maxrss would count that of whoever started it as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE)[1]) / 1024
