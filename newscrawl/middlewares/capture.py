"""Every response becomes a WARC record before anyone has looked at it, also of pages that become no article."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newscrawl.extensions.archive import archive_of
from newscrawl.items import Capture
from newscrawl.storage import Exchange

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

_LARGE = 512 * 1024
"""Bytes above which a body is packed in a thread; a smaller one takes the reactor 10 ms at most."""


class CaptureMiddleware:
    """Stands nearest to the wire, so that bodies are kept compressed as they were sent.

    Leaves the Capture in ``request.meta["capture"]``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Append the request and the response to the archive."""
        exchange = exchange_of(request, response)
        written = None
        if len(exchange.body) > _LARGE:
            async with archive_of(self._crawler).writing() as archive:
                writing = archive.writing_of(exchange)
            written = await asyncio.to_thread(writing)
        async with archive_of(self._crawler).writing() as archive:
            pointer = archive.record(exchange, written)
        request.meta["capture"] = Capture(
            url=response.url,
            source=request.meta.get("source", ""),
            captured_at=exchange.fetched_at,
            warc=pointer,
        )
        return response


def exchange_of(request: Request, response: Response) -> Exchange:
    """Return what went over the wire, as far as Scrapy has kept it: the chunks are joined, names are Title-Case."""
    return Exchange(
        url=response.url,
        method=request.method,
        request_headers=_pairs(request.headers),
        status=response.status,
        response_headers=_pairs(response.headers),
        body=response.body,
        ip=str(response.ip_address) if response.ip_address else None,
        fetched_at=datetime.now(UTC),
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    )
