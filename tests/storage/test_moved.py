"""WARC files that were moved away: found where they are, told plainly when that is not here."""

from __future__ import annotations

import pytest

from newscrawl.exceptions import ArchiveDamaged, ArchiveError
from newscrawl.storage import Archive, move_warc, moved_warcs, read_exchange, rebuild, verify, warc_folders
from tests.storage.making import add, files_of, make_exchange


@pytest.fixture
def old(folder):
    """An archive of three WARC files; return their names, oldest first."""
    with Archive.open(folder, warc_max_bytes=1) as archive:
        for number in range(3):
            add(archive, number)
    return sorted(path.name for path in (folder / "warc").iterdir())


@pytest.fixture
def cold(tmp_path):
    return tmp_path / "cold"


def move(folder, name, to) -> bool:
    with Archive.open(folder, warc_max_bytes=1) as archive:
        return move_warc(archive, name, to)


def found(folder):
    return {(one.path, one.what, one.is_damage) for one in verify(folder)}


def test_a_moved_file_is_elsewhere_and_the_archive_is_well(folder, old, cold):
    before = (folder / "warc" / old[0]).read_bytes()
    assert move(folder, old[0], cold)
    assert not (folder / "warc" / old[0]).exists()
    assert (cold / old[0]).read_bytes() == before
    assert found(folder) == set()
    assert warc_folders(folder) == (folder / "warc", cold)


def test_its_pages_are_read_from_there(folder, old, cold):
    with Archive.open(folder, warc_max_bytes=1) as archive:
        row = next(archive.all_articles())
        again = archive.record(make_exchange(0))  # a revisit, which refers to the first file
    move(folder, old[0], cold)
    for pointer in (row.warc, again):
        assert read_exchange(warc_folders(folder), pointer).body == make_exchange(0).body


def test_what_is_not_here_is_told_and_is_no_damage(folder, old, cold):
    move(folder, old[0], cold)
    cold.rename(cold.with_name("not-mounted"))
    assert found(folder) == {(f"warc/{old[0]}", "elsewhere", False)}
    assert all(str(cold) in one.detail for one in verify(folder))


def test_what_nobody_has_noted_is_damage(folder, old):
    (folder / "warc" / old[0]).unlink()
    assert (f"warc/{old[0]}", "missing", True) in found(folder)


def test_an_altered_file_is_damage_there_too(folder, old, cold):
    move(folder, old[0], cold)
    content = bytearray((cold / old[0]).read_bytes())
    content[len(content) // 2] ^= 1
    (cold / old[0]).write_bytes(content)
    assert {what for _, what, is_damage in found(folder) if is_damage} >= {"bad_record"}


@pytest.mark.parametrize("mounted", [True, False])
def test_a_rebuilt_catalog_knows_it(folder, old, cold, mounted):
    move(folder, old[0], cold)
    away = cold.with_name("not-mounted")
    if not mounted:
        cold.rename(away)
    assert {finding.what for finding in rebuild(folder).findings} == (set() if mounted else {"elsewhere"})
    if not mounted:
        away.rename(cold)
    assert found(folder) == set()
    with Archive.open(folder, warc_max_bytes=1) as archive:
        add(archive, 7)
    names = {path.name for path in (folder / "warc").iterdir()}
    assert (
        len({name.split("-")[2] for name in names | {old[0]}}) == len(names) + 1
    )  # no serial is given twice


def test_it_can_be_moved_on_and_moving_it_again_does_nothing(folder, old, cold, tmp_path):
    assert move(folder, old[0], cold)
    assert not move(folder, old[0], cold)
    assert move(folder, old[0], tmp_path / "colder")
    assert not (cold / old[0]).exists()
    assert moved_warcs(folder)[old[0]].path == tmp_path / "colder" / old[0]
    assert found(folder) == set()


def test_a_move_that_died_behind_the_copy_goes_on(folder, old, cold):
    cold.mkdir()
    (cold / old[0]).write_bytes((folder / "warc" / old[0]).read_bytes())
    assert move(folder, old[0], cold)
    assert found(folder) == set()


def test_a_move_that_died_behind_its_note_goes_on(folder, old, cold):
    content = (folder / "warc" / old[0]).read_bytes()
    move(folder, old[0], cold)
    (folder / "warc" / old[0]).write_bytes(content)
    assert found(folder) == set()
    assert move(folder, old[0], cold)
    assert not (folder / "warc" / old[0]).exists()


def test_what_stands_in_the_way_is_left_alone(folder, old, cold):
    cold.mkdir()
    (cold / old[0]).write_bytes(b"something else")
    before = files_of(folder)
    with pytest.raises(ArchiveError, match="out of the way"):
        move(folder, old[0], cold)
    assert files_of(folder) == before


@pytest.mark.parametrize(("number", "told"), [(-1, "still written to"), (None, "no such file")])
def test_what_cannot_be_moved(folder, old, cold, number, told):
    with pytest.raises(ArchiveError, match=told):
        move(folder, old[number] if number else "newscrawl-20260527T080000Z-00099.warc.gz", cold)


def test_a_file_that_was_cut_is_not_moved(folder, old, cold):
    path = folder / "warc" / old[0]
    with Archive.open(folder, warc_max_bytes=1) as archive:
        path.write_bytes(path.read_bytes()[:-3])
        with pytest.raises(ArchiveDamaged, match="bytes where the catalog knows"):
            move_warc(archive, old[0], cold)
    assert path.exists()


def test_a_run_that_died_does_not_miss_it(folder, old, cold, open_archive):
    move(folder, old[0], cold)
    first = open_archive()
    first._let_go()  # as a kill leaves it
    assert not open_archive().recovery.missing
