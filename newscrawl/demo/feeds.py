"""Feeds and sitemaps of the demo newsroom, for those outlets that have them."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.demo.outlets import Outlet, Posting
from newscrawl.demo.pages import Press

_ROUTES = {
    "feed": ("rss.txt", "application/rss+xml; charset=utf-8"),
    "index": ("sitemap_index.txt", "application/xml"),
    "news": ("sitemap_news.txt", "application/xml"),
    "month": ("sitemap.txt", "application/xml"),
}
SITEMAP_PATHS = {"index": "/sitemap.xml", "news": "/sitemap_news.xml", "month": "/sitemap_2025.xml"}


def print_feeds(press: Press, outlet: Outlet) -> Iterator[tuple[str, str, bytes]]:
    """Yield path, content type and bytes of an outlet's feeds and sitemaps."""
    for path in outlet.feeds:
        yield path, *_print(press, outlet, "feed", outlet.listed("feed"))
    if not outlet.sitemaps:
        return
    for kind, path in SITEMAP_PATHS.items():
        postings = outlet.listed("sitemap")
        yield path, *_print(press, outlet, kind, postings)


def _print(press: Press, outlet: Outlet, kind: str, postings: tuple[Posting, ...]) -> tuple[str, bytes]:
    template, content_type = _ROUTES[kind]
    base = f"http://{outlet.host}:{press.port}"
    links = press.linker(outlet, "/")
    entries = [(base + outlet.path_of(posting), links.to_posting(posting)) for posting in postings]
    content = press.templates.get_template(template).render(
        outlet=outlet, base=base, entries=entries, paths=SITEMAP_PATHS, newest=outlet.postings[0].at
    )
    return content_type, content.encode()
