"""The disk fills up: a clear end, nothing acknowledged lost, and the work goes on once there is room."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.exceptions import ArchiveError, DiskFull
from newscrawl.storage import Archive, FoundUrl, verify
from newscrawl.storage.seed_file import sha256_of
from tests.storage.making import add, make_exchange


@pytest.fixture
def small_disk(tmp_path):
    """Mount disks of a few hundred KiB; where mounting is not allowed, say so."""
    mounted = []

    def mount(kib: int) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "none", folder]
        if os.getuid() != 0 or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
            pytest.skip("mounting a small disk is not allowed here")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


def crawl_until_full(folder: Path, kept: list[str], batch: int) -> None:
    archive = Archive.open(folder)
    try:
        while True:
            first = len(list(archive.all_articles()))
            archive.discover(
                [FoundUrl(url=make_exchange(first + n).url, source="linyi-news") for n in range(batch)]
            )
            paths = []
            for number in range(first, first + batch):
                archive.record(make_exchange(number + 10_000, body=os.urandom(900)))
                paths.append(add(archive, number))
            archive.commit()
            kept += paths
    finally:
        archive.close()


def insist_that_all_is_kept(folder: Path, kept: list[str]) -> None:
    with Archive.open(folder) as archive:
        archived = {row.path: row.sha256 for row in archive.all_articles()}
    assert set(kept) <= set(archived)
    assert all(sha256_of((folder / path).read_bytes()) == digest for path, digest in archived.items())
    assert list(verify(folder)) == []


def fill_and_go_on(disk: Path, batch: int) -> int:
    folder, ballast, kept = disk / "archive", disk / "ballast", []
    ballast.write_bytes(bytes(400 * 1024))
    for _ in range(2):  # the second start finds the disk as full as the first left it
        with pytest.raises(DiskFull):
            crawl_until_full(folder, kept, batch)
    ballast.unlink()
    insist_that_all_is_kept(folder, kept)
    with Archive.open(folder) as archive:
        add(archive, 99_999)
    assert list(verify(folder)) == []
    return len(kept)


def test_a_small_disk_fills_up(small_disk):
    chance = random.Random(1)
    kept = [
        fill_and_go_on(small_disk(chance.randrange(1000, 1400)), batch=chance.randrange(1, 12))
        for _ in range(4)
    ]
    assert sum(kept) > 20


@pytest.mark.soak
def test_small_disks_fill_up_often(small_disk):
    chance = random.Random(2)
    for trial in range(40):
        kept = fill_and_go_on(small_disk(chance.randrange(900, 2500)), batch=chance.randrange(1, 25))
        print(f"trial {trial}: {kept} kept, 0 lost")


def test_a_disk_without_any_room(small_disk):
    disk = small_disk(16)
    with pytest.raises(DiskFull):
        Archive.open(disk / "archive")
    (disk / "archive" / ".lock").unlink(missing_ok=True)


LIMITED = """
import resource, sys
from pathlib import Path
from newscrawl.exceptions import DiskFull
from tests.storage.test_full_disk import crawl_until_full
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
kept = []
try:
    crawl_until_full(Path(sys.argv[1]), kept, 5)
except DiskFull as full:
    print(full, file=sys.stderr)
print("\\n".join(kept))
"""


def test_a_file_may_not_grow(tmp_path):
    """The limit on file size stands in for a full disk where none can be mounted."""
    folder = tmp_path / "archive"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, folder],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = done.stdout.split()
    assert len(kept) >= 5
    insist_that_all_is_kept(folder, kept)


@pytest.mark.skipif(os.getuid() == 0, reason="root writes wherever it likes")
def test_a_read_only_folder(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir(mode=0o500)
    with pytest.raises(DiskFull, match="cannot be written to"):
        Archive.open(folder)


def test_a_read_only_disk(small_disk):
    disk = small_disk(4000)
    with Archive.open(disk / "archive") as archive:
        path = add(archive, 1)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(ArchiveError, match="cannot be written to"):
        Archive.open(disk / "archive")
    assert list(verify(disk / "archive")) == []
    assert (disk / "archive" / path).exists()
