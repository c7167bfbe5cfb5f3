"""How fast texts that are alike are found, and what their index costs on disk.

    python -m tests.benchmarks.stories [--million] [count]

Looks up and inserts generated sketches, one in three a copy with a tenth altered, and commits every 20 with every
sync, with the catalog on disk: at ten thousand texts, and with ``--million`` behind a million (that takes minutes to
fill). Then archives labelled news, compared and placed. Rates are of one core (processor time) and by the clock.

Measured on two shared cores with 50 shingles a text: 2,480 texts a second of one core at ten thousand and 869 behind a
million, 0.8 KB of index a text. Tried and rejected: one row a posting (72 shingles: 565 at a million, 2 KB a text);
rows of up to 120 postings and a tail of 512 texts (231 by the clock at a million on a busy machine, where rows of 500
and a tail of 1,000 made 403); one query a shingle instead of one for all (600 against 385 microseconds a lookup).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from array import array
from contextlib import closing
from pathlib import Path

from newscrawl.archiving import archive_article
from newscrawl.archiving.catching_up import begin_index
from newscrawl.storage import Archive
from newscrawl.storage.database import Database
from newscrawl.storage.schema import bring_up_to_date, connect
from newscrawl.storage.shingles import ROW_POSTINGS, ShingleIndex
from tests.archiving.making import article_of
from tests.dedupe.labelled.measures import archive as labelled_archive

SHINGLES = 50
"""Of an article of 600 characters."""
BATCH = 20
_SLICES = 64
_FRESH_SHARE = 40


class Clock:
    """Seconds of one core and by the clock, of what is done inside."""

    def __init__(self) -> None:
        self.core = self.wall = 0.0

    def __enter__(self) -> None:
        self._began = time.process_time(), time.perf_counter()

    def __exit__(self, *exception: object) -> None:
        self.core += time.process_time() - self._began[0]
        self.wall += time.perf_counter() - self._began[1]


def fill(database: Database, count: int) -> None:
    """Write the postings of so many texts as a long life would have left them."""
    chance, per_slice = random.Random(7), count * SHINGLES // _SLICES
    database.connection.execute("PRAGMA synchronous = OFF")
    for number in range(_SLICES):
        low = (number << 26) - (1 << 31)
        postings = sorted(
            ((low + chance.getrandbits(26)) << 31) | chance.randrange(1, count + 1) for _ in range(per_slice)
        )
        for table, some in (("settled", postings), ("fresh", postings[::_FRESH_SHARE])):
            step = ROW_POSTINGS * 3 // 4
            rows = (some[at : at + step] for at in range(0, len(some), step))
            database.write_many(
                f"INSERT OR REPLACE INTO {table}_postings VALUES (?, ?)",
                [(row[0], array("q", row).tobytes()) for row in rows],
            )
        database.commit()
    some_sketch = array("i", range(SHINGLES)).tobytes()
    database.write_many(
        "INSERT INTO sketches VALUES (?, 600, ?)", ((n, some_sketch) for n in range(1, count + 1))
    )
    database.put_meta("settled_text", str(count))
    database.put_meta("moved_posting", "0")
    database.commit()
    database.connection.execute("PRAGMA synchronous = FULL")


def sketches(count: int) -> list[tuple[bool, list[int]]]:
    """Return sketches, and of each whether it is a copy of an earlier one."""
    chance, made = random.Random(2026), list[tuple[bool, list[int]]]()
    for number in range(count):
        fresh = [chance.getrandbits(32) - (1 << 31) for _ in range(SHINGLES)]
        if is_copy := number % 3 == 2:
            _, old = made[chance.randrange(max(0, number - 3000), number)]
            fresh = [one if chance.random() < 0.9 else new for one, new in zip(old, fresh, strict=False)]
        made.append((is_copy, sorted(set(fresh))))
    return made


def measure_index(folder: Path, known: int, count: int) -> None:
    path = folder / f"catalog-{known}.sqlite3"
    found = copies = 0
    clock = Clock()
    with closing(connect(path)) as connection:
        bring_up_to_date(connection)
        database = Database(connection, folder)
        if known:
            fill(database, known)
        index, made = ShingleIndex(database), sketches(count)
        with clock:
            for number, (is_copy, sketch) in enumerate(made, 1):
                shared: dict[int, int] = {}
                for _, holders in index.holders(sketch, 257):
                    for text in holders:
                        shared[text] = shared.get(text, 0) + 1
                copies += is_copy
                found += is_copy and max(shared.values(), default=0) > SHINGLES // 2
                index.add(known + number, sketch, 600)
                if number % BATCH == 0:
                    index.settle()
                    database.commit()
            if database.in_transaction:
                database.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size / (known + count)
    print(
        f"{known + count:>9,} texts: {count / clock.core:6,.0f} a second of one core, {count / clock.wall:6,.0f} by the "
        f"clock; {found} of {copies} copies found; {size:,.0f} bytes of index a text"
    )


def measure_archive(folder: Path) -> None:
    news = labelled_archive(bases=20, digests=10, presses=100)
    articles = [article_of(each, number) for number, each in enumerate(news)]
    random.Random(1).shuffle(articles)
    clock = Clock()
    with Archive.open(folder / "archive") as archive, clock:
        begin_index(archive)
        for number, article in enumerate(articles, 1):
            archive_article(archive, article)
            if number % BATCH == 0:
                archive.commit()
        archive.commit()
    rates = f"{len(articles) / clock.core:,.0f} a second of one core, {len(articles) / clock.wall:,.0f} by the clock"
    print(
        f"{len(articles)} articles of {20} stories with 24 reprints each, digests and press texts archived: {rates}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--million", action="store_true", help="behind a million texts as well")
    parser.add_argument("count", nargs="?", type=int, default=10_000, help="texts looked up and inserted")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        measure_index(Path(scratch), 0, options.count)
        if options.million:
            measure_index(Path(scratch), 1_000_000, options.count)
        measure_archive(Path(scratch))


if __name__ == "__main__":
    main()
