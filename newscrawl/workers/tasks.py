"""What a worker can be asked for: bytes from outside in, small values out.

Loads the extractor and the rules, so the crawl imports it only when it has no workers.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from newscrawl.dedupe import text_keys
from newscrawl.discover import (
    Front,
    Link,
    ShapeMemory,
    SortedLinks,
    family_of,
    find_links,
    is_datastore_url,
    is_paper_page,
    next_page_of_article,
    parse_feed,
    parse_sitemap,
    read_datastore,
    read_front,
    sort_links,
    trap_of_url,
)
from newscrawl.exceptions import PageError, UnreadablePage
from newscrawl.extract import SiteMemory, parse_page
from newscrawl.items import Page
from newscrawl.reading import read_article
from newscrawl.repair import SiteHistory
from newscrawl.sources import Source
from newscrawl.workers.captured_pages import CapturedPage, page_of
from newscrawl.workers.memories import Copies, Reading
from newscrawl.workers.surveys import Survey

LINKS_PER_PAGE = 2_000
"""Of each kind that are taken from one list page; the fullest real section front seen has 600."""
SITEMAPS_PER_INDEX = 500
TITLE_LIMIT = 200
"""Characters of a page's title that are told."""
BATCH = 100
"""Links that the crawl takes in at once: the catalog notes 100 in 25 ms; 50,000 take it ten seconds."""


_COPIES = Copies()


def read(page: Page, version: int, memory: SiteMemory | None, history: SiteHistory) -> Reading | None:
    """Return what comes of a page, read with the memory of its source at a version; None when that is not at hand.

    Raises:
        MemoryError: the page needs more than there is.
    """
    copy = _COPIES.of(page.capture.source, version, memory)
    if copy is None:
        return None
    try:
        article = read_article(page, memory=copy, history=history)
        keyed = replace(article, keys=text_keys(article.body, headline=article.headline))
        return Reading(article=keyed, taught=copy.take_taught())
    except PageError as error:
        if isinstance(error.__cause__, MemoryError):
            raise error.__cause__ from None
        return Reading(error=error.with_traceback(None), taught=copy.take_taught())


def read_captured(
    captured: CapturedPage, version: int, memory: SiteMemory | None, history: SiteHistory
) -> Reading | None:
    """Return what comes of a page that is in a WARC file; as ``read``, which is given the page.

    Raises:
        MemoryError: the page needs more than there is.
    """
    if _COPIES.of(captured.capture.source, version, memory) is None:
        return None
    try:
        page = page_of(captured)
    except PageError as error:
        return Reading(error=error.with_traceback(None))
    return read(page, version, None, history)


def next_page(page: Page) -> str | None:
    """Return the URL of the page that continues an article; None too for what cannot be read."""
    try:
        return next_page_of_article(parse_page(page).tree, page.capture.url)
    except PageError:
        return None


def front(page: Page, source: Source, now: datetime, shapes: ShapeMemory) -> tuple[Front, dict[str, int]]:
    """Return what a list page leads to (articles, lists, the page after it), and how many traps it had, by name.

    Raises:
        PageError: the page cannot be read.
    """
    url = page.capture.url
    if is_datastore_url(url):
        return _slim(read_datastore(page.html, url, source, memory=shapes), now.date())
    tree = parse_page(page).tree
    found = read_front(tree, url, source, memory=shapes, now=now)
    if is_paper_page(tree, url):  # knows its own issue; the issue before it is an ordinary link
        earlier = sort_links(find_links(tree, url, now=now), source).lists
        links = replace(found.links, lists=tuple(dict.fromkeys((*found.links.lists, *earlier))))
        found = replace(found, links=links)
    return _slim(found, now.date())


def survey(page: Page, source: Source, now: datetime) -> Survey:
    """Return what a home page or a list shows of its site.

    Raises:
        PageError: it cannot be read.
    """
    found, _ = front(page, source, now, ShapeMemory())
    if is_datastore_url(page.capture.url):
        return Survey(found)
    parsed = parse_page(page)
    urls = [link.url for link in (*found.links.articles, *found.links.lists)]
    title = " ".join((parsed.tree.findtext(".//title") or "").split())[:TITLE_LIMIT]
    return Survey(found, parsed.charset, title, family_of(urls, parsed.source) or "")


def feed(page: Page, source: Source, now: datetime) -> tuple[Link, ...]:
    """Return the articles of a feed: all its entries, unless the source has a rule for articles.

    Raises:
        PageError: it is no feed.
    """
    found = parse_feed(page.html, page.capture.url, now=now)
    if not found.is_feed and not found.links:
        raise UnreadablePage("not_a_feed", page.capture.url, str(found.mistake or ""))
    links = sort_links(found.links, source)
    return links.articles if source.article_url else (*links.articles, *links.lists, *links.other)


def sitemap(page: Page, source: Source, shapes: ShapeMemory) -> tuple[tuple[bytes, ...], tuple[Link, ...]]:
    """Return the articles of a sitemap, in pickled batches, and the sitemaps of an index."""
    found = parse_sitemap(page.html, page.capture.url)
    articles = iter(sort_links(found.links, source, memory=shapes).articles)
    return tuple(map(pickle.dumps, _batches(articles))), found.sitemaps[:SITEMAPS_PER_INDEX]


def _batches(links: Iterator[Link]) -> Iterator[tuple[Link, ...]]:
    while batch := tuple(islice(links, BATCH)):
        yield batch


def _slim(found: Front, today: date) -> tuple[Front, dict[str, int]]:
    """Return what of a front is followed, and the count of its traps by name."""
    traps: Counter[str] = Counter()
    articles = _without_traps(found.links.articles[:LINKS_PER_PAGE], today, traps)
    lists = _without_traps(found.links.lists[:LINKS_PER_PAGE], today, traps)
    following = found.next_url and trap_of_url(found.next_url, today=today)
    if following:
        traps[following] += 1
    slim = replace(found, links=SortedLinks(articles=articles, lists=lists))
    return replace(slim, next_url=None) if following else slim, dict(traps)


def _without_traps(links: tuple[Link, ...], today: date, traps: Counter[str]) -> tuple[Link, ...]:
    named = [(link, trap_of_url(link.url, today=today)) for link in links]
    traps.update(name for _, name in named if name)
    return tuple(link for link, name in named if name is None)


TASKS: dict[str, Callable[..., Any]] = {
    "read": read,
    "read_captured": read_captured,
    "next_page": next_page,
    "front": front,
    "feed": feed,
    "sitemap": sitemap,
    "survey": survey,
}
