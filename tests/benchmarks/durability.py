"""What durability costs a crawl: the same local pages crawled with every sync and with none, in turns, in one run.

    python -m tests.benchmarks.durability [pages] [rounds] [sites]

Whole runs of ``scrapy crawl news`` are timed, each into an archive of its own. The ratio of two runs that follow
each other is what can be compared between machines.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newscrawl.storage import Catalog
from tests.benchmarks._news import local_news
from tests.conftest import Scrapy

WAYS = {"every sync": "newscrawl.settings", "no syncs": "tests.benchmarks._unsynced"}
"""Settings modules."""
BAR = 1.15


def crawl(scrapy: Scrapy, names: str, settings: str) -> float:
    """Return the seconds that a crawl of the sources took."""
    command = scrapy.command("crawl", "news", "-a", f"sources={names}", AUTOTHROTTLE_ENABLED=False)
    began = time.perf_counter()
    subprocess.run(
        command,
        cwd=scrapy.folder,
        env=scrapy.environment() | {"SCRAPY_SETTINGS_MODULE": settings},
        stderr=subprocess.PIPE,
        check=True,
    )
    return time.perf_counter() - began


def archived(archive: Path) -> int:
    with Catalog.open_readonly(archive) as catalog:
        return sum(1 for _ in catalog.all_articles())


def main(pages: int = 2000, rounds: int = 5, sites: int = 50) -> None:
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        sources = Path(scratch) / "sources"
        with local_news(sources, sites=sites, pages=pages // sites) as names:
            for number in range(rounds):
                for way, settings in list(WAYS.items())[:: 1 if number % 2 else -1]:
                    folder = Path(scratch) / f"{number}-{settings}"
                    folder.mkdir()
                    scrapy = Scrapy(folder, sources)
                    times[way].append(crawl(scrapy, names, settings))
                    assert archived(scrapy.archive) == pages // sites * sites
    print(f"{pages} pages of {sites} sites, {rounds} rounds in turns")
    print(f"  {'':12} {'median s':>9} {'least s':>9} {'pages/s':>9}")
    for way, taken in times.items():
        median = statistics.median(taken)
        print(f"  {way:12} {median:9.1f} {min(taken):9.1f} {pages / median:9.0f}")
    ratios = sorted(durable / loose for durable, loose in zip(*times.values(), strict=True))
    told = " ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"  {statistics.median(ratios):.2f} x the time without syncs (bar: {BAR}); rounds: {told}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
