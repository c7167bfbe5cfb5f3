from __future__ import annotations

from types import SimpleNamespace

from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from newscrawl.extensions.report import failed_sources, report_of
from newscrawl.extensions.tally import by_reason, count, tallies, total_of


class Spider:
    name = "news"

    def __init__(self, *sources):
        self.sources = dict.fromkeys(sources)


def counted(*events):
    stats = MemoryStatsCollector(SimpleNamespace(settings=Settings()))
    for source, event, times in events:
        count(stats, source, event, times=times)
    return stats.get_stats()


def test_what_is_counted_is_read_back():
    stats = counted(("lushan", "kept", 2), ("lushan", "quarantined/soft_404", 1), ("lushan", "kept", 1))
    assert tallies(stats) == {"lushan": {"kept": 3, "quarantined/soft_404": 1}}
    assert by_reason(tallies(stats)["lushan"], "quarantined") == {"soft_404": 1}
    assert total_of(tallies(stats)["lushan"], "quarantined") == 1


def test_an_event_is_not_counted_under_a_longer_word():
    assert total_of({"kept_back": 3, "kept": 1}, "kept") == 1


def test_a_report_has_every_source_even_the_silent_ones():
    report = report_of(
        Spider("lushan", "pingyuan"), counted(("lushan", "kept", 2), ("lushan", "answered", 3))
    )
    assert report["sources"]["lushan"]["kept"] == 2
    assert report["sources"]["pingyuan"]["kept"] == 0


def test_a_source_without_an_answer_has_failed():
    stats = counted(
        ("good", "answered", 1),
        ("good", "fetched", 2),
        ("dead", "failed/connection_refused", 1),
        ("angry", "fetched", 3),
    )
    assert failed_sources(report_of(Spider("good", "dead", "angry", "not-asked"), stats)) == {
        "angry": "nothing but errors",
        "dead": "connection_refused",
    }
