"""Pages read in workers: the same result however many there are, in the order that they came, with limits."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from newscrawl.demo import Newsroom, expectations, serve
from newscrawl.discover import ShapeMemory, next_page_of_article
from newscrawl.exceptions import NotAnArticle, PageError, UnreadablePage
from newscrawl.extract import parse_page
from newscrawl.items import Capture, Page
from newscrawl.repair import SiteHistory
from newscrawl.sources import Source
from newscrawl.workers import Limits, PageReaders, SiteMemories
from newscrawl.workers.continuing import may_continue

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
SOURCE = Source(id="yihe", name="沂河", start="http://yihe.example/")
TEMPLATE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_沂河新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/sh/">社会</a></div><div class="wrap"><h1>{title}</h1>
<div class="info">2024-05-06 09:30 来源：沂河日报</div><div class="content">
<p>沂河日报5月6日讯 记者从市水务局获悉，{title}，工程总投资{n}百万元，涉及沿线三个街道。</p>
<p>项目负责人介绍，施工期间将错峰作业，尽量减少对居民出行的影响，预计今年{n}月底前全部完工。</p>
<p>市水务局提醒，施工路段请减速慢行，如有疑问可拨打服务热线咨询。</p></div></div>
<div class="footer">版权所有 沂河新闻网</div></body></html>"""


class Store:
    """The memories that a catalog would keep."""

    def __init__(self):
        self.states = {}

    async def load(self, source):
        return self.states.get(source)

    async def save(self, source, state):
        self.states[source] = state


def page_of(html, name="1", source="yihe"):
    capture = Capture(f"http://yihe.example/2024/0506/{name}.html", source, AT)
    return Page(capture, html.encode() if isinstance(html, str) else html)


def article_page(number, source="yihe"):
    title = f"城区第{'一二三四五六七八九十'[number % 10]}批老街排水管网改造开工第{number}号工程"
    return page_of(TEMPLATE.format(title=title, n=number), str(number), source)


@asynccontextmanager
async def readers_of(workers, store=None, **limits):
    store = store or Store()
    memories = SiteMemories(store.load, store.save)
    readers = PageReaders(Limits(workers, **limits), memories)
    try:
        yield readers
    finally:
        await memories.save()
        await readers.close()


async def read(readers, page):
    async with readers.turn(page.capture.source):
        return await readers.read(page, SiteHistory())


LOOP = asyncio.Runner()
"""One loop for all tests here, so that most of them can share a worker: each start loads the extractor."""


def run(coroutine):
    return LOOP.run(asyncio.wait_for(coroutine, 60))


@pytest.fixture(scope="module", autouse=True)
def _loop():
    with LOOP:
        yield


@pytest.fixture(scope="module")
def readers(_loop):
    store = Store()
    readers = PageReaders(Limits(2), SiteMemories(store.load, store.save))
    yield readers
    run(readers.close())


def results_of(workers, pages):
    """Return what comes of pages that are all asked for at once, and the memories they leave."""
    store = Store()

    async def work():
        async with readers_of(workers, store) as readers:
            return await asyncio.gather(*(read(readers, page) for page in pages), return_exceptions=True)

    return [repr_of(result) for result in run(work())], store.states


def repr_of(result):
    return (
        str(result)
        if isinstance(result, Exception)
        else (result.text, result.cuts, result.flags, result.metadata)
    )


@pytest.fixture(scope="module")
def mixed_pages():
    """Pages of three sources with everything between: good ones, none, broken ones."""
    pages = [article_page(n, source) for n in range(12) for source in ("yihe", "shuhe", "wenhe")]
    pages[5:5] = [page_of(b"", "empty"), page_of("<p>短", "short"), page_of("<div>" * 9000 + "深", "deep")]
    return pages


def test_as_many_workers_as_one_likes(mixed_pages):
    in_process = results_of(0, mixed_pages)
    assert results_of(1, mixed_pages) == in_process
    assert results_of(3, mixed_pages) == in_process
    assert set(in_process[1]) == {"yihe", "shuhe", "wenhe"}
    assert in_process[1]["wenhe"]["page_count"] == 12


def test_what_a_killed_worker_knew_is_known_to_the_next(mixed_pages):
    """The memory of a site is the crawl's: the same is learnt when every page is read by another worker."""
    pages = [page for page in mixed_pages if page.capture.source == "wenhe"]
    store = Store()

    async def work():
        results = []
        async with readers_of(1, store) as readers:
            for page in pages:
                results.append(repr_of(await read(readers, page)))
                for process_id in readers._pool.process_ids:
                    os.kill(process_id, signal.SIGKILL)
        return results

    results = run(work())
    assert (results, store.states) == results_of(0, pages)


def test_a_memory_is_taken_up_where_it_was_left():
    pages = [article_page(n) for n in range(8)]
    store = Store()
    for part in (pages[:3], pages[3:]):

        async def work(part=part):
            async with readers_of(1, store) as readers:
                for page in part:
                    await read(readers, page)

        run(work())
    assert store.states == results_of(0, pages)[1]


def test_pages_of_one_source_are_read_in_order(readers):
    async def work():
        done = []

        async def one(number):
            await read(readers, article_page(number))
            done.append(number)

        await asyncio.gather(*(one(number) for number in range(12)))
        assert done == list(range(12))

    run(work())


