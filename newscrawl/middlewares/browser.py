"""Chromium without a network: it gets a page and whatever its scripts ask for from the crawl, and gives the page back.

Three things keep it from the network: every request is answered by us or refused, no name resolves, and what
would still go out goes to a proxy that is not there. Web sockets are closed, service workers and downloads off.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Browser as ChromiumBrowser
    from playwright.async_api import BrowserContext, Route, WebSocketRoute
    from scrapy.settings import Settings

PAGE_SECONDS = 180.0
"""For a page and all that its scripts ask for, one thing at a time at the pace of the source."""
CONTENT_SECONDS = 10.0
"""For the text of a page that has come to rest; a script that never ends has none."""
REQUESTS_PER_PAGE = 30
"""Scripts and data that a page may ask for."""
ASSETS_KEPT = 200
"""Scripts that are kept for the next page of a site, which asks for the same."""
ASSET_MAX_BYTES = 2 << 20
PAGES_AT_ONCE = 2
"""A page takes 50 to 200 MB in Chromium."""

_WANTED = frozenset({"document", "script", "xhr", "fetch", "other"})
"""What can bring text; pictures, fonts, films and style sheets cannot."""
_KEPT = frozenset({"script"})
_NOWHERE = "http://127.0.0.1:9"
"""The port of a service that discards, where nobody listens."""
_ARGUMENTS = [
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-quic",
]


@dataclass(frozen=True, slots=True)
class Asset:
    """What the crawl has fetched for a page."""

    body: bytes = field(repr=False)
    content_type: str = "text/html"
    status: int = 200


Fetch = Callable[[str], Awaitable[Asset | None]]
"""URL -> what is there; None when it may not be had."""


class RenderingFailed(Exception):
    """The browser has not given the page back."""


def _failures() -> tuple[type[Exception], ...]:
    from playwright.async_api import Error

    return Error, TimeoutError


class Browser:
    """A Chromium, started with the first page. Settings: those of scrapy-playwright."""

    def __init__(self, settings: Settings) -> None:
        from scrapy_playwright.handler import Config  # of the extra ``js``
        from scrapy_playwright.provider import PlaywrightBrowserProvider

        config = Config.from_settings(settings)
        config.launch_options = launch_options(config.launch_options)
        self._provider = PlaywrightBrowserProvider(config)
        self._chromium: ChromiumBrowser | None = None
        self._starting = asyncio.Lock()
        self._pages = asyncio.Semaphore(PAGES_AT_ONCE)
        self._kept: dict[str, Asset] = {}

    @property
    def version(self) -> str:
        """The browser's own name and version."""
        return f"Chromium {self._chromium.version}" if self._chromium else ""

    async def render(self, url: str, page: Asset, fetch: Fetch) -> str:
        """Return the HTML of a page after its scripts have run and asked for nothing more.

        Raises:
            RenderingFailed: it did not come to rest in time, or the browser cannot be had.
        """
        async with self._pages:
            try:
                return await asyncio.wait_for(self._rendered(url, page, fetch), PAGE_SECONDS)
            except _failures() as error:
                words = str(error).strip().partition("\n")[0]
                raise RenderingFailed(words or f"not at rest after {PAGE_SECONDS:.0f} s") from error

    async def close(self) -> None:
        """End the browser."""
        if self._chromium is not None:
            await self._chromium.close()
            await self._provider.close()
            self._chromium = None

    async def _rendered(self, url: str, page: Asset, fetch: Fetch) -> str:
        chromium = await self._started()
        context = await chromium.new_context(service_workers="block", accept_downloads=False)
        try:
            await _Answers(self._kept, {url: page}, fetch).give(context)
            tab = await context.new_page()
            await tab.goto(url, wait_until="networkidle", timeout=PAGE_SECONDS * 1000)
            return await asyncio.wait_for(tab.content(), CONTENT_SECONDS)
        finally:
            await asyncio.shield(self._end(context))

    async def _end(self, context: BrowserContext) -> None:
        """Close the tabs; a browser that does not is given up for a new one."""
        try:
            await asyncio.wait_for(context.close(), CONTENT_SECONDS)
        except _failures():
            if self._chromium is not None:
                await self._chromium.close()
                self._chromium = None

    async def _started(self) -> ChromiumBrowser:
        async with self._starting:
            if self._provider.playwright is None:
                await self._provider.start()
            if self._chromium is None or not self._chromium.is_connected():
                self._chromium = await self._provider.launch_browser()
            return self._chromium


class _Answers:
    """What one page is given."""

    def __init__(self, kept: dict[str, Asset], given: dict[str, Asset], fetch: Fetch) -> None:
        self._kept = kept
        self._given = given
        self._fetch = fetch
        self._count = 0

    async def give(self, context: BrowserContext) -> None:
        """Stand between the pages of a context and the network."""
        await context.route("**/*", self._answer)
        await context.route_web_socket("**/*", _hang_up)

    async def _answer(self, route: Route) -> None:
        request = route.request
        if request.method != "GET" or request.resource_type not in _WANTED:
            await route.abort()
            return
        url = request.url.partition("#")[0]
        asset = self._given.get(url) or self._kept.get(url) or await self._fetched(url)
        if asset is None:
            await route.abort("blockedbyclient")
            return
        if request.resource_type in _KEPT and len(self._kept) < ASSETS_KEPT:
            self._kept[url] = asset
        await route.fulfill(
            status=asset.status,
            body=asset.body,
            headers={"content-type": asset.content_type, "access-control-allow-origin": "*"},
        )

    async def _fetched(self, url: str) -> Asset | None:
        self._count += 1
        if self._count > REQUESTS_PER_PAGE:
            return None
        asset = await self._fetch(url)
        return asset if asset is not None and len(asset.body) <= ASSET_MAX_BYTES else None


async def _hang_up(socket: WebSocketRoute) -> None:
    await socket.close()


def launch_options(stated: dict[str, Any]) -> dict[str, Any]:
    """Return how Chromium is started: as the operator states it, and always without a network."""
    options: dict[str, Any] = {"chromium_sandbox": os.geteuid() != 0, **stated}  # root has no sandbox to give
    if "executable_path" not in options and "channel" not in options and (found := shutil.which("chromium")):
        options["executable_path"] = found
    options["args"] = [*options.get("args", ()), *_ARGUMENTS]
    options["proxy"] = {"server": _NOWHERE, "bypass": "<-loopback>"}
    return options
