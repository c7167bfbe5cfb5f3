"""A crawl that is killed: nothing that was written is lost, and the next one finishes the work."""

from __future__ import annotations

import random
import signal
import statistics
import subprocess
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from newscrawl.demo import Newsroom, NewsroomServer, expectations, write_sources
from newscrawl.storage import ArticleEntry, Catalog, read_entries, verify
from tests.conftest import TIMEOUT, Scrapy


class WatchedNewsroom(NewsroomServer):
    """Says when it has been asked for so many pages."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.go_on = threading.Event()
        self.go_on.set()

    def watch(self, count: int) -> threading.Event:
        self.reached, self.limit = threading.Event(), len(self.requests) + count
        return self.reached

    def note(self, request):
        super().note(request)
        self.go_on.wait(TIMEOUT)
        if hasattr(self, "limit") and len(self.requests) >= self.limit:
            self.reached.set()


@pytest.fixture
def watched(tmp_path):
    with WatchedNewsroom(Newsroom.load()) as server:
        write_sources(tmp_path / "sources", server.port)
        names = ",".join(sorted(path.stem for path in (tmp_path / "sources").glob("*.toml")))
        yield server, Scrapy(tmp_path, tmp_path / "sources"), ("crawl", "news", "-a", f"sources={names}")


def seed_files(scrapy):
    return {path.relative_to(scrapy.archive): path.read_bytes() for path in scrapy.archive.glob("*/*/*.txt")}


def archived_urls(scrapy):
    entries = [e for path in scrapy.archive.glob("*/*/manifest.jsonl") for e in read_entries(path)]
    return [entry.capture.url for entry in entries if isinstance(entry, ArticleEntry)]


def texts_of(server):
    """Return the URLs under which the texts of the newsroom were first posted: one a text."""
    truth = expectations(server.newsroom, server.port)
    return {one.same_as for one in truth if one.fate in {"archived", "duplicate"}}


def killed_after(server, scrapy, command, count):
    """Start a crawl and kill it after so many answers; return whether it lived that long, and the files it left."""
    reached = server.watch(count)
    process = scrapy.start(*command, ARCHIVE_BATCH_SIZE=3)
    while not reached.wait(0.05) and process.poll() is None:
        pass
    was_killed = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return was_killed, seed_files(scrapy)


def crawl_to_the_end_through(kills, server, scrapy, command, counts):
    """Kill the crawl again and again, let it end, and hold its archive to the truth; return the kills."""
    done, before = 0, {}
    while done < kills:
        was_killed, after = killed_after(server, scrapy, command, counts())
        assert before.items() <= after.items()
        before = committed(scrapy, after)
        if not was_killed:
            break
        done += 1
    finished = scrapy(*command)
    assert finished.returncode == 0, finished.stderr
    archived = archived_urls(scrapy)
    assert len(archived) == len(set(archived)) == len(seed_files(scrapy)) == len(texts_of(server))
    assert before.items() <= seed_files(scrapy).items()
    assert [finding for finding in verify(scrapy.archive) if finding.is_damage] == []
    return done


def committed(scrapy, files):
    """Return the files that the catalog has acknowledged; the others are a dead run's, and the next one puts them aside."""
    with Catalog.open_readonly(scrapy.archive) as catalog:
        known = {Path(row.path) for row in catalog.all_articles()}
    assert known <= files.keys()
    return {path: content for path, content in files.items() if path in known}


def test_kill_9(watched):
    counts = iter((45, 40, 60, 90))
    assert crawl_to_the_end_through(4, *watched, lambda: next(counts)) >= 3


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40))
def test_kill_9_at_random(watched, seed):
    chance = random.Random(seed)
    assert crawl_to_the_end_through(5, *watched, lambda: chance.randint(20, 110)) >= 1


def start_two_at_once(server, scrapy, command):
    """Start a crawl twice; return the seconds and the words of the one that ended while the other was kept waiting."""
    server.go_on.clear()
    began = time.perf_counter()
    processes = [scrapy.start(*command) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        ends = {threads.submit(process.communicate): process for process in processes}
        (refused,), _ = wait(ends, TIMEOUT, FIRST_COMPLETED)
        seconds = time.perf_counter() - began
        server.go_on.set()
    winner = next(process for process in processes if process is not ends[refused])
    assert (ends[refused].returncode, winner.returncode) == (5, 0)
    return seconds, refused.result()[1], winner.pid


def test_of_two_starts_at_once_one_runs(watched):
    server, scrapy, command = watched
    _, words, winner = start_two_at_once(server, scrapy, command)
    assert words == f"{scrapy.archive}: another run (process {winner}) is writing here\n"
    assert len(archived_urls(scrapy)) == len(set(archived_urls(scrapy))) == len(texts_of(server))


@pytest.mark.soak
def test_of_two_starts_at_once_one_runs_every_time(watched, tmp_path, capsys):
    server, scrapy, command = watched
    seconds = []
    for number in range(20):
        trial = Scrapy(tmp_path / str(number), scrapy.sources)
        trial.archive.mkdir(parents=True)
        seconds.append(start_two_at_once(server, trial, command)[0])
        assert len(archived_urls(trial)) == len(set(archived_urls(trial))) == len(texts_of(server))
        assert [finding for finding in verify(trial.archive) if finding.is_damage] == []
    with capsys.disabled():
        print(f"refused after {statistics.median(seconds):.2f} s, {max(seconds):.2f} s at most: two starting")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_polite_stop_keeps_what_was_fetched(watched, sign):
    server, scrapy, command = watched
    reached = server.watch(40)
    process = scrapy.start(*command)
    assert reached.wait(TIMEOUT)
    process.send_signal(sign)
    _, errors = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 4, errors
    assert errors == "ended early: shutdown\n"
    assert len(archived_urls(scrapy)) == len(seed_files(scrapy))

    assert scrapy(*command).returncode == 0
    assert len(archived_urls(scrapy)) == len(texts_of(server))


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte, and the way to make it larger."""
    folder = tmp_path / "archive"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    yield lambda: subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_the_crawl_and_more_room_finishes_it(watched, small_disk):
    server, scrapy, command = watched
    stopped = scrapy(*command, ARCHIVE_FREE_MIN_BYTES=0)
    assert stopped.returncode == 6, stopped.stderr
    assert len(stopped.stderr.splitlines()) == 1, stopped.stderr
    assert str(scrapy.archive) in stopped.stderr
    before = seed_files(scrapy)

    small_disk()
    finished = scrapy(*command, ARCHIVE_FREE_MIN_BYTES=0)

    assert finished.returncode == 0, finished.stderr
    assert before.items() <= seed_files(scrapy).items()
    assert len(archived_urls(scrapy)) == len(set(archived_urls(scrapy))) == len(texts_of(server))
