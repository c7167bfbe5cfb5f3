"""A crawl that is killed: nothing that was written is lost, and the next one finishes the work."""

from __future__ import annotations

import signal
import threading

import pytest

from newscrawl.demo import Newsroom, NewsroomServer, expectations, write_sources
from newscrawl.storage import ArticleEntry, read_entries
from tests.conftest import TIMEOUT, Scrapy


class WatchedNewsroom(NewsroomServer):
    """Says when it has been asked for so many pages."""

    def watch(self, count: int) -> threading.Event:
        self.reached, self.limit = threading.Event(), len(self.requests) + count
        return self.reached

    def note(self, request):
        super().note(request)
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


@pytest.mark.parametrize("after", [30, 60, 90])
def test_kill_9(watched, after):
    server, scrapy, command = watched
    reached = server.watch(after)
    process = scrapy.start(*command, ARCHIVE_BATCH_SIZE=3)
    assert reached.wait(TIMEOUT)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = seed_files(scrapy)

    finished = scrapy(*command)

    assert finished.returncode == 0, finished.stderr
    after_all = seed_files(scrapy)
    archived = archived_urls(scrapy)
    assert len(archived) == len(set(archived)) == len(after_all)
    committed = {path: content for path, content in before.items() if path in after_all}
    assert all(after_all[path] == content for path, content in committed.items())
    wanted = {
        one.same_as
        for one in expectations(server.newsroom, server.port)
        if one.fate in {"archived", "duplicate"}
    }
    assert len(archived) == len(wanted)


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
    wanted = {
        one.same_as
        for one in expectations(server.newsroom, server.port)
        if one.fate in {"archived", "duplicate"}
    }
    assert len(archived_urls(scrapy)) == len(wanted)
