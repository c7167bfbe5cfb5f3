"""Which texts hold a shingle: the index that near-duplicates are found with.

A sketch is a few dozen signed 32-bit numbers. Every pair of a shingle and the text that holds it is one
64-bit posting; postings are kept sorted, packed into rows of up to 4 KB that are named by their first one:

    tail      texts of the last few commits, in memory; read from their sketches when the archive is opened
    fresh     packed rows; the tail is merged into them when it has grown
    settled   packed rows; with every such merge the next sixty-fourth of ``fresh`` moves over

so that a posting is written some eighty times in its life, in good company, and no commit has to rewrite more than a sliver.

Measured with 72 shingles a text at a million texts: one row a posting (WITHOUT ROWID) 565 texts/s and 2 GB;
one query a shingle instead of one for them all 1.5 times slower.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from newscrawl.storage.database import Database

TAIL_TEXTS = 1_000
"""That are kept in memory, 10 MB; merging them takes 100 to 300 ms."""
ROW_POSTINGS = 500
"""At most in one row: it fits a page of the catalog."""
_FILLED = 400
"""Postings in each of the rows that are made of more."""
_SLIVERS = 64
_FRESH_ROWS = 2_000
"""With fewer rows than this nothing is moved: one table is enough for a small archive."""
_ID_BITS = 31
_IDS = (1 << _ID_BITS) - 1
_END = 1 << 62
_SHINGLE_BYTES = 4


class ShingleIndex:
    """The sketches in a database, and the postings of their shingles."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._tail: defaultdict[int, list[int]] | None = None
        self._tail_count = 0
        self._undone_count = 0
        """What the tail was read after: with every rollback it is read anew."""

    def add(self, text: int, sketch: Sequence[int], length: int) -> None:
        """Take in the sketch of a text; ``length`` is that of what it was made of, in characters."""
        tail = self._in_memory()
        self._db.write("INSERT INTO sketches VALUES (?, ?, ?)", (text, length, array("i", sketch).tobytes()))
        for shingle in sketch:
            tail[shingle].append(text)
        self._tail_count += 1

    def sketch_of(self, text: int) -> tuple[int, ...]:
        """Return the sketch of a text; empty when it has none."""
        row = self._db.row("SELECT shingles FROM sketches WHERE text = ?", (text,))
        return tuple(array("i", row[0])) if row else ()

    def sizes(self, texts: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return of each text that has a sketch how many shingles are in it, and the length of what it was made of."""
        query = "SELECT text, length(shingles), length FROM sketches WHERE text IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(query, (json.dumps(list(texts)),))
        return {text: (packed // _SHINGLE_BYTES, length) for text, packed, length in rows}

    def settle(self, *, at_least: int = TAIL_TEXTS) -> None:
        """Merge the tail into the rows, if it has grown to so many texts. Changes nothing that can be asked."""
        tail = self._in_memory()
        if self._tail_count < max(at_least, 1):
            return
        postings = [_posting(shingle, text) for shingle, texts in tail.items() for text in texts]
        postings.sort()
        self._merge("fresh_postings", postings)
        last = self._db.row("SELECT max(text) FROM sketches") or (0,)
        self._db.put_meta("settled_text", str(last[0]))
        self._move_sliver()
        tail.clear()
        self._tail_count = 0

    @property
    def version(self) -> str | None:
        """Of the sketches; None before there are any."""
        return self._db.meta("sketch_version")

    def begin(self, version: str) -> None:
        """Have sketches of this version; those of another are forgotten."""
        if self.version != version:
            self.clear()
            self._db.put_meta("sketch_version", version)
            self.is_whole = not self._db.row("SELECT 1 FROM articles LIMIT 1")

    @property
    def is_whole(self) -> bool:
        """Whether every text of the archive can be found."""
        return self._db.meta("index_is_whole") is not None

    @is_whole.setter
    def is_whole(self, value: bool) -> None:
        if value:
            self._db.put_meta("index_is_whole", "1")
        else:
            self._db.write("DELETE FROM meta WHERE name = 'index_is_whole'")

    def clear(self) -> None:
        """Forget every sketch: they are of another version."""
        for table in ("sketches", "fresh_postings", "settled_postings"):
            self._db.write(f"DELETE FROM {table}")
        self._db.write("DELETE FROM meta WHERE name IN ('settled_text', 'moved_posting')")
        self._tail = None

    def all_postings(self) -> Iterator[tuple[int, int]]:
        """Yield every shingle with a text that holds it, of the rows and then of the tail."""
        for table in ("settled_postings", "fresh_postings"):
            for (packed,) in self._db.execute(f"SELECT packed FROM {table} ORDER BY first"):
                yield from ((posting >> _ID_BITS, posting & _IDS) for posting in array("q", packed))
        for shingle, texts in self._in_memory().items():
            yield from ((shingle, text) for text in texts)

    def _in_memory(self) -> defaultdict[int, list[int]]:
        if self._tail is None or self._undone_count != self._db.undone_count:
            self._undone_count = self._db.undone_count
            settled = int(self._db.meta("settled_text") or 0)
            self._tail, self._tail_count = defaultdict(list), 0
            for text, packed in self._db.execute(
                "SELECT text, shingles FROM sketches WHERE text > ? ORDER BY text", (settled,)
            ):
                for shingle in array("i", packed):
                    self._tail[shingle].append(text)
                self._tail_count += 1
        return self._tail

    def holders(self, sketch: Sequence[int], limit: int) -> Iterator[tuple[int, list[int]]]:
        """Yield each shingle with the texts that hold it, ``limit`` of them at least if there are so many."""
        lasts = json.dumps([_posting(shingle, _IDS) for shingle in sketch])
        rows = self._db.execute(
            "SELECT (SELECT packed FROM fresh_postings WHERE first <= value ORDER BY first DESC LIMIT 1), "
            "(SELECT packed FROM settled_postings WHERE first <= value ORDER BY first DESC LIMIT 1) "
            "FROM json_each(?)",
            (lasts,),
        )
        tail = self._in_memory()
        for shingle, (fresh, settled) in zip(sketch, rows.fetchall(), strict=True):
            holders = list(tail.get(shingle, ()))
            first = _posting(shingle, 0)
            for table, packed in (("fresh_postings", fresh), ("settled_postings", settled)):
                begun = packed and _take_holders(packed, first, holders)
                while begun and len(holders) < limit:  # it began in an earlier row
                    packed = self._row_before(table, begun[0])
                    begun = packed and _take_holders(packed, first, holders)
            yield shingle, holders

    def _row_before(self, table: str, first: int) -> bytes | None:
        row = self._db.row(
            f"SELECT packed FROM {table} WHERE first < ? ORDER BY first DESC LIMIT 1", (first,)
        )
        return row[0] if row else None

    def _move_sliver(self) -> None:
        """Move the next rows of ``fresh`` into ``settled``, round and round."""
        count = self._db.rows("SELECT count(*) FROM fresh_postings")[0][0]
        moved = self._db.meta("moved_posting")
        if moved is None and count < _FRESH_ROWS:
            return
        sliver = count // _SLIVERS + 1
        rows = self._db.rows(
            "SELECT first, packed FROM fresh_postings WHERE first > ? ORDER BY first LIMIT ?",
            (moved or -_END, sliver),
        )
        postings = array("q")
        for _, packed in rows:
            postings.frombytes(packed)
        self._merge("settled_postings", postings.tolist())
        if rows:
            self._db.write(
                "DELETE FROM fresh_postings WHERE first BETWEEN ? AND ?", (rows[0][0], rows[-1][0])
            )
        self._db.put_meta("moved_posting", str(rows[-1][0] if len(rows) == sliver else -_END))

    def _merge(self, table: str, postings: list[int]) -> None:
        """Put sorted postings into the rows of a table that they belong to."""
        if not postings:
            return
        before = self._db.row(f"SELECT max(first) FROM {table} WHERE first <= ?", (postings[0],))
        lowest = before[0] if before and before[0] is not None else -_END
        firsts = [
            first
            for (first,) in self._db.execute(
                f"SELECT first FROM {table} WHERE first BETWEEN ? AND ? ORDER BY first",
                (lowest, postings[-1]),
            )
        ]
        made: list[tuple[int, bytes]] = []
        for first, part in _parts(firsts, postings):
            merged = part
            if first is not None:
                (packed,) = self._db.rows(f"SELECT packed FROM {table} WHERE first = ?", (first,))[0]
                merged = array("q", packed).tolist()
                merged += part
                merged.sort()  # two sorted runs: linear
            made += _rows_of(merged)
        self._db.write_many(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", made)  # its first one stays


def _posting(shingle: int, text: int) -> int:
    return (shingle << _ID_BITS) | text


def _take_holders(packed: bytes, first: int, holders: list[int]) -> Sequence[int] | None:
    """Add the holders of the shingle whose postings begin at ``first``; return the row if they may begin before it."""
    row = memoryview(packed).cast("q")
    at = start = bisect_left(row, first)
    last = first | _IDS
    while at < len(row) and row[at] <= last:
        holders.append(row[at] & _IDS)
        at += 1
    return row if start == 0 else None


def _parts(firsts: list[int], postings: list[int]) -> Iterator[tuple[int | None, list[int]]]:
    """Yield the rows that get something, by their first postings, and what they get; None for a new row."""
    done = 0
    if not firsts or postings[0] < firsts[0]:
        done = bisect_left(postings, firsts[0]) if firsts else len(postings)
        yield None, postings[:done]
    for first, following in pairwise([*firsts, _END]):
        upto = bisect_left(postings, following, done)
        if upto > done:
            yield first, postings[done:upto]
        done = upto


def _rows_of(postings: list[int]) -> Iterable[tuple[int, bytes]]:
    """Yield rows for sorted postings: one, or several of equal length when they are too many for it."""
    count = 1 if len(postings) <= ROW_POSTINGS else -(-len(postings) // _FILLED)
    step = -(-len(postings) // count)
    for start in range(0, len(postings), step):
        row = postings[start : start + step]
        yield row[0], array("q", row).tobytes()
