"""How long ``scrapy status`` takes over a catalog of a million articles, beside the start of any command.

    python -m tests.benchmarks.status [articles] [sources]

The filling is generated: two years of days, three columns a source, two months of visits. Prints the median of
five calls, and of five calls of ``scrapy version``, which loads Scrapy and nothing of ours.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.storage import Archive
from newscrawl.storage.schema import CATALOG, stamp

DAYS, VISIT_DAYS, COLUMNS, ROUNDS = 730, 60, 3, 5
ROOT = Path(__file__).parents[2]
_ARTICLE = (
    "path, source, day, ordinal, sha256, text_fingerprint, url, url_key, captured_at, headline, line_offset"
)


def make_catalog(folder: Path, articles: int, sources: list[str]) -> None:
    """Fill the catalog of a new archive."""
    Archive.open(folder).close()
    now = datetime.now(UTC)
    with sqlite3.connect(folder / CATALOG) as db:
        db.execute("PRAGMA synchronous = OFF")
        rows = _articles(random.Random(2026), articles, sources, now)
        db.executemany(f"INSERT INTO articles ({_ARTICLE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        db.execute(
            "INSERT INTO article_days SELECT source, day, 'column' || (id % ?), count(*), count(*), 2000 * count(*), "
            "min(captured_at), max(captured_at) FROM articles GROUP BY 1, 2, 3",
            (COLUMNS,),
        )
        counts = json.dumps(
            {"answered": 40, "fetched": 44, "kept": 9, "charset/utf-8": 40, "failed/http_500": 1}
        )
        visits = [
            (source, f"{at:%Y-%m-%d}", 48, stamp(at), stamp(at), "", counts)
            for source in sources
            for at in (now - timedelta(n) for n in range(VISIT_DAYS))
        ]
        db.executemany("INSERT INTO visit_days VALUES (?, ?, ?, ?, ?, ?, ?)", visits)
        report = json.dumps({"finished_at": now.isoformat(), "sources": {}})
        db.execute("INSERT INTO runs VALUES (0, ?)", (report,))


def _articles(
    chance: random.Random, count: int, sources: list[str], now: datetime
) -> Iterator[tuple[object, ...]]:
    for number in range(count):
        source, at = sources[number % len(sources)], now - timedelta(days=DAYS * chance.random())
        digest, url = f"{number:064x}", f"http://{source}.example.cn/{number}.html"
        path = f"{source}/{at:%Y-%m-%d}/{number}_{digest[:16]}.txt"
        yield (
            path,
            source,
            f"{at:%Y-%m-%d}",
            number,
            digest,
            digest,
            url,
            url,
            stamp(at),
            f"第{number}条",
            number,
        )


def timed(command: list[str], folder: Path) -> float:
    """Return the median seconds of a command."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main(articles: int = 1_000_000, sources: int = 500) -> None:
    """Make a catalog and ask for its status."""
    names = [f"source-{number:04}" for number in range(sources)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_catalog(folder / "archive", articles, names)
        (folder / "sources").mkdir()
        for name in names:
            text = f'id = "{name}"\nname = "{name}"\nstart = "http://{name}.example.cn/"\n'
            (folder / "sources" / f"{name}.toml").write_text(text, encoding="utf-8")
        scrapy = [sys.executable, "-m", "scrapy"]
        status = timed([*scrapy, "status", "-s", "SOURCES_DIRS=sources"], folder)
        start = timed([*scrapy, "version"], folder)
    print(
        f"scrapy status, {articles} articles of {sources} sources: {status:.2f} s; scrapy version: {start:.2f} s"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
