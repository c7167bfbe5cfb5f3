"""The frontier as a spider sees it: what is still to be fetched, and what became of what was asked for."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
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

    def take_up(self, source: str) -> Iterator[Link]:
        """Yield the articles of a source that earlier runs have found and not settled, failed ones whose time has come too."""
        while True:
            with archive_of(self._crawler).writing() as archive:
                left = archive.lease(_LEASES, source=source)
            yield from (Link(known.url, known.link_text or "") for known in left)
            if len(left) < _LEASES:
                return

    def note(self, links: Collection[Link], source: str) -> int:
        """Note articles before they are asked for; return how many of them are still to be fetched."""
        found = [FoundUrl(url=link.url, source=source, link_text=link.text or None) for link in links]
        with archive_of(self._crawler).writing() as archive:
            new = archive.discover(found)
        count(self._crawler.stats, source, "links_new", times=len(new))
        return sum(self.is_open(link.url) for link in links)

    def is_open(self, url: str) -> bool:
        """Return whether a URL is still to be fetched: unknown, or found and not yet settled."""
        known = archive_of(self._crawler).archive.url(url)
        return known is None or known.state in _OPEN

    def was_visited(self, url: str) -> bool:
        """Return whether a list was looked through before, in this run or another, and what it listed was noted."""
        return archive_of(self._crawler).archive.front(url) is not None

    def note_visit(self, url: str, source: str) -> None:
        """Note that a list was looked through: it counts together with what it listed, or not at all."""
        with archive_of(self._crawler).writing() as archive:
            known = archive.front(url) or Front(url=url, source=source)
            archive.put_front(replace(known, visited_at=datetime.now(UTC)))

    def settle_failed(self, request: Request, error: BaseException | None) -> None:
        """Note what became of a request that brought no page."""
        outcome = outcome_of(error)
        if request.meta["kind"] == "list" and outcome.state == "quarantined":
            # nothing is lost with a list, and it is asked for again
            outcome = Outcome("failed", outcome.reason)
        count(self._crawler.stats, request.meta["source"], f"{outcome.state}/{outcome.reason}")
        logger.info("%s: %s, %s", request.url, *outcome)
        for url in _article_urls(request):
            try:
                self._settle(url, request.meta["source"], outcome, detail=str(error))
            except ArchiveError:
                return  # the crawl is being stopped; the URL stays as it was

    def _settle(self, url: str, source: str, outcome: Outcome, *, detail: str) -> None:
        with archive_of(self._crawler).writing() as archive:
            if outcome.state == "quarantined":
                archive.quarantine(url, source, outcome.reason, detail)
                return
            known = archive.url(url)
            again = next_try_at(known.tries if known else 0, now=datetime.now(UTC))
            archive.settle(url, outcome.state, outcome.reason, source=source, next_try_at=again)

    def settle_redirects(self, response: Response) -> None:
        """Settle URLs that led to another as its duplicates; the other is noted first, so that none is lost."""
        redirected, source = response.meta.get("redirect_urls", ()), response.meta["source"]
        if redirected:
            with archive_of(self._crawler).writing() as archive:
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
