"""The report of a run: one JSON line in ``runs.jsonl``, and on a terminal a table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals

from newscrawl.dedupe import borrowed_share
from newscrawl.exceptions import ArchiveError
from newscrawl.extensions.answers import Answers
from newscrawl.extensions.archive import archive_of
from newscrawl.extensions.tally import by_reason, last_errors, tallies
from newscrawl.extensions.versions import versions
from newscrawl.repair.farm import farm_score
from newscrawl.terminal.summary import print_summary
from newscrawl.text.urls import host_of

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

    from newscrawl.sources import Source
    from newscrawl.storage import Archive

_COUNTED = ("lists", "links_new", "fetched", "answered", "bytes", "kept", "duplicates", "reprints")
"""Stand in every account, as 0 at least; whatever else was counted stands there too."""
_BY_REASON = ("quarantined", "failed", "gone", "repaired")
_PLURALS = {"duplicate": "duplicates", "reprint": "reprints"}


class RunReport:
    """Counts what the sources answer, and writes the account when the spider is closed.

    Setting: CRAWL_SUMMARY (True, False, or None for only on a terminal).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        summary = crawler.settings.get("CRAWL_SUMMARY")
        self._prints = sys.stdout.isatty() if summary is None else crawler.settings.getbool("CRAWL_SUMMARY")
        self._started_at = datetime.now(UTC)
        assert crawler.stats is not None
        self._answers = Answers(crawler.stats)
        crawler.signals.connect(self._answers.add, signals.response_received)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunReport:
        return cls(crawler)

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
                    report["sources"][name] |= {
                        **_signs_of_a_farm(archive, source),
                        "seconds": self._answers.seconds(name),
                        "slowest": self._answers.slowest(name),
                    }
                count_of_all, on_several_sites = archive.story_counts()
                report["stories"] = {"count": count_of_all, "on_several_sites": on_several_sites}
                archive.add_run(report)
        except ArchiveError:
            return  # the disk refuses; the command says so
        if self._prints:
            print_summary(report)


def _signs_of_a_farm(archive: Archive, source: Source) -> dict[str, float]:
    """Return how much of a content farm a source's site has shown itself to be: by its texts' signs, and by whose they are."""
    counts: Counter[str] = Counter()
    for host in {host_of(url) for url in source.start}:
        counts.update(archive.host_counts(host))
    return {
        "farm_score": farm_score(counts, counts["documents"]),
        "borrowed": borrowed_share(counts["texts"], counts["borrowed"]),
    }


def report_of(spider: Spider, stats: Mapping[str, Any]) -> dict[str, Any]:
    """Return what happened in a run, by source; sources that were not asked anything stand there with zeros."""
    counted, errors = tallies(stats), last_errors(stats)
    names = sorted({*getattr(spider, "sources", ()), *counted})
    accounts = {name: account_of(counted.get(name, {})) for name in names}
    for name, error in errors.items():
        accounts[name]["last_error"] = error
    return {"spider": spider.name, "sources": accounts}


def account_of(events: Mapping[str, int]) -> dict[str, Any]:
    """Return the counts of a source by event, those that have reasons as an object of their own.

    >>> account_of({"duplicate": 1, "trap/fan_out": 2})["duplicates"], account_of({"trap/fan_out": 2})["trap"]
    (1, {'fan_out': 2})
    """
    account: dict[str, Any] = dict.fromkeys(_COUNTED, 0) | {event: {} for event in _BY_REASON}
    for event, times in events.items():
        word, slash, _ = event.partition("/")
        account[_PLURALS.get(word, word)] = by_reason(events, word) if slash else times
    return account


def failed_sources(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the sources of a report that were asked and gave no answer below status 400, with the commonest reason."""
    return {
        name: max(account["failed"], key=account["failed"].get, default="nothing but errors")
        for name, account in report["sources"].items()
        if not account["answered"] and (account["fetched"] or account["failed"])
    }
