"""robots.txt as RFC 9309 says: what cannot be had forbids everything, what is not there forbids nothing.

Scrapy's own middleware crawls on after a 5xx, a time-out or a refused connection, and reads an error page as
if it were rules; it also leaves Crawl-delay alone.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from newscrawl.discover import RobotsPolicy, policy_of
from newscrawl.discover.robots import SIZE_LIMIT
from newscrawl.exceptions import ArchiveError
from newscrawl.extensions.archive import ArchiveExtension
from newscrawl.extensions.throttle import SourceThrottle
from newscrawl.middlewares.refusals import RobotsForbidden, RobotsUnavailable
from newscrawl.storage import RobotsAnswer
from newscrawl.visits.hosts import hostname_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.spiders.news import NewsSpider

KEPT = timedelta(days=1)
"""An answer may be used for 24 hours (RFC 9309 2.4); one that closes the host is asked for anew in every run."""
_RULE_LIMIT = 5_000
_STAR_LIMIT = 1_000
"""Of one robots.txt. Within the 500 KiB of RFC 9309 there is room for rules that take 0.5 s to read and 0.1 s for each
address asked about; the longest that large sites have are a tenth of these limits."""
_CLOSED = policy_of(None, b"")
_PRIORITY = 1000
"""Whoever waits for a robots.txt waits for nothing else."""


class RobotsMiddleware:
    """Asks every host for its robots.txt once a day, and keeps to it.

    Setting: ROBOTSTXT_OBEY; a source may say ``obey_robots = false`` for itself.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._policies: dict[str, asyncio.Future[RobotsPolicy]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise RobotsForbidden for a URL that the host does not want fetched, RobotsUnavailable where it cannot be asked."""
        spider: NewsSpider = self._crawler.spider  # type: ignore[assignment]
        if request.meta.get("robots") or not spider.source_of(request).fetch.obey_robots:
            return
        policy = await self._policy_for(request)
        if policy.closed:
            raise RobotsUnavailable(request.url)
        if not policy.allows(request.url, self._agent):
            raise RobotsForbidden(request.url)

    def crawl_delay_of(self, url: str) -> float:
        """Return the Crawl-delay of a URL's host in seconds; 0 when it states none or was not asked yet."""
        policy = self.known_policy(url)
        return policy.crawl_delay(self._agent) if policy else 0.0

    def known_policy(self, url: str) -> RobotsPolicy | None:
        """Return what the host of a URL allows, None when it was not asked yet."""
        asked = self._policies.get(_site_of(url))
        return asked.result() if asked is not None and asked.done() else None

    async def _policy_for(self, request: Request) -> RobotsPolicy:
        site = _site_of(request.url)
        if site not in self._policies:
            self._policies[site] = asyncio.get_running_loop().create_future()
            policy = _CLOSED  # whatever goes wrong: others wait for this answer
            try:
                policy = await self._find(site, request.meta["source"])
            finally:
                self._policies[site].set_result(policy)
            throttle = self._crawler.get_extension(SourceThrottle)
            if throttle is not None and (delay := policy.crawl_delay(self._agent)):
                throttle.keep_to(hostname_of(site), delay)
        return await self._policies[site]

    async def _find(self, site: str, source: str) -> RobotsPolicy:
        """Return the policy of a site: of the answer of the last day, or asked for now."""
        answer = await self._kept(site)
        if answer is None:
            answer = await self._ask(site, source)
            if answer is not None and not _policy(answer).closed:
                await self._keep(answer)
        return _CLOSED if answer is None else _policy(answer)

    async def _ask(self, site: str, source: str) -> RobotsAnswer | None:
        request = Request(
            f"{site}/robots.txt",
            callback=NO_CALLBACK,
            priority=_PRIORITY,
            meta={"robots": True, "source": source},  # redirects are followed (RFC 9309 2.3.1.2)
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever went wrong, nobody has allowed anything
            self._crawler.spider.logger.info("%s/robots.txt could not be had (%s): closed", site, error)  # type: ignore[union-attr]
            return None
        if 300 <= response.status < 400:  # it leads where nobody may follow
            return None
        return RobotsAnswer(site, response.status, response.body[: SIZE_LIMIT + 1], datetime.now(UTC))

    # --- kept for a day, where there is an archive ---

    async def _kept(self, site: str) -> RobotsAnswer | None:
        extension = self._crawler.get_extension(ArchiveExtension)
        if extension is None:
            return None
        try:
            async with extension.writing() as archive:
                answer = archive.robots_answer(site)
        except ArchiveError:
            return None  # the crawl is being stopped
        is_fresh = answer is not None and datetime.now(UTC) - answer.asked_at < KEPT
        return answer if is_fresh else None

    async def _keep(self, answer: RobotsAnswer) -> None:
        extension = self._crawler.get_extension(ArchiveExtension)
        if extension is not None:
            async with extension.writing() as archive:
                archive.put_robots_answer(answer)


def _policy(answer: RobotsAnswer) -> RobotsPolicy:
    if _is_excessive(answer.body):
        return _CLOSED
    return policy_of(answer.status, answer.body)


def _is_excessive(rules: bytes) -> bool:
    """Tell whether the rules are made to be slow; they forbid everything then."""
    return rules.count(b"\n") > _RULE_LIMIT or rules.count(b"*") > _STAR_LIMIT


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
