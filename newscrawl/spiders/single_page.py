"""Fetches one page for a person to look at, by the same manners as a crawl, and archives nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response

from newscrawl.items import Capture, Page
from newscrawl.sources import Source
from newscrawl.spiders.browser import add_browser
from newscrawl.spiders.page_hints import hints_of
from newscrawl.visits.outcomes import Outcome, outcome_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure


WITHOUT_ARCHIVE: dict[str, Any] = {
    "EXTENSIONS": {},
    "ITEM_PIPELINES": {},
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "DOWNLOADER_MIDDLEWARES": {
        "newscrawl.middlewares.scope.ScopeMiddleware": 50,
        "newscrawl.middlewares.robots.RobotsMiddleware": 100,
        "newscrawl.middlewares.compression.CompressionMiddleware": 590,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    },
}
"""Settings of a spider that shows what it fetches and keeps nothing."""


class SinglePageSpider(Spider):
    """Leaves the page in ``page``, or in ``outcome`` why it could not be had."""

    name = "single-page"
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 - declared so by Scrapy
        **WITHOUT_ARCHIVE,
        "DOWNLOAD_DELAY": 0.1,
        "AUTOTHROTTLE_ENABLED": False,  # two requests; it would begin with five seconds
        "MEMUSAGE_ENABLED": False,  # one page of at most DOWNLOAD_MAXSIZE
    }

    def __init__(self, url: str, source: Source) -> None:
        super().__init__(self.name)
        self._url = url
        self._source = source
        self.sources = {source.id: source}
        host = urlsplit(url).hostname
        self.local_hosts = frozenset({host} if source.local and host else ())
        self.page: Page | None = None
        self.outcome: Outcome | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SinglePageSpider:
        spider = cls(*args, **kwargs)
        spider._set_crawler(crawler)
        add_browser(crawler, spider.sources.values())
        return spider

    def source_of(self, request: Request) -> Source:
        """Return the source that the page belongs to."""
        return self._source

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the page."""
        meta = {"source": self._source.id}
        yield Request(self._url, self.keep, errback=self.failed, meta=meta, dont_filter=True)

    def keep(self, response: Response) -> None:
        """Keep the page as a spider of news would hand it on."""
        self.page = page_of(response, self._source)

    def failed(self, failure: Failure) -> None:
        """Keep why it could not be had."""
        self.outcome = outcome_of(failure.value)


def page_of(response: Response, source: Source) -> Page:
    """Return a response as the page of a source, as a spider of news would hand it on."""
    content_type = response.headers.get("Content-Type")
    return Page(
        capture=Capture(response.url, source.id, datetime.now(UTC)),
        html=response.body,
        content_type=content_type.decode("latin-1") if content_type else None,
        hints=hints_of(source),
    )
