"""Scrapy's download handler with an end to the headers of a response, and to a response when the crawl ends.

DOWNLOAD_MAXSIZE counts bodies only: a server that never ends its headers took 1.2 GB in 30 s, and 100,000
headers 2.9 s of the reactor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.web._newclient import ParseError

from newscrawl.extensions.clean_stop import stop_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

HEADER_BYTES = 64 * 1024
"""Of all headers of a response together; nginx, Apache and the common browsers draw the line at 8 to 256 KB."""
HEADER_COUNT = 500
"""Lines; a real response has 10 to 40."""


class CappedDownloadHandler(HTTP11DownloadHandler):
    """Gives up a response that has more or longer headers than anybody sends."""

    lazy = False
    """Made before the crawl begins: what Scrapy imports for it takes a third of a second."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _CappedFactory

    async def download_request(self, request: Request) -> Response:
        """Return the response, unless the crawl ends before it is here."""
        stop = stop_of(self._crawler)
        download = super().download_request(request)
        return await (stop.answer(download) if stop else download)


class _CappedParser(_LenientHTTPClientParser):
    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        self._header_bytes = getattr(self, "_header_bytes", 0) + len(line)
        self._header_count = getattr(self, "_header_count", 0) + 1
        if self._header_bytes > HEADER_BYTES or self._header_count > HEADER_COUNT:
            raise ParseError("the headers do not end", line[:100])  # type: ignore[no-untyped-call]
        super().lineReceived(line)


class _CappedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        response = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _CappedParser  # as the base class does, and for its reason
        return response


class _CappedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _CappedProtocol:  # noqa: N802
        return _CappedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
