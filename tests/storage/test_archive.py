from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.exceptions import ArchiveDamaged, ArchiveError, ArchiveLocked, DiskFull, SeedFormatError
from newscrawl.items import Cut, WarcPointer
from newscrawl.storage import (
    Archive,
    Catalog,
    Disk,
    FoundUrl,
    UrlState,
    read_entries,
    read_exchange,
    seed_name,
    verify,
)
from newscrawl.storage.database import Database
from newscrawl.storage.options import as_found_text
from tests.storage.making import NOON, add, files_of, make_article, make_exchange

URL = make_exchange(1).url


def test_an_article_is_archived(folder, open_archive):
    archive = open_archive(versions={"newscrawl": "0.1.0"})
    pointer = archive.record(make_exchange(1))
    archived = archive.add_article(make_article(1, warc=pointer), "fp:1")
    assert archive.commit() == 1
    text = "临沂第1条新闻\n第1段,讲一件事。\n又一段。"
    assert archived.path.as_posix() == f"linyi-news/2026-05-27/{seed_name(0, text.encode())}"
    assert (folder / archived.path).read_bytes() == text.encode()
    (entry,) = read_entries(folder / "linyi-news/2026-05-27/manifest.jsonl")
    assert entry.article(text) == archived.article
    assert (entry.text_fingerprint, entry.versions) == ("fp:1", {"newscrawl": "0.1.0"})
    assert read_exchange(folder / "warc", entry.capture.warc).body == make_exchange(1).body
    assert archive.url(URL).state is UrlState.ARCHIVED
    assert archive.entry_of(archive.article(archived.path.as_posix())) == entry
    archive.close()
    assert list(verify(folder)) == []


def test_nothing_is_there_before_the_commit(folder, open_archive):
    archive = open_archive()
    path = add(archive, 1)
    assert not (folder / path).exists()
    with Catalog.open_readonly(folder) as reader:
        assert reader.article(path) is None
        archive.commit()
        assert reader.article(path).headline == "临沂第1条新闻"
    assert (folder / path).exists()


def test_staged_articles_are_seen_by_the_run_itself(open_archive):
    archive = open_archive()
    path = add(archive, 1)
    assert archive.find_fingerprint("fp:1").path == path
    assert archive.text_of(path).startswith("临沂第1条新闻\n")
    assert archive.url(URL).state is UrlState.ARCHIVED
    assert [row.path for row in archive.articles_of(URL)] == [path]


def test_a_commit_of_nothing(folder, open_archive):
    archive = open_archive()
    before = files_of(folder)
    assert archive.commit() == 0
    assert files_of(folder) == before == {}


def test_ordinals_go_on_in_the_next_run(folder):
    for run in range(3):
        with Archive.open(folder) as archive:
            names = [add(archive, 10 * run + n).rpartition("/")[2] for n in range(2)]
        assert [name[:3] for name in names] == [f"{2 * run:03}", f"{2 * run + 1:03}"]


def test_ordinals_are_per_source_and_day(open_archive):
    archive = open_archive()
    article = make_article(1)
    next_day = replace(article.capture, captured_at=NOON + timedelta(hours=12), url="http://a.cn/2")
    other = replace(article.capture, source="zibo-news", url="http://a.cn/3")
    paths = [
        archive.add_article(replace(article, capture=capture), "fp").path.as_posix()
        for capture in (article.capture, next_day, other)
    ]
    assert [path.rpartition("/")[0] for path in paths] == [
        "linyi-news/2026-05-27",
        "linyi-news/2026-05-28",
        "zibo-news/2026-05-27",
    ]
    assert [path.rpartition("/")[2][:3] for path in paths] == ["000", "000", "000"]


def test_a_clock_that_jumps_back_changes_no_number(folder):
    with Archive.open(folder) as archive:
        archive.add_article(make_article(1), "fp:1")
    with Archive.open(folder) as archive:
        article = make_article(2)
        earlier = replace(article.capture, captured_at=article.capture.captured_at - timedelta(hours=3))
        archived = archive.add_article(replace(article, capture=earlier), "fp:2")
    assert archived.ordinal == 1


