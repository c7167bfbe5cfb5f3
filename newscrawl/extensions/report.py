"""The report of a run: one JSON line in ``runs.jsonl``, and on a terminal a table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals

from newscrawl.exceptions import ArchiveError
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import by_reason, count, tallies
from newscrawl.extensions.versions import versions
from newscrawl.repair.farm import farm_score
from newscrawl.terminal.summary import print_summary
from newscrawl.text.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newscrawl.sources import Source
    from newscrawl.storage import Archive

_OUTCOMES = ("quarantined", "failed", "gone", "repaired")


class RunReport:
    """Counts what the sources answer, and writes the account when the spider is closed.

    Setting: CRAWL_SUMMARY (True, False, or None for only on a terminal).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        summary = crawler.settings.get("CRAWL_SUMMARY")
        self._prints = sys.stdout.isatty() if summary is None else crawler.settings.getbool("CRAWL_SUMMARY")
        self._started_at = datetime.now(UTC)
        crawler.signals.connect(self._answered, signals.response_received)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunReport:
        return cls(crawler)

    def _answered(self, response: Response, request: Request) -> None:
        source = request.meta.get("source")
        if source is None or request.meta.get("robots"):
            return
        count(self._crawler.stats, source, "fetched")
        count(self._crawler.stats, source, "bytes", times=len(response.body))
        if response.status < 400:
            count(self._crawler.stats, source, "answered")

    async def _closed(self, spider: Spider, reason: str) -> None:
        report = report_of(spider, self._crawler.stats.get_stats())
        report |= {
            "started_at": self._started_at.isoformat(timespec="seconds"),
            "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "finish_reason": reason,
            "versions": versions(),
        }
        try:
            async with archive_of(self._crawler).writing() as archive:
                for name, source in getattr(spider, "sources", {}).items():
                    report["sources"][name]["farm_score"] = _farm_score(archive, source)
                archive.add_run(report)
        except ArchiveError:
            return  # the disk refuses; the command says so
        if self._prints:
            print_summary(report)


def _farm_score(archive: Archive, source: Source) -> float:
    """Return how much of a content farm a source's site has shown itself to be, from 0 to 1."""
    counts: Counter[str] = Counter()
    for host in {host_of(url) for url in source.start}:
        counts.update(archive.host_counts(host))
    return farm_score(counts, counts["documents"])


def report_of(spider: Spider, stats: Mapping[str, Any]) -> dict[str, Any]:
    """Return what happened in a run, by source; sources that were not asked anything stand there with zeros."""
    counted = tallies(stats)
    names = sorted({*getattr(spider, "sources", ()), *counted})
    return {"spider": spider.name, "sources": {name: _account(counted.get(name, {})) for name in names}}


def _account(events: Mapping[str, int]) -> dict[str, Any]:
    plain = {key: events.get(key, 0) for key in ("lists", "links_new", "fetched", "answered", "bytes")}
    plain |= {"kept": events.get("kept", 0), "duplicates": events.get("duplicate", 0)}
    return plain | {outcome: by_reason(events, outcome) for outcome in _OUTCOMES}


def failed_sources(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the sources of a report that were asked and gave no answer below status 400, with the commonest reason."""
    return {
        name: max(account["failed"], key=account["failed"].get, default="nothing but errors")
        for name, account in report["sources"].items()
        if not account["answered"] and (account["fetched"] or account["failed"])
    }
