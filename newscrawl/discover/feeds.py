"""RSS and Atom: a feed's bytes -> its links, and the feeds that a page names.

feedparser reads what no XML parser would: of eight broken feeds (cut short, control characters, GBK labelled
UTF-8, raw ampersands …) it read eight, fastfeedparser seven. It is given a file and never a string, because
a string that looks like a URL or a path it would open.
"""

from __future__ import annotations

import calendar
import io
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from itertools import islice
from typing import Any

import feedparser
from lxml.html import HtmlElement
from w3lib.html import remove_tags

from newscrawl.discover.links import LINK_TEXT_LIMIT, Link, base_of
from newscrawl.discover.xml_bytes import decode_xml, mend_xml
from newscrawl.items import CHINA_TIME
from newscrawl.text.dates import find_date
from newscrawl.text.urls import absolute_url, url_key

FEED_LIMIT = 2 * 1024 * 1024
"""Bytes that are read of a feed. Thirty articles of 3 KB in markup make 0.3 MB (reckoned, not measured)."""

TAG_LIMIT = 100_000
"""Opening brackets that are read of a feed: broken markup costs feedparser 12 µs each, 16 s for 4 MB of ``<a``."""

ENTRY_LIMIT = 1000

_CLOCK_SLACK = timedelta(minutes=10)
_CHINA_OFFSET = timedelta(hours=8)

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
_FEED_PATH = re.compile(
    r"""(?:/|^)(?:
        (?:rss|feed|atom|index)\d{0,3}\.(?:xml|rss|atom|php|aspx?) | feed/? | rss/? | [\w-]{1,40}\.rss | [\w-]{0,40}rss[\w-]{0,40}\.xml
      | rss/[\w-]{1,40}\.xml
    )\Z | [?&](?:c=rss|type=rss2?|feed=rss2?|format=feed)\b""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_HREF_LIMIT = 500  # characters: the addresses of feeds are short
_GMT = re.compile(r"(?:\bGMT|\bUTC|Z|[+-]00:?00)\s*\Z", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_ENTRY = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed lists."""

    links: tuple[Link, ...] = ()
    """By the order of the feed, each page once."""
    title: str = ""
    is_feed: bool = False
    """Whether it was one at all: many sites answer with their front page instead."""
    mistake: str | None = None
    """What is wrong with it, when it was read all the same."""
    is_shifted: bool = False
    """Whether its times were China time labelled as GMT, and were set right."""


def parse_feed(body: bytes, url: str, *, now: datetime | None = None) -> Feed:
    """Return what the feed at ``url`` lists. Never raises for what is in it: a broken feed gives what it has.

    Chinese feeds often label China time as ``GMT`` or ``+0000``. An entry that comes from the future by
    that rule (``now`` given) shows it, and all times of the feed are set eight hours back.
    """
    text = _cut(decode_xml(body[:FEED_LIMIT]))
    if _ENTITY.search(text):
        return Feed(mistake="refused: it declares entities")
    try:
        parsed = feedparser.parse(io.BytesIO(mend_xml(text.encode("utf-8", "replace"))))
    except Exception as error:  # its loose parser raises whatever broken markup makes it
        return Feed(mistake=f"{type(error).__name__}: {error}"[:200])
    entries = [_entry_link(entry, url) for entry in parsed.entries[:ENTRY_LIMIT]]
    is_shifted = now is not None and _is_shifted(
        [link.published for link, is_gmt in entries if link and is_gmt], now
    )
    links: dict[str, Link] = {}
    for link, is_gmt in entries:
        if link is not None:
            links.setdefault(url_key(link.url), _earlier(link) if is_shifted and is_gmt else link)
    return Feed(
        links=tuple(links.values()),
        title=_plain(parsed.feed.get("title", "")),
        is_feed=bool(parsed.get("version")),
        mistake=_mistake_of(parsed, body),
        is_shifted=is_shifted,
    )


def find_feeds(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """Return the URLs of the feeds that a page names: in its head first, then by links that look like feeds.

    >>> from lxml.html import fromstring
    >>> page = fromstring('<html><a href="/rss/news.xml">RSS</a><a href="/data/rss/7.xml">订阅</a></html>')
    >>> find_feeds(page, "http://zbnews.net/")
    ('http://zbnews.net/rss/news.xml', 'http://zbnews.net/data/rss/7.xml')
    """
    base = base_of(tree, url)
    found: dict[str, str] = {}
    for element in (*tree.iter("link"), *tree.iter("a")):
        href = element.get("href") or ""
        target = absolute_url(href, base) if _names_feed(element, href) else None
        if target is not None:
            found.setdefault(url_key(target), target)
    return tuple(found.values())


def _names_feed(element: HtmlElement, href: str) -> bool:
    kind = (element.get("type") or "").split(";")[0].strip().lower()
    if element.tag == "link":
        return kind in _FEED_TYPES and "alternate" in (element.get("rel") or "").lower()
    return kind in _FEED_TYPES or bool(_FEED_PATH.search(href.strip()[:_HREF_LIMIT]))


def _entry_link(entry: Any, url: str) -> tuple[Link | None, bool]:  # noqa: ANN401 - feedparser has no types
    """Return an entry as a link, None when it leads nowhere, and whether its time is labelled as GMT."""
    published, is_gmt = _published(entry)
    hrefs = [entry.get("link"), *(one.get("href") for one in entry.get("links", ())), entry.get("id")]
    for href in hrefs:
        target = absolute_url(href, url) if isinstance(href, str) and href.strip() else None
        if target is not None:
            return Link(target, _plain(entry.get("title", "")), "feed", published), is_gmt
    return None, is_gmt


def _published(entry: Any) -> tuple[datetime | None, bool]:  # noqa: ANN401 - feedparser has no types
    """Return when an entry was published, in China time (which it is in without a zone), and whether GMT was said."""
    for name in ("published", "updated", "created"):
        raw: object = dict.get(entry, name)  # its own get answers with another field, and warns
        found = find_date(raw) if isinstance(raw, str) else None
        if found is not None and isinstance(raw, str):
            value = found.value
            if isinstance(value, datetime):
                return value.astimezone(CHINA_TIME), bool(_GMT.search(raw))
            return datetime(value.year, value.month, value.day, tzinfo=CHINA_TIME), False
        parsed = dict.get(entry, f"{name}_parsed")
        if parsed:
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC).astimezone(CHINA_TIME), True
    return None, False


def _is_shifted(times: list[date | datetime | None], now: datetime) -> bool:
    """Tell whether the newest of the times labelled GMT is ahead of ``now`` by at most the offset of China."""
    newest = max((time for time in times if isinstance(time, datetime)), default=None)
    return newest is not None and _CLOCK_SLACK < newest - now <= _CHINA_OFFSET + _CLOCK_SLACK


def _earlier(link: Link) -> Link:
    """Return a link with its time, China time labelled GMT, set right."""
    return replace(link, published=link.published - _CHINA_OFFSET) if link.published else link


def _plain(markup: Any) -> str:  # noqa: ANN401 - feedparser has no types
    """Return text without markup, entities and line ends."""
    text = markup if isinstance(markup, str) else ""
    return _SPACES.sub(" ", unescape(remove_tags(text[: 4 * LINK_TEXT_LIMIT]))).strip()[:LINK_TEXT_LIMIT]


def _cut(text: str) -> str:
    """Return a text up to the entry that is one too many, and up to its ``TAG_LIMIT``-th opening bracket."""
    too_many = next(islice(_ENTRY.finditer(text), ENTRY_LIMIT, None), None)
    text = text[: too_many.start()] if too_many else text
    if text.count("<") <= TAG_LIMIT:
        return text
    return "<".join(text.split("<", TAG_LIMIT)[:TAG_LIMIT])


def _mistake_of(parsed: Any, body: bytes) -> str | None:  # noqa: ANN401 - feedparser has no types
    if len(body) > FEED_LIMIT:
        return f"longer than {FEED_LIMIT} bytes: the rest was not read"
    if not parsed.get("bozo"):
        return None
    return str(parsed.get("bozo_exception", "broken"))[:200]
