from __future__ import annotations

import os
import random
import shutil
import sqlite3

import pytest

from newscrawl.exceptions import ArchiveError, ArchiveLocked
from newscrawl.storage import Archive, Catalog, FoundUrl, Front, ReadingEntry, UrlState, rebuild, verify
from newscrawl.storage.lines import write_line
from tests.storage.making import add, files_of, make_article, make_exchange


@pytest.fixture
def full(folder):
    """An archive with some of everything, closed in order."""
    with Archive.open(folder, operator="某研究所", versions={"newscrawl": "0.1.0"}) as archive:
        paths = [add(archive, number) for number in range(6)]
        archive.commit()
        pointer = archive.record(make_exchange(20, body=make_exchange(1).body))
        archive.add_duplicate(make_article(20, warc=pointer), "fp:1", paths[1])
        archive.record(make_exchange(1))  # a revisit
        pointer = archive.record(make_exchange(21, status=404, notes={"via": "http://a.cn/"}))
        capture = make_article(21, warc=pointer).capture
        archive.quarantine(capture.url, "linyi-news", "soft_404", "页面不存在", capture=capture)
        archive.discover([FoundUrl(url=f"http://a.cn/{n}", source="a", priority=n) for n in range(4)])
        archive.settle("http://a.cn/0", "failed", "timeout")
        archive.lease(1, source="a")
        archive.put_front(Front(url="http://a.cn/", source="a", etag="x"))
        archive.put_site_memory("a", {"container": "//div"})
        archive.count("a.cn", {"documents": 2})
        archive.add_reading(ReadingEntry(capture=capture, link_text="第二十一条"))
        archive.add_run({"source": "linyi-news", "kept": 6})
    return folder


def words(findings):
    return {finding.what for finding in findings}


def rows_of(folder, *, without=()):
    """Return every row of every table that matters, sorted."""
    connection = sqlite3.connect(folder / "catalog.sqlite3")
    tables = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if name not in {"meta", *without}
    ]
    rows = {}
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
        rows[table] = sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
    connection.close()
    return rows


def test_a_whole_archive_has_no_findings(full):
    before = files_of(full)
    steps = []
    assert list(verify(full, lambda *step: steps.append(step))) == []
    assert steps == [(n, len(steps)) for n in range(1, len(steps) + 1)]
    assert files_of(full) == before


def all_files(folder):
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.name != ".lock" and path.stat().st_size
    )


