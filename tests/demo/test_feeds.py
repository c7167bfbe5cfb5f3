from __future__ import annotations

import re
from xml.etree import ElementTree

from newscrawl.demo import expectations

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(get, url):
    return [element.text for element in ElementTree.fromstring(get(url).body).iter(f"{_SITEMAP}loc")]


def test_the_feed_links_its_articles(newsroom, server, get):
    feed = ElementTree.fromstring(get(server.url("daidong.localhost", "/rss/news.xml")).body)
    links = {item.findtext("link") for item in feed.iter("item")}
    assert links == {one.url for one in expectations(newsroom, server.port) if "feed" in one.linked_from}
    assert len(links) >= 5


def test_the_feed_says_gmt_and_means_china_time(server, get):
    text = get(server.url("daidong.localhost", "/rss/news.xml")).body.decode()
    assert "Mon, 12 May 2025 12:41:50 GMT" in text


def test_the_sitemaps_link_their_articles(newsroom, server, get):
    index = locations(get, server.url("daidong.localhost", "/sitemap.xml"))
    assert len(index) == 2
    news, month = (set(locations(get, url)) for url in index)
    expected = {one.url for one in expectations(newsroom, server.port) if "sitemap" in one.linked_from}
    assert month == expected
    assert news < month


def test_some_articles_are_found_in_one_channel_only(newsroom, server):
    channels = [one.linked_from for one in expectations(newsroom, server.port)]
    assert {"feed"} in channels
    assert {"sitemap"} in channels


def test_robots_files(newsroom, server, get):
    for outlet in newsroom.outlets:
        answer = get(server.url(outlet.host, "/robots.txt"))
        assert answer.status == (200 if outlet.robots else 404)
    city = get(server.url("yiquan.localhost", "/robots.txt")).body.decode()
    assert re.search(r"^Disallow: /neibu/$", city, re.MULTILINE)
    province = get(server.url("daidong.localhost", "/robots.txt")).body.decode()
    assert f"Sitemap: {server.url('daidong.localhost', '/sitemap.xml')}" in province