def test_rollback_leaves_the_last_commit(folder, open_archive):
    archive = open_archive()
    add(archive, 1)
    archive.commit()
    before = files_of(folder)
    path = add(archive, 2)
    archive.quarantine("http://a.cn/x", "linyi-news", "soft_404")
    archive.rollback()
    assert files_of(folder) == before
    assert archive.article(path) is None
    assert archive.url(make_exchange(2).url) is None
    assert add(archive, 2) == path
    archive.close()
    assert list(verify(folder)) == []


def test_leaving_by_an_exception_rolls_back(folder):
    with pytest.raises(KeyError), Archive.open(folder) as archive:  # noqa: PT012
        add(archive, 1)
        raise KeyError
    assert files_of(folder) == {}
    with Archive.open(folder) as archive:
        assert not archive.recovery


REFUSED = {
    "empty line": ({"body": "一\n\n二"}, SeedFormatError),
    "control character": ({"body": "一\x1b[31m"}, SeedFormatError),
    "nothing": ({"headline": None, "body": ""}, SeedFormatError),
    "no source": ({"source": ""}, ValueError),
    "source that leads out": ({"source": "../x"}, ValueError),
    "source that is a folder of ours": ({"source": "warc"}, ValueError),
    "hidden source": ({"source": ".x"}, ValueError),
}


