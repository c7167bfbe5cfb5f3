"""The answer of a list -> what it leads to: articles, further lists, its next page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newscrawl.discover import FrontKind, FrontRecord, Link, directives_of
from newscrawl.extensions.workers import readers_of
from newscrawl.items import Page
from newscrawl.middlewares.robots import RobotsMiddleware
from newscrawl.text.urls import date_of_url
from newscrawl.visits.calls import ListCall
from newscrawl.visits.frontier import day_of
from newscrawl.visits.opening import Asked
from newscrawl.visits.remembering import header_of, is_same
from newscrawl.visits.requests import NOT_MODIFIED
from newscrawl.visits.visit import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_TAG = "X-Robots-Tag"
_SITEMAPS = 20  # of one robots.txt
_NAME_LIMIT = 20  # characters of a link that are kept as the name of its list


@dataclass(slots=True)
class Reading:
    """What a list leads to, and how much of it was new."""

    articles: tuple[Link, ...] = ()
    batches: AsyncIterator[tuple[Link, ...]] | None = None
    """Of articles, where there are too many to hold."""
    lists: tuple[FrontRecord, ...] = ()
    next_url: str | None = None
    redirect: str | None = None
    traps: dict[str, int] = field(default_factory=dict)
    is_unchanged: bool = False
    is_nofollow: bool = False
    """The page asks that none of its links be followed."""
    entry_count: int = 0
    new_count: int = 0
    new_lists: tuple[FrontRecord, ...] = ()
    """Those of ``lists`` that nobody knew."""


class ListReader:
    """Reads the answers of lists, and leaves out what is not to be followed.

    Settings: CRAWL_LIST_DEPTH, CRAWL_OBEY_NOFOLLOW.
    """

    def __init__(self, crawler: Crawler, asked: Asked) -> None:
        self._crawler = crawler
        self._asked = asked
        self._depth = crawler.settings.getint("CRAWL_LIST_DEPTH")
        self._nofollow = crawler.settings.getbool("CRAWL_OBEY_NOFOLLOW")

    async def read(self, response: Response, page: Page, visit: Visit) -> Reading:
        """Return what a list leads to.

        Raises:
            PageError: it cannot be read.
        """
        call: ListCall = response.meta["call"]
        if response.status == NOT_MODIFIED or (is_same(call.known, response) and call.walk.is_first):
            return Reading(is_unchanged=True)
        if self._obeys_nofollow(visit) and "nofollow" in directives_of(
            response.body, header_of(response, _TAG) or ""
        ):
            return Reading(is_unchanged=True, is_nofollow=True)
        readers, source, kind = readers_of(self._crawler), visit.source, call.walk.record.kind
        if kind == "feed":
            return Reading(self.wanted(await readers.feed(page, source), visit))
        if kind == "sitemap":
            batches, sitemaps = await readers.sitemap(page, source, visit.lessons.shapes)
            return Reading(batches=batches, lists=self._further(sitemaps, "sitemap", call, visit))
        front, traps = await readers.front(page, source, visit.lessons.shapes)
        feeds = self._further(map(Link, front.feeds), "feed", call, visit)
        if not call.walk.record.depth:
            feeds += self._further(self._sitemaps_of(response.url, visit), "sitemap", call, visit)
        return Reading(
            articles=self.wanted(front.links.articles, visit),
            lists=feeds + self._further(front.links.lists, "front", call, visit),
            next_url=front.next_url,
            redirect=front.redirect,
            traps=traps,
        )

    def wanted(self, links: Iterable[Link], visit: Visit) -> tuple[Link, ...]:
        """Return the articles of the days that are asked for, as far as their days are told, on one of twin hosts."""
        span, hosts = self._asked.span, visit.lessons.same_hosts
        return tuple(
            replace(link, url=hosts.canonical(link.url))
            for link in self._followed(links, visit)
            if span is None or (day := day_of(link)) is None or span.since <= day <= span.until
        )

    def _obeys_nofollow(self, visit: Visit) -> bool:
        stated = visit.source.fetch.obey_nofollow
        return self._nofollow if stated is None else stated

    def _followed(self, links: Iterable[Link], visit: Visit) -> Iterable[Link]:
        """Return the links that may be followed."""
        return (one for one in links if not one.nofollow) if self._obeys_nofollow(visit) else links

    def _further(
        self, links: Iterable[Link], kind: FrontKind, call: ListCall, visit: Visit
    ) -> tuple[FrontRecord, ...]:
        """Return the lists that a list leads to, as far down as lists are followed.

        The issues of a newspaper, which have their day in the address, stand side by side: each leads to the one before.
        """
        above, canonical = call.walk.record, visit.lessons.same_hosts.canonical
        is_issue = date_of_url(above.url) is not None
        found = []
        for link in self._followed(links, visit):
            depth = above.depth + (not is_issue or date_of_url(link.url) is None)
            if depth <= self._depth:
                found.append(
                    FrontRecord(canonical(link.url), link.text[:_NAME_LIMIT], depth=depth, kind=kind)
                )
        return tuple(found)

    def _sitemaps_of(self, url: str, visit: Visit) -> list[Link]:
        """Return the sitemaps that the robots.txt of a host names, those with news first."""
        robots = self._crawler.get_downloader_middleware(RobotsMiddleware)
        policy = robots.known_policy(url) if robots else None
        found = [one for one in policy.sitemaps if visit.source.owns(one)] if policy else []
        return [Link(one) for one in sorted(found, key=lambda one: "news" not in one.lower())[:_SITEMAPS]]
