"""What durability costs: the same pages archived with every sync and with none, in turns, in one run.

    python -m tests.benchmarks.storage [pages] [rounds]

Prints articles per second as the median of the rounds, and the ratio of the times, which is what can be
compared between machines. Each round writes every page's WARC records, seed file, manifest line and rows.
"""

from __future__ import annotations

import gzip
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.items import Article, Capture, Cut, Metadata
from newscrawl.storage import Archive, Disk, Exchange, rebuild, verify

PAGE_CHARACTERS = 9_000
"""Of markup and text; a page of a city portal has 20 to 40 KB and compresses to a fifth."""
ARTICLE_PARAGRAPHS = 12
HANZI = "".join(chr(c) for c in range(0x4E00, 0x4E00 + 2500))


def make_pages(count: int) -> list[tuple[Exchange, Article]]:
    """Return pages and their articles, the same ones every time."""
    chance = random.Random(2026)
    pages = []
    for number in range(count):
        at = datetime(2026, 5, 27, tzinfo=UTC) + timedelta(seconds=number)
        url = f"http://news{number % 10}.example.cn/2026/{number}.html"
        paragraphs = ["".join(chance.choices(HANZI, k=90)) + "。" for _ in range(ARTICLE_PARAGRAPHS)]
        html = f"<html>{''.join(chance.choices(HANZI + '<p></p> class=' * 60, k=PAGE_CHARACTERS))}</html>"
        exchange = Exchange(
            url=url,
            fetched_at=at,
            status=200,
            body=gzip.compress(html.encode(), 5, mtime=0),
            response_headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
        )
        article = Article(
            capture=Capture(url, f"source-{number % 10}", at),
            headline=f"第{number}条",
            body="\n".join(paragraphs),
            cuts=tuple(Cut(n * 20, "(yōuhuà)", "pinyin") for n in range(5)),
            metadata=Metadata(source_outlet="临沂日报"),
        )
        pages.append((exchange, article))
    return pages


def archive_all(folder: Path, pages: list[tuple[Exchange, Article]], *, batch: int, sync: bool) -> float:
    """Archive the pages into a new archive and return the seconds it took."""
    shutil.rmtree(folder, ignore_errors=True)
    began = time.perf_counter()
    with Archive.open(folder, disk=Disk(sync=sync)) as archive:
        for number, (exchange, article) in enumerate(pages, 1):
            archive.record(exchange)
            archive.add_article(article, f"fp:{number}")
            if number % batch == 0:
                archive.commit()
    return time.perf_counter() - began


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(count: int = 1000, rounds: int = 5) -> None:
    pages = make_pages(count)
    ways = {
        "batch 20": (20, True),
        "batch 20, no syncs": (20, False),
        "batch 1": (1, True),
        "batch 1, no syncs": (1, False),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        folder = Path(scratch) / "archive"
        for _ in range(rounds):
            for way, (batch, sync) in ways.items():
                times[way].append(archive_all(folder, pages, batch=batch, sync=sync))
        times["verify"] = [timed(lambda: list(verify(folder))) for _ in range(rounds)]
        times["rebuild"] = [timed(lambda: rebuild(folder)) for _ in range(rounds)]
    print(f"{count} pages, median of {rounds} rounds in turns")
    for way, taken in times.items():
        print(f"  {way:20} {count / statistics.median(taken):7.0f} articles/s")
    for batch in ("batch 20", "batch 1"):
        pairs = zip(times[batch], times[f"{batch}, no syncs"], strict=True)
        ratio = statistics.median(durable / loose for durable, loose in pairs)
        spare = (
            (statistics.median(times[batch]) - statistics.median(times[f"{batch}, no syncs"])) / count * 1000
        )
        print(f"  {batch}: {ratio:.2f} x the time without syncs, {spare:.2f} ms an article")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
