"""A page's tree -> its links: where each leads, what it says, where it stands, and the day beside it.

One bad address never costs the others: each is read on its own, and what is no http(s) URL is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.discover.places import ITEM_LIMIT, Place, Places, count_hanzi, text_of
from newscrawl.text.dates import find_dates
from newscrawl.text.urls import absolute_url, is_media_url, url_key

LINK_LIMIT = 2000
"""Different links that are read from one page. The fullest of 63 saved pages has 369; traps have a million."""

ANCHOR_LIMIT = 20_000
"""Anchors that are looked at on one page, those that lead nowhere or to known pages included."""

LINK_TEXT_LIMIT = 300
"""Characters of an anchor's text that are kept: the longest on 63 saved pages, headline and teaser in one, has 189."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a page, absolute."""

    url: str
    text: str = ""
    """The words of the anchor, often the full headline."""
    place: Place = "list"
    published: date | datetime | None = None
    """The day that stands beside the link, or that a feed gives; a hint for the order of fetching."""
    nofollow: bool = False


_SPACES = re.compile(r"\s+")
_CUT_SHORT = re.compile(r"(?:…|\.{2,}|···)\s*\Z")

_NO_ITEMS = frozenset({"ul", "ol", "table", "tbody", "body", "html", "dl"})
_WHOLE_ITEMS = frozenset({"li", "dd", "dt", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section"})
_NAMED = 5  # hanzi of a link that a day beside it may belong to
_MAY_BE_DAY = re.compile(r"\d[-/.年月]\s?\d|\d\s?[日天]|[前今昨]|刚刚")
_UNDATED_TEXT = 24  # characters beside the link up to which a day without a year is believed to be its day


def find_links(tree: HtmlElement, url: str, *, now: datetime | None = None) -> tuple[Link, ...]:
    """Return the links of the page at ``url``, each page once, in the order of the source, at most ``LINK_LIMIT``.

    Where two links lead to one page (a picture, then the headline), the longer text is kept. ``now`` lets
    days without a year (``08-10``) be understood.
    """
    base = base_of(tree, url)
    own = _key_of(url)
    places = Places()
    found: dict[str, Link] = {}
    for anchor in islice(_anchors(tree), ANCHOR_LIMIT):
        target = absolute_url(anchor.get("href") or anchor.get("src") or "", base)
        if target is None or is_media_url(target):
            continue
        key = url_key(target)
        if key == own:
            continue
        link = _read_link(anchor, target, places, now)
        found[key] = _better(found[key], link) if key in found else link
        if len(found) >= LINK_LIMIT:
            break
    return tuple(found.values())


def base_of(tree: HtmlElement, url: str) -> str:
    """Return what relative links of a page are relative to: its ``<base href>``, or its own URL.

    A base on another host than the page's is believed, as browsers do; scope is checked on every link.
    """
    base = next(tree.iter("base"), None)
    href = base.get("href") if base is not None else None
    return (absolute_url(href, url) if href else None) or url


def link_text(anchor: HtmlElement) -> str:
    """Return the words of a link; its title or the description of its picture where they say more.

    >>> from lxml.html import fromstring
    >>> link_text(fromstring('<a title="临沂开展防汛演练" href="/1.html">临沂开展…</a>'))
    '临沂开展防汛演练'
    """
    text = _clean(text_of(anchor, 4 * LINK_TEXT_LIMIT))
    title = _clean(anchor.get("title", ""))
    if title and (not text or (_CUT_SHORT.search(text) and len(title) > len(text))):
        return title
    if text:
        return text
    picture = next(anchor.iter("img"), None)
    return _clean((picture.get("alt") or picture.get("title") or "") if picture is not None else "")


def _anchors(tree: HtmlElement) -> Iterator[HtmlElement]:
    yield from tree.iter("a", "area", "frame", "iframe")


def _read_link(anchor: HtmlElement, target: str, places: Places, now: datetime | None) -> Link:
    text = link_text(anchor)
    place = places.of_link(anchor, text)
    is_named = place == "list" and count_hanzi(text) >= _NAMED
    day = _day_beside(anchor, text, now, places) if is_named else None
    return Link(target, text, place, day, "nofollow" in (anchor.get("rel") or "").lower())


def _key_of(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return ""


def _clean(text: str) -> str:
    if not text:
        return ""
    return _SPACES.sub(" ", text[: 4 * LINK_TEXT_LIMIT]).strip()[:LINK_TEXT_LIMIT]


def _better(one: Link, other: Link) -> Link:
    """Return the link with the longer text, with what only the other one knows."""
    best, rest = (other, one) if count_hanzi(other.text) > count_hanzi(one.text) else (one, other)
    return replace(best, published=best.published or rest.published, nofollow=one.nofollow and other.nofollow)


def _day_beside(
    anchor: HtmlElement, text: str, now: datetime | None, places: Places
) -> date | datetime | None:
    """Return the day in the item around a link, outside its own words."""
    item = anchor.getparent()
    for _ in range(4):
        if item is None or item.tag in _NO_ITEMS:
            return None
        around = places.text_around(item)
        if len(around) > ITEM_LIMIT:
            return None
        beside = around.replace(text, " ", 1)
        if _MAY_BE_DAY.search(beside):
            for found in find_dates(beside, now=now):
                if found.has_year or len(beside) <= _UNDATED_TEXT:
                    return found.value
        if item.tag in _WHOLE_ITEMS:
            return None
        item = item.getparent()
    return None
