"""The simulated sites themselves: every link of theirs leads somewhere, and what they say of themselves holds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from urllib.parse import urljoin, urlsplit

import pytest
from lxml.html import document_fromstring

from tests.sites.manners import MANNERS
from tests.sites.server import Clock, SiteOnline, site_server
from tests.sites.site import TO_COME

START = datetime(2026, 11, 10, 9, tzinfo=timezone(timedelta(hours=8)))


def site_of(key, count=30, seed=1):
    return SiteOnline(key, count, START, Clock(START).now, seed, 8000)


def targets_on(site, path):
    place = site.place_of(path)
    tree = document_fromstring(site.encode(place, path, 1).decode(site.manner.encoding))
    for element in tree.iter("a", "area"):
        parts = urlsplit(urljoin(site.base + path, element.get("href")))
        if parts.scheme == "http" and parts.hostname == site.host:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.mark.parametrize("key", MANNERS)
def test_no_link_is_broken(key):
    site = site_of(key)
    pages = ["/", *site.lists(), *site.service, *site.topics, *sorted(site.article_paths())[:3]]
    broken = {
        (path, target)
        for path in pages
        for target in targets_on(site, path)
        if site.place_of(target).kind == "missing"
    }
    assert not broken


@pytest.mark.parametrize("key", MANNERS)
def test_a_site_has_as_many_articles_as_it_was_given(key):
    site = site_of(key)
    assert len(site.article_paths()) == 30 or (
        site.is_paper and site.article_paths()
    )  # an issue is out or is not


def test_a_site_is_the_same_whoever_makes_it():
    one, other = site_of("dede"), site_of("dede")
    path = min(one.article_paths())
    assert one.encode(one.place_of(path), path, 1) == other.encode(other.place_of(path), path, 1)
    assert one.article_paths() != site_of("dede", seed=2).article_paths()


def test_news_comes_as_the_clock_goes_on():
    clock = Clock(START)
    site = SiteOnline("trs", 60, START, clock.now, 1, 8000)
    before = site.article_paths()
    clock.move(timedelta(days=1))
    assert before < site.article_paths()
    clock.move(timedelta(days=400))
    assert len(site.article_paths()) == 60 + TO_COME


def test_texts_are_unlike_each_other():
    site = site_of("trs", count=500)
    paragraphs = [text for entry in site.entries for text in entry.story.paragraphs]
    assert len(set(paragraphs)) == len(paragraphs)


def test_the_server_logs_what_it_was_asked():
    import http.client

    with site_server(["trs", "founder"], count=20, since=START) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for path, headers in (("/", {}), ("/nothing.html?from=x", {"If-None-Match": '"x"'})):
            connection.request("GET", path, headers={"Host": f"www.trs.localhost:{server.port}", **headers})
            connection.getresponse().read()
        connection.close()
    assert [(one.site, one.kind, one.path, one.conditional, one.in_flight) for one in server.asked] == [
        ("trs", "home", "/", False, 1),
        ("trs", "missing", "/nothing.html", True, 1),
    ]
