"""A replay as a job: resumed where it was stopped, from WARC files of any kind, with what is missing told."""

from __future__ import annotations

import asyncio
import gzip
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from newscrawl.archiving import archive_article
from newscrawl.exceptions import PageError
from newscrawl.items import Capture, Page
from newscrawl.jobs.replay.applying import Applier
from newscrawl.jobs.replay.changes import Comparison, Verdict
from newscrawl.jobs.replay.checkpoint import Checkpoint
from newscrawl.jobs.replay.inputs import Choice, tasks_of_archive, tasks_of_warcs
from newscrawl.jobs.replay.job import ReplayJob
from newscrawl.jobs.replay.reading import StretchReader
from newscrawl.jobs.replay.tracks import Tracks
from newscrawl.repair import SiteHistory
from newscrawl.sources import Source
from newscrawl.storage import Archive, Catalog, Exchange, ReadingEntry, verify
from newscrawl.workers import Limits, PageReaders
from tests.hostile import articles
from tests.storage.making import files_of

AT = datetime(2026, 5, 27, 4, tzinfo=UTC)
HTML = "text/html; charset=utf-8"
YIHE = Source(id="yihe", name="沂河", start="http://yihe.example/")
SOURCES = {"yihe": YIHE}


def page_of(number: int, source: str = "yihe") -> Page:
    at = AT + timedelta(hours=number)
    capture = Capture(f"http://{source}.example/2024/0507/{number}.html", source, at)
    return Page(capture, articles.page(number).encode(), HTML)


def crawl(folder, numbers, *, as_rules_were=lambda article: article) -> None:
    """Archive pages as a crawl does, their articles as other rules might have made them."""
    with Archive.open(folder) as archive:
        tracks = Tracks(lambda source: None)
        readers = PageReaders(Limits(0), tracks)

        async def work():
            for page in map(page_of, numbers):
                exchange = Exchange(
                    url=page.capture.url,
                    fetched_at=page.capture.captured_at,
                    status=200,
                    body=gzip.compress(page.html),
                    response_headers=(("Content-Type", HTML), ("Content-Encoding", "gzip")),
                )
                capture = replace(page.capture, warc=archive.record(exchange))
                learnt = tracks.track("yihe").site.memory.page_count
                archive.add_reading(ReadingEntry(capture=capture, learnt_count=learnt, injected_count=0))
                tracks.track("yihe").begin(learnt)
                article = await readers.read(replace(page, capture=capture), SiteHistory())
                archive_article(archive, as_rules_were(article))

        asyncio.run(work())


def without_its_last_line(article):
    return replace(article, body=article.body.rpartition("\n")[0], keys=None)


def replay(folder, tasks, *, apply=False, stop_after=None, stretch=4, job=None):
    """Run a replay, stopped after so many pages; return its changes, its tally, and whether it went on."""
    checkpoint = Checkpoint(folder, job or {"apply": apply})
    went_on = checkpoint.load()

    async def work(catalog):
        applier = Applier(catalog) if apply else None
        tracks = Tracks(checkpoint.track)
        readers = PageReaders(Limits(0), tracks)
        reader = StretchReader(readers, tracks, workers=0, max_size=1 << 20)
        comparison = Comparison(catalog, applier.settle) if applier else Comparison(catalog)
        one = ReplayJob(reader, tracks, comparison, checkpoint, stretch_length=stretch)
        changes = []
        async for change in one.changes(tasks, applier):
            changes.append(change)
            if len(changes) == stop_after:
                break
        if applier:
            applier.commit()
        return changes, one.tally

    with (Archive.open if apply else Catalog.open_readonly)(folder) as catalog:
        changes, tally = asyncio.run(work(catalog))
    if stop_after is None:
        checkpoint.drop()
    return changes, tally, went_on


def without_times(folder):
    """Return the files but for that of the stories, which says when a story got another id."""
    return {path: content for path, content in files_of(folder).items() if path != "stories.jsonl"}


def tasks(folder, **choice):
    return tasks_of_archive(folder, Choice(**choice), SOURCES)


def verdicts(changes):
    return [change.verdict.value for change in changes]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "archive"


def test_pages_come_out_as_they_went_in(folder):
    crawl(folder, range(10))
    changes, tally, _ = replay(folder, tasks(folder))
    assert verdicts(changes) == ["same"] * 10
    assert (tally.different_count, tally.inexact_count) == (0, 0)


