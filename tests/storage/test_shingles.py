"""The index finds what a dictionary would find, whatever has been merged, moved, rolled back or reopened."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import closing, suppress

import pytest

from newscrawl.storage import shingles
from newscrawl.storage.database import Database
from newscrawl.storage.schema import bring_up_to_date, connect
from newscrawl.storage.shingles import ShingleIndex

LIMIT = 1 << 30


@pytest.fixture
def database(tmp_path):
    connection = connect(tmp_path / "catalog.sqlite3", sync=False)
    bring_up_to_date(connection)
    with closing(connection):
        yield Database(connection, tmp_path)


@pytest.fixture
def small(monkeypatch):
    """An index whose rows split early, and move as soon as there are any."""
    monkeypatch.setattr(shingles, "ROW_POSTINGS", 12)
    monkeypatch.setattr(shingles, "_FILLED", 9)
    monkeypatch.setattr(shingles, "_FRESH_ROWS", 4)
    monkeypatch.setattr(shingles, "_SLIVERS", 5)


def sketch_of(chance, size=12):
    """Return a sketch: some shingles are rare, some common, the extreme ones among them."""
    common = [-(1 << 31), -1, 0, 1, (1 << 31) - 1, *range(100, 120)]
    rare = [chance.randrange(-(1 << 31), 1 << 31) for _ in range(size)]
    return sorted({*chance.sample(common, 4), *rare})


def found_in(index, sketch):
    return {shingle: sorted(holders) for shingle, holders in index.holders(sketch, LIMIT)}


def test_it_finds_what_a_dictionary_finds(database, small):
    chance, index, expected = random.Random(1), ShingleIndex(database), defaultdict(list)
    for text in range(1, 301):
        sketch = sketch_of(chance)
        index.add(text, sketch, 600)
        for shingle in sketch:
            expected[shingle].append(text)
        if text % 10 == 0:
            index.settle(at_least=chance.choice([1, 15, 40]))
            database.commit()
        if text % 50 == 0:
            index = ShingleIndex(database)  # a run ends, another begins
        asked = sorted({*chance.sample(sorted(expected), 10), 100, -1, 7})
        assert found_in(index, asked) == {shingle: expected.get(shingle, []) for shingle in asked}
    assert database.rows("SELECT count(*) FROM settled_postings")[0][0] > 20
    assert sorted(index.all_postings()) == sorted(
        (shingle, text) for shingle, texts in expected.items() for text in texts
    )


def test_what_is_rolled_back_is_not_found(database):
    index = ShingleIndex(database)
    index.add(1, [5, 6], 100)
    database.commit()
    index.add(2, [5, 7], 100)
    assert found_in(index, [5]) == {5: [1, 2]}
    database.rollback()
    assert found_in(index, [5, 7]) == {5: [1], 7: []}
    with suppress(KeyboardInterrupt), database.savepoint():
        index.add(3, [5], 100)
        raise KeyboardInterrupt
    assert found_in(index, [5]) == {5: [1]}


def test_a_common_shingle_is_read_no_further_than_asked(database, small):
    index = ShingleIndex(database)
    for text in range(1, 501):
        index.add(text, [42], 100)
    index.settle(at_least=1)
    (few,) = (holders for _, holders in index.holders([42], 20))
    assert 20 <= len(few) < 20 + 2 * shingles.ROW_POSTINGS
    assert found_in(index, [42]) == {42: list(range(1, 501))}


def test_sketches_and_sizes(database):
    index = ShingleIndex(database)
    index.add(1, [-5, 6], 100)
    assert index.sketch_of(1) == (-5, 6)
    assert index.sketch_of(2) == ()
    assert index.sizes([1, 2]) == {1: (2, 100)}


def test_another_version_begins_anew(database):
    index = ShingleIndex(database)
    index.begin("1.1")
    assert index.is_whole
    index.add(1, [5], 100)
    index.begin("1.1")
    assert found_in(index, [5]) == {5: [1]}
    index.begin("2.1")
    assert found_in(index, [5]) == {5: []}
    assert index.sketch_of(1) == ()
