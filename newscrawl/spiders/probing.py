"""A short look at each of many sources: its start page, a feed, a few lists, and one article as a proof.

About six requests a source, one after the other, by the manners of a crawl; nothing is archived.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.http.request import NO_CALLBACK

from newscrawl.discover import Front, Link, front_records
from newscrawl.exceptions import PageError
from newscrawl.extensions.workers import limits_of
from newscrawl.items import Article, Page
from newscrawl.middlewares.robots import RobotsMiddleware
from newscrawl.repair import SiteHistory
from newscrawl.sources import Source
from newscrawl.sources.probes import Probe, Proof
from newscrawl.spiders.browser import add_browser
from newscrawl.spiders.single_page import WITHOUT_ARCHIVE, page_of
from newscrawl.text.urls import host_of, url_key
from newscrawl.visits.outcomes import outcome_of
from newscrawl.workers import PageReaders, SiteMemories

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LISTS = 3
"""Section fronts that are looked at when the start page alone shows no article that can be read."""
_TRIES = 3
"""Articles that are tried before the source counts as one that cannot be read."""
_LEADS = 3
"""Pages that only send their reader on."""


class ProbeSpider(Spider):
    """Leaves a probe of each source in ``probes``, by id."""

    name = "probe"
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 - declared so by Scrapy
        **WITHOUT_ARCHIVE,
        "EXTENSIONS": {"newscrawl.extensions.throttle.SourceThrottle": 0},
        "MEMUSAGE_ENABLED": False,  # Scrapy's own takes the peak of whoever started it for its own
        "RETRY_ENABLED": False,
    }

    def __init__(self, sources: Mapping[str, Source], progress: Callable[[int, int], None]) -> None:
        super().__init__(self.name)
        self.sources = dict(sources)
        self.probes: dict[str, Probe] = {}
        self.local_hosts = frozenset(
            urlsplit(url).hostname or ""
            for source in sources.values()
            if source.local
            for url in source.start
        )
        self._progress = progress

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ProbeSpider:
        spider = cls(*args, **kwargs)
        spider._set_crawler(crawler)
        add_browser(crawler, spider.sources.values())
        spider._readers = PageReaders(limits_of(crawler.settings), SiteMemories(_nothing_known, _forgotten))
        crawler.signals.connect(spider._stopped, signals.engine_stopped)
        return spider

    _readers: PageReaders

    async def _stopped(self) -> None:
        await self._readers.close()

    def source_of(self, request: Request) -> Source:
        """Return the source that a request is made for."""
        return self.sources[request.meta["source"]]

    async def start(self) -> AsyncIterator[Request]:
        """Look at all sources at once; each is asked for one thing at a time."""
        await asyncio.gather(*map(self._look_at, self.sources.values()))
        nothing: tuple[Request, ...] = ()  # left for the engine; every page was asked for above
        for request in nothing:
            yield request

    async def _look_at(self, source: Source) -> None:
        look = _Look(self, source)
        try:
            await look.at_start()
            await look.at_feed()
            await look.at_articles()
        except _NotHad as not_had:
            look.probe = replace(look.probe, reason=not_had.reason)
        look.note_robots()
        self.probes[source.id] = look.probe
        self._progress(len(self.probes), len(self.sources))

    async def fetch(self, url: str, source: Source) -> Page:
        """Return the page at a URL.

        Raises:
            _NotHad: there is none, and why.
        """
        request = Request(url, NO_CALLBACK, meta={"source": source.id}, dont_filter=True)
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # of the network, of robots.txt, of our own limits: each has its word
            raise _NotHad(outcome_of(error).reason) from error
        if response.status != 200:
            raise _NotHad(f"http_{response.status}")
        return page_of(response, source)

    @property
    def readers(self) -> PageReaders:
        """Read pages, each source in its turn."""
        return self._readers

    def robots_of(self, url: str) -> tuple[str, float, tuple[str, ...]]:
        """Return what the robots.txt of a URL's host is like, its Crawl-delay, and the sitemaps that it names."""
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        policy = robots.known_policy(url) if robots else None
        if policy is None or robots is None:
            return "", 0.0, ()
        word = "closed" if policy.closed else "none" if policy.rules is None else "rules"
        return word, robots.crawl_delay_of(url), policy.sitemaps


