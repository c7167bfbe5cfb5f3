"""Workers in a real crawl: the same archive with none or two, back-pressure, nothing started that is not needed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from newscrawl.storage import ArticleEntry, decode_seed, read_entries
from tests.conftest import TIMEOUT, Scrapy
from tests.hostile import articles
from tests.hostile.server import NOT_FOUND, hostile_server, response
from tests.workers.test_pool import children_of, is_alive, wait_until

SETTINGS = {"DOWNLOAD_DELAY": 0.001, "AUTOTHROTTLE_ENABLED": False}


def archived(scrapy: Scrapy):
    """Return what the archive says of every page, but for times and places."""
    entries = {
        e.capture.url: e for path in scrapy.archive.glob("*/*/manifest.jsonl") for e in read_entries(path)
    }
    texts = {
        url: (decode_seed((scrapy.archive / e.path).read_bytes()), e.cuts, e.flags, e.metadata)
        for url, e in entries.items()
        if isinstance(e, ArticleEntry)
    }
    quarantine = scrapy.archive / "quarantine.jsonl"
    refused = {e.capture.url: e.reason for e in read_entries(quarantine)} if quarantine.exists() else {}
    return texts, set(entries), refused


def test_the_same_archive_with_and_without_workers(tmp_path, newsroom_sources):
    """Of two outlets of the newsroom that share no text: which of two copies comes first is the network's choice."""
    results = []
    for workers in (0, 2):
        scrapy = Scrapy(tmp_path / str(workers), newsroom_sources)
        scrapy.folder.mkdir()
        process = scrapy("crawl", "news", "-a", "sources=keyi,wensi-paper", CRAWL_WORKERS=workers)
        assert process.returncode == 0, process.stderr
        results.append(archived(scrapy))
    assert results[0] == results[1]
    assert len(results[0][0]) > 10


