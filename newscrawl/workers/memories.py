"""What the pages of each site have taught: one memory, in the crawl, and copies of it where pages are read.

A memory of a large site is megabytes, so it does not travel with every page. A worker keeps the copies of the
sites that it has read lately and says what a page has taught, a few kilobytes; the crawl learns the same. A
version counts what was learnt, so a copy that is behind is noticed and replaced.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from newscrawl.exceptions import PageError
from newscrawl.extract.memory import Lesson, SiteMemory, Template
from newscrawl.items import Article

COPIES_PER_WORKER = 16
MEMORIES_PER_CRAWL = 64
"""Memories are a few megabytes each at most; what is not used is stored and loaded again."""
_SAVE_EVERY = 50
"""Lessons: what a kill -9 costs is learnt anew from the next pages."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A template that a page contradicts."""

    template: Template
    url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a page: an article or the reason why it is none, and what it taught."""

    article: Article | None = None
    error: PageError | None = None
    taught: tuple[Lesson | Forgotten, ...] = field(default=(), repr=False)


class RecordingMemory(SiteMemory):
    """A copy of a memory that keeps what the page taught it, for the crawl."""

    def __init__(self, memory: SiteMemory, version: int) -> None:
        super().__init__()
        self.__dict__.update(memory.__dict__)
        self.version = version
        self._taught: list[Lesson | Forgotten] = []

    def learn(self, lesson: Lesson) -> None:
        """Take in what a page shows."""
        super().learn(lesson)
        self._note(lesson)

    def forget(self, template: Template, url: str) -> None:
        """Drop a template that a page contradicts."""
        super().forget(template, url)
        self._note(Forgotten(template, url))

    def take_taught(self) -> tuple[Lesson | Forgotten, ...]:
        """Return what was taught since the last time."""
        taught, self._taught = tuple(self._taught), []
        return taught

    def _note(self, event: Lesson | Forgotten) -> None:
        self._taught.append(event)
        self.version += 1


class Copies:
    """The copies of one worker; the least recently used is dropped."""

    def __init__(self, limit: int = COPIES_PER_WORKER) -> None:
        self._limit = limit
        self._copies: OrderedDict[str, RecordingMemory] = OrderedDict()

    def of(self, source: str, version: int, memory: SiteMemory | None) -> RecordingMemory | None:
        """Return the copy of a source at a version: made from ``memory``, else the one there is; None when it is another."""
        if memory is not None:
            self._copies[source] = RecordingMemory(memory, version)
        copy = self._copies.get(source)
        if copy is None or copy.version != version:
            return None
        self._copies.move_to_end(source)
        if len(self._copies) > self._limit:
            self._copies.popitem(last=False)
        return copy


@dataclass(slots=True)
class KnownSite:
    """The memory of one source in the crawl."""

    memory: SiteMemory = field(repr=False)
    version: int = 0
    saved_version: int = 0

    def learn(self, taught: tuple[Lesson | Forgotten, ...]) -> None:
        """Take in what a page taught."""
        for event in taught:
            if isinstance(event, Forgotten):
                self.memory.forget(event.template, event.url)
            else:
                self.memory.learn(event)
        self.version += len(taught)

    @property
    def unsaved_count(self) -> int:
        """What was learnt and is in no catalog."""
        return self.version - self.saved_version


class Memories(Protocol):
    """Where those who read pages find what the pages before have taught."""

    async def of(self, source: str) -> KnownSite:
        """Return what is known of a source."""

    async def learn(self, source: str, taught: tuple[Lesson | Forgotten, ...]) -> None:
        """Take in what a page of a source taught."""


class SiteMemories:
    """The memories of a crawl, loaded when they are needed and saved when something was learnt."""

    def __init__(
        self,
        load: Callable[[str], Awaitable[Any]],
        save: Callable[[str, Any], Awaitable[None]],
        *,
        redesigned: Callable[[str], None] = lambda source: None,
    ) -> None:
        self._redesigned = redesigned
        self._load = load
        self._save = save
        self._sites: OrderedDict[str, KnownSite] = OrderedDict()
        self._versions: dict[str, int] = {}
        """Of memories that were put aside: a copy somewhere may be older than what is loaded again."""

    async def of(self, source: str) -> KnownSite:
        """Return what is known of a source."""
        while source not in self._sites:  # again, if it had to make room itself while another was put aside
            memory = SiteMemory.from_state(await self._load(source))
            version = self._versions.get(source, 0)
            self._sites.setdefault(source, KnownSite(memory, version, saved_version=version))
            if len(self._sites) > MEMORIES_PER_CRAWL:
                await self._put_aside(*self._sites.popitem(last=False))
        self._sites.move_to_end(source)
        return self._sites[source]

    async def _put_aside(self, source: str, site: KnownSite) -> None:
        self._versions[source] = site.version
        await self._save_one(source, site)

    async def learn(self, source: str, taught: tuple[Lesson | Forgotten, ...]) -> None:
        """Take in what a page of a source taught."""
        site = await self.of(source)
        site.learn(taught)
        if any(isinstance(event, Forgotten) for event in taught):
            self._redesigned(source)
        if site.unsaved_count >= _SAVE_EVERY:
            await self._save_one(source, site)

    async def save(self) -> None:
        """Save what is not saved yet."""
        for source, site in list(self._sites.items()):
            await self._save_one(source, site)

    async def _save_one(self, source: str, site: KnownSite) -> None:
        if site.unsaved_count:
            site.saved_version = site.version
            await self._save(source, site.memory.to_state())
