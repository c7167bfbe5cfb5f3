"""The one spider: it opens the visits of its sources, and takes in what they answer.

What is asked for, and when, is decided by the visits (`newscrawl.visits`). An article split over several pages
is put together here and handed on as one Page; everything after that is the business of the pipelines.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.discover import directives_of
from newscrawl.exceptions import ArchiveError, PageError
from newscrawl.extensions.tally import count, note_error
from newscrawl.extensions.workers import readers_of
from newscrawl.items import Page
from newscrawl.middlewares.refusals import KnownPage, OutOfScope
from newscrawl.sources import Source
from newscrawl.spiders.arguments import CrawlArguments, source_for
from newscrawl.spiders.known_sources import sources_of
from newscrawl.spiders.page_hints import hints_of
from newscrawl.visits.calls import ListCall
from newscrawl.visits.frontier import CrawlFrontier
from newscrawl.visits.hosts import REFUSING, hostname_of, retry_after_of
from newscrawl.visits.learning import Learning
from newscrawl.visits.lists import ListKeeper
from newscrawl.visits.opening import Asked
from newscrawl.visits.outcomes import Outcome, outcome_of
from newscrawl.visits.visit import Budget, Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from newscrawl.visits.scheduler import VisitScheduler

_PAUSE_EVERY = 20
"""Named pages that are noted in one go; then whatever else waits has its turn."""


class NewsSpider(Spider):
    """Crawls the sources that its arguments name (`CrawlArguments`), or the one that it was made for."""

    name = "news"
    chosen: tuple[str, ...] = ()
    """Ids of the sources that this spider was made for; empty for the spider of them all."""

    _frontier: CrawlFrontier
    _lists: ListKeeper
    _learning: Learning

    def __init__(self, arguments: CrawlArguments, sources: dict[str, Source]) -> None:
        super().__init__(self.name)
        self.sources = sources
        self.local_hosts = frozenset(
            host for source in sources.values() if source.local for host in _local_hosts_of(source)
        )
        self._urls = arguments.urls()
        self._asked = Asked(arguments.wants_everything(), arguments.span())

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Read the sources and the arguments; give every host of a source the delay that its file states."""
        if cls.chosen:
            kwargs = {**kwargs, "sources": ",".join(cls.chosen)}
        arguments = CrawlArguments.of(kwargs)
        spider = cls(arguments, arguments.choose(sources_of(crawler.settings)))
        spider._set_crawler(crawler)
        spider._frontier = CrawlFrontier(crawler)
        spider._learning = Learning(crawler, spider._frontier)
        spider._lists = ListKeeper(crawler, spider._frontier, spider._asked)
        crawler.settings.set("DOWNLOAD_SLOTS", spider.download_slots(crawler.settings), priority="spider")
        return spider

    def download_slots(self, settings: BaseSettings) -> dict[str, dict[str, float]]:
        """Return Scrapy's per-host settings for the sources that state a delay of their own, in seconds."""
        limit = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        return {
            host: {"delay": source.fetch.delay, "concurrency": limit}
            for source in self.sources.values()
            if source.fetch.delay is not None
            for host in _hosts_of(source)
        }

    def source_of(self, request: Request) -> Source:
        """Return the source that a request is made for."""
        return self.sources[request.meta["source"]]

    # --- visits ---

    async def start(self) -> AsyncIterator[Request]:
        """Open the visits; what they want is asked for by the scheduler, and nothing here."""
        with _stopping():
            await (self._open_named() if self._urls else self._open_all())
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _open_named(self) -> None:
        """Queue the pages that the operator named, and none that earlier runs have left."""
        for number, url in enumerate(self._urls):
            source = source_for(url, self.sources)
            visit = self._scheduler.visit_of(source.id) or await self._open(source)
            visit.has_more = False
            await self._frontier.note_named(visit, url)
            if number % _PAUSE_EVERY == 0:
                await asyncio.sleep(0)

    async def _open_all(self) -> None:
        for source in self.sources.values():
            await self._frontier.open(await self._open(source), self._asked)
            await asyncio.sleep(0)  # whatever else waits has its turn

    async def _open(self, source: Source) -> Visit:
        visit = Visit(source, self._budget_of(source), await self._frontier.lessons_of(source))
        visit.on_event = lambda event, times: count(self.crawler.stats, source.id, event, times=times)
        self._scheduler.add(visit)
        return visit

    def _budget_of(self, source: Source) -> Budget:
        return Budget(
            self.settings.getint("CRAWL_LISTS_PER_SOURCE"),
            self.settings.getint("CRAWL_ARTICLES_PER_SOURCE"),
            source.fetch.budget,
        )

    @property
    def _scheduler(self) -> VisitScheduler:
        return self.crawler.engine.scheduler  # type: ignore[return-value]

    def _visit(self, asked: Request | Response) -> Visit:
        visit = self._scheduler.visit_of(asked.meta["source"])
        assert visit is not None
        return visit

    # --- answers ---

    async def parse_list(self, response: Response) -> None:
        """Take in what a list leads to: articles, lists, its next page."""
        visit = self._visit(response)
        with _stopping():
            try:
                await self._lists.take(response, self._page_of(response), visit)
            except PageError as error:
                self.logger.warning("a list cannot be read: %s", error)
                await self._failed_list(response, Outcome("failed", error.reason))
            await self._frontier.refill(visit)

    async def parse_article(self, response: Response) -> AsyncIterator[Request | Page]:
        """Hand on the page, or ask for the page that continues it."""
        visit = self._visit(response)
        with _stopping():
            await self._frontier.settle_redirects(response)
            await self._frontier.refill(visit)
            if self._is_not_to_be_archived(response):
                detail = "the page asks for it"
                await self._frontier.settle_unwanted(response.url, visit, "noarchive", detail)
                return
        yield await self._continued(response, ())

    def _is_not_to_be_archived(self, response: Response) -> bool:
        stated = self.sources[response.meta["source"]].fetch.obey_noarchive
        if not (self.settings.getbool("CRAWL_OBEY_NOARCHIVE") if stated is None else stated):
            return False
        header = (response.headers.get("X-Robots-Tag") or b"").decode("latin-1")
        return "noarchive" in directives_of(response.body, header)

    async def parse_continuation(self, response: Response) -> AsyncIterator[Request | Page]:
        """Add a page to the article that it continues."""
        yield await self._continued(response, response.meta["pages"])

    async def _continued(self, response: Response, before: tuple[Page, ...]) -> Request | Page:
        """Return the request for the next page of an article, or the whole of it when there is none."""
        pages = (*before, self._page_of(response))
        try:
            url = await readers_of(self.crawler).next_page(pages[-1])
        except PageError:
            url = None  # the pipeline says why
        known = {page.capture.url for page in pages}
        if url is None or url in known or len(pages) >= self.settings.getint("CRAWL_ARTICLE_PAGES"):
            return replace(pages[0], continuations=pages[1:])
        meta = {"source": response.meta["source"], "kind": "continuation", "pages": pages}
        return Request(url, self.parse_continuation, errback=self.failed, meta=meta, dont_filter=True)

    def _page_of(self, response: Response) -> Page:
        content_type = response.headers.get("Content-Type")
        return Page(
            capture=response.meta["capture"],
            html=response.body,
            content_type=content_type.decode("latin-1") if content_type else None,
            hints=hints_of(self.sources[response.meta["source"]], link_text=response.meta.get("link_text")),
        )

    # --- what could not be had ---

    async def failed(self, failure: Failure) -> None:
        """Note what became of something that could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        outcome = outcome_of(failure.value)
        with suppress(ArchiveError):  # the crawl is being stopped; the URL stays as it was
            if request.meta["kind"] == "list":
                self._tell_of_move(request, failure.value)
                await self._failed_list(request, outcome, _rest_of(failure.value))
            elif isinstance(failure.value, KnownPage):
                await self._frontier.settle_redirects(request)
            else:
                await self._failed_article(request, outcome, failure.value)
            await self._frontier.refill(self._visit(request))

    async def _failed_list(
        self, asked: Request | Response, outcome: Outcome, rest: timedelta | None = None
    ) -> None:
        if outcome.state == "quarantined":  # nothing is lost with a list, and it is asked for again
            outcome = Outcome("failed", outcome.reason)
        self._tell(asked, outcome)
        await self._lists.failed(asked.meta["call"], self._visit(asked), outcome, retry_after=rest)

    async def _failed_article(self, request: Request, outcome: Outcome, error: BaseException | None) -> None:
        self._tell(request, outcome)
        for url in _article_urls(request):
            await self._frontier.settle_failed(
                url, request.meta["source"], outcome, detail=str(error), retry_after=_rest_of(error)
            )

    def _tell_of_move(self, request: Request, error: BaseException | None) -> None:
        """Say so when a source's start page leads to a host that is not in its scope: the site has moved."""
        call: ListCall = request.meta["call"]
        if isinstance(error, OutOfScope) and request.meta.get("redirect_urls") and not call.walk.record.depth:
            host, source = hostname_of(request.url), self.source_of(request)
            count(self.crawler.stats, source.id, f"moved/{host}")
            self.logger.warning(
                "%s has moved: %s leads to %s, which is not in its scope (%s)",
                source.id, call.url, request.url, ", ".join(source.scope),
            )  # fmt: skip

    def _tell(self, asked: Request | Response, outcome: Outcome) -> None:
        count(self.crawler.stats, asked.meta["source"], f"{outcome.state}/{outcome.reason}")
        note_error(self.crawler.stats, asked.meta["source"], f"{outcome.reason} {asked.url}")
        self.logger.info("%s: %s, %s", asked.url, *outcome)


