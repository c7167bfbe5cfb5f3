"""What the edge asks about pages: in a worker process, in the order that the pages of one source came in."""

from __future__ import annotations

import asyncio
import pickle
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newscrawl.exceptions import UnreadablePage, WorkerError
from newscrawl.items import Article, Page
from newscrawl.workers.continuing import may_continue
from newscrawl.workers.memories import Memories, Reading
from newscrawl.workers.pool import Limits, WorkerPool

if TYPE_CHECKING:
    from newscrawl.discover import Front, Link, ShapeMemory
    from newscrawl.repair import SiteHistory
    from newscrawl.sources import Source
    from newscrawl.workers.captured_pages import CapturedPage
    from newscrawl.workers.surveys import Survey


class PageReaders:
    """Reads pages, at most one of each source at a time.

    What pages of a site taught is used for the next ones, so their order must not depend on how many
    workers there are; `turn` is the lock that holds it. With no workers everything runs in this process, and
    has no limits.

    Every method raises:
        PageError: the page cannot be read, or is no article; ``timeout`` ``memory`` ``crashed`` tell of the worker.
        WorkerError: ``unavailable``, no worker can be started.
    """

    def __init__(self, limits: Limits, memories: Memories) -> None:
        self._pool = WorkerPool(limits) if limits.workers else None
        self._memories = memories
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def turn(self, source: str) -> asyncio.Lock:
        """Return the lock of a source; those who wait get it in the order that they came."""
        return self._turns[source]

    async def read(self, page: Page, history: SiteHistory) -> Article:
        """Return the article of a page; its site's memory learns from it. The caller holds the turn of its source."""
        return await self._read("read", page, history)

    async def read_captured(self, captured: CapturedPage, history: SiteHistory) -> Article:
        """Return the article of a page that is in a WARC file, which the worker takes from there; else as ``read``."""
        return await self._read("read_captured", captured, history)

    async def _read(self, task: str, page: Page | CapturedPage, history: SiteHistory) -> Article:
        source = page.capture.source
        site = await self._memories.of(source)
        reading: Reading | None = None
        if self._pool is None or self._pool.is_at_hand(source):  # who has read the page before has its memory
            reading = await self._run(task, page, site.version, None, history)
        if reading is None:
            reading = await self._run(task, page, site.version, site.memory, history)
        assert reading is not None
        await self._memories.learn(source, reading.taught)
        if reading.article is None:
            raise reading.error or AssertionError("a reading without article or reason")
        return reading.article

    async def learnt_count(self, source: str) -> int:
        """Return how many pages the memory of a source has learnt from."""
        return (await self._memories.of(source)).memory.page_count

    async def next_page(self, page: Page) -> str | None:
        """Return the URL of the page that continues an article."""
        if not may_continue(page):
            return None
        url: str | None = await self._in_turn("next_page", page)
        return url

    async def front(self, page: Page, source: Source, shapes: ShapeMemory) -> tuple[Front, dict[str, int]]:
        """Return what a list page leads to, and how many addresses without end it had, by their kind."""
        found: tuple[Front, dict[str, int]] = await self._in_turn(
            "front", page, source, datetime.now(UTC), shapes
        )
        return found

    async def feed(self, page: Page, source: Source) -> tuple[Link, ...]:
        """Return the articles of a feed."""
        links: tuple[Link, ...] = await self._in_turn("feed", page, source, datetime.now(UTC))
        return links

    async def sitemap(
        self, page: Page, source: Source, shapes: ShapeMemory
    ) -> tuple[AsyncIterator[tuple[Link, ...]], tuple[Link, ...]]:
        """Return the articles of a sitemap, in batches between which others have their turn, and further sitemaps."""
        batches, sitemaps = await self._in_turn("sitemap", page, source, shapes)
        return _unpacked(batches), sitemaps

    async def survey(self, page: Page, source: Source) -> Survey:
        """Return what a home page shows of its site."""
        found: Survey = await self._in_turn("survey", page, source, datetime.now(UTC))
        return found

    async def close(self) -> None:
        """End the workers."""
        if self._pool is not None:
            await self._pool.close()

    async def _in_turn(self, task: str, page: Page, *arguments: Any) -> Any:  # noqa: ANN401
        async with self.turn(page.capture.source):
            return await self._run(task, page, *arguments)

    async def _run(self, task: str, page: Page | CapturedPage, *arguments: Any) -> Any:  # noqa: ANN401
        if self._pool is None:
            from newscrawl.workers.tasks import TASKS

            return TASKS[task](page, *pickle.loads(pickle.dumps(arguments)))  # copies, as a worker has
        try:
            return await self._pool.run(task, page, *arguments, key=page.capture.source)
        except WorkerError as error:
            if error.reason == "unavailable":
                raise
            raise UnreadablePage(error.reason, page.capture.url, error.detail) from error


async def _unpacked(batches: tuple[bytes, ...]) -> AsyncIterator[tuple[Link, ...]]:
    for batch in batches:
        yield pickle.loads(batch)
        await asyncio.sleep(0)
