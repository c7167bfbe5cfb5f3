"""Feeds, whole and broken."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from newscrawl.discover.feeds import find_feeds, parse_feed
from newscrawl.items import CHINA_TIME

URL = "http://www.zbnews.net/rss/news.xml"
NOW = datetime(2023, 8, 10, 10, 45, tzinfo=UTC)  # 18:45 in China

ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"


def rss(*items: tuple[str, str, str], head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    entries = "".join(ITEM.format(title=title, link=link, date=date) for title, link, date in items)
    return (
        f'{head}<rss version="2.0"><channel><title>淄博新闻网</title><link>/</link>{entries}</channel></rss>'
    )


ONE = ("临沂开展防汛演练", "/2023/0810/1.html", "Thu, 10 Aug 2023 18:40:00 +0800")
TWO = ("淄博启用新校区", "http://www.zbnews.net/2023/0810/2.html", "2023-08-10 17:00:00")
WHOLE = rss(ONE, TWO)


def test_entries_are_links_with_headline_and_time():
    feed = parse_feed(WHOLE.encode(), URL)
    assert feed.is_feed
    assert feed.title == "淄博新闻网"
    assert feed.mistake is None
    one, two = feed.links
    assert (one.url, one.text, one.place) == (
        "http://www.zbnews.net/2023/0810/1.html",
        "临沂开展防汛演练",
        "feed",
    )
    assert one.published == datetime(2023, 8, 10, 18, 40, tzinfo=CHINA_TIME)
    assert two.published == datetime(2023, 8, 10, 17, 0, tzinfo=CHINA_TIME)


def test_atom():
    atom = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>网</title><entry>
    <title type="html">临沂&lt;b&gt;防汛&lt;/b&gt;</title><link rel="self" href="/x"/><link rel="alternate" href="/1.html"/>
    <id>tag:1</id><updated>2023-08-10T10:40:00Z</updated></entry></feed>"""
    link = parse_feed(atom.encode(), URL).links[0]
    assert (link.url, link.text) == ("http://www.zbnews.net/1.html", "临沂防汛")
    assert link.published == datetime(2023, 8, 10, 18, 40, tzinfo=CHINA_TIME)


BROKEN = {
    "GBK labelled UTF-8": WHOLE.encode("gbk"),
    "UTF-8 labelled GBK": WHOLE.replace("utf-8", "gb2312").encode(),
    "GBK labelled GB2312": WHOLE.replace("utf-8", "gb2312").encode("gbk"),
    "no declaration, GBK": rss(ONE, TWO, head="").encode("gbk"),
    "no such charset": WHOLE.replace("utf-8", "utf8mb4").encode(),
    "charset of an attack": WHOLE.replace("utf-8", "base64").encode(),
    "byte order mark": b"\xef\xbb\xbf" + WHOLE.encode(),
    "empty lines before": b"\r\n\r\n" + WHOLE.encode(),
    "UTF-16": WHOLE.replace("utf-8", "utf-16").encode("utf-16"),
    "cut in an entry": rss(ONE, TWO, ("三", "/3.html", "")).encode()[:-70],
    "cut in a character": rss(ONE, TWO, ("淄", "/3.html", "")).encode().partition("<title>淄</".encode())[0] + b"<title>\xe6\xb7",
    "control characters": WHOLE.replace("防汛", "防\x0b\x01汛").encode(),
    "raw ampersand": WHOLE.replace("</channel>", "<x>a&b=c&nbsp;</x></channel>").encode(),
    "unclosed tags": WHOLE.replace("</item>", "").encode(),
    "one stray byte": WHOLE.encode().replace(b"</channel>", b"<x>\xff</x></channel>"),
}  # fmt: skip


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_broken_feeds_are_read(body):
    links = parse_feed(body, URL).links
    assert [link.text for link in links[:2]] == ["临沂开展防汛演练", "淄博启用新校区"]
    assert links[0].url == "http://www.zbnews.net/2023/0810/1.html"


def test_query_strings_with_raw_ampersands_stay_whole():
    link = "http://a.cn/index.php?m=content&c=index&a=show&catid=12&id=34"
    assert parse_feed(rss(("一", link, "")).encode(), URL).links[0].url == link


def test_china_time_labelled_gmt_is_set_right():
    late = ("新", "/3.html", "Thu, 10 Aug 2023 18:40:00 GMT")
    feed = parse_feed(rss(ONE, late).encode(), URL, now=NOW)
    assert feed.is_shifted
    assert [link.published for link in feed.links] == [datetime(2023, 8, 10, 18, 40, tzinfo=CHINA_TIME)] * 2