@pytest.mark.parametrize(("changes", "error"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_archived_stages_nothing(folder, open_archive, changes, error):
    archive = open_archive()
    article = make_article(1)
    if "source" in changes:
        article = replace(article, capture=replace(article.capture, source=changes["source"]))
    else:
        article = replace(article, **changes)
    with pytest.raises(error):
        archive.add_article(article, "fp")
    assert archive.commit() == 0
    assert files_of(folder) == {}


def test_a_duplicate_gets_a_line_and_no_file(folder, open_archive):
    archive = open_archive()
    path = add(archive, 1)
    archive.add_duplicate(make_article(2), "fp:1", path)
    archive.commit()
    _, entry = read_entries(folder / "linyi-news/2026-05-27/manifest.jsonl")
    assert entry.duplicate_of == path
    assert archive.url(make_exchange(2).url).state is UrlState.DUPLICATE
    assert archive.url(make_exchange(2).url).reason == path
    assert archive.duplicate_count(path) == 1
    assert len(list(folder.glob("*/*/*.txt"))) == 1


def test_a_page_fetched_again_is_no_duplicate_of_itself(folder, open_archive):
    archive = open_archive()
    path = add(archive, 1)
    archive.add_duplicate(make_article(1), "fp:1", path)
    archive.commit()
    assert len(list(read_entries(folder / "linyi-news/2026-05-27/manifest.jsonl"))) == 1
    assert archive.url(URL).state is UrlState.ARCHIVED


def test_a_duplicate_of_nothing(open_archive):
    with pytest.raises(ValueError, match="not the path of an archived article"):
        open_archive().add_duplicate(
            make_article(2), "fp:1", "linyi-news/2026-05-27/000_0000000000000000.txt"
        )


def test_a_changed_page_is_a_version_beside_the_old_one(open_archive):
    archive = open_archive()
    first = add(archive, 1)
    changed = replace(make_article(1), body="改过的一段。")
    later = replace(changed.capture, captured_at=NOON + timedelta(days=2))
    second = archive.add_article(replace(changed, capture=later), "fp:other").path.as_posix()
    archive.commit()
    assert [row.path for row in archive.articles_of(URL)] == [first, second]
    assert archive.article(second).previous == first
    assert archive.text_of(first) != archive.text_of(second)


def test_a_quarantined_page_is_kept_with_its_reason(folder, open_archive):
    archive = open_archive()
    pointer = archive.record(make_exchange(1))
    capture = make_article(1, warc=pointer).capture
    archive.quarantine(URL, "linyi-news", "soft_404", "the page says \x1b[31m页面不存在", capture=capture)
    archive.quarantine("http://a.cn/never-fetched", "linyi-news", "blocked")
    archive.close()
    first, second = read_entries(folder / "quarantine.jsonl")
    assert (first.reason, first.detail, first.capture) == (
        "soft_404",
        "the page says \x1b[31m页面不存在",
        capture,
    )
    assert second.capture.warc is None
    assert b"\x1b" not in (folder / "quarantine.jsonl").read_bytes()
    assert list(verify(folder)) == []


def test_archived_is_for_good(open_archive):
    archive = open_archive()
    add(archive, 1)
    archive.quarantine(URL, "linyi-news", "soft_404")
    archive.settle(URL, "failed", "timeout")
    assert archive.url(URL).state is UrlState.ARCHIVED


def test_an_unchanged_page_is_a_revisit(folder, open_archive):
    archive = open_archive()
    first = archive.record(make_exchange(1))
    again = archive.record(make_exchange(1, fetched_at=NOON + timedelta(days=1)))
    not_modified = archive.record(make_exchange(1, status=304, body=b"", fetched_at=NOON + timedelta(days=2)))
    other = archive.record(make_exchange(1, body=b"new", fetched_at=NOON + timedelta(days=3)))
    archive.commit()
    bodies = [read_exchange(folder / "warc", pointer).body for pointer in (first, again, not_modified, other)]
    assert bodies == [make_exchange(1).body] * 3 + [b"new"]
    assert other.offset - not_modified.offset < again.offset - first.offset + 400


def test_a_rolled_back_capture_is_referred_to_by_nobody(folder, open_archive):
    archive = open_archive()
    archive.record(make_exchange(1))
    archive.rollback()
    pointer = archive.record(make_exchange(1))
    archive.commit()
    assert read_exchange(folder / "warc", pointer).body == make_exchange(1).body


def test_warc_files_are_rotated(folder):
    for _ in range(2):
        with Archive.open(folder, warc_max_bytes=2_000, operator="某研究所") as archive:
            for number in range(6):
                archive.record(make_exchange(number, body=os.urandom(600)))
    names = sorted(path.name for path in (folder / "warc").iterdir())
    assert [name[-13:-8] for name in names] == [f"{n:05}" for n in range(1, len(names) + 1)]
    assert len(names) == 6
    assert list(verify(folder)) == []


def test_the_next_run_goes_on_in_the_same_warc_file(folder):
    for number in range(3):
        with Archive.open(folder, operator="某研究所") as archive:
            archive.record(make_exchange(number))
    assert len(list((folder / "warc").iterdir())) == 1


def test_another_operator_begins_another_file(folder):
    for operator in ("甲", "甲", "乙"):
        with Archive.open(folder, operator=operator) as archive:
            archive.record(make_exchange(1))
    assert len(list((folder / "warc").iterdir())) == 2


def test_a_warc_file_may_be_moved_away(folder, tmp_path):
    with Archive.open(folder) as archive:
        add(archive, 1)
    (path,) = (folder / "warc").iterdir()
    path.rename(tmp_path / path.name)
    with Archive.open(folder) as archive:
        add(archive, 2)
    assert [(finding.what, finding.path) for finding in verify(folder)] == [("missing", f"warc/{path.name}")]


def test_runs_are_told(folder):
    with Archive.open(folder) as archive:
        archive.add_run({"source": "linyi-news", "kept": 3})
        archive.add_run({"source": "zibo-news", "kept": 4})
        assert [run["kept"] for run in archive.runs()] == [4, 3]
    assert len((folder / "runs.jsonl").read_bytes().splitlines()) == 2
    assert list(verify(folder)) == []


def test_the_edition_as_found(folder, open_archive):
    archive = open_archive(edition="as-found")
    article = make_article(1, cuts=(Cut(0, "临沂第1条新闻\n\n\t来源\x00\n", "byline"),))
    archived = archive.add_article(article, "fp")
    archive.commit()
    found = "临沂第1条新闻\n来源\n第1段,讲一件事。\n又一段。"
    assert (folder / archived.path).read_text(encoding="utf-8") == found
    assert archive.entry_of(archive.article(archived.path.as_posix())).edition == "as-found"


def test_as_found_gets_its_headline_once():
    assert as_found_text(make_article(1, cuts=())).count("临沂第1条新闻") == 1
    assert as_found_text(make_article(1, headline=None, cuts=())) == "第1段,讲一件事。\n又一段。"


def test_an_unknown_edition(folder):
    with pytest.raises(ValueError, match="edition 'pretty' is none of repaired, as-found"):
        Archive.open(folder, edition="pretty")
    assert not folder.exists()


# -- one holder at a time --------------------------------------------------------------------------------


def test_the_second_is_refused_at_once(folder, open_archive):
    open_archive()
    with pytest.raises(ArchiveLocked, match=rf"another run \(process {os.getpid()}\)"):
        Archive.open(folder)


def test_the_lock_is_let_go(folder, open_archive):
    open_archive().close()
    open_archive().close()


def test_a_second_process_is_refused(folder, open_archive):
    open_archive()
    program = "import sys; from pathlib import Path; from newscrawl.storage import Archive; Archive.open(Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", program, folder], capture_output=True, text=True, check=False
    )
    assert "ArchiveLocked" in done.stderr


