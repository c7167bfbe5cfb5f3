"""A catalog that an older newscrawl wrote: ``version_1`` is an archive of one, its catalog as SQL."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.exceptions import ArchiveError
from newscrawl.storage import Archive, Catalog, rebuild, verify
from newscrawl.storage.schema import CATALOG, SCHEMA_VERSION, bring_up_to_date, schema_version
from tests.storage.making import add, files_of

VERSION_1 = Path(__file__).with_name("version_1")


@pytest.fixture
def old(folder):
    """An archive that a run of newscrawl with catalog version 1 left in order."""
    shutil.copytree(VERSION_1, folder, ignore=shutil.ignore_patterns("*.sql"))
    with closing(sqlite3.connect(folder / CATALOG)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript((VERSION_1 / "catalog.sql").read_text(encoding="utf-8"))
    return folder


def contents(path):
    """Return the rows of every table, and the statements that made the tables."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
        names = [name for name, sql in tables if sql and sql.startswith("CREATE TABLE")]
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        return tables, rows, schema_version(connection)


def test_the_next_run_brings_it_up_to_date_and_loses_nothing(old):
    before = {name: len(rows) for name, rows in contents(old / CATALOG)[1].items()}
    files = files_of(old)
    with Archive.open(old) as archive:
        assert not archive.recovery
        add(archive, 9)
        assert archive.next_ordinal("linyi-news", "2026-05-27") == 3
    _, after, version = contents(old / CATALOG)
    assert version == SCHEMA_VERSION
    assert all(len(after[name]) >= count for name, count in before.items())
    assert files.keys() < files_of(old).keys()
    assert {finding.what for finding in verify(old)} == {"not_indexed"}


def test_it_gets_the_tables_of_a_new_one(old, tmp_path):
    Archive.open(old).close()
    Archive.open(tmp_path / "new").close()
    assert contents(old / CATALOG)[0] == contents(tmp_path / "new" / CATALOG)[0]


def test_all_of_it_or_none(old):
    with closing(sqlite3.connect(old / CATALOG)) as connection:
        before = contents(old / CATALOG)
        connection.set_authorizer(
            lambda action, _, value, *__: (
                sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_PRAGMA and value else 0
            )
        )
        with pytest.raises(sqlite3.DatabaseError):
            bring_up_to_date(connection)
    assert contents(old / CATALOG) == before


def test_a_reader_is_told_what_to_do(old):
    with pytest.raises(
        ArchiveError, match=r"of version 1.*the next scrapy crawl brings it up to date in place"
    ):
        Catalog.open_readonly(old)


def test_verify_looks_at_the_files_all_the_same(old):
    assert [(finding.what, finding.is_damage) for finding in verify(old)] == [("other_version", False)]
    (text,) = old.glob("*/*/000_*.txt")
    text.write_bytes(text.read_bytes() + b" ")
    assert {finding.what for finding in verify(old)} > {"other_version"}


def test_rebuild_takes_over_what_only_the_old_one_knows(old):
    rebuilt = rebuild(old)
    assert rebuilt.carried["fronts"] == rebuilt.carried["site_memory"] == rebuilt.carried["hosts"] == 1
    assert list(verify(old)) == []


def test_one_of_a_later_version_is_left_alone(old):
    with closing(sqlite3.connect(old / CATALOG)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = (old / CATALOG).read_bytes()
    for opening in (Archive.open, Catalog.open_readonly):
        with pytest.raises(ArchiveError, match=re.escape("use the newscrawl that wrote it, or a later one")):
            opening(old)
    assert (old / CATALOG).read_bytes() == before