@pytest.mark.parametrize(
    ("stamp", "now"),
    [
        ("Thu, 10 Aug 2023 10:40:00 GMT", NOW),
        ("Thu, 10 Aug 2023 10:50:00 +0000", NOW),
        ("Thu, 10 Aug 2023 18:40:00 GMT", None),
        ("Fri, 11 Aug 2023 18:40:00 GMT", NOW),
        ("Thu, 10 Aug 2023 20:40:00 +0800", NOW),
    ],
)
def test_other_times_are_left_alone(stamp, now):
    assert not parse_feed(rss(("新", "/3.html", stamp)).encode(), URL, now=now).is_shifted


def test_one_bad_entry_never_loses_the_others():
    bad = [
        ("坏", href, "xx")
        for href in (
            "javascript:1",
            "",
            "file:///etc/passwd",
            "http://[x/",
            "mailto:a@b.cn",
            "http://a.cn:99999/",
        )
    ]
    feed = parse_feed(rss(ONE, *bad, TWO, ONE).encode(), URL)
    assert [link.text for link in feed.links] == [ONE[0], TWO[0]]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"<html><body><a href='/1.html'>x</a></body></html>",
        b"404",
        b"\x00" * 99,
        b"http://127.0.0.1:1/feed",
        b"/etc/passwd",
        b"{}",
    ],
)
def test_what_is_no_feed_has_no_links(body):
    feed = parse_feed(body, URL)
    assert not feed.is_feed
    assert feed.links == ()


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"  # fmt: skip
    file = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for head in (bomb, file, " " * 100_000 + bomb):
        feed = parse_feed((head + rss(("&i;&a;", "/1.html", ""), head="")).encode(), URL)
        assert feed.links == ()
        assert "entities" in feed.mistake


def test_a_huge_feed_is_cut_and_quick():
    body = rss(*[(f"新闻{n}", f"/{n}.html", "2023-08-10") for n in range(3000)]).encode()
    started = time.process_time()
    assert len(parse_feed(body, URL).links) == 1000
    assert time.process_time() - started < 8


@pytest.mark.parametrize("piece", [b"<a ", b"<item>", b"<!--"])
def test_no_feed_keeps_the_reading_busy(piece):
    started = time.process_time()
    parse_feed(b"<rss version='2.0'><channel>" + piece * (4_000_000 // len(piece)), URL)
    assert time.process_time() - started < 10  # 16 s before the limits


def test_markup_in_headlines_is_dropped():
    feed = parse_feed(
        rss(("&lt;script&gt;alert(1)&lt;/script&gt;临沂 &amp;amp; 淄博\n开展", "/1.html", "")).encode(), URL
    )
    assert "<" not in feed.links[0].text
    assert feed.links[0].text.endswith("临沂 & 淄博 开展")


@pytest.mark.parametrize(
    ("html", "feeds"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss.xml">', ["/rss.xml"]),
        ('<link rel="Alternate" type="application/atom+xml; charset=utf-8" href="atom.xml">', ["/sh/atom.xml"]),
        ('<link rel="stylesheet" type="text/css" href="/rss.xml">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:1">', []),
        ('<a href="/data/rss/7.xml">社会</a>', ["/data/rss/7.xml"]),
        ('<a href="/index.php?m=content&c=rss&rssid=3">RSS</a>', ["/index.php?m=content&c=rss&rssid=3"]),
        ('<a href="/e/web/?type=rss2&classid=4">RSS</a>', ["/e/web/?type=rss2&classid=4"]),
        ('<a href="/feed/">RSS</a>', ["/feed/"]),
        ('<a href="/feed.php">RSS</a>', ["/feed.php"]),
        ('<a href="/yl/yulerss/index.xml">RSS</a>', ["/yl/yulerss/index.xml"]),
        ('<a href="/2023/0810/1.html">RSS</a>', []),
        ('<a href="/address/">地址</a>', []),
        ('<a href="/rss.xml">1</a><link rel="alternate" type="application/rss+xml" href="rss.xml"><a href="/rss.xml?from=a">', ["/sh/rss.xml", "/rss.xml"]),
    ],
)  # fmt: skip
def test_the_feeds_that_a_page_names(html, feeds):
    assert find_feeds(fromstring(f"<html><body>{html}</body></html>"), "http://a.cn/sh/") == tuple(
        "http://a.cn" + path for path in feeds
    )