def test_versions_are_written_once_wherever_a_run_is_stopped(folder, tmp_path):
    crawl(folder, range(11), as_rules_were=without_its_last_line)
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    changes, _, _ = replay(whole, tasks(whole), apply=True)
    assert verdicts(changes) == ["changed"] * 11
    for stop in (1, 3, 6, 2):
        replay(folder, tasks(folder), apply=True, stop_after=stop)
    _, tally, went_on = replay(folder, tasks(folder), apply=True)
    assert went_on
    assert without_times(folder) == without_times(whole)
    assert tally.total(Verdict.CHANGED, Verdict.SAME) == 11
    assert not list(verify(folder))
    again, _, _ = replay(folder, tasks(folder), apply=True)
    assert verdicts(again) == ["same"] * 11
    assert without_times(folder) == without_times(whole)


def test_another_job_does_not_go_on_with_what_this_one_began(folder):
    crawl(folder, range(9))
    replay(folder, tasks(folder), stop_after=6)
    changes, _, went_on = replay(folder, tasks(folder), job={"versions": "others"})
    assert (len(changes), went_on) == (9, False)


def test_days_are_looked_at_and_what_was_before_is_only_read(folder):
    crawl(folder, range(30), as_rules_were=without_its_last_line)
    changes, tally, _ = replay(folder, tasks(folder, since=date(2026, 5, 28), until=date(2026, 5, 28)))
    assert {change.capture.captured_at.day for change in changes} <= {27, 28}
    assert len(changes) == 18  # from 16:00 UTC of the 27th on, which is midnight in China
    assert tally.inexact_count == 0


def test_an_absent_warc_file_is_named(folder):
    crawl(folder, range(4))
    (warc,) = (folder / "warc").iterdir()
    warc.rename(folder.parent / warc.name)
    changes, tally, _ = replay(folder, tasks(folder))
    assert verdicts(changes) == ["unread"] * 4
    assert tally.absent == {warc.name: 4}


def test_a_damaged_record_is_told_and_the_others_are_read(folder):
    crawl(folder, range(4))
    (warc,) = (folder / "warc").iterdir()
    with Catalog.open_readonly(folder) as catalog:
        offset = list(catalog.all_articles())[1].warc.offset
    content = bytearray(warc.read_bytes())
    content[offset + 200] ^= 0xFF
    warc.write_bytes(content)
    changes, _, _ = replay(folder, tasks(folder))
    assert [verdict for verdict in verdicts(changes) if verdict == "unread"] == ["unread"]
    assert changes[1].reason.startswith("bad_record")


def test_an_archive_that_noted_no_readings_is_read_by_its_captures(folder):
    crawl(folder, range(5))
    (folder / "readings.jsonl").unlink()
    changes, _, _ = replay(folder, tasks(folder))
    assert verdicts(changes) == ["same"] * 5


def test_what_is_refused_today_stays_archived(folder):
    crawl(folder, range(3))
    before = files_of(folder)
    with Archive.open(folder) as archive:
        row = next(archive.all_articles())
        error = PageError("soft_404", row.url, "")
        change = Comparison(archive).of(archive.entry_of(row).capture, error)
        assert change.verdict is Verdict.REFUSED
        Applier(archive).apply(next(tasks(folder)), change)
    assert files_of(folder) == before


# --- WARC files of others ---


def write_warc(path, *records, gzipped=True) -> None:
    """Write a WARC file as Common Crawl does: every record a gzip member, no digests of ours, the chunks left in."""
    members = []
    for number, (url, headers, body) in enumerate(records):
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        answer = f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body
        members.append(record_of("response", url, number, answer))
        members.append(record_of("request", url, f"{number}-request", b"GET / HTTP/1.1\r\n\r\n"))
    path.write_bytes(b"".join(map(gzip.compress, members) if gzipped else members))