def test_a_forked_worker_does_not_keep_the_lock(folder):
    archive = Archive.open(folder)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.read(read, 1)
        os._exit(0)
    try:
        archive.close()
        Archive.open(folder).close()
    finally:
        os.write(write, b"x")
        os.waitpid(child, 0)
        os.close(read)
        os.close(write)


def test_a_closed_archive_takes_nothing(folder):
    archive = Archive.open(folder)
    archive.close()
    archive.close()
    with pytest.raises(ArchiveError, match="is closed"):
        archive.record(make_exchange(1))


def test_another_thread_may_go_on(folder, open_archive):
    archive = open_archive()
    add(archive, 1)
    thread = threading.Thread(target=archive.commit)
    thread.start()
    thread.join()
    assert len(list(folder.glob("*/*/*.txt"))) == 1


# -- what stands in the way ------------------------------------------------------------------------------


def test_nothing_is_overwritten(folder, open_archive):
    archive = open_archive()
    path = add(archive, 1)
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text("somebody else's", encoding="utf-8")
    with pytest.raises(ArchiveDamaged, match="nothing was overwritten"):
        archive.commit()
    assert (folder / path).read_text(encoding="utf-8") == "somebody else's"


def test_a_manifest_somebody_wrote_to(folder):
    with Archive.open(folder) as archive:
        add(archive, 1)
    manifest = folder / "linyi-news/2026-05-27/manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes() + b"{}\n")
    archive = Archive.open(folder)
    add(archive, 2)
    with pytest.raises(ArchiveDamaged, match="scrapy verify tells more"):
        archive.commit()
    archive.close()
    assert manifest.read_bytes().endswith(b"{}\n")


def test_no_catalog_but_an_archive(folder):
    with Archive.open(folder) as archive:
        add(archive, 1)
    (folder / "catalog.sqlite3").unlink()
    with pytest.raises(ArchiveDamaged, match="scrapy rebuild"):
        Archive.open(folder)
    assert not (folder / "catalog.sqlite3").exists()


def test_a_catalog_that_is_none(folder):
    folder.mkdir()
    (folder / "catalog.sqlite3").write_bytes(b"no database at all, and long enough to look" * 40)
    with pytest.raises(ArchiveDamaged, match="scrapy rebuild"):
        Archive.open(folder)


def test_no_archive_to_read(tmp_path):
    with pytest.raises(ArchiveError, match="is this an archive"):
        Catalog.open_readonly(tmp_path)


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "archive").write_text("x")
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path / "archive")


# -- what fails ------------------------------------------------------------------------------------------


