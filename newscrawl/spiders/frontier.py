"""The frontier as a spider sees it: what is still to be fetched, and what became of what was asked for."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newscrawl.discover import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import count
from newscrawl.spiders.outcomes import Outcome, next_try_at, outcome_of
from newscrawl.storage import FoundUrl, Front, UrlState

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_OPEN = frozenset({UrlState.PENDING, UrlState.FETCHING})
_LEASES = 200
"""URLs of earlier runs that are taken up in one go: a few milliseconds in the reactor."""


class CrawlFrontier:
    """The URLs of the catalog, for one crawl. What is noted here survives the crawl, however it ends."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def take_up(self, source: str) -> AsyncIterator[Link]:
        """Yield the articles of a source that earlier runs have found and not settled, failed ones whose time has come too."""
        while True:
            async with archive_of(self._crawler).writing() as archive:
                left = archive.lease(_LEASES, source=source)
            for known in left:
                yield Link(known.url, known.link_text or "")
            if len(left) < _LEASES:
                return

    async def note(self, links: Collection[Link], source: str) -> list[Link]:
        """Note articles before they are asked for; return those that are still to be fetched: unknown, or not yet settled."""
        found = [FoundUrl(url=link.url, source=source, link_text=link.text or None) for link in links]
        async with archive_of(self._crawler).writing() as archive:
            new = archive.discover(found)
            known = [(link, archive.url(link.url)) for link in links]
        count(self._crawler.stats, source, "links_new", times=len(new))
        return [link for link, state in known if state is None or state.state in _OPEN]

    def is_settled(self, url: str) -> bool:
        """Return whether an earlier run has settled a URL; what this one settled may not be told yet."""
        known = archive_of(self._crawler).acknowledged.url(url)
        return known is not None and known.state not in _OPEN

    async def was_visited(self, url: str) -> bool:
        """Return whether a list was looked through before, in this run or another, and what it listed was noted."""
        async with archive_of(self._crawler).writing() as archive:
            return archive.front(url) is not None

    async def note_visit(self, url: str, source: str) -> None:
        """Note that a list was looked through: it counts together with what it listed, or not at all."""
        async with archive_of(self._crawler).writing() as archive:
            known = archive.front(url) or Front(url=url, source=source)
            archive.put_front(replace(known, visited_at=datetime.now(UTC)))

    async def settle_failed(self, request: Request, error: BaseException | None) -> None:
        """Note what became of a request that brought no page."""
        outcome = outcome_of(error)
        if request.meta["kind"] == "list" and outcome.state == "quarantined":
            # nothing is lost with a list, and it is asked for again
            outcome = Outcome("failed", outcome.reason)
        count(self._crawler.stats, request.meta["source"], f"{outcome.state}/{outcome.reason}")
        logger.info("%s: %s, %s", request.url, *outcome)
        for url in _article_urls(request):
            try:
                await self._settle(url, request.meta["source"], outcome, detail=str(error))
            except ArchiveError:
                return  # the crawl is being stopped; the URL stays as it was

    async def _settle(self, url: str, source: str, outcome: Outcome, *, detail: str) -> None:
        async with archive_of(self._crawler).writing() as archive:
            if outcome.state == "quarantined":
                archive.quarantine(url, source, outcome.reason, detail)
                return
            known = archive.url(url)
            again = next_try_at(known.tries if known else 0, now=datetime.now(UTC))
            archive.settle(url, outcome.state, outcome.reason, source=source, next_try_at=again)

    async def settle_redirects(self, response: Response) -> None:
        """Settle URLs that led to another as its duplicates; the other is noted first, so that none is lost."""
        redirected, source = response.meta.get("redirect_urls", ()), response.meta["source"]
        if redirected:
            async with archive_of(self._crawler).writing() as archive:
                archive.discover([FoundUrl(url=response.url, source=source)])
                for url in redirected:
                    archive.settle(url, UrlState.DUPLICATE, response.url, source=source)


def _article_urls(request: Request) -> tuple[str, ...]:
    """Return the URLs of the frontier that a request stood for, those it was redirected from included."""
    if request.meta["kind"] == "list":
        return ()
    if request.meta["kind"] == "continuation":
        return (request.meta["pages"][0].capture.url,)
    return (*request.meta.get("redirect_urls", ()), request.url)