class _NotHad(Exception):
    """A page that did not come or cannot be read, with the reason in one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Look:
    """The look at one source, step by step."""

    def __init__(self, spider: ProbeSpider, source: Source) -> None:
        self._spider = spider
        self._source = source
        self._front = Front()
        self._home = source.start[0]
        self.probe = Probe(source.id, self._home, datetime.now(UTC))

    async def at_start(self) -> None:
        """Read the start page, and the page that it may send its reader to."""
        url = self._home
        for _ in range(_LEADS):
            page = await self._spider.fetch(url, self._source)
            try:
                survey = await self._spider.readers.survey(page, self._source)
            except PageError as error:
                raise _NotHad(error.reason) from error
            if survey.front.redirect is None:
                break
            url = survey.front.redirect
        self._home, self._front = page.capture.url, survey.front
        moved = host_of(self._home) if host_of(self._home) != host_of(self._source.start[0]) else ""
        self.probe = replace(
            self.probe,
            moved_to=moved,
            title=survey.title,
            charset=survey.charset,
            family=survey.family,
            list_count=len(self._front.links.lists),
            article_count=len(self._front.links.articles),
        )

    async def at_feed(self) -> None:
        """Read the feed that the source names, or the first that its start page does."""
        feeds = (*self._source.feeds, *self._front.feeds)
        if not feeds:
            return
        try:
            page = await self._spider.fetch(feeds[0], self._source)
            links = await self._spider.readers.feed(page, self._source)
        except (_NotHad, PageError) as error:
            self._note_failure(error.reason, feeds[0])
            return
        self.probe = replace(self.probe, feed=feeds[0], feed_count=len(links))

    async def at_articles(self) -> None:
        """Read one article, of the start page or of the lists that look best."""
        if await self._read_one_of(self._front.links.articles):
            return
        for record in front_records(self._front.links.lists)[:_LISTS]:
            try:
                page = await self._spider.fetch(record.url, self._source)
                survey = await self._spider.readers.survey(page, self._source)
            except (_NotHad, PageError) as error:
                self._note_failure(error.reason, record.url)
                continue
            known = {url_key(link.url) for link in self._front.links.articles}
            links = tuple(link for link in survey.front.links.articles if url_key(link.url) not in known)
            self.probe = replace(
                self.probe,
                article_count=self.probe.article_count + len(links),
                family=self.probe.family or survey.family,
            )
            if await self._read_one_of(links):
                return

    async def _read_one_of(self, links: tuple[Link, ...]) -> bool:
        for link in links[:_TRIES]:
            try:
                page = await self._spider.fetch(link.url, self._source)
                async with self._spider.readers.turn(self._source.id):
                    article = await self._spider.readers.read(page, SiteHistory())
            except (_NotHad, PageError) as error:
                self._note_failure(error.reason, link.url)
                continue
            self.probe = replace(self.probe, proof=_proof_of(article))
            return True
        return False

    def _note_failure(self, reason: str, url: str) -> None:
        self.probe = replace(self.probe, failures=(*self.probe.failures, f"{reason} {url}"))

    def note_robots(self) -> None:
        """Add what robots.txt has said; it was asked with the first page."""
        word, delay, sitemaps = self._spider.robots_of(self._source.start[0])
        self.probe = replace(self.probe, robots=word, crawl_delay=delay, sitemaps=sitemaps)


def _proof_of(article: Article) -> Proof:
    published, region = article.metadata.date_published, article.metadata.region
    return Proof(
        url=article.capture.url,
        headline=article.headline or "",
        published=published.isoformat() if published else None,
        outlet=article.source_outlet,
        characters=len(article.body),
        region=str(region) if region else None,
    )


async def _nothing_known(source: str) -> None:
    """Return what earlier visits taught of a source: a look uses none of it."""


async def _forgotten(source: str, state: object) -> None:
    """Let go of what a look taught."""
