"""Links -> articles, lists and the rest: by address, by the source's own rules, by words and place, by memory.

The order of the evidence, strongest first: what earlier visits showed (``ShapeMemory``), the source's own
patterns, the shape of the address, the length of the words, the place on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from newscrawl.discover.links import Link
from newscrawl.discover.places import count_hanzi
from newscrawl.discover.shape_memory import ShapeMemory
from newscrawl.text.urls import is_in_scope, shape_of_url

Verdict = Literal["article", "list", "paging", "other", "outside"]

HEADLINE_HANZI = 10
"""Hanzi from which a link's words are a headline. Of 63 real headlines 62 have 10 and more; names of sections are shorter."""

DATED_HANZI = 5
"""Hanzi from which a link with a day beside it is a headline: nobody dates the name of a section."""

SECTION_HANZI = 6
"""Hanzi up to which a link's words are taken for the name of a section when nothing else tells."""

_WEAK_ARTICLES = frozenset({"numbered", "detail", "hashed", "slug", "yearly"})
"""Rules of shapes that go by a number alone: a short name in the navigation speaks against them."""

_WEAK_LISTS = frozenset({"named", "folder", "short-number", "section-list", "dated-list", "wordpress-list"})
"""Rules of shapes that go by missing numbers: a headline speaks against them."""

_LISTED = frozenset({"list", "feed", "sitemap", "paper"})
_NEITHER = frozenset({"service", "forum", "media"})

_MORE = re.compile(
    r"\s*(?:[\[【(（<]?\s*(?:更多|more)\s*[\]】)）]?|更多[\u4e00-\u9fff]{0,6}|.{0,6}频道|进入.{1,8})\s*[>»›.…]*\s*\Z",
    re.IGNORECASE,
)


class SiteRules(Protocol):
    """What a source says of its addresses; ``newscrawl.sources.Source`` is one."""

    @property
    def scope(self) -> tuple[str, ...]:
        """The hosts that may be fetched."""

    @property
    def article_url(self) -> re.Pattern[str] | None:
        """Searched in the URL; where given, nothing else is an article."""

    @property
    def list_url(self) -> re.Pattern[str] | None:
        """Searched in the URL."""

    @property
    def skip_url(self) -> re.Pattern[str] | None:
        """Addresses that are never fetched."""


@dataclass(frozen=True, slots=True)
class SortedLinks:
    """The links of a page by what they lead to, each in the order of the page."""

    articles: tuple[Link, ...] = ()
    lists: tuple[Link, ...] = ()
    paging: tuple[Link, ...] = ()
    other: tuple[Link, ...] = ()
    outside: tuple[Link, ...] = ()
    """Not in the scope of the source: never fetched for it."""


def sort_links(links: Iterable[Link], rules: SiteRules, *, memory: ShapeMemory | None = None) -> SortedLinks:
    """Return the links by what they lead to."""
    sorted_links: dict[Verdict, list[Link]] = {
        "article": [],
        "list": [],
        "paging": [],
        "other": [],
        "outside": [],
    }
    for link in links:
        sorted_links[verdict_on(link, rules, memory=memory)].append(link)
    return SortedLinks(*(tuple(found) for found in sorted_links.values()))


def verdict_on(link: Link, rules: SiteRules, *, memory: ShapeMemory | None = None) -> Verdict:
    """Return what one link leads to."""
    if not is_in_scope(link.url, rules.scope):
        return "outside"
    return _by_rules(link, rules) or (memory and memory.verdict_on(link.url)) or _by_looks(link)


def _by_rules(link: Link, rules: SiteRules) -> Verdict | None:
    """Return what the source's own patterns say; with a pattern for articles nothing else is one."""
    if rules.skip_url and rules.skip_url.search(link.url):
        return "other"
    if rules.article_url and rules.article_url.search(link.url):
        return "article"
    if rules.list_url and rules.list_url.search(link.url):
        return "list"
    if link.place == "paging":
        return "paging"
    if rules.article_url:
        return "list" if _by_looks(link) == "list" else "other"
    return None


def _by_looks(link: Link) -> Verdict:
    if link.place == "paging":
        return "paging"
    shape = shape_of_url(link.url)
    if shape.name in _NEITHER:
        return "other"
    if link.place == "feed" and _has_path(link.url):
        return "article"
    hanzi = count_hanzi(link.text)
    if shape.kind == "article":
        in_menu = link.place in {"nav", "footer"} and hanzi <= SECTION_HANZI
        return "list" if shape.name in _WEAK_ARTICLES and (in_menu or _MORE.match(link.text)) else "article"
    is_headline = link.place in _LISTED and hanzi >= (DATED_HANZI if link.published else HEADLINE_HANZI)
    if shape.kind == "list":
        return "article" if is_headline and shape.name in _WEAK_LISTS and _has_path(link.url) else "list"
    if is_headline:
        return "article"
    return (
        "list"
        if _MORE.match(link.text) or (0 < hanzi <= SECTION_HANZI and link.place != "footer")
        else "other"
    )


def _has_path(url: str) -> bool:
    """Tell whether an address names more than a host: the front page of a site is no article."""
    return bool(url.partition("://")[2].partition("/")[2].strip("/"))
