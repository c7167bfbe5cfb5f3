"""Bodies arrive whole or not at all: compressed ones unpacked with their checksum, cut ones asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.responsetypes import responsetypes

from newscrawl.middlewares.content_encoding import (
    KNOWN,
    CorruptBody,
    OversizeBody,
    decode_body,
    encodings_of,
    is_cut,
)
from newscrawl.middlewares.refusals import BrokenBody, LargeBody, PartialBody

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_ACCEPTED = {"http": "gzip", "https": "gzip, br, zstd"}
"""Without TLS only what has a checksum: a flipped bit in Brotli is another character in the archive."""
_FIRST_ERROR = 400
_PAGES = frozenset({"article", "continuation"})


class CompressionMiddleware:
    """Unpacks bodies, in the place of Scrapy's, and refuses those that are not whole.

    Settings: DOWNLOAD_MAXSIZE, RETRY_ENABLED, RETRY_TIMES.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._retries = crawler.settings.getbool("RETRY_ENABLED")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CompressionMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Say which encodings we read."""
        scheme = request.url.partition(":")[0]
        request.headers.setdefault("Accept-Encoding", _ACCEPTED.get(scheme, "identity"))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response with its body as it was written, or the request again.

        Raises:
            BrokenBody: the body is cut or damaged, again.
            PartialBody: the page was cut, again.
            LargeBody: it unfolds to more than DOWNLOAD_MAXSIZE.
        """
        encodings = encodings_of(response.headers.getlist("Content-Encoding"))
        if encodings and KNOWN.issuperset(encodings):
            try:
                body = decode_body(response.body, encodings, max_size=self._max_size)
            except CorruptBody as error:
                if response.status >= _FIRST_ERROR:
                    return response.replace(body=b"")  # its status says enough
                return self._again(request, BrokenBody(f"{request.url}: {error}"))
            except OversizeBody as error:
                raise LargeBody(f"{request.url}: {error}") from error
            kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
            response = response.replace(cls=kind, body=body)
            del response.headers["Content-Encoding"]
        if request.meta.get("kind") in _PAGES and response.status < _FIRST_ERROR and is_cut(response.body):
            return self._again(
                request, PartialBody(f"{request.url}: {len(response.body)} bytes, without an end")
            )
        return response

    def _again(self, request: Request, error: BrokenBody | PartialBody) -> Request:
        spider = self._crawler.spider
        assert spider is not None
        again = get_retry_request(request, spider=spider, reason=error.reason) if self._retries else None
        if again is None:
            raise error
        return again
