"""A replay beside the worker pool that it uses: the same pages, in turns, in one run.

    python -m tests.benchmarks.replay [pages a source] [rounds] [workers]

The pool is given pages that are in memory, and its articles are dropped; the replay fetches them from WARC files,
unpacks them, and compares every article with what is archived of it. Prints pages a second as the median of the
rounds, and the replay's rate as a share of the pool's; the bar is 0.9.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.archiving import archive_article
from newscrawl.items import Capture, Page
from newscrawl.jobs.replay.changes import Comparison
from newscrawl.jobs.replay.checkpoint import Checkpoint
from newscrawl.jobs.replay.inputs import Choice, tasks_of_archive
from newscrawl.jobs.replay.job import ReplayJob
from newscrawl.jobs.replay.reading import StretchReader
from newscrawl.jobs.replay.tracks import Tracks
from newscrawl.repair import SiteHistory
from newscrawl.storage import Archive, Catalog, Exchange, ReadingEntry
from newscrawl.workers import Limits, PageReaders
from tests.hostile import articles

SOURCES = 6
LINKS = 150
"""Of other articles on each page: with them it has 14 KB, and what a memory takes in is as much as on real ones."""
AT = datetime(2026, 5, 27, 4, tzinfo=UTC)
_HTML = "text/html; charset=utf-8"


def make_page(source: int, number: int) -> Page:
    """Return a page with a text of its own."""
    serial = source * 100_000 + number
    links = "".join(
        f'<li><a href="/2024/0507/{serial + n}.html">{articles.title_of(serial + n)}</a></li>'
        for n in range(1, LINKS)
    )
    html = articles.page(serial, more=f'<div class="side"><ul>{links}</ul></div>')
    capture = Capture(
        f"http://site{source}.example.cn/2024/0507/{serial}.html",
        f"site-{source}",
        AT + timedelta(seconds=serial),
    )
    return Page(capture, html.encode(), _HTML)


def archive_all(folder: Path, pages: list[list[Page]]) -> None:
    """Archive the pages as a crawl does: captured, noted, read, put in their places."""
    with Archive.open(folder) as archive:
        tracks = Tracks(lambda source: None)
        readers = PageReaders(Limits(0), tracks)

        async def crawl() -> None:
            for page in (page for row in zip(*pages, strict=True) for page in row):
                capture = page.capture
                exchange = Exchange(
                    url=capture.url,
                    fetched_at=capture.captured_at,
                    status=200,
                    body=gzip.compress(page.html, mtime=0),
                    response_headers=(("Content-Type", _HTML), ("Content-Encoding", "gzip")),
                )
                taken = Capture(capture.url, capture.source, capture.captured_at, archive.record(exchange))
                learnt = tracks.track(capture.source).site.memory.page_count
                archive.add_reading(ReadingEntry(capture=taken, learnt_count=learnt, injected_count=0))
                tracks.track(capture.source).begin(learnt)
                article = await readers.read(Page(taken, page.html, _HTML), SiteHistory())
                archive_article(archive, article)

        asyncio.run(crawl())


def time_pool(pages: list[list[Page]], workers: int) -> float:
    """Return the seconds that the pool takes to read the pages, started and warm."""

    async def measure() -> float:
        tracks = Tracks(lambda source: None)
        readers = PageReaders(Limits(workers), tracks)

        async def read_source(pages_of_source: list[Page]) -> None:
            for page in pages_of_source:
                track = tracks.track(page.capture.source)
                track.begin(track.site.memory.page_count)
                await readers.read(page, SiteHistory())

        try:
            await _warm(readers, tracks, workers)
            started = time.perf_counter()
            await asyncio.gather(*map(read_source, pages))
            return time.perf_counter() - started
        finally:
            await readers.close()

    return asyncio.run(measure())


async def _warm(readers: PageReaders, tracks: Tracks, workers: int) -> None:
    """Have every worker started and its libraries loaded."""

    async def read(page: Page) -> None:
        tracks.track(page.capture.source).begin(0)
        await readers.read(page, SiteHistory())

    await asyncio.gather(*(read(make_page(SOURCES + number, 0)) for number in range(workers)))


def time_replay(folder: Path, workers: int) -> float:
    """Return the seconds that a replay takes, from its first page to its tally; nothing must be different."""

    async def measure() -> float:
        with Catalog.open_readonly(folder) as catalog:
            checkpoint = Checkpoint(folder, {"started": time.time_ns()})
            tracks = Tracks(checkpoint.track)
            readers = PageReaders(Limits(workers), tracks)
            reader = StretchReader(readers, tracks, workers=workers, max_size=8 << 20)
            job = ReplayJob(reader, tracks, Comparison(catalog), checkpoint)
            try:
                await _warm(readers, tracks, workers)
                started = time.perf_counter()
                async for _ in job.changes(tasks_of_archive(folder, Choice(), {})):
                    pass
                seconds = time.perf_counter() - started
            finally:
                await readers.close()
                checkpoint.drop()
            if job.tally.different_count or job.tally.inexact_count:
                raise AssertionError(f"nothing has changed, and the replay differs: {job.tally}")
            return seconds

    return asyncio.run(measure())


def main() -> None:
    """Measure, and print."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    count, rounds, workers = (*numbers, *(200, 5, os.cpu_count() or 1)[len(numbers) :])
    pages = [[make_page(source, number) for number in range(count)] for source in range(SOURCES)]
    total = SOURCES * count
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "archive"
        archive_all(folder, pages)
        pool, replay = [], []
        for _ in range(rounds):
            pool.append(time_pool(pages, workers))
            replay.append(time_replay(folder, workers))
    shares = sorted(one / other for one, other in zip(pool, replay, strict=True))
    print(
        f"{total} pages of {len(pages[0][0].html) / 1000:.0f} KB, {SOURCES} sources, {workers} workers, {rounds} rounds"
    )
    print(f"  pool    {total / statistics.median(pool):7.0f} pages/s")
    print(f"  replay  {total / statistics.median(replay):7.0f} pages/s")
    print(f"  replay / pool  {statistics.median(shares):.2f}  (from {shares[0]:.2f} to {shares[-1]:.2f})")


if __name__ == "__main__":
    main()
