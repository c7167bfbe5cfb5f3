"""Pages that are empty without JavaScript: a browser runs their scripts, and has no network of its own.

Only for sources that say ``render = true``. The page itself is fetched as every other one; the browser is given
what came, and whatever its scripts ask for is fetched by the crawl: within the scope, from public addresses, as
robots.txt allows, with the limits and at the pace of the source. All of it stands in the WARC files as it was
sent, and the page as the scripts left it beside it, as a ``conversion``.

Tried and rejected: the download handler of scrapy-playwright. With it Chromium connects to whatever a page
names, the operator's own network included, as often as it likes and without limits of size. Its provider of
browsers and its settings (PLAYWRIGHT_LAUNCH_OPTIONS …) are used.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.extensions.archive import archive_of
from newscrawl.items import Capture
from newscrawl.middlewares.refusals import LargeBody, NotRendered
from newscrawl.spiders.browser import wants_browser
from newscrawl.storage import Exchange

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.middlewares.browser import Asset, Browser
    from newscrawl.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

_OK = 200
_ASSET_PRIORITY = 100
"""A page that is being rendered is finished before the next is asked for."""
_HTML = "text/html; charset=utf-8"


class RenderMiddleware:
    """Replaces the page of a source that wants it by what its scripts make of it.

    Stands behind the unpacking of bodies. Settings: DOWNLOAD_MAXSIZE, and those of scrapy-playwright.

    Raises:
        NotConfigured: no source of this crawl wants it.
        RenderingUnavailable: one does, and the extra is not installed.
    """

    def __init__(self, crawler: Crawler) -> None:
        spider: NewsSpider = crawler.spider  # type: ignore[assignment]
        if not wants_browser(spider.sources.values()):
            raise NotConfigured
        self._crawler = crawler
        self._browser: Browser | None = None
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        crawler.signals.connect(self._stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderMiddleware:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the page after its scripts have run; everything that is no page as it is.

        Raises:
            NotRendered: it did not come to rest.
            LargeBody: it has grown to more than DOWNLOAD_MAXSIZE.
        """
        if not self._is_wanted(request, response):
            return response
        from newscrawl.middlewares.browser import Asset, Browser, RenderingFailed

        self._browser = self._browser or Browser(self._crawler.settings)
        page = Asset(response.body, _type_of(response) or "text/html")
        try:
            html = await self._browser.render(response.url, page, lambda url: self._fetch(url, request))
        except RenderingFailed as failed:
            raise NotRendered(f"{response.url}: {failed}") from failed
        body = html.encode("utf-8", "replace")
        if len(body) > self._max_size:
            raise LargeBody(f"{response.url}: {len(body)} bytes after its scripts ran")
        if "capture" in request.meta:
            request.meta["capture"] = await self._recorded(request.meta["capture"], body)
        headers = response.headers.copy()
        headers["Content-Type"] = _HTML
        return response.replace(cls=HtmlResponse, body=body, headers=headers, encoding="utf-8")

    def _is_wanted(self, request: Request, response: Response) -> bool:
        spider: NewsSpider = self._crawler.spider  # type: ignore[assignment]
        if request.meta.get("robots") or request.meta.get("asset") or response.status != _OK:
            return False
        return isinstance(response, HtmlResponse) and spider.source_of(request).fetch.render

    async def _fetch(self, url: str, page: Request) -> Asset | None:
        """Return what is at a URL, fetched as the page itself was; None when our own rules or the site refuse it."""
        from newscrawl.middlewares.browser import Asset

        assert self._crawler.engine is not None
        meta = {"source": page.meta["source"], "asset": True}
        headers = {"Referer": page.url}
        try:
            request = Request(url, NO_CALLBACK, headers=headers, meta=meta, priority=_ASSET_PRIORITY)
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # the page does without it, as in a browser
            logger.info("%s, for %s: %s", url, page.url, error)
            return None
        return Asset(response.body, _type_of(response) or "application/octet-stream", response.status)

    async def _recorded(self, captured: Capture, body: bytes) -> Capture:
        """Return the capture of a rendered page: a record of its own, which names the one it was made from."""
        assert self._browser is not None
        exchange = Exchange(
            url=captured.url,
            fetched_at=datetime.now(UTC),
            status=_OK,
            body=body,
            response_headers=(("Content-Type", _HTML),),
            converted_from=captured.warc.record_id if captured.warc else None,
            notes={"software": self._browser.version, "description": "the page after its scripts ran"},
        )
        async with archive_of(self._crawler).writing() as archive:
            return replace(captured, warc=archive.record(exchange))

    async def _stopped(self) -> None:
        if self._browser is not None:
            await self._browser.close()


def _type_of(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
