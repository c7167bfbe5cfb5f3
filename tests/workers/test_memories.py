"""The memory of a site: one in the crawl, copies where pages are read, and the same in all of them."""

from __future__ import annotations

import asyncio

import pytest

from newscrawl.extract import Lesson, SiteMemory, Template
from newscrawl.workers.memories import Copies, Forgotten, KnownSite, RecordingMemory, SiteMemories

TEMPLATE = Template("/html/body", "/html/body/div")


def lesson(number: int) -> Lesson:
    return Lesson(
        TEMPLATE, True, f"城区第{number}批排水管网改造", (f"链接文字第{number}条的标题",), ("本报讯",)
    )


def taught_of(memory: RecordingMemory, numbers) -> tuple:
    for number in numbers:
        memory.learn(lesson(number))
    return memory.take_taught()


def test_the_crawl_learns_what_a_copy_was_taught():
    site = KnownSite(SiteMemory())
    copy = RecordingMemory(SiteMemory(), 0)
    site.learn(taught_of(copy, range(5)))
    copy.forget(TEMPLATE, "http://a.cn/1.html")
    site.learn(copy.take_taught())
    assert site.memory.to_state() == copy.to_state()
    assert site.version == copy.version == 6
    assert copy.take_taught() == ()


def test_what_was_forgotten_is_told():
    copy = RecordingMemory(SiteMemory(), 0)
    copy.forget(TEMPLATE, "http://a.cn/1.html")
    assert copy.take_taught() == (Forgotten(TEMPLATE, "http://a.cn/1.html"),)


def test_a_copy_is_used_at_its_version_only():
    copies = Copies()
    assert copies.of("yihe", 0, None) is None
    copy = copies.of("yihe", 0, SiteMemory())
    assert copy is not None
    taught_of(copy, range(2))
    assert copies.of("yihe", 2, None) is copy
    assert copies.of("yihe", 1, None) is None
    assert copies.of("yihe", 3, None) is None
    assert copies.of("yihe", 3, SiteMemory()) is not copy


def test_the_least_used_copy_is_dropped():
    copies = Copies(limit=2)
    for source in "abc":
        copies.of(source, 0, SiteMemory())
    assert [copies.of(source, 0, None) is not None for source in "abc"] == [False, True, True]


class Store:
    def __init__(self):
        self.states, self.saved = {}, []

    async def load(self, source):
        return self.states.get(source)

    async def save(self, source, state):
        self.states[source] = state
        self.saved.append(source)


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def run():
    """Run coroutines in one loop."""
    with asyncio.Runner() as runner:
        yield runner.run


def test_memories_are_saved_now_and_then_and_at_the_end(store, run):
    memories = SiteMemories(store.load, store.save)
    copy = RecordingMemory(SiteMemory(), 0)
    for number in range(60):
        run(memories.learn("yihe", taught_of(copy, [number])))
    assert store.saved == ["yihe"]
    run(memories.save())
    run(memories.save())
    assert store.saved == ["yihe", "yihe"]
    assert run(SiteMemories(store.load, store.save).of("yihe")).memory.to_state() == copy.to_state()


def test_what_was_only_looked_at_is_not_saved(store, run):
    memories = SiteMemories(store.load, store.save)
    run(memories.of("yihe"))
    run(memories.save())
    assert store.saved == []


def test_many_sites_do_not_fill_the_memory(store, run, monkeypatch):
    monkeypatch.setattr("newscrawl.workers.memories.MEMORIES_PER_CRAWL", 3)
    memories = SiteMemories(store.load, store.save)
    for source in "abcdef":
        run(memories.learn(source, taught_of(RecordingMemory(SiteMemory(), 0), range(2))))
    assert store.saved == ["a", "b", "c"]
    assert run(memories.of("a")).memory.page_count == 2
    assert run(memories.of("a")).version == 2


def test_many_sites_at_once_lose_nothing(store, run, monkeypatch):
    """Each load and save lets the others go on, as a wait for the archive does."""
    monkeypatch.setattr("newscrawl.workers.memories.MEMORIES_PER_CRAWL", 3)
    turn = asyncio.Lock()

    async def load(source):
        async with turn:
            await asyncio.sleep(0)
            return await store.load(source)

    async def save(source, state):
        async with turn:
            await asyncio.sleep(0)
            await store.save(source, state)

    async def read(source):
        for number in range(10):
            await memories.learn(source, taught_of(RecordingMemory(SiteMemory(), 0), [number]))

    async def read_all():
        await asyncio.gather(*map(read, "abcdefgh"))
        await memories.save()

    memories = SiteMemories(load, save)
    run(read_all())
    assert {source: SiteMemory.from_state(state).page_count for source, state in store.states.items()} == (
        dict.fromkeys("abcdefgh", 10)
    )
