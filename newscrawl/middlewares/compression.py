"""Bodies arrive whole or not at all: compressed ones unpacked with their checksum, cut ones asked for again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.responsetypes import responsetypes

from newscrawl.middlewares.content_encoding import KNOWN, CorruptBody, OversizeBody, decode_body
from newscrawl.middlewares.refusals import BrokenBody, LargeBody, PartialBody

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_ACCEPTED = {"http": "gzip", "https": "gzip, br, zstd"}
"""Without TLS only what has a checksum: a flipped bit in Brotli is another character in the archive."""
_FIRST_ERROR = 400
_END = b"</html"
_ENDS = (_END, _END.decode().encode("utf-16-le"), _END.decode().encode("utf-16-be"))
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
            PartialBody: the connection ended before the page did, and what came was not the same twice.
            LargeBody: it unfolds to more than DOWNLOAD_MAXSIZE.
        """
        encodings = _encodings_of(response)
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
        if _is_cut(request, response) and not self._came_before(request, response):
            again = self._again(request, PartialBody(request.url))
            again.meta["partial_digest"] = _digest_of(response)
            return again
        return response

    def _came_before(self, request: Request, response: Response) -> bool:
        """Tell whether the last try brought the same: then this is all that the server has."""
        return bool(request.meta.get("partial_digest") == _digest_of(response))

    def _again(self, request: Request, error: BrokenBody | PartialBody) -> Request:
        spider = self._crawler.spider
        assert spider is not None
        again = get_retry_request(request, spider=spider, reason=error.reason) if self._retries else None
        if again is None:
            raise error
        return again


def _encodings_of(response: Response) -> list[str]:
    lines = response.headers.getlist("Content-Encoding")
    names = (name.strip().lower() for line in lines for name in line.decode("latin-1").split(","))
    return [name for name in names if name not in {"", "identity"}]


def _is_cut(request: Request, response: Response) -> bool:
    """Tell whether a page may lack its end: the connection was closed without a length, and no </html> came."""
    if "partial" not in response.flags or request.meta.get("kind") not in _PAGES:
        return False
    body = response.body.lower()
    return not any(end in body for end in _ENDS)


def _digest_of(response: Response) -> str:
    return hashlib.sha256(response.body).hexdigest()
