"""The one spider: from the start pages of its sources to the pages of articles.

A list page (section front, feed, sitemap) is looked through for links; articles among them are noted in the
catalog before they are asked for, so that a crash loses none. An article split over several pages is put
together here and handed on as one Page; everything after that is the business of the pipelines.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from newscrawl.discover import FanOut, Link
from newscrawl.exceptions import ArchiveError, PageError
from newscrawl.extensions.tally import count
from newscrawl.extensions.workers import readers_of
from newscrawl.items import Page
from newscrawl.sources import Source
from newscrawl.spiders.arguments import CrawlArguments, source_for
from newscrawl.spiders.frontier import CrawlFrontier
from newscrawl.spiders.known_sources import sources_of
from newscrawl.spiders.page_hints import hints_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from newscrawl.workers import PageReaders

_Found = TypeVar("_Found")
_LIST_PRIORITY = 10
"""Lists before articles: what is discovered is safe in the catalog, and nothing new waits behind old pages."""
_PAUSE_EVERY = 5
"""Requests that are made in one go; then whatever else waits in the reactor has its turn."""
_CONTINUATION_PRIORITY = 20
"""An article that has been begun is finished first."""


class NewsSpider(Spider):
    """Crawls the sources that its arguments name (`CrawlArguments`), or the one that it was made for."""

    name = "news"
    chosen: tuple[str, ...] = ()
    """Ids of the sources that this spider was made for; empty for the spider of them all."""

    _frontier: CrawlFrontier

    def __init__(self, arguments: CrawlArguments, sources: dict[str, Source]) -> None:
        super().__init__(self.name)
        self.sources = sources
        self.local_hosts = frozenset(
            _hostname(url) for source in sources.values() if source.local for url in source.start
        )
        self._urls = arguments.urls()
        self._since = arguments.since_day()
        self._list_counts: Counter[str] = Counter()
        self._article_counts: Counter[str] = Counter()
        self._fan_out = FanOut()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Read the sources and the arguments; give every host of a source the delay that its file states."""
        if cls.chosen:
            kwargs = {**kwargs, "sources": ",".join(cls.chosen)}
        arguments = CrawlArguments.of(kwargs)
        spider = cls(arguments, arguments.choose(sources_of(crawler.settings)))
        spider._set_crawler(crawler)
        spider._frontier = CrawlFrontier(crawler)
        crawler.settings.set("DOWNLOAD_SLOTS", spider.download_slots(crawler.settings), priority="spider")
        return spider

    def download_slots(self, settings: BaseSettings) -> dict[str, dict[str, float]]:
        """Return Scrapy's per-host settings for the sources that state a delay of their own, in seconds."""
        limit = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        return {
            host: {"delay": source.fetch.delay, "concurrency": limit}
            for source in self.sources.values()
            if source.fetch.delay is not None
            for host in (*map(_hostname, source.start), *map(_hostname, source.scope))
        }

    def source_of(self, request: Request) -> Source:
        """Return the source that a request is made for."""
        return self.sources[request.meta["source"]]

    def _source(self, response: Response) -> Source:
        return self.sources[response.meta["source"]]

    # --- requests ---

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the pages that were named; or for what earlier runs have left, and for the start pages."""
        if self._urls:
            for number, url in enumerate(self._urls):
                if number % _PAUSE_EVERY == 0:
                    await asyncio.sleep(0)
                for request in await self._article_requests([Link(url)], source_for(url, self.sources)):
                    yield request
            return
        for source in self.sources.values():
            if not self._budget_left(source):
                continue
            async for link in self._frontier.take_up(source.id):
                self._article_counts[source.id] += 1
                yield self._article_request(link, source)
                if not self._budget_left(source):
                    break
                if self._article_counts[source.id] % _PAUSE_EVERY == 0:
                    await asyncio.sleep(0)
        for source in self.sources.values():
            for urls, callback in (
                (source.start, self.parse_list),
                (source.feeds, self.parse_feed),
                (source.sitemaps, self.parse_sitemap),
            ):
                for url in urls:
                    yield self._list_request(url, source, callback)

    def _list_request(
        self, url: str, source: Source, callback: Any, *, depth: int = 0, page: int = 1
    ) -> Request:
        meta = {"source": source.id, "kind": "list", "list_depth": depth, "list_page": page}
        return Request(url, callback, errback=self.failed, meta=meta, priority=_LIST_PRIORITY - depth)

    def _list_requests(self, links: Iterable[Link], response: Response, callback: Any) -> Iterator[Request]:
        """Ask for the lists that a list links to, as far as the budget of the source goes."""
        source, depth = self._source(response), response.meta["list_depth"] + 1
        if depth > self.settings.getint("CRAWL_LIST_DEPTH"):
            return
        for link in links:
            if self._list_counts[source.id] >= self.settings.getint("CRAWL_LISTS_PER_SOURCE"):
                count(self.crawler.stats, source.id, "over_budget")
                return
            if self._fan_out.is_trap(link.url):
                count(self.crawler.stats, source.id, "trap/fan_out")
                continue
            self._list_counts[source.id] += 1
            yield self._list_request(link.url, source, callback, depth=depth)

    async def _article_requests(self, links: Iterable[Link], source: Source) -> list[Request]:
        """Note the articles in the catalog; return requests for those that are still to be fetched."""
        wanted = [link for link in links if not self._is_too_old(link)]
        with _stopping():
            open_links = await self._frontier.note(wanted, source.id)
        return [self._article_request(link, source) for link in self._affordable(open_links, source)]

    def _affordable(self, links: list[Link], source: Source) -> list[Link]:
        """Return as many articles as the source may still be asked for in this run; the others stay in the catalog."""
        taken = links[: self._budget_left(source)]
        self._article_counts[source.id] += len(taken)
        if len(taken) < len(links):
            count(self.crawler.stats, source.id, "over_budget", times=len(links) - len(taken))
        return taken

    def _budget_left(self, source: Source) -> int:
        budget = source.fetch.budget or self.settings.getint("CRAWL_ARTICLES_PER_SOURCE")
        return max(budget - self._article_counts[source.id], 0)

    def _article_request(self, link: Link, source: Source) -> Request:
        meta = {"source": source.id, "kind": "article", "link_text": link.text}
        return Request(link.url, self.parse_article, errback=self.failed, meta=meta)

    def _is_too_old(self, link: Link) -> bool:
        day = link.published.date() if isinstance(link.published, datetime) else link.published
        return self._since is not None and day is not None and day < self._since

    # --- lists ---

    async def parse_list(self, response: Response) -> AsyncIterator[Request]:
        """Follow a section front: its articles, its next page, and the lists that it links to."""
        source = self._source(response)
        looked = await self._looked(response, self._readers.front)
        if looked is None:
            return
        found, traps = looked
        for trap, times in traps.items():
            count(self.crawler.stats, source.id, f"trap/{trap}", times=times)
        if found.redirect:
            yield self._list_request(
                found.redirect, source, self.parse_list, depth=response.meta["list_depth"]
            )
        articles = await self._article_requests(found.links.articles, source)
        self._fan_out.add(response.url, new_count=len(articles))
        for request in articles:
            yield request
        with _stopping():
            await self._frontier.note_visit(response.url, source.id)
        if found.next_url and (articles or not await self._frontier.was_visited(found.next_url)):
            for request in self._next_of_list(found.next_url, response):
                yield request
        for request in self._list_requests(found.links.lists, response, self.parse_list):
            yield request

    def _next_of_list(self, url: str, response: Response) -> Iterator[Request]:
        """Ask for the next page of a list; it is worth it while there is news, or when it was never looked at."""
        source, page = self._source(response), response.meta["list_page"] + 1
        if page <= (source.lists.pages or self.settings.getint("CRAWL_LIST_PAGES")):
            depth = response.meta["list_depth"]
            yield self._list_request(url, source, self.parse_list, depth=depth, page=page)

    async def parse_feed(self, response: Response) -> AsyncIterator[Request]:
        """Follow the entries of a feed: all of them are articles, unless the source has a rule for articles."""
        links = await self._looked(response, self._readers.feed)
        for request in await self._article_requests(links or (), self._source(response)):
            yield request

    async def parse_sitemap(self, response: Response) -> AsyncIterator[Request]:
        """Follow the articles of a sitemap, and the sitemaps of an index."""
        found = await self._looked(response, self._readers.sitemap)
        if found is None:
            return
        batches, sitemaps = found
        async for links in batches:
            for request in await self._article_requests(links, self._source(response)):
                yield request
        for request in self._list_requests(sitemaps, response, self.parse_sitemap):
            yield request

    async def _looked(
        self, response: Response, look: Callable[[Page, Source], Awaitable[_Found]]
    ) -> _Found | None:
        """Return what a list leads to, None for one that cannot be read."""
        source = self._source(response)
        try:
            found = await look(self._page_of(response), source)
        except PageError as error:
            self.logger.warning("a list cannot be read: %s", error)
            count(self.crawler.stats, source.id, f"failed/{error.reason}")
            return None
        count(self.crawler.stats, source.id, "lists")
        return found

    @property
    def _readers(self) -> PageReaders:
        return readers_of(self.crawler)

    # --- articles ---

    async def parse_article(self, response: Response) -> AsyncIterator[Request | Page]:
        """Hand on the page, or ask for the page that continues it."""
        with _stopping():
            await self._frontier.settle_redirects(response)
        yield await self._continued(response, ())

    async def parse_continuation(self, response: Response) -> AsyncIterator[Request | Page]:
        """Add a page to the article that it continues."""
        yield await self._continued(response, response.meta["pages"])

    async def _continued(self, response: Response, before: tuple[Page, ...]) -> Request | Page:
        """Return the request for the next page of an article, or the whole of it when there is none."""
        pages = (*before, self._page_of(response))
        try:
            url = await self._readers.next_page(pages[-1])
        except PageError:
            url = None  # the pipeline says why
        known = {page.capture.url for page in pages}
        if url is None or url in known or len(pages) >= self.settings.getint("CRAWL_ARTICLE_PAGES"):
            return replace(pages[0], continuations=pages[1:])
        meta = {"source": response.meta["source"], "kind": "continuation", "pages": pages}
        return Request(
            url,
            self.parse_continuation,
            errback=self.failed,
            meta=meta,
            priority=_CONTINUATION_PRIORITY,
            dont_filter=True,
        )

    def _page_of(self, response: Response) -> Page:
        content_type = response.headers.get("Content-Type")
        return Page(
            capture=response.meta["capture"],
            html=response.body,
            content_type=content_type.decode("latin-1") if content_type else None,
            hints=hints_of(self._source(response), link_text=response.meta.get("link_text")),
        )

    async def failed(self, failure: Failure) -> None:
        """Note what became of a URL that could not be fetched."""
        await self._frontier.settle_failed(failure.request, failure.value)  # type: ignore[attr-defined]


@contextmanager
def _stopping() -> Iterator[None]:
    """Stop the crawl, in silence, when the archive refuses: the command says why."""
    try:
        yield
    except ArchiveError as failure:
        raise CloseSpider(failure.reason) from failure


def _hostname(url_or_host: str) -> str:
    """Return the host alone, as a resolver is asked for it."""
    return urlsplit(url_or_host if "://" in url_or_host else f"//{url_or_host}").hostname or ""