def flip(path, bit):
    with path.open("r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def flips(full, count, seed):
    """Flip bits at random, every file as often as the others, and yield what `verify` says to each."""
    chance = random.Random(seed)
    files = all_files(full)
    for number in range(count):
        path = files[number % len(files)]
        bit = chance.randrange(8 * path.stat().st_size)
        flip(path, bit)
        yield path, bit, [finding for finding in verify(full) if finding.is_damage]
        flip(path, bit)


def test_flipped_bits_are_found(full):
    for path, bit, findings in flips(full, 60, 5):
        assert findings, (path, bit)
    assert list(verify(full)) == []


@pytest.mark.soak
def test_all_of_many_flipped_bits_are_found(full):
    for path, bit, findings in flips(full, 3000, 6):
        assert findings, (path, bit)


def test_every_bit_of_the_smallest_warc_is_watched(folder):
    with Archive.open(folder) as archive:
        archive.record(make_exchange(1))
    (path,) = (folder / "warc").iterdir()
    bits = range(0, 8 * path.stat().st_size, 67)
    for bit in bits:
        flip(path, bit)
        assert any(finding.is_damage for finding in verify(folder)), bit
        flip(path, bit)


def remove_text(full):
    next(full.glob("*/*/002_*.txt")).unlink()


def empty_text(full):
    next(full.glob("*/*/002_*.txt")).write_bytes(b"")


def cut_manifest(full):
    path = full / "linyi-news/2026-05-27/manifest.jsonl"
    path.write_bytes(path.read_bytes()[:-40])


def remove_manifest(full):
    (full / "linyi-news/2026-05-27/manifest.jsonl").unlink()


def remove_warc(full):
    next((full / "warc").iterdir()).unlink()


def remove_catalog(full):
    (full / "catalog.sqlite3").unlink()


def empty_catalog(full):
    (full / "catalog.sqlite3").write_bytes(b"")


def drop_row(full):
    change(full, "DELETE FROM articles WHERE ordinal = 3")


def add_row(full):
    change(
        full,
        "INSERT INTO quarantine SELECT line_offset + 1, reason, detail, source, url, url_key, captured_at, NULL, NULL, NULL FROM quarantine",
    )


def alter_row(full):
    change(full, "UPDATE duplicates SET url = 'http://b.cn/'")


def alter_state(full):
    change(full, "UPDATE urls SET state = 'gone' WHERE state = 'archived'")


def replace_by_folder(pattern):
    def replace_it(full):
        path = next(full.glob(pattern))
        path.unlink()
        path.mkdir()

    return replace_it


def forge_line(full):
    """A line with a right checksum that names a file elsewhere."""
    path = full / "linyi-news/2026-05-27/manifest.jsonl"
    content = path.read_bytes()
    path.write_bytes(content + write_line({"format": 1, "kind": "article", "path": "../../etc/passwd"}))
    change(full, f"UPDATE ledgers SET length = {path.stat().st_size} WHERE path LIKE '%manifest.jsonl'")


def change(folder, statement):
    connection = sqlite3.connect(folder / "catalog.sqlite3")
    connection.execute(statement)
    connection.commit()
    connection.close()


DAMAGE = {
    "a text is missing": (remove_text, {"missing"}),
    "a text is empty": (empty_text, {"altered_text"}),
    "a manifest is cut": (cut_manifest, {"bad_line", "cut_short"}),
    "a manifest is missing": (remove_manifest, {"missing", "only_in_catalog"}),
    "a WARC file is missing": (remove_warc, {"missing"}),
    "the catalog is missing": (remove_catalog, {"bad_catalog"}),
    "the catalog is empty": (empty_catalog, {"bad_catalog"}),
    "a row is missing": (drop_row, {"not_in_catalog"}),
    "a row too many": (add_row, {"only_in_catalog"}),
    "a row is altered": (alter_row, {"altered_row"}),
    "a state is altered": (alter_state, {"wrong_state"}),
    "a text is a folder": (replace_by_folder("*/*/002_*.txt"), {"unreadable"}),
    "a manifest is a folder": (replace_by_folder("*/*/manifest.jsonl"), {"unreadable"}),
    "a WARC file is a folder": (replace_by_folder("warc/*.warc.gz"), {"unreadable"}),
    "a forged line": (forge_line, {"bad_line"}),
}


@pytest.mark.parametrize(("damage", "what"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_named(full, damage, what):
    damage(full)
    found = {finding.what for finding in verify(full) if finding.is_damage}
    assert what <= found
    assert found - what <= {"altered_catalog", "only_in_catalog", "no_original", "no_capture"}


def test_what_a_dead_run_left_is_no_damage(full):
    archive = Archive.open(full)
    add(archive, 30)
    archive._staging.ledgers.flush()
    archive._let_go()
    day = full / "linyi-news/2026-05-27"
    (day / "099_0123456789abcdef.txt").write_bytes(b"x")
    (day / ".100_0123456789abcdef.txt.tmp").write_bytes(b"x")
    findings = list(verify(full))
    assert words(findings) == {"torn_tail", "unknown_file", "unfinished"}
    assert not any(finding.is_damage for finding in findings)


def test_a_run_in_progress_does_not_disturb(full):
    with Archive.open(full) as archive:
        add(archive, 30)
        archive.commit()
        add(archive, 31)
        assert list(verify(full)) == []
        archive._staging.ledgers.flush()
        assert words(verify(full)) == {"torn_tail"}
        archive.rollback()
    assert list(verify(full)) == []


# -- rebuild ---------------------------------------------------------------------------------------------


def test_the_catalog_is_rebuilt_from_the_files_alone(full):
    before, files = rows_of(full), files_of(full)
    (full / "catalog.sqlite3").unlink()
    rebuilt = rebuild(full)
    assert rebuilt.findings == ()
    assert rebuilt.counts == {
        "articles": 6,
        "duplicates": 1,
        "quarantine": 1,
        "captures": 10,
        "runs": 1,
        "links": 0,
    }
    after = rows_of(full)
    for table in ("articles", "duplicates", "quarantine", "captures", "runs", "texts", "ledgers"):
        assert after[table] == before[table], table
    settled = {
        row[0]: row[4:6] for row in before["urls"] if row[4] in {"archived", "duplicate", "quarantined"}
    }
    assert {row[0]: row[4:6] for row in after["urls"]} == settled
    assert list(verify(full)) == []
    assert files_of(full) == files


def test_what_only_the_old_catalog_knew_is_taken_over(full):
    before = rows_of(full)
    rebuilt = rebuild(full)
    assert rows_of(full) == before
    assert rebuilt.carried == {
        "urls": 12,
        "fronts": 1,
        "site_memory": 1,
        "hosts": 1,
        "learnt": 0,
        "robots": 0,
    }
    assert (full / rebuilt.old_catalog / "catalog.sqlite3").exists()
    with Catalog.open_readonly(full) as catalog:
        assert catalog.site_memory("a") == {"container": "//div"}


def test_rebuilding_does_not_depend_on_the_order_of_listing(full, tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    copy.mkdir()
    names = sorted(files_of(full), reverse=True)
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(full / name, copy / name)
    real = type(full).iterdir
    monkeypatch.setattr(type(full), "iterdir", lambda path: iter(sorted(real(path), reverse=True)))
    rebuild(copy)
    monkeypatch.undo()
    (full / "catalog.sqlite3").unlink()
    rebuild(full)
    assert rows_of(copy) == rows_of(full)


def test_the_next_run_goes_on_after_a_rebuild(full):
    (full / "catalog.sqlite3").unlink()
    rebuild(full)
    with Archive.open(full, operator="某研究所", versions={"newscrawl": "0.1.0"}) as archive:
        assert not archive.recovery
        assert add(archive, 40).rpartition("/")[2].startswith("006_")
        assert archive.find_fingerprint("fp:1").path.rpartition("/")[2].startswith("001_")
    assert sorted(path.name[-13:-8] for path in (full / "warc").iterdir()) == ["00001", "00002"]
    assert list(verify(full)) == []


def test_a_damaged_catalog_is_rebuilt(full):
    content = bytearray((full / "catalog.sqlite3").read_bytes())
    before = rows_of(full, without={"urls", "fronts", "site_memory", "hosts"})
    content[: 16 * 1024] = os.urandom(16 * 1024)
    (full / "catalog.sqlite3").write_bytes(content)
    rebuilt = rebuild(full)
    assert (full / rebuilt.old_catalog / "catalog.sqlite3").read_bytes() == bytes(content)
    assert rows_of(full, without={"urls", "fronts", "site_memory", "hosts"}) == before
    assert list(verify(full)) == []


def test_torn_tails_are_cut_by_a_rebuild(full):
    before = files_of(full)
    rows = rows_of(full)
    (full / "catalog.sqlite3").unlink()
    for name in before:
        if name.endswith((".jsonl", ".gz")):
            with (full / name).open("ab") as file:
                file.write(b"\x1f\x8b\x08 torn")
    (full / "zibo-news/2026-05-27").mkdir(parents=True)
    (full / "zibo-news/2026-05-27/manifest.jsonl").write_bytes(b'{"only a torn line')
    rebuilt = rebuild(full)
    assert words(rebuilt.findings) == {"torn_tail"}
    assert {n: c for n, c in files_of(full).items() if not n.startswith("lost/")} == before
    assert rows_of(full)["ledgers"] == rows["ledgers"]
    assert list(verify(full)) == []


def test_a_line_whose_text_never_came_is_left_out(full):
    remove_text(full)
    (full / "catalog.sqlite3").unlink()
    rebuilt = rebuild(full)
    assert [(finding.what, finding.is_damage) for finding in rebuilt.findings] == [("missing", True)]
    assert rebuilt.counts["articles"] == 5


def test_an_altered_line_still_names_its_text(full):
    path = full / "linyi-news/2026-05-27/manifest.jsonl"
    path.write_bytes(path.read_bytes().replace("临沂日报".encode(), "临沂晚报".encode(), 1))
    rebuilt = rebuild(full)
    assert words(rebuilt.findings) == {"bad_line"}
    assert rebuilt.counts["articles"] == 6


def test_leases_are_given_back_by_a_rebuild(full):
    rebuild(full)
    with Catalog.open_readonly(full) as catalog:
        assert UrlState.FETCHING not in catalog.url_counts()["a"]


def test_no_rebuild_while_a_run_writes(full):
    with Archive.open(full), pytest.raises(ArchiveLocked):
        rebuild(full)


def test_nothing_to_rebuild(tmp_path):
    with pytest.raises(ArchiveError, match="no such archive"):
        rebuild(tmp_path / "archive")


def test_an_empty_archive_can_be_rebuilt(tmp_path):
    assert rebuild(tmp_path).counts["articles"] == 0
    assert list(verify(tmp_path)) == []


def test_a_rebuild_that_fails_leaves_the_old_catalog(full):
    from newscrawl.storage import Disk

    class Full(Disk):
        def rename(self, old, new):
            if new.name == "catalog.sqlite3" and old.name.endswith(".tmp"):
                raise OSError(28, "No space left on device")
            super().rename(old, new)

    with pytest.raises(ArchiveError):
        rebuild(full, disk=Full())
    assert not list(full.glob(".catalog*"))
    rebuild(full)
    assert list(verify(full)) == []