SLOW = """
import sys, time
import newscrawl.workers.tasks as tasks
from newscrawl.workers.__main__ import *
read = tasks.TASKS["read"]
def slowly(*arguments):
    time.sleep(0.15)
    return read(*arguments)
tasks.TASKS["read"] = slowly
main(socket.socket(fileno=0), parent=int(sys.argv[1]), megabytes=int(sys.argv[2]), seconds=float(sys.argv[3]))
"""
CRAWL = """
import sys
from newscrawl.workers import pool
pool.COMMAND = (sys.executable, "-P", "-c", sys.argv.pop(1))
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""


def test_the_crawl_waits_for_workers_that_are_behind(tmp_path, newsroom_sources):
    """Of 60 pages of 400 KB only what fits in SCRAPER_SLOT_MAX_ACTIVE_SIZE is fetched ahead of two slow workers."""
    scrapy = Scrapy(tmp_path, newsroom_sources)
    padding = "<!--" + "x" * 400_000 + "-->"
    with hostile_server() as server:
        for host in range(6):
            server.sites[f"h{host}"] = lambda path: (
                response(articles.page(int(path[11:-5]), more=padding))
                if path.startswith("/2024")
                else NOT_FOUND
            )
        urls = [server.url(f"h{n % 6}", f"/2024/0507/{n}.html") for n in range(60)]
        (tmp_path / "urls.txt").write_text("\n".join(urls))
        command = scrapy.command(
            "crawl",
            "news",
            "-a",
            f"urls_file={tmp_path / 'urls.txt'}",
            CRAWL_WORKERS=2,
            ARCHIVE_BATCH_SIZE=1,
            **SETTINGS,
        )
        process = subprocess.Popen(
            [sys.executable, "-c", CRAWL, SLOW, *command[3:]],
            cwd=tmp_path,
            env=scrapy.environment(),
            stderr=subprocess.PIPE,
            text=True,
        )
        ahead = []
        done = threading.Event()

        def watch():
            while not done.wait(0.02):
                fetched = len([1 for _, path in server.requests if path.startswith("/2024")])
                ahead.append(fetched - len(list(scrapy.archive.glob("*/*/*.txt"))))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, errors = process.communicate(timeout=TIMEOUT)
        done.set()
        watcher.join()
    assert process.returncode == 0, errors
    assert len(list(scrapy.archive.glob("*/*/*.txt"))) == 60
    waiting = (
        5_000_000 // 400_000 + 8 + 6 + 2 + 6
    )  # unread, under way, in the hosts' queues, being read, slack
    assert max(ahead) <= waiting < 60


def test_a_crawl_that_reads_nothing_starts_no_worker(tmp_path, newsroom_sources):
    scrapy = Scrapy(tmp_path, newsroom_sources)
    with hostile_server() as server:
        asked, go_on = threading.Event(), threading.Event()

        def gone(path):
            if path != "/robots.txt":
                asked.set()
                go_on.wait(TIMEOUT)
            return NOT_FOUND

        server.sites["h"] = gone
        process = scrapy.start(
            "crawl", "news", "-a", f"url={server.url('h', '/2024/0507/1.html')}", **SETTINGS
        )
        assert asked.wait(TIMEOUT)
        children = children_of(process.pid)
        go_on.set()
        process.communicate(timeout=TIMEOUT)
    assert children == []


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_the_crawl(tmp_path, newsroom_sources, sign):
    scrapy = Scrapy(tmp_path, newsroom_sources)
    with hostile_server() as server:
        last = threading.Event()

        def site(path):
            if path == "/2024/0507/9.html":
                last.set()
                server.wait(2)
            return response(articles.page(int(path[11:-5]))) if path.startswith("/2024") else NOT_FOUND

        server.sites["h"] = site
        (tmp_path / "urls.txt").write_text(
            "\n".join(server.url("h", f"/2024/0507/{n}.html") for n in range(10))
        )
        process = scrapy.start("crawl", "news", "-a", f"urls_file={tmp_path / 'urls.txt'}", **SETTINGS)
        wait_until(
            lambda: last.is_set() and children_of(process.pid) and children_of(children_of(process.pid)[0]),
            TIMEOUT,
        )
        family = [
            *children_of(process.pid),
            *(pid for child in children_of(process.pid) for pid in children_of(child)),
        ]
        assert len(family) >= 2
        process.send_signal(sign)
        process.communicate(timeout=TIMEOUT)
    wait_until(lambda: not any(map(is_alive, family)))


@pytest.mark.soak
def test_memory_stays_flat(tmp_path, newsroom_sources):
    """Over 20,000 pages of 200 sites crawler and workers grow by no more than what the sites themselves have to remember."""
    scrapy = Scrapy(tmp_path, newsroom_sources)
    with hostile_server() as server:
        for host in range(200):
            server.sites[f"h{host}"] = lambda path: (
                response(articles.page(int(path[11:-5]))) if path.startswith("/2024") else NOT_FOUND
            )
        urls = [server.url(f"h{n % 200}", f"/2024/0507/{n}.html") for n in range(20_000)]
        (tmp_path / "urls.txt").write_text("\n".join(urls))
        process = scrapy.start("crawl", "news", "-a", f"urls_file={tmp_path / 'urls.txt'}", **SETTINGS)
        sizes = []
        while process.poll() is None:
            time.sleep(1)
            archived = len(list(scrapy.archive.glob("*/*/*.txt")))
            sizes.append((archived, resident_mb(process.pid)))
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    half = [size for count, size in sizes if 8_000 < count < 10_000]
    end = [size for count, size in sizes if 18_000 < count < 20_000]
    print(json.dumps(sizes[:: max(1, len(sizes) // 40)]))
    assert sum(end) / len(end) < 1.1 * sum(half) / len(half)


def resident_mb(process_id: int) -> float:
    """Return the memory of a process and all that it has started, shared pages counted once."""
    family = [process_id]
    for pid in family:
        family += children_of(pid) if is_alive(pid) else []
    total = 0
    for pid in family:
        with_pss = Path(f"/proc/{pid}/smaps_rollup")
        try:
            total += next(
                int(line.split()[1]) for line in with_pss.read_text().splitlines() if line.startswith("Pss:")
            )
        except (OSError, StopIteration):
            continue
    return total / 1024