class Failing(Disk):
    """A disk that refuses one kind of act from the n-th time on."""

    at_once = 1

    def __init__(self, act: str, after: int = 0) -> None:
        super().__init__()
        self.act = act
        self.left = after
        self.on = True

    def _refuse(self, act):
        if self.on and act == self.act:
            if not self.left:
                raise OSError(28, "No space left on device")
            self.left -= 1

    def write(self, handle, content):
        if self.on and self.act == "write" and not self.left:
            os.write(handle, content[: len(content) // 2])
        self._refuse("write")
        super().write(handle, content)

    def rename(self, old, new):
        self._refuse("rename")
        super().rename(old, new)

    def sync_file(self, handle):
        self._refuse("sync_file")
        super().sync_file(handle)

    def sync_folder(self, path):
        self._refuse("sync_folder")
        super().sync_folder(path)

    def open_beside(self, path):
        self._refuse("open_beside")
        return super().open_beside(path)


FAILURES = [
    (act, after)
    for act, counts in {
        "write": 5,
        "open_beside": 3,
        "rename": 3,
        "sync_file": 5,
        "sync_folder": 4,
    }.items()
    for after in range(counts)
]


@pytest.mark.parametrize(("act", "after"), FAILURES)
def test_wherever_the_disk_is_full_the_last_commit_stands(folder, act, after):
    with Archive.open(folder) as archive:
        add(archive, 0)
    before = files_of(folder)
    disk = Failing(act, after)
    disk.on = False
    archive = Archive.open(folder, disk=disk)
    archive.discover([FoundUrl(url=make_exchange(1).url, source="linyi-news")])
    archive.commit()
    disk.on = True
    other_day = replace(
        make_article(3), capture=replace(make_article(3).capture, captured_at=NOON + timedelta(days=1))
    )
    with pytest.raises(DiskFull, match="No space left"):  # noqa: PT012
        add(archive, 1)
        add(archive, 2)
        archive.add_article(other_day, "fp:3")
        archive.commit()
        pytest.skip("there are fewer acts of this kind")
    if act != "write":
        assert files_of(folder) == before
        assert archive.url(make_exchange(1).url).state is UrlState.PENDING
    disk.on = False
    archive.rollback()
    assert files_of(folder) == before
    paths = [add(archive, 1), add(archive, 2)]
    assert archive.commit() == 2
    archive.close()
    assert [path.rpartition("/")[2][:3] for path in paths] == ["001", "002"]
    assert list(verify(folder)) == []


def test_nothing_is_written_before_the_commit(folder):
    with Archive.open(folder) as archive:
        before = files_of(folder)
        pointer = archive.record(make_exchange(1))
        add(archive, 2)
        assert archive.staged_bytes > 500
        assert files_of(folder) == before
        archive.commit()
        assert archive.staged_bytes == 0
    assert read_exchange(folder / "warc", pointer).body == make_exchange(1).body


def test_records_that_do_not_fit_can_be_made_again(folder):
    disk = Failing("write", 1)
    archive = Archive.open(folder, disk=disk)
    archive.record(make_exchange(1))
    archive.quarantine(make_exchange(1).url, "linyi-news", "soft_404")
    with pytest.raises(DiskFull):
        archive.commit()
    assert files_of(folder) == {}
    disk.on = False
    kept = archive.record(make_exchange(1))
    archive.close()
    assert read_exchange(folder / "warc", kept).body == make_exchange(1).body
    assert list(verify(folder)) == []


@pytest.mark.parametrize("pages", [26, 27, 28, 30, 34])
@pytest.mark.parametrize("cache", [2, -32768])
def test_when_sqlite_has_no_room_the_files_forget_too(folder, pages, cache):
    with Archive.open(folder) as archive:
        add(archive, 0)
    before = files_of(folder)
    archive = Archive.open(folder)
    archive._db.connection.execute(f"PRAGMA cache_size = {cache}")
    (count,) = archive._db.row("PRAGMA page_count")
    archive._db.connection.execute(f"PRAGMA max_page_count = {max(pages, count)}")
    with pytest.raises(DiskFull):  # noqa: PT012
        for number in range(1, 500):
            add(archive, number)
    archive._db.connection.execute("PRAGMA max_page_count = 100000")
    kept = archive.commit()
    archive.close()
    assert len(list(folder.glob("*/*/*.txt"))) == kept + 1
    assert all(files_of(folder)[name].startswith(content) for name, content in before.items())
    assert list(verify(folder)) == []
    with Archive.open(folder) as archive:
        add(archive, 999)
    assert list(verify(folder)) == []


def test_the_frontier_may_have_no_room_either(folder):
    archive = Archive.open(folder)
    path = add(archive, 1)
    (count,) = archive._db.row("PRAGMA page_count")
    archive._db.connection.execute(f"PRAGMA max_page_count = {count + 2}")
    with pytest.raises(DiskFull, match="no room is left"):
        archive.discover(FoundUrl(url=f"http://a.cn/{n}", source="a") for n in range(10_000))
    assert archive.article(path) is None
    assert archive.commit() == 0
    archive.close()
    assert files_of(folder) == {}
    assert list(verify(folder)) == []


def test_a_time_without_a_zone_is_refused(open_archive):
    archive = open_archive()
    with pytest.raises(ValueError, match="in which zone"):
        archive.record(make_exchange(1, fetched_at=datetime(2026, 5, 27)))  # noqa: DTZ001
    capture = replace(make_article(1).capture, captured_at=datetime(2026, 5, 27))  # noqa: DTZ001
    with pytest.raises(ValueError, match="in which zone"):
        archive.add_article(replace(make_article(1), capture=capture), "fp")
    assert archive.commit() == 0


def test_some_room_is_left_free(folder):
    with Archive.open(folder, free_min_bytes=1 << 60) as archive:
        with pytest.raises(DiskFull, match="are to stay free"):
            archive.record(make_exchange(1))
        archive.add_article(make_article(1), "fp:1")
        assert archive.commit() == 1


def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Disk, "make_folder", refuse)
    with pytest.raises(DiskFull, match="cannot be written to"):
        Archive.open(tmp_path / "archive")


def test_an_interrupt_in_the_middle_of_a_commit(folder):
    class Interrupted(Disk):
        def rename(self, old, new):
            super().rename(old, new)
            if new.suffix == ".txt":
                raise KeyboardInterrupt

    archive = Archive.open(folder, disk=Interrupted())
    add(archive, 1)
    with pytest.raises(KeyboardInterrupt):
        archive.commit()
    archive.close()
    assert list(folder.glob("*/*/*.txt")) == []
    assert list(verify(folder)) == []


def test_an_interrupt_right_after_the_commit(folder, monkeypatch):
    archive = Archive.open(folder)
    path = add(archive, 1)

    def commit_and_interrupt(database):
        database.connection.execute("COMMIT")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):  # noqa: PT012
        patch.setattr(Database, "commit", commit_and_interrupt)
        archive.commit()
    assert archive.article(path) is not None
    add(archive, 2)
    archive.close()
    assert len(list(folder.glob("*/*/*.txt"))) == 2
    assert list(verify(folder)) == []


