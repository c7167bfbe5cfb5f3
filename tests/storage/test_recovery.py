from __future__ import annotations

import shutil
import sqlite3

import pytest

from newscrawl.exceptions import ArchiveDamaged, ArchiveLocked
from newscrawl.storage import Archive, Catalog, Recovery, UrlState, rebuild, verify
from newscrawl.storage.recovery import STRANGERS_MAX
from tests.storage.making import add, files_of, make_exchange


@pytest.fixture
def dead(folder):
    """An archive of three articles whose run died before it closed anything."""
    archive = Archive.open(folder)
    for number in range(3):
        add(archive, number)
    archive.quarantine("http://a.cn/x", "linyi-news", "soft_404")
    archive.commit()
    archive._let_go()
    return folder


def lost_files(folder):
    return {path.name for path in (folder / "lost").rglob("*") if path.is_file()}


def test_after_an_orderly_end_there_is_nothing_to_mend(folder):
    Archive.open(folder).close()
    with Archive.open(folder) as archive:
        assert archive.recovery == Recovery()
        assert str(archive.recovery) == "nothing to mend"


def test_a_dead_run_that_left_nothing(dead):
    before = files_of(dead)
    with Archive.open(dead) as archive:
        assert not archive.recovery
    assert files_of(dead) == before
    assert list(verify(dead)) == []


TORN = {
    "manifest": "linyi-news/2026-05-27/manifest.jsonl",
    "quarantine": "quarantine.jsonl",
    "WARC": "warc/*.warc.gz",
}


@pytest.mark.parametrize("pattern", TORN.values(), ids=TORN)
@pytest.mark.parametrize("tail", [b'{"kind":"article","pa', b"\0" * 4096, b'{"whole":"line"}\n'])
def test_a_torn_tail_is_cut_and_kept(dead, pattern, tail):
    (path,) = dead.glob(pattern)
    before = path.read_bytes()
    path.write_bytes(before + tail)
    with Archive.open(dead) as archive:
        assert archive.recovery.torn_tails == 1
        (kept,) = (dead / archive.recovery.lost_folder).rglob("*.from-*")
        assert (
            str(archive.recovery)
            == f"mended after a run that died: 1 torn tails; kept in {archive.recovery.lost_folder}"
        )
        add(archive, 7)
    assert kept.read_bytes() == tail
    assert kept.name == f"{path.name}.from-{len(before)}"
    assert path.read_bytes().startswith(before)
    assert list(verify(dead)) == []


STRANGERS = {
    "seed file": "linyi-news/2026-05-27/003_0123456789abcdef.txt",
    "seed file of a new day": "linyi-news/2026-05-28/000_0123456789abcdef.txt",
    "manifest of a new day": "linyi-news/2026-05-28/manifest.jsonl",
    "of a new source": "zibo-news/2026-05-27/000_0123456789abcdef.txt",
    "WARC file": "warc/newscrawl-20260527T040000Z-00002.warc.gz",
    "runs": "runs.jsonl",
    "unfinished": "linyi-news/2026-05-27/.003_0123456789abcdef.txt.tmp",
    "unfinished at the top": ".catalog.sha256.tmp",
}


@pytest.mark.parametrize("name", STRANGERS.values(), ids=STRANGERS)
def test_what_nobody_acknowledged_is_put_aside(dead, name):
    path = dead / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    before = files_of(dead)
    with Archive.open(dead) as archive:
        recovery = archive.recovery
        assert recovery.unknown_files + recovery.unfinished_files == 1
    assert not path.exists()
    assert (dead / recovery.lost_folder / name).read_bytes() == b"half"
    del before[name]
    assert {n: c for n, c in files_of(dead).items() if not n.startswith("lost/")} == before
    assert list(verify(dead)) == []


KEPT = [
    "notes.txt",
    "linyi-news/README",
    "linyi-news/2026-05-27/notes.txt",
    "warc/CC-NEWS-1.warc.gz",
    "x/y.txt",
]


@pytest.mark.parametrize("name", KEPT)
def test_what_is_not_ours_is_left_alone(dead, name):
    path = dead / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"mine")
    with Archive.open(dead) as archive:
        assert not archive.recovery
    assert path.read_bytes() == b"mine"


def test_what_was_acknowledged_and_is_short_is_damage(dead):
    manifest = dead / "linyi-news/2026-05-27/manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-1])
    (dead / "linyi-news/2026-05-27/.x.tmp").write_bytes(b"")
    before = files_of(dead)
    with pytest.raises(ArchiveDamaged, match="were acknowledged"):
        Archive.open(dead)
    assert files_of(dead) == before
    with pytest.raises(ArchiveDamaged):  # the lock was let go of
        Archive.open(dead)


def test_an_article_that_is_missing_is_told(dead):
    (path,) = dead.glob("*/*/001_*.txt")
    path.unlink()
    with Archive.open(dead) as archive:
        assert archive.recovery.missing == (path.relative_to(dead).as_posix(),)
        assert "1 files are MISSING, linyi-news/2026-05-27/001_" in str(archive.recovery)


