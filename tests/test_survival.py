"""A crawl that is killed: nothing that was written is lost, and the next one finishes the work."""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.demo import Newsroom, NewsroomServer, expectations, write_sources
from newscrawl.storage import ArticleEntry, Catalog, read_entries, verify
from tests.conftest import TIMEOUT, Scrapy
from tests.warm import warm_scrapy


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


EVERY_TEXT = ("-s", "ARCHIVE_REPRINTS=files")
"""So that it does not matter whether a crawl meets an original or its reprint first."""


@pytest.fixture
def watched(tmp_path):
    with WatchedNewsroom(Newsroom.load()) as server:
        write_sources(tmp_path / "sources", server.port)
        names = ",".join(sorted(path.stem for path in (tmp_path / "sources").glob("*.toml")))
        yield (
            server,
            Scrapy(tmp_path, tmp_path / "sources"),
            ("crawl", "news", "-a", f"sources={names}", *EVERY_TEXT),
        )


def seed_files(scrapy):
    return {path.relative_to(scrapy.archive): path.read_bytes() for path in scrapy.archive.glob("*/*/*.txt")}


def archived_urls(scrapy):
    entries = [e for path in scrapy.archive.glob("*/*/manifest.jsonl") for e in read_entries(path)]
    return [entry.capture.url for entry in entries if isinstance(entry, ArticleEntry)]


def texts_of(server):
    """Return the URLs under which the texts of the newsroom were first posted: one a text."""
    truth = expectations(server.newsroom, server.port)
    return {one.same_as for one in truth if one.fate in {"archived", "duplicate", "reprint"}}


# --- kill -9 ---


class ColdScrapy:
    """Starts crawls as an operator does."""

    def __init__(self, scrapy):
        self._scrapy = scrapy

    def start(self, command, folder):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *command],
            cwd=folder,
            env=self._scrapy.environment(),
            stderr=subprocess.DEVNULL,
        )
        return self._process.pid

    def wait(self):
        return self._process.wait()


class Mortal:
    """A crawl of the newsroom that is killed again and again, and what was seen of it."""

    def __init__(self, server, starter, scrapy, command):
        self.server, self.starter, self.scrapy = server, starter, scrapy
        self.command = scrapy.command(*command)[3:]
        names = command[3].removeprefix("sources=").split(",")
        self.truth = [e for e in expectations(server.newsroom, server.port) if e.source in names]
        self.kills = self.useful = 0
        self._acknowledged = {}
        self._settled = set()
        self._known = set()

    def run(self, count):
        """Crawl, and kill it after so many answers; return the exit code, -9 unless it had ended by itself."""
        asked = len(self.server.requests)
        reached = self.server.watch(count)
        pid = self.starter.start(self.command, self.scrapy.folder)
        with ThreadPoolExecutor(1) as threads:
            end = threads.submit(self.starter.wait)
            end.add_done_callback(lambda _: reached.set())
            assert reached.wait(TIMEOUT)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.kills += end.result() == -signal.SIGKILL
        before = len(self._acknowledged)
        self._look(asked)
        self.useful += before < len(self._acknowledged)
        return end.result()

    def _look(self, asked):
        """Hold what is on the disk, as the dead left it, to what was there before."""
        files = seed_files(self.scrapy)
        for path, content in files.items():
            assert sha256(content).hexdigest().startswith(path.stem[4:]), f"{path} is torn"
        damage = [finding for finding in verify(self.scrapy.archive) if finding.is_damage]
        assert damage == []
        if not (self.scrapy.archive / "catalog.sqlite3").exists():
            return
        with Catalog.open_readonly(self.scrapy.archive) as catalog:
            articles = {Path(row.path): row.url for row in catalog.all_articles()}
            known = self._known | {one.url for one in self.truth}
            states = {url: state.state for url in known if (state := catalog.url(url)) is not None}
        assert self._known <= states.keys(), "a URL was forgotten"
        assert articles.keys() <= files.keys(), "an acknowledged article is lost"
        acknowledged = {path: files[path] for path in articles}
        assert self._acknowledged.items() <= acknowledged.items(), "an acknowledged article was altered"
        again = {f"http://{one.host}:{self.server.port}{one.path}" for one in self.server.requests[asked:]}
        assert not again & self._settled, "what is archived was fetched again"
        settled = {url for url, state in states.items() if state in TEXTS}
        assert set(articles.values()) <= settled
        self._acknowledged, self._settled, self._known = acknowledged, settled, states.keys()

    def finish(self):
        """Crawl to the end, and hold the archive to the truth."""
        while self.run(1_000_000) != 0:
            pass
        urls = archived_urls(self.scrapy)
        texts = [one.same_as for one in self.truth if one.url in urls]
        assert len(urls) == len(set(urls)) == len(seed_files(self.scrapy)) == len(set(texts))
        with Catalog.open_readonly(self.scrapy.archive) as catalog:
            for one in self.truth:
                assert catalog.url(one.url).state in STATES[one.fate], one.url


TEXTS = {"archived", "duplicate", "reprint"}
STATES = {
    **dict.fromkeys(TEXTS, TEXTS),  # of two copies the one that was met first is archived
    "quarantined": {"quarantined"},
    "gone": {"gone"},
    "forbidden": {"failed"},
}


OFTEN = ("-s", "ARCHIVE_BATCH_SIZE=3", "-s", "ARCHIVE_BATCH_SECONDS=0.05")
"""Commits, so that many of the kills hit one."""


def kill_again_and_again(kills, server, starter, scrapy, command, chance, most):
    """Crawl the newsroom into one archive after the other until so many crawls were killed, after ``most`` answers at most.

    Returns how many archives it took, and how many of the crawls had archived something.
    """
    count = useful = 0
    while kills > 0:
        mortal = Mortal(server, starter, Scrapy(scrapy.folder / str(count), scrapy.sources), command)
        mortal.scrapy.folder.mkdir()
        while mortal.kills < kills and mortal.run(chance.randint(1, most)) != 0:
            pass
        mortal.finish()
        kills -= mortal.kills
        useful += mortal.useful
        count += 1
    return count, useful


def test_kill_9(watched):
    server, scrapy, _ = watched
    command = ("crawl", "news", "-a", "sources=keyi,wensi-paper", *OFTEN, "-s", "CRAWL_WORKERS=0")
    with warm_scrapy(scrapy.environment()) as warm:
        _, useful = kill_again_and_again(20, server, warm, scrapy, command, random.Random(1), 20)
    assert useful >= 5


@pytest.mark.soak
def test_kill_9_two_hundred_times(watched, capsys):
    server, scrapy, command = watched
    chance, cold = random.Random(2026), ColdScrapy(scrapy)
    archives, useful = kill_again_and_again(200, server, cold, scrapy, (*command, *OFTEN), chance, 90)
    assert useful >= 30
    with capsys.disabled():
        print(
            f"200 kills, {archives} archives, {useful} crawls that archived: nothing lost, torn or forgotten"
        )


# --- other ends ---


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