@pytest.mark.parametrize(
    ("html", "error", "reason"),
    [
        (b"", UnreadablePage, "empty"),
        (b"\x89PNG\r\n\x1a\n", UnreadablePage, "not_html"),
        ("<p>短", NotAnArticle, "too_short"),
    ],
)
def test_errors_of_pages_are_the_same_errors(readers, html, error, reason):
    async def work():
        with pytest.raises(error) as raised:
            await read(readers, page_of(html))
        assert (raised.value.reason, raised.value.url) == (reason, "http://yihe.example/2024/0506/1.html")

    run(work())


def test_a_page_that_takes_too_long_has_its_reason():
    async def work():
        async with readers_of(1, seconds=0.001) as readers:
            with pytest.raises(UnreadablePage) as raised:
                await read(readers, article_page(1))
            assert raised.value.reason == "timeout"

    run(work())


def test_a_page_that_takes_too_much_has_its_reason():
    large = "<html><body>" + "<p>市政府今天召开会议，研究部署今年的重点工作。</p>" * 29_000

    async def work():
        async with readers_of(1, megabytes=170, seconds=30) as readers:
            with pytest.raises(PageError) as raised:
                await read(readers, page_of(large))
            assert raised.value.reason in {"memory", "crashed"}
            assert (await read(readers, article_page(1))).headline

    run(work())


LIST = """<html><head><meta charset="utf-8"><title>社会新闻</title></head><body><ul>{items}</ul>
<a href="index_2.html">下一页</a></body></html>"""


def test_a_list_is_looked_through(readers):
    items = "".join(
        f'<li><a href="/2024/0506/{n}.html">城区第{n}批老街排水管网改造开工</a> 2024-05-06</li>'
        for n in range(30)
    )

    async def work():
        page = Page(
            Capture("http://yihe.example/sh/index.html", "yihe", AT), LIST.format(items=items).encode()
        )
        front, traps = await readers.front(page, SOURCE, ShapeMemory())
        assert traps == {}
        assert len(front.links.articles) == 30
        assert front.next_url == "http://yihe.example/sh/index_2.html"
        with pytest.raises(UnreadablePage):
            await readers.front(page_of(b""), SOURCE, ShapeMemory())

    run(work())


def test_a_long_sitemap_comes_in_pieces_that_leave_room_for_others(readers):
    urls = "".join(f"<url><loc>http://yihe.example/2024/0506/{n}.html</loc></url>" for n in range(3_000))
    xml = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'

    async def work():
        steps = 0

        async def tick():
            nonlocal steps
            while True:
                steps += 1
                await asyncio.sleep(0)

        batches, sitemaps = await readers.sitemap(page_of(xml, "sitemap"), SOURCE, ShapeMemory())
        ticking = asyncio.ensure_future(tick())
        seen = []
        async for links in batches:
            before = steps
            seen += links
        assert steps > before
        ticking.cancel()
        assert (len(seen), len({link.url for link in seen}), sitemaps) == (3_000, 3_000, ())

    run(work())


def test_a_feed(readers):
    feed = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>沂河</title>
    <item><title>城区两条老街排水管网改造开工</title><link>http://yihe.example/2024/0506/1.html</link></item></channel></rss>"""

    async def work():
        (link,) = await readers.feed(page_of(feed, "feed"), SOURCE)
        assert link.url == "http://yihe.example/2024/0506/1.html"

    run(work())


def test_what_may_continue_is_not_overlooked():
    """On every page of the newsroom that is continued, the bytes alone say that it may be."""
    with serve(Newsroom.load()) as server:
        continued = 0
        for one in expectations(server.newsroom, server.port):
            host, _, path = one.url.partition("://")[2].partition("/")
            resource = server.site.get((host.partition(":")[0], "/" + path))
            if resource is None or resource.status != 200:
                continue
            page = Page(Capture(one.url, "", AT), resource.body, resource.content_type)
            try:
                url = next_page_of_article(parse_page(page).tree, one.url)
            except PageError:
                continue
            continued += url is not None
            assert url is None or may_continue(page), one.url
        assert continued


@pytest.mark.parametrize(
    ("url", "html", "expected"),
    [
        ("http://a.cn/1.html", '<a href="1_2.html">', True),
        ("http://a.cn/1.html", '<a href="/1_2.html">', True),
        ("http://a.cn/1_2.html", '<a href="1_3.html">', True),
        ("http://a.cn/show.php?id=3", '<a href="?id=3&amp;page=2">', True),
        ("http://a.cn/a/1/", '<a href="/a/1/page/2">', True),
        ("http://a.cn/1.html", '<a href="2.html">下一篇', False),
        ("http://a.cn/%E6%96%87.html", "<p>", True),
        ("http://a.cn/", "<p>", True),
    ],
)
def test_may_continue(url, html, expected):
    assert may_continue(Page(Capture(url, "", AT), html.encode())) is expected


def test_may_continue_in_utf_16():
    assert may_continue(Page(Capture("http://a.cn/1.html", "", AT), '<a href="1_2.html">'.encode("utf-16")))
