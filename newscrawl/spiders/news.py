"""The one spider: from the start pages of its sources to the pages of articles.

A list page (section front, feed, sitemap) is looked through for links; articles among them are noted in the
catalog before they are asked for, so that a crash loses none. An article split over several pages is put
together here and handed on as one Page; everything after that is the business of the pipelines.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response

from newscrawl.discover import (
    Link,
    find_links,
    next_page_of_article,
    next_page_of_list,
    parse_feed,
    parse_sitemap,
    sort_links,
)
from newscrawl.exceptions import PageError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.extract import parse_page
from newscrawl.items import Page, PageHints
from newscrawl.sources import Source
from newscrawl.spiders.arguments import CrawlArguments, source_for
from newscrawl.spiders.outcomes import next_try_at, outcome_of
from newscrawl.storage import FoundUrl

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

_LIST_PRIORITY = 10
"""Lists before articles: what is discovered is safe in the catalog, and nothing new waits behind old pages."""
_LEASES = 100_000
"""URLs of earlier runs that one run takes up for a source; what is more waits for the next run."""
_CONTINUATION_PRIORITY = 20
"""An article that has been begun is finished first."""


class NewsSpider(Spider):
    """Crawls the sources that its arguments name (`CrawlArguments`), or the one that it was made for."""

    name = "news"
    chosen: tuple[str, ...] = ()
    """Ids of the sources that this spider was made for; empty for the spider of them all."""

    def __init__(self, arguments: CrawlArguments, sources: dict[str, Source]) -> None:
        super().__init__(self.name)
        self.sources = sources
        self.local_hosts = frozenset(
            _hostname(url) for source in sources.values() if source.local for url in source.start
        )
        self._urls = arguments.urls()
        self._since = arguments.since_day()
        self._list_counts = dict.fromkeys(sources, 0)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Read the sources and the arguments; give every host of a source the delay that its file states."""
        from newscrawl.spiders.loader import sources_of

        if cls.chosen:
            kwargs = {**kwargs, "sources": ",".join(cls.chosen)}
        arguments = CrawlArguments.of(kwargs)
        spider = cls(arguments, arguments.choose(sources_of(crawler.settings)))
        spider._set_crawler(crawler)
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
        """Ask for what is left from earlier runs, then for the start pages; or for the pages that were named."""
        if self._urls:
            for url in self._urls:
                for request in self._article_requests([Link(url)], source_for(url, self.sources)):
                    yield request
            return
        for source in self.sources.values():
            with archive_of(self.crawler).writing() as archive:
                left = archive.lease(_LEASES, source=source.id)
            for known in left:
                yield self._article_request(Link(known.url, known.link_text or ""), source)
        for source in self.sources.values():
            for url in source.start:
                yield self._list_request(url, source, self.parse_list)
            for url in source.feeds:
                yield self._list_request(url, source, self.parse_feed)
            for url in source.sitemaps:
                yield self._list_request(url, source, self.parse_sitemap)

    def _list_request(
        self,
        url: str,
        source: Source,
        callback: Any,
        *,
        depth: int = 0,
        page: int = 1,
    ) -> Request:
        meta = {"source": source.id, "kind": "list", "list_depth": depth, "list_page": page}
        return Request(url, callback, errback=self.failed, meta=meta, priority=_LIST_PRIORITY - depth)

    def _list_requests(
        self, links: Iterable[Link], source: Source, callback: Any, depth: int
    ) -> Iterator[Request]:
        """Ask for further lists, as far as the budget of the source goes."""
        if depth > self.settings.getint("CRAWL_LIST_DEPTH"):
            return
        for link in links:
            if self._list_counts[source.id] >= self.settings.getint("CRAWL_LISTS_PER_SOURCE"):
                return
            self._list_counts[source.id] += 1
            yield self._list_request(link.url, source, callback, depth=depth)

    def _article_requests(self, links: Iterable[Link], source: Source) -> Iterator[Request]:
        """Note the articles in the catalog, then ask for them."""
        wanted = [link for link in links if not self._is_too_old(link)]
        with archive_of(self.crawler).writing() as archive:
            archive.discover(_found(link, source) for link in wanted)
        for link in wanted:
            yield self._article_request(link, source)

    def _article_request(self, link: Link, source: Source) -> Request:
        meta = {"source": source.id, "kind": "article", "link_text": link.text}
        return Request(link.url, self.parse_article, errback=self.failed, meta=meta)

    def _is_too_old(self, link: Link) -> bool:
        day = link.published.date() if isinstance(link.published, datetime) else link.published
        return self._since is not None and day is not None and day < self._since

    # --- lists ---

    def parse_list(self, response: Response) -> Iterator[Request]:
        """Follow a section front: its articles, its next page, and the lists that it links to."""
        source = self._source(response)
        tree = self._tree_of(response)
        if tree is None:
            return
        links = sort_links(find_links(tree, response.url), source)
        fresh = self._count_list(source, links.articles)
        yield from self._article_requests(links.articles, source)
        if fresh and (request := self._next_of_list(response, tree, source)):
            yield request
        yield from self._list_requests(links.lists, source, self.parse_list, response.meta["list_depth"] + 1)

    def _next_of_list(self, response: Response, tree: HtmlElement, source: Source) -> Request | None:
        page = response.meta["list_page"] + 1
        url = next_page_of_list(tree, response.url)
        if url is None or page > (source.lists.pages or self.settings.getint("CRAWL_LIST_PAGES")):
            return None
        return self._list_request(url, source, self.parse_list, depth=response.meta["list_depth"], page=page)

    def parse_feed(self, response: Response) -> Iterator[Request]:
        """Follow the entries of a feed."""
        source = self._source(response)
        links = sort_links(parse_feed(response.body, response.url).links, source)
        self._count_list(source, links.articles)
        yield from self._article_requests((*links.articles, *links.other), source)

    def parse_sitemap(self, response: Response) -> Iterator[Request]:
        """Follow the articles of a sitemap, and the sitemaps of an index."""
        source = self._source(response)
        sitemap = parse_sitemap(response.body, response.url)
        links = sort_links(sitemap.links, source)
        self._count_list(source, links.articles)
        yield from self._article_requests(links.articles, source)
        depth = response.meta["list_depth"] + 1
        yield from self._list_requests(sitemap.sitemaps, source, self.parse_sitemap, depth)

    def _count_list(self, source: Source, articles: Iterable[Link]) -> int:
        """Count the list and its new articles; return how many are new."""
        archive = archive_of(self.crawler)
        fresh = sum(archive.is_open(link.url) for link in articles)
        count(self.crawler.stats, source.id, "lists")
        count(self.crawler.stats, source.id, "links_new", times=fresh)
        return fresh

    # --- articles ---

    def parse_article(self, response: Response) -> Iterator[Request | Page]:
        """Hand on the page, or ask for the page that continues it."""
        source = self._source(response)
        self._settle_redirects(response, source)
        tree = self._tree_of(response)
        page = self._page_of(response, source)
        yield from self._continued(
            (page,), None if tree is None else next_page_of_article(tree, response.url), source
        )

    def parse_continuation(self, response: Response) -> Iterator[Request | Page]:
        """Add a page to the article that it continues."""
        source = self._source(response)
        tree = self._tree_of(response)
        pages = (*response.meta["pages"], self._page_of(response, source))
        yield from self._continued(
            pages, None if tree is None else next_page_of_article(tree, response.url), source
        )

    def _continued(
        self, pages: tuple[Page, ...], next_url: str | None, source: Source
    ) -> Iterator[Request | Page]:
        known = {page.capture.url for page in pages}
        if next_url and next_url not in known and len(pages) < self.settings.getint("CRAWL_ARTICLE_PAGES"):
            meta = {"source": source.id, "kind": "continuation", "pages": pages}
            yield Request(
                next_url,
                self.parse_continuation,
                errback=self.failed,
                meta=meta,
                priority=_CONTINUATION_PRIORITY,
                dont_filter=True,
            )
            return
        first, *rest = pages
        yield Page(first.capture, first.html, first.content_type, first.hints, tuple(rest))

    def _page_of(self, response: Response, source: Source) -> Page:
        content_type = response.headers.get("Content-Type")
        return Page(
            capture=response.meta["capture"],
            html=response.body,
            content_type=content_type.decode("latin-1") if content_type else None,
            hints=hints_of(source, link_text=response.meta.get("link_text")),
        )

    def _tree_of(self, response: Response) -> HtmlElement | None:
        """Return the parsed page, or None for what is no page; the pipeline says why when it matters."""
        try:
            return parse_page(self._page_of(response, self._source(response))).tree
        except PageError as error:
            if response.meta["kind"] == "list":
                self.logger.warning("a list cannot be read: %s", error)
                count(self.crawler.stats, response.meta["source"], f"failed/{error.reason}")
            return None

    # --- what could not be had ---

    def failed(self, failure: Failure) -> None:
        """Note what became of a URL that could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        state, reason = outcome_of(failure.value)
        count(self.crawler.stats, request.meta["source"], f"{state}/{reason}")
        self.logger.info("%s %s: %s", state, request.url, reason)
        for url in self._article_urls(request):
            with archive_of(self.crawler).writing() as archive:
                if state == "quarantined":
                    archive.quarantine(
                        url, source=request.meta["source"], reason=reason, detail=str(failure.value)
                    )
                else:
                    known = archive.url(url)
                    again = next_try_at(known.tries if known else 0, now=datetime.now(UTC))
                    archive.settle(url, state, reason, source=request.meta["source"], next_try_at=again)

    def _article_urls(self, request: Request) -> tuple[str, ...]:
        """Return the URLs of the frontier that a request stood for, those it was redirected from included."""
        if request.meta["kind"] == "list":
            return ()
        if request.meta["kind"] == "continuation":
            return (request.meta["pages"][0].capture.url,)
        return (*request.meta.get("redirect_urls", ()), request.url)

    def _settle_redirects(self, response: Response, source: Source) -> None:
        """Settle a URL that leads to another as its duplicate; the other is noted first, so that none is lost."""
        redirected = response.meta.get("redirect_urls", ())
        if redirected:
            with archive_of(self.crawler).writing() as archive:
                archive.discover([_found(Link(response.url), source)])
                for url in redirected:
                    archive.settle(url, "duplicate", response.url, source=source.id)


def _found(link: Link, source: Source) -> FoundUrl:
    return FoundUrl(url=link.url, source=source.id, link_text=link.text or None)


def _hostname(url_or_host: str) -> str:
    """Return the host alone, as a resolver is asked for it."""
    return urlsplit(url_or_host if "://" in url_or_host else f"//{url_or_host}").hostname or ""


def hints_of(source: Source, *, link_text: str | None = None) -> PageHints:
    """Return what a source's file says about its pages."""
    return PageHints(
        body_xpath=source.article.body,
        drop_xpaths=source.article.drop,
        charset=source.fetch.charset,
        link_text=link_text or None,
    )
