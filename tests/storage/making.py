"""Pages, articles and archives for the tests of storage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.items import Article, Capture, Cut, Metadata, WarcPointer
from newscrawl.storage import Archive, Exchange

NOON = datetime(2026, 5, 27, 4, 0, tzinfo=UTC)
"""Twelve o'clock in China."""


def make_exchange(number: int = 0, *, body: bytes | None = None, **changes: object) -> Exchange:
    values = {
        "url": f"http://news.example.cn/2026/{number}.html",
        "fetched_at": NOON + timedelta(seconds=number),
        "status": 200,
        "body": f"<html><p>第{number}条新闻</p></html>".encode() if body is None else body,
        "response_headers": (("Content-Type", "text/html; charset=utf-8"),),
        "ip": "203.0.113.7",
    }
    return Exchange(**(values | changes))


def make_article(number: int = 0, *, warc: WarcPointer | None = None, **changes: object) -> Article:
    exchange = make_exchange(number)
    values = {
        "capture": Capture(exchange.url, "linyi-news", exchange.fetched_at, warc),
        "headline": f"临沂第{number}条新闻",
        "body": f"第{number}段,讲一件事。\n又一段。",
        "cuts": (Cut(3, "(dì)", "pinyin"),),
        "flags": ("pinyin_injected",),
        "metadata": Metadata(source_outlet="临沂日报", reporters=("李四",)),
    }
    return Article(**(values | changes))


def add(archive: Archive, number: int) -> str:
    """Record a page and stage its article, as a crawl does; return the path of the seed file."""
    pointer = archive.record(make_exchange(number))
    return archive.add_article(make_article(number, warc=pointer), f"fp:{number}").path.as_posix()


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the archive's files but for the catalog and the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("catalog.", ".lock"))
    }
