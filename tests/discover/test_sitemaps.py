"""Sitemaps, whole, packed, broken and hostile."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from datetime import date, datetime

import pytest

from newscrawl.discover.sitemaps import MISTAKE_LIMIT, SITEMAP_LIMIT, parse_sitemap
from newscrawl.items import CHINA_TIME

URL = "http://a.cn/sitemap.xml"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def entry(loc: str, rest: str = "") -> str:
    return f"<url><loc>{loc}</loc>{rest}</url>"


def sitemap(*entries: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> bytes:
    return f"{head}<urlset {XMLNS}>{''.join(entries)}</urlset>".encode()


def urls_of(body: bytes) -> list[str]:
    return [link.url.removeprefix("http://a.cn") for link in parse_sitemap(body, URL).links]


TWO = sitemap(entry("http://a.cn/1.html"), entry("\n http://a.cn/2.html \n", "<lastmod>2023-08-10</lastmod>"))


def test_addresses_and_their_days():
    found = parse_sitemap(TWO, URL)
    assert [link.url for link in found.links] == ["http://a.cn/1.html", "http://a.cn/2.html"]
    assert [link.published for link in found.links] == [None, date(2023, 8, 10)]
    assert {link.place for link in found.links} == {"sitemap"}
    assert not found.mistakes
    assert not found.is_truncated


def test_a_news_sitemap_gives_headline_and_time():
    news = (
        "<lastmod>2023-08-11</lastmod><news:news><news:publication><news:name>淄博</news:name></news:publication>"
        "<news:publication_date>2023-08-10T18:40:00+08:00</news:publication_date><news:title>临沂 &amp; 防汛</news:title></news:news>"
    )
    link = parse_sitemap(sitemap(entry("http://a.cn/1.html", news)), URL).links[0]
    assert link.text == "临沂 & 防汛"
    assert link.published == datetime(2023, 8, 10, 18, 40, tzinfo=CHINA_TIME)


def test_an_index_gives_sitemaps_and_no_links():
    body = "<sitemapindex><sitemap><loc>/sitemap-1.xml.gz</loc><lastmod>2023-08-10</lastmod></sitemap></sitemapindex>"
    found = parse_sitemap(body.encode(), URL)
    assert found.links == ()
    assert found.sitemaps[0].url == "http://a.cn/sitemap-1.xml.gz"
    assert found.sitemaps[0].published == date(2023, 8, 10)


READ = {
    "packed": gzip.compress(TWO),
    "byte order mark": b"\xef\xbb\xbf" + TWO,
    "empty lines before": b"\n\n" + TWO,
    "no declaration": sitemap(entry("http://a.cn/1.html"), entry("http://a.cn/2.html"), head=""),
    "no namespace": b"<urlset><url><loc>http://a.cn/1.html</loc></url><url><loc>http://a.cn/2.html</loc></url></urlset>",
    "upper case": b"<URLSET><URL><LOC>http://a.cn/1.html</LOC></URL><URL><LOC>http://a.cn/2.html</LOC></URL></URLSET>",
    "CDATA": sitemap(entry("<![CDATA[http://a.cn/1.html]]>"), entry("http://a.cn/2.html")),
    "comments": sitemap("<!-- x -->", entry("<!-- y -->http://a.cn/1.html"), entry("http://a.cn/2.html")),
    "not closed": TWO.replace(b"</urlset>", b""),
    "cut": TWO.replace(b"</urlset>", b"<url><loc>http://a.cn/3"),
    "control characters": TWO.replace(b"<url>", b"\x01\x0b<url>"),
    "unknown prefix": TWO.replace(b"</loc>", b"</loc><x:y>1</x:y>"),
    "undefined entity": TWO.replace(b"</loc>", b"</loc><x>&nbsp;</x>"),
    "GBK": sitemap(entry("http://a.cn/1.html", "<x>临沂</x>"), entry("http://a.cn/2.html")).decode().replace("UTF-8", "GBK").encode("gbk"),
    "GBK labelled UTF-8": sitemap(entry("http://a.cn/1.html", "<x>临沂</x>"), entry("http://a.cn/2.html")).decode().encode("gbk"),
    "plain text": b"http://a.cn/1.html\r\n\r\nhttp://a.cn/2.html\n",
}  # fmt: skip


@pytest.mark.parametrize("body", READ.values(), ids=READ)
def test_broken_sitemaps_are_read(body):
    assert urls_of(body)[:2] == ["/1.html", "/2.html"]


def test_raw_ampersands_stay_in_addresses_wherever_the_pieces_are_cut():
    address = "http://a.cn/?m=content&c=index&a=show&amp;catid=12&#38;id={}"
    padding = [entry(f"http://a.cn/{'x' * (n % 97)}") for n in range(1500)]
    body = sitemap(*[one for n, pad in enumerate(padding) for one in (pad, entry(address.format(n)))])
    assert len(body) > 3 * 64 * 1024
    assert urls_of(body)[1::2] == [f"/?m=content&c=index&a=show&catid=12&id={n}" for n in range(1500)]


def test_one_bad_address_never_loses_the_others():
    bad = [
        "",
        "file:///etc/hostname",
        "javascript:1",
        "http://[x/",
        "http://a.cn:99999/",
        "x" * 5000,
        "http://u:p@a.cn/",
    ]
    found = parse_sitemap(
        sitemap(entry("http://a.cn/1.html"), *map(entry, bad), "<url></url>", entry("http://a.cn/2.html")),
        URL,
    )
    assert [link.url for link in found.links] == ["http://a.cn/1.html", "http://a.cn/2.html"]
    assert len(found.mistakes) == 8
    assert "no URL: 'file:///etc/hostname'" in found.mistakes


def test_a_thousand_mistakes_are_cut():
    assert len(parse_sitemap(sitemap(*[entry("x:y")] * 1000), URL).mistakes) == MISTAKE_LIMIT


NONE = {
    "empty": b"",
    "spaces": b" \n",
    "a page": b"<html><body><p>404</p></body></html>",
    "a feed": b'<rss version="2.0"><channel><item><link>http://a.cn/1.html</link></item></channel></rss>',
    "JSON": b'{"url": "http://a.cn/"}',
    "zeros": b"\x00" * 100,
    "a picture": b"\xff\xd8\xff\xe0JFIF",
    "broken gzip": b"\x1f\x8b\x08\x00" + b"\xff" * 50,
    "gzip of nothing": gzip.compress(b""),
    "a string that looks like a path": b"/etc/passwd",
}


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_what_is_no_sitemap_is_told(body):
    found = parse_sitemap(body, URL)
    assert found.links == found.sitemaps == ()
    assert found.mistakes


def test_cut_gzip_gives_what_it_has_and_says_so():
    body = gzip.compress(sitemap(*[entry(f"http://a.cn/{n * n}.html") for n in range(5000)]))
    found = parse_sitemap(body[: len(body) // 2], URL)
    assert 1000 < len(found.links) < 5000
    assert "gzip ends early" in found.mistakes[-1]


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    file = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    for head in (bomb, file):
        found = parse_sitemap(sitemap(entry("http://a.cn/&b;"), head=head), URL)
        assert found.links == ()
        assert found.mistakes == ("refused: it declares a document type or entities",)


def test_entities_behind_a_long_comment_are_not_expanded():
    head = f"<!--{' ' * 200_000}--><!DOCTYPE x [<!ENTITY b SYSTEM 'file:///etc/hostname'><!ENTITY a '{'a' * 100}'>]>"
    found = parse_sitemap(sitemap(entry("http://a.cn/1&b;&a;"), head=head), URL)
    assert not any("aaa" in link.url for link in found.links)


def test_a_million_addresses_are_cut():
    body = gzip.compress(sitemap(entry("http://a.cn/1.html") * 300_000), compresslevel=1)
    started = time.process_time()
    found = parse_sitemap(body, URL)
    assert time.process_time() - started < 8
    assert len(found.links) == SITEMAP_LIMIT
    assert found.is_truncated


def test_a_packed_bomb_is_not_unpacked_whole_and_memory_stays_flat():
    bomb = gzip.compress(b"<urlset>" + b"<url></url>" * 20_000_000, compresslevel=1)
    tracemalloc.start()
    started = time.process_time()
    assert parse_sitemap(bomb[: 3 * 1024 * 1024], URL).mistakes
    elapsed = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert elapsed < 20
    assert peak < 10 * 1024 * 1024
