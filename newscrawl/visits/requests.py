"""A call -> the request that Scrapy sends: the one place where requests of a visit are made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request

from newscrawl.sources import Source
from newscrawl.visits.calls import ArticleCall, Call, ListCall

if TYPE_CHECKING:
    from newscrawl.spiders.news import NewsSpider

NOT_MODIFIED = 304


def request_for(call: Call, source: Source, spider: NewsSpider) -> Request:
    """Return the request for a call; its answer goes to the spider."""
    if isinstance(call, ArticleCall):
        meta: dict[str, Any] = {"source": source.id, "kind": "article", "link_text": call.text}
        return _request(call.url, spider.parse_article, spider, meta)
    meta = {"source": source.id, "kind": "list", "call": call, "handle_httpstatus_list": [NOT_MODIFIED]}
    request = _request(call.url, spider.parse_list, spider, meta)
    request.headers.update(_conditions(call))
    return request


def _request(url: str, callback: Any, spider: NewsSpider, meta: dict[str, Any]) -> Request:  # noqa: ANN401
    return Request(url, callback, errback=spider.failed, meta=meta, dont_filter=True)


def _conditions(call: ListCall) -> dict[str, str]:
    """Return the headers that ask for a list only if it has changed (RFC 9110 13.1)."""
    if call.known is None or not call.walk.is_first or call.walk.record.asks_in_full(datetime.now(UTC)):
        return {}
    pairs = {"If-None-Match": call.known.etag, "If-Modified-Since": call.known.last_modified}
    return {name: value for name, value in pairs.items() if value}