@pytest.mark.parametrize("happened", [True, False])
def test_a_commit_nobody_knows_the_end_of(folder, monkeypatch, happened):
    """The disk reports an error: the commit is on it, or it is not. Nothing is touched; the next run sees."""
    archive = Archive.open(folder)
    path = add(archive, 1)

    def fail(database):
        if happened:
            database.connection.execute("COMMIT")
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        raise error

    with monkeypatch.context() as patch, pytest.raises(DiskFull, match="cannot be written to"):  # noqa: PT012
        patch.setattr(Database, "commit", fail)
        archive.commit()
    for refused in (lambda: archive.record(make_exchange(2)), archive.commit):
        with pytest.raises(DiskFull):
            refused()
    archive.close()
    assert (folder / path).exists()
    with Archive.open(folder) as archive:
        assert (archive.article(path) is not None) == happened
        assert archive.recovery.unknown_files == (0 if happened else 3)
    assert (folder / path).exists() == happened
    assert list(verify(folder)) == []


def test_a_pointer_names_only_a_file(folder, open_archive):
    pointer = open_archive().record(make_exchange(1))
    assert isinstance(pointer, WarcPointer)
    assert "/" not in pointer.file


def test_the_date_of_the_folder_is_that_of_china(open_archive):
    archive = open_archive()
    capture = replace(make_article(1).capture, captured_at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    archived = archive.add_article(replace(make_article(1), capture=capture), "fp")
    assert archived.path.parts[1] == "2027-01-01"