def record_of(kind, url, name, block: bytes) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        "WARC-Date": "2026-11-01T08:00:00Z",
        "WARC-Target-URI": url,
        "Content-Type": f"application/http; msgtype={kind}",
        "Content-Length": len(block),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    pieces = [body[start : start + 100] for start in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


GZIPPED = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
ENGLISH = (
    b"<html><head><title>Council opens three parks</title></head><body><h1>Council opens three parks</h1>"
    + (
        b"<p>The council has opened three small parks in the old town this week, with benches and trees.</p>"
        * 8
    )
    + b"</body></html>"
)


@pytest.fixture
def cc_news(tmp_path):
    path = tmp_path / "CC-NEWS-20261101080000-00001.warc.gz"
    write_warc(
        path,
        ("http://yihe.example/2024/0507/1.html", [("Content-Type", HTML)], articles.page(1).encode()),
        ("http://yihe.example/2024/0507/2.html", GZIPPED, chunked(gzip.compress(articles.page(2).encode()))),
        (
            "http://yihe.example/2024/0507/3.html",
            GZIPPED,
            chunked(gzip.compress(articles.page(3).encode())[:-9]),
        ),
        ("http://yihe.example/en/4.html", [("Content-Type", HTML)], ENGLISH),
        ("http://nobody.example/5.html", [("Content-Type", HTML)], articles.page(5).encode()),
        ("http://yihe.example/6.jpg", [("Content-Type", "image/jpeg")], b"\xff\xd8\xff"),
    )
    return path


def warc_tasks(*paths, **choice):
    return tasks_of_warcs(paths, Choice(**choice), SOURCES)


def test_foreign_pages_are_archived_with_their_captures(folder, cc_news):
    changes, tally, _ = replay(folder, warc_tasks(cc_news), apply=True)
    assert verdicts(changes) == ["new", "new", "other_reason", "other_reason", "unread"]
    assert changes[2].reason.startswith("corrupt_body")
    assert changes[3].reason.startswith("not_chinese")
    assert tally.reasons["no_source"] == 1
    assert not list(verify(folder))
    with Catalog.open_readonly(folder) as catalog:
        rows = list(catalog.all_articles())
        assert [row.headline for row in rows] == [articles.title_of(1), articles.title_of(2)]
        assert {row.captured_at for row in rows} == {datetime(2026, 11, 1, 8, tzinfo=UTC)}
        assert {row.warc.file for row in rows} == {path.name for path in (folder / "warc").iterdir()}
    reasons = (folder / "quarantine.jsonl").read_text(encoding="utf-8")
    assert cc_news.name in reasons


def test_doing_it_again_adds_nothing(folder, cc_news):
    replay(folder, warc_tasks(cc_news), apply=True)
    before = files_of(folder)
    changes, _, _ = replay(folder, warc_tasks(cc_news), apply=True)
    assert set(verdicts(changes)) == {"same", "unread"}
    assert files_of(folder) == before


def test_a_stated_source_takes_them_all(folder, cc_news):
    changes, _, _ = replay(folder, warc_tasks(cc_news, source="yihe"), apply=True)
    assert verdicts(changes).count("new") == 3
    assert {change.capture.source for change in changes} == {"yihe"}


def test_a_plain_warc_is_read_as_a_compressed_one(folder, tmp_path):
    path = tmp_path / "plain.warc"
    write_warc(
        path,
        ("http://yihe.example/1.html", [("Content-Type", HTML)], articles.page(1).encode()),
        gzipped=False,
    )
    changes, _, _ = replay(folder, warc_tasks(path), apply=True)
    assert verdicts(changes) == ["new"]


def test_what_is_damaged_or_no_warc_is_told(folder, cc_news, tmp_path):
    content = bytearray(cc_news.read_bytes())
    content[100] ^= 0xFF
    cc_news.write_bytes(content)
    (tmp_path / "notes.warc.gz").write_bytes(b"no WARC at all")
    changes, tally, _ = replay(folder, warc_tasks(cc_news, tmp_path / "notes.warc.gz"), apply=True)
    assert tally.reasons["damaged"] == 2
    assert verdicts(changes).count("new") == 1


def test_another_archives_pages_are_copied_with_their_captures(folder, tmp_path):
    crawl(folder, range(4))
    other = tmp_path / "other"
    foreign = tasks_of_archive(folder, Choice(), SOURCES, is_foreign=True)
    changes, _, _ = replay(other, foreign, apply=True)
    assert verdicts(changes) == ["new"] * 4
    shutil.rmtree(folder)
    assert not list(verify(other))
    assert len(list(other.glob("*/*/*.txt"))) == 4
