"""Reads the pages of a stretch again: the sources side by side, the pages of each one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from newscrawl.exceptions import NewscrawlError, NotAnArticle, PageError, UnreadablePage
from newscrawl.items import Article
from newscrawl.jobs.replay.inputs import Task
from newscrawl.jobs.replay.tracks import Tracks
from newscrawl.repair import SiteHistory
from newscrawl.text.language import is_chinese
from newscrawl.text.urls import host_of
from newscrawl.workers import PageReaders
from newscrawl.workers.captured_pages import CapturedPage

_INJECTED = "pinyin_injected"


class AbsentWarc(NewscrawlError):
    """A page whose WARC file is not here; ``.files`` names those that are needed."""

    reason = "absent"

    def __init__(self, files: tuple[str, ...]) -> None:
        super().__init__(files)
        self.files = files

    def __str__(self) -> str:
        return f"not here: {', '.join(self.files)}"


_Taken = TypeVar("_Taken")
Result = Article | PageError | AbsentWarc


class StretchReader:
    """Reads one stretch of tasks after another.

    Of the sources as many are read at a time as there are workers, and one more: a worker then keeps the memory
    of a source that it is reading, and none of them waits for the next page.
    """

    def __init__(self, readers: PageReaders, tracks: Tracks, *, workers: int, max_size: int) -> None:
        self._readers = readers
        self._tracks = tracks
        self._sources_at_once = max(workers, 1) + 1
        self._max_size = max_size
        self._absent: dict[tuple[Path, ...], dict[str, bool]] = {}
        self.inexact_count = 0
        """Pages whose site's memory is not known to be what it was in the crawl."""

    async def read(self, tasks: Sequence[Task], settle: Callable[[int, Result], None]) -> None:
        """Read the tasks of a stretch; ``settle`` is told the result of each by its number, when it is there.

        Raises:
            WorkerError: no worker starts.
        """
        chains: dict[str, list[int]] = {}
        for number, task in enumerate(tasks):
            chains.setdefault(task.reading.capture.source, []).append(number)
        slots = asyncio.Semaphore(self._sources_at_once)

        async def read_chain(numbers: list[int]) -> None:
            async with slots:
                for number in numbers:
                    settle(number, await self._result(tasks[number]))

        async with asyncio.TaskGroup() as group:
            for numbers in chains.values():
                group.create_task(read_chain(numbers))

    async def _result(self, task: Task) -> Result:
        reading, source = task.reading, task.reading.capture.source
        if task.refusal:
            return UnreadablePage(task.refusal, reading.capture.url)
        captured = CapturedPage(
            task.folders, reading.capture, reading.continuations, task.hints, self._max_size
        )
        if absent := tuple(name for name in captured.files if self._is_absent(task.folders, name)):
            return AbsentWarc(absent)
        track = self._tracks.track(source)
        if not track.begin(reading.learnt_count) and not task.is_foreign:
            self.inexact_count += 1
        host = _host_of(reading.capture.url)
        injected = reading.injected_count
        history = SiteHistory(track.injected_counts[host] if injected is None else injected)
        try:
            article = await self._readers.read_captured(captured, history)
        except PageError as error:
            return error
        track.injected_counts[host] += _INJECTED in article.flags
        if task.is_foreign and not is_chinese(article.body):  # a source that we chose has nothing else
            return NotAnArticle(
                "not_chinese", reading.capture.url, "its letters are those of another language"
            )
        return article

    def _is_absent(self, folders: tuple[Path, ...], name: str) -> bool:
        known = self._absent.setdefault(folders, {})
        if name not in known:
            known[name] = not any((folder / name).exists() for folder in folders)
        return known[name]


def _host_of(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return url


async def in_order(
    reader: StretchReader, tasks: Sequence[Task], take: Callable[[Task, Result], _Taken]
) -> AsyncIterator[tuple[Task, _Taken]]:
    """Yield every task of a stretch, in order, with what ``take`` has made of its result as soon as it was there."""
    waiting: list[asyncio.Future[_Taken]] = [asyncio.get_running_loop().create_future() for _ in tasks]

    def settle(number: int, result: Result) -> None:
        waiting[number].set_result(take(tasks[number], result))

    reading = asyncio.create_task(reader.read(tasks, settle))
    try:
        for task, result in zip(tasks, waiting, strict=True):
            await asyncio.wait((result, reading), return_when=asyncio.FIRST_COMPLETED)
            if not result.done():
                await reading  # raises: nobody will settle it
            yield task, result.result()
        await reading
    finally:
        reading.cancel()