def _hosts_of(source: Source) -> tuple[str, ...]:
    """Return the hosts that a source's file names."""
    return (*map(hostname_of, source.start), *(hostname_of(f"//{one}") for one in source.scope))


def _local_hosts_of(source: Source) -> Iterator[str]:
    """Yield its start hosts and what its scope states below them; no other name for this machine."""
    starts = {hostname_of(url) for url in source.start}
    for host in _hosts_of(source):
        if any(host == start or host.endswith(f".{start}") for start in starts):
            yield host


def _rest_of(error: BaseException | None) -> timedelta | None:
    """Return how long the host wants to be left alone, where it said so."""
    if not isinstance(error, HttpError) or error.response.status not in REFUSING:
        return None
    return retry_after_of(error.response.headers.get("Retry-After"), datetime.now(UTC))


def _article_urls(request: Request) -> tuple[str, ...]:
    """Return the URLs of the frontier that a request stood for, those it was redirected from included."""
    if request.meta["kind"] == "continuation":
        return (request.meta["pages"][0].capture.url,)
    return (*request.meta.get("redirect_urls", ()), request.url)


@contextmanager
def _stopping() -> Iterator[None]:
    """Stop the crawl, in silence, when the archive refuses: the command says why."""
    try:
        yield
    except ArchiveError as failure:
        raise CloseSpider(failure.reason) from failure
