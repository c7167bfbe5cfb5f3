"""Archives from before there were stories, and rebuilt catalogs, come to what a crawl of today would have made."""

from __future__ import annotations

import sqlite3

import pytest

from newscrawl.archiving.catching_up import begin_index, catch_up
from newscrawl.storage import Archive, Catalog, rebuild, verify
from tests.archiving.making import NO_SYNCS, archive_all, article_of, stories_in
from tests.dedupe.labelled.measures import archive as labelled_archive


@pytest.fixture(scope="module")
def articles():
    news = labelled_archive(bases=2, digests=2, presses=4)
    return [article_of(each, number) for number, each in enumerate(news)]


@pytest.fixture
def folder(tmp_path, articles):
    archive_all(tmp_path / "archive", articles)
    return tmp_path / "archive"


@pytest.fixture
def older(tmp_path, articles, monkeypatch):
    """An archive as of before: every text is a file, none was ever compared, none is in the catalog."""
    folder = tmp_path / "older"
    with monkeypatch.context() as patch:
        patch.setattr("newscrawl.archiving.filing.COMPARISON_VERSION", 0)
        archive_all(folder, articles, reprints="files")
    (folder / "stories.jsonl").unlink()
    with sqlite3.connect(folder / "catalog.sqlite3") as catalog:
        for table in ("texts", "links", "stories", "sketches", "fresh_postings", "settled_postings"):
            catalog.execute(f"DELETE FROM {table}")
        catalog.execute("DELETE FROM ledgers WHERE path = 'stories.jsonl'")
        catalog.execute("DELETE FROM meta WHERE name IN ('texts', 'sketch_version', 'index_is_whole')")
    catalog.close()
    (folder / "catalog.sha256").unlink()
    return folder


def told(folder):
    with Catalog.open_readonly(folder) as catalog:
        return stories_in(catalog)


def sketches(folder):
    with Catalog.open_readonly(folder) as catalog:
        found = (catalog.index.sketch_of(row.id) for row in catalog.all_texts())
        return {sketch for sketch in found if sketch}


def test_a_rebuilt_catalog_tells_the_same(folder):
    before, index = told(folder), sketches(folder)
    (folder / "catalog.sqlite3").unlink()
    rebuild(folder, disk=NO_SYNCS)
    with Archive.open(folder, disk=NO_SYNCS) as archive:
        assert not begin_index(archive)
        assert catch_up(archive).compared == 0
    assert told(folder) == before
    assert sketches(folder) == index
    assert list(verify(folder)) == []


class StoppedError(Exception):
    pass


def stop(done, of):
    raise StoppedError


def test_an_older_archive_gets_the_same_stories(older, articles, tmp_path, monkeypatch):
    """What is done is kept when it is stopped in the middle; no file is touched."""
    archive_all(tmp_path / "today", articles, reprints="files")
    monkeypatch.setattr("newscrawl.archiving.catching_up.BATCH", 20)
    assert [finding.what for finding in verify(older)] == ["not_indexed"]
    files = {path: path.read_bytes() for path in older.rglob("*.txt")}
    with Archive.open(older, disk=NO_SYNCS) as archive:
        assert not begin_index(archive)
    with pytest.raises(StoppedError), Archive.open(older, disk=NO_SYNCS) as archive:
        catch_up(archive, stop)
    with Archive.open(older, disk=NO_SYNCS) as archive:
        assert catch_up(archive).links["same"] > 10
        assert begin_index(archive)
    assert told(older) == told(tmp_path / "today")
    assert {path: path.read_bytes() for path in older.rglob("*.txt")} == files
    assert list(verify(older)) == []


def test_without_keeping_everything_is_as_it_was(older):
    with Archive.open(older, disk=NO_SYNCS) as archive:
        done = catch_up(archive, keep=False)
        assert archive.story_counts()[1] > 0
        archive.rollback()
    assert done.compared > 20
    assert told(older)["texts"] == {}
    assert not (older / "stories.jsonl").exists()
