"""The simulated sites (tests/sites), walked from their start URL without a crawl: what reading their pages alone finds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
from lxml.html import document_fromstring

from newscrawl.discover.fronts import Front, is_datastore_url, read_datastore, read_front
from newscrawl.discover.links import find_links
from newscrawl.discover.papers import is_paper_page
from newscrawl.discover.sorting import sort_links
from newscrawl.sources import Source
from newscrawl.text.urls import url_key
from tests.sites.manners import MANNERS
from tests.sites.server import Clock, SiteOnline
from tests.sites.site import plain_target

START = datetime(2026, 11, 10, 9, tzinfo=timezone(timedelta(hours=8)))
LISTS = {"home", "channel", "list", "part", "topic"}


@dataclass
class Walk:
    """What one visit to a site found and cost."""

    found: set[str] = field(default_factory=set)
    lists: int = 0
    wasted: list[str] = field(default_factory=list)


def read(site: SiteOnline, url: str, source: Source) -> Front | None:
    target = url.partition(site.host)[2].partition("/")[2]
    place = site.place_of(f"/{target}")
    if place.kind not in LISTS:
        return None
    body = site.encode(place, f"/{target}", len(target))
    if is_datastore_url(url):
        return read_datastore(body, url, source)
    tree = document_fromstring(body.decode(site.manner.encoding))
    front = read_front(tree, url, source)
    if not is_paper_page(tree, url):
        return front
    earlier = sort_links(find_links(tree, url), source).lists
    return Front(type(front.links)(front.links.articles, (*front.links.lists, *earlier)))


def walk(site: SiteOnline, known: frozenset[str] = frozenset()) -> Walk:
    """Walk a site as a crawl does: every list once, its pages as long as they bring something new."""
    source = Source(id=site.id, name=site.name, start=f"{site.base}/")
    result, waiting, seen = Walk(), deque([f"{site.base}/"]), {f"{site.base}/"}
    while waiting:
        url = waiting.popleft()
        front = read(site, url, source)
        if front is None:
            result.wasted.append(url)
            continue
        result.lists += 1
        paths = {path_of(link.url) for link in front.links.articles}
        following = [front.next_url] if front.next_url and paths - known - result.found else []
        result.found |= paths
        targets = [front.redirect] if front.redirect else [link.url for link in front.links.lists]
        for target in [*targets, *following]:
            if urlsplit(target).hostname == site.host and url_key(target) not in seen:
                seen.add(url_key(target))
                waiting.append(target)
    return result


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return plain_target(parts.path + (f"?{parts.query}" if parts.query else ""))


def check_site(key: str, count: int, seed: int) -> None:
    clock = Clock(START)
    site = SiteOnline(key, count, START, clock.now, seed, 8000)
    there = site.article_paths()
    first = walk(site)
    assert len(first.found & there) >= 0.99 * len(there)

    clock.move(timedelta(hours=24))  # a newspaper has an issue a day
    fresh = site.article_paths() - there
    assert fresh
    assert fresh <= walk(site, known=frozenset(first.found)).found


@pytest.mark.parametrize("key", MANNERS)
def test_every_article_is_found_from_the_start_url_alone(key):
    check_site(key, 30, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 6))
@pytest.mark.parametrize("key", MANNERS)
def test_every_article_of_a_large_site_is_found(key, seed):
    check_site(key, 2000, seed)
