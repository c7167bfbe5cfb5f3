"""The run is killed, at every step in turn and at random moments: what was acknowledged is there, whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newscrawl.exceptions import ArchiveLocked
from newscrawl.storage import Archive, Disk, FoundUrl, Recovery, UrlState, verify
from newscrawl.storage.seed_file import sha256_of
from tests.storage.making import add, make_article, make_exchange


class Killing(Disk):
    """A disk whose n-th act is the last thing its process does."""

    at_once = 1

    def __init__(self, acts: int) -> None:
        super().__init__()
        self.left = acts

    def act(self):
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def write(self, handle, content):
        self.act()
        os.write(handle, content[: len(content) // 2])
        self.act()
        super().write(handle, content[len(content) // 2 :])

    def rename(self, old, new):
        self.act()
        super().rename(old, new)

    def truncate(self, path, length):
        self.act()
        super().truncate(path, length)

    def remove(self, path):
        self.act()
        super().remove(path)

    def sync_file(self, handle):
        self.act()
        super().sync_file(handle)

    def sync_folder(self, path):
        self.act()
        super().sync_folder(path)


def crawl(folder: Path, disk: Disk, *, batch: int, pages: int, say: Callable[[str], None]) -> None:
    """Archive pages as a crawl does, telling of every acknowledged article."""
    with Archive.open(folder, disk=disk, warc_max_bytes=20_000) as archive:
        first = len(list(archive.all_articles()))
        archive.discover(
            [FoundUrl(url=make_exchange(n).url, source="linyi-news") for n in range(first, first + pages)]
        )
        archive.commit()
        say(f"found {first + pages}")
        while leased := archive.lease(batch):
            paths = []
            for known in leased:
                number = int(known.url.rpartition("/")[2].removesuffix(".html"))
                if number % 7 == 3:
                    pointer = archive.record(make_exchange(number, status=404))
                    capture = make_article(number, warc=pointer).capture
                    archive.quarantine(known.url, "linyi-news", "soft_404", capture=capture)
                else:
                    paths.append(add(archive, number))
            archive.commit()
            for path in paths:
                say(f"kept {path}")


@dataclass
class Told:
    """What the runs told of before they died."""

    kept: set[str] = field(default_factory=set)
    found: int = 0

    def hear(self, lines: bytes) -> None:
        for line in lines.decode().splitlines():
            word, _, what = line.partition(" ")
            if word == "kept":
                assert what not in self.kept, f"{what} was acknowledged twice"
                self.kept.add(what)
            else:
                self.found = max(self.found, int(what))


def run_in_child(
    work: Callable[[Callable[[str], None]], None], told: Told, stop: Callable[[int], None]
) -> int:
    """Run ``work`` in a forked child, let ``stop`` (given its id and the pipe) end it; return its status."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(lambda line: os.write(write, f"{line}\n".encode()) and None)
        except BaseException:
            os._exit(1)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb", buffering=0) as pipe:
        heard = stop(child, pipe)
        heard += pipe.readall()
    told.hear(heard)
    return os.waitpid(child, 0)[1]


def let_it_run(child, pipe):
    return b""


def kill_after(count):
    """Return a stop that kills the child once it told ``count`` lines, wherever it is by then."""

    def stop(child, pipe):
        heard = b""
        while heard.count(b"\n") < count and (more := pipe.read(1 << 16)):
            heard += more
        os.kill(child, signal.SIGKILL)
        return heard

    return stop


def insist_that_all_is_well(folder: Path, told: Told) -> Recovery:
    """Open the archive as the next run would, and compare it with what was told."""
    with Archive.open(folder) as archive:
        recovery = archive.recovery
        archived = {row.path: row for row in archive.all_articles()}
        assert told.kept <= set(archived)
        for path, row in archived.items():
            assert sha256_of((folder / path).read_bytes()) == row.sha256
            assert row.sha256.startswith(path[-20:-4])
        states = archive.url_counts().get("linyi-news", {})
        assert states.get(UrlState.FETCHING, 0) == 0
        assert sum(states.values()) >= told.found
        assert states.get(UrlState.ARCHIVED, 0) == len(archived)
    assert list(verify(folder)) == []
    return recovery


def test_killed_at_every_step(tmp_path):
    """The steps of an open, two batches of different days of life, and an orderly close."""
    steps, mended = 0, 0
    while True:
        folder, told = tmp_path / str(steps), Told()
        status = run_in_child(
            lambda say, n=steps, f=folder: crawl(f, Killing(n), batch=2, pages=3, say=say), told, let_it_run
        )
        if folder.exists():
            assert not [finding for finding in verify(folder) if finding.is_damage]
            mended += bool(insist_that_all_is_well(folder, told))
        if status == 0:
            break
        assert status == signal.SIGKILL
        steps += 1
    assert steps > 35
    assert mended > 20


def kill_at_random(folder, kills, seed, batch):
    chance, told = random.Random(seed), Told()
    mended = 0
    for _ in range(kills):
        stop = kill_after(chance.randrange(1, 16))
        status = run_in_child(
            lambda say: crawl(folder, Disk(), batch=batch, pages=60 + 12 * batch, say=say), told, stop
        )
        assert status in {signal.SIGKILL, 0}  # 0: it was done before the kill came
        mended += bool(insist_that_all_is_well(folder, told))
    return told, mended


def test_killed_at_random(tmp_path):
    told, _ = kill_at_random(tmp_path / "archive", 15, seed=1, batch=3)
    assert len(told.kept) > 50


@pytest.mark.soak
@pytest.mark.parametrize("batch", [1, 5, 20])
def test_killed_at_random_many_times(tmp_path, batch):
    for archive in range(7):
        told, mended = kill_at_random(tmp_path / str(archive), 30, seed=batch * 100 + archive, batch=batch)
        print(f"batch {batch}: 30 kills, {len(told.kept)} acknowledged, 0 lost, {mended} mended")


@pytest.mark.soak
def test_recovery_takes_less_than_a_second_for_ten_thousand(tmp_path):
    folder = tmp_path / "archive"
    archive = Archive.open(folder, disk=Disk(sync=False))
    for number in range(10_000):
        add(archive, number)
    archive.commit()
    archive._let_go()
    began = time.perf_counter()
    Archive.open(folder).close()
    taken = time.perf_counter() - began
    print(f"recovery of 10,000 articles: {taken:.2f} s")
    assert taken < 1.0


PROGRAM = """
import sys
from pathlib import Path
from newscrawl.storage import Archive
from newscrawl.exceptions import ArchiveLocked
try:
    archive = Archive.open(Path(sys.argv[1]))
except ArchiveLocked:
    sys.exit(5)
print("open", flush=True)
sys.stdin.read()
archive.close()
"""


@pytest.mark.soak
def test_of_many_starts_at_once_one_runs(tmp_path):
    for trial in range(20):
        insist_that_one_runs(tmp_path / str(trial))


def test_of_several_starts_at_once_one_runs(tmp_path):
    insist_that_one_runs(tmp_path)


def insist_that_one_runs(tmp_path):
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, tmp_path / "archive"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    said = [start.stdout.read(4) for start in starts]  # what it says first, or its end
    for start in starts:
        start.communicate()
    assert sorted(start.returncode for start in starts) == [0, 5, 5, 5]
    assert sorted(said) == [b"", b"", b"", b"open"]


def test_a_killed_holder_lets_go(tmp_path):
    folder = tmp_path / "archive"
    start = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert start.stdout.readline() == b"open\n"
    with pytest.raises(ArchiveLocked):
        Archive.open(folder)
    start.kill()
    start.communicate()
    Archive.open(folder).close()
