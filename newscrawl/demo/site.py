"""Everything that the demo newsroom answers: host and path to status, header and bytes.

The whole site is printed once when a server starts (some 150 pages), because feeds, sitemaps and absolute
links name the port.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.demo.feeds import print_feeds
from newscrawl.demo.fronts import print_fronts
from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.outlets import Outlet, Posting
from newscrawl.demo.pages import PARTS, Press

BINARY = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 16 + b"\n%%EOF\n"
"""What stands behind the link that looks like an article and is a document."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One answer. With an ``etag`` it is answered 304 when the client knows it already."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    etag: str = ""
    last_modified: datetime | None = None


Site = Mapping[tuple[str, str], Resource]
"""By host without port, and path without query."""

_NO_HOST = Resource(404, "text/plain; charset=utf-8", b"no such host\n")


def render_site(newsroom: Newsroom, port: int) -> dict[tuple[str, str], Resource]:
    """Return every page, list, feed, sitemap and robots.txt of a newsroom that is served on a port.

    The path ``*`` of a host holds the answer to everything else.
    """
    press = Press(newsroom, port)
    return {
        (outlet.host, path.partition("?")[0]): resource
        for outlet in newsroom.outlets
        for path, resource in _resources(press, outlet)
    }


def find_resource(site: Site, host: str, path: str) -> Resource:
    """Return the answer to a request, whatever its query; what is not there is the host's 404 page."""
    for wanted in (path.partition("?")[0], "*"):
        if (host, wanted) in site:
            return site[host, wanted]
    return _NO_HOST


def _resources(press: Press, outlet: Outlet) -> Iterator[tuple[str, Resource]]:
    for posting in outlet.postings:
        yield from _posting_pages(press, outlet, posting)
    newest = outlet.postings[0].at
    for path, body in print_fronts(press, outlet):
        yield path, _with_validators(200, outlet.content_type, body, newest)
    for path, content_type, body in print_feeds(press, outlet):
        yield path, _with_validators(200, content_type, body, newest)
    for path in outlet.services:
        yield path, Resource(200, outlet.content_type, press.print(outlet, "about.html", path))
    if outlet.robots:
        robots = outlet.robots.format(base=f"http://{outlet.host}:{press.port}").encode()
        yield "/robots.txt", _with_validators(200, "text/plain", robots, newest)
    yield "*", Resource(404, outlet.content_type, press.missing(outlet))


def _with_validators(status: int, content_type: str, body: bytes, changed_at: datetime) -> Resource:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Resource(status, content_type, body, etag, changed_at)


def _posting_pages(press: Press, outlet: Outlet, posting: Posting) -> Iterator[tuple[str, Resource]]:
    path = outlet.path_of(posting)
    if posting.page == "binary":
        yield path, Resource(200, "application/pdf", BINARY)
    elif posting.page == "missing":
        yield path, Resource(404, outlet.content_type, press.textless(outlet, posting))
    elif not posting.article:
        yield path, Resource(200, outlet.content_type, press.textless(outlet, posting))
    else:
        for part in range(1, PARTS + 1 if posting.page == "split" else 2):
            body = press.article(outlet, posting, part)
            yield outlet.path_of(posting, part), Resource(200, outlet.content_type, body)