def test_an_old_copy_of_the_catalog_moves_no_file(dead):
    with sqlite3.connect(dead / "catalog.sqlite3") as connection:
        connection.execute("DELETE FROM articles")
    connection.close()
    day = dead / "linyi-news/2026-05-26"
    day.mkdir()
    for number in range(STRANGERS_MAX + 1):
        (day / f"{number:03}_0123456789abcdef.txt").touch()
    with pytest.raises(ArchiveDamaged, match="is it an old copy"):
        Archive.open(dead)
    assert not (dead / "lost").exists()


@pytest.fixture
def old_copy(folder, tmp_path):
    """An archive of six articles with the catalog of when it had two, taken while the run was going on."""
    copy = tmp_path / "copy.sqlite3"
    with Archive.open(folder) as archive:
        for number in range(6):
            add(archive, number)
            if number % 2:
                archive.commit()
            if number == 1:
                with sqlite3.connect(copy) as target:
                    archive._db.connection.backup(target)
                target.close()
    shutil.copy(copy, folder / "catalog.sqlite3")
    return folder


def test_an_old_copy_of_the_catalog_cuts_nothing(old_copy):
    before = files_of(old_copy)
    with pytest.raises(ArchiveDamaged, match="is an old copy: 1 commits of 3; scrapy rebuild"):
        Archive.open(old_copy)
    assert files_of(old_copy) == before
    assert [finding.what for finding in verify(old_copy) if finding.is_damage] == ["old_copy"]


def test_an_old_copy_of_the_catalog_is_rebuilt(old_copy):
    before = files_of(old_copy)
    assert rebuild(old_copy).counts["articles"] == 6
    assert {name: c for name, c in files_of(old_copy).items() if not name.startswith("lost/")} == before
    with Archive.open(old_copy) as archive:
        assert not archive.recovery
        add(archive, 7)
    assert list(verify(old_copy)) == []


def test_an_archive_that_was_emptied_by_hand_begins_anew(dead):
    for path in dead.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != ".lock":
            path.unlink()
    with Archive.open(dead) as archive:
        add(archive, 1)
    assert list(verify(dead)) == []


@pytest.mark.parametrize(
    "content", [b"", b"4711\n", b"rubbish" * 20, b" " * 40, b"99999999999999999999999 1\n"]
)
def test_whatever_the_lock_file_says(dead, content):
    (dead / ".lock").write_bytes(content)
    with Archive.open(dead) as archive:
        with pytest.raises(ArchiveLocked):
            Archive.open(dead)
        add(archive, 7)
    assert list(verify(dead)) == []


def test_mending_can_be_interrupted_anywhere(dead):
    class Stop(Exception):
        pass

    from newscrawl.storage import Disk

    class Stopping(Disk):
        left = 0

        def rename(self, old, new):
            self.count()
            super().rename(old, new)

        def truncate(self, path, length):
            self.count()
            super().truncate(path, length)

        def count(self):
            if not self.left:
                raise Stop
            self.left -= 1

    manifest = dead / "linyi-news/2026-05-27/manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes() + b"tail")
    for number in (5, 6):
        (dead / f"linyi-news/2026-05-27/{number:03}_0123456789abcdef.txt").write_bytes(b"stranger")
    for steps in (0, 1, 2, 0, 1):
        disk = Stopping()
        disk.left = steps
        with pytest.raises(Stop):
            Archive.open(dead, disk=disk)
    with Archive.open(dead) as archive:
        add(archive, 9)
    assert list(verify(dead)) == []
    assert {"manifest.jsonl.from-" in name or name[:3] in {"005", "006"} for name in lost_files(dead)} == {
        True
    }


def test_a_run_that_died_before_its_first_commit(folder):
    archive = Archive.open(folder)
    add(archive, 1)
    archive._let_go()
    with Archive.open(folder) as archive:
        assert not archive.recovery
        add(archive, 1)
        archive._staging.ledgers.flush()
        archive._let_go()
    with Archive.open(folder) as archive:
        assert (
            archive.recovery.unknown_files == 2
        )  # the WARC file and the manifest, begun but never acknowledged
        assert archive.url(make_exchange(1).url) is None
        add(archive, 1)
    assert list(verify(folder)) == []


def test_readers_are_not_disturbed_by_a_close(folder):
    with Archive.open(folder) as archive:
        add(archive, 1)
        archive.commit()
        reader = Catalog.open_readonly(folder)
        reader._db.connection.execute("BEGIN")
        assert reader.url_counts() == {"linyi-news": {UrlState.ARCHIVED: 1}}
        add(archive, 2)
    assert reader.url_counts() == {"linyi-news": {UrlState.ARCHIVED: 1}}
    reader.close()
    with Archive.open(folder) as archive:
        assert not archive.recovery
        assert archive.url_counts() == {"linyi-news": {UrlState.ARCHIVED: 2}}
    assert list(verify(folder)) == []
