"""The days of the sources: kept with what they sum up, and made anew from the files."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from newscrawl.items import Metadata
from newscrawl.storage import Catalog, rebuild
from newscrawl.storage.database import Database
from newscrawl.storage.days import Days, counts_of
from newscrawl.storage.schema import bring_up_to_date
from newscrawl.storage.tables import SCRIPTS
from tests.storage.making import NOON, add, make_article

SOURCE = "linyi-news"
DAY = date(2026, 5, 27)


def report(hour=0, **account):
    at = NOON + timedelta(hours=hour)
    return {"finished_at": at.isoformat(), "sources": {SOURCE: {"answered": 0, **account}}}


def columns(archive):
    return {day.column: day.count for day in archive.days_of(SOURCE)}


def test_articles_are_counted_by_column_with_their_bytes(open_archive):
    archive = open_archive()
    paths = [add(archive, 0), add(archive, 1)]
    archive.add_article(make_article(2, metadata=Metadata(column="民生")), "fp:2")
    archive.commit()
    assert columns(archive) == {"": 2, "民生": 1}
    plain, _ = archive.days_of(SOURCE)
    assert (plain.day, plain.first_at, plain.last_at) == (DAY, NOON, NOON + timedelta(seconds=1))
    assert plain.size == sum((archive.folder / path).stat().st_size for path in paths)


def test_another_version_of_an_article_is_no_new_one(open_archive):
    archive = open_archive()
    add(archive, 0)
    archive.add_article(make_article(0, body="另一个正文。"), "fp:other")
    assert columns(archive) == {"": 1}


def test_copies_of_other_pages_are_news_too_but_have_no_bytes(open_archive):
    archive = open_archive()
    path = add(archive, 0)
    archive.add_duplicate(make_article(1), "fp:0", of=path)
    archive.add_reprint(make_article(2), "fp:2", of=path, relation="same")
    (day,) = archive.days_of(SOURCE)
    assert (day.count, day.kept_count) == (3, 1)


def test_what_is_rolled_back_does_not_count(open_archive):
    archive = open_archive()
    add(archive, 0)
    archive.commit()
    add(archive, 1)
    archive.rollback()
    assert columns(archive) == {"": 1}


def test_the_reports_of_a_day_add_up(open_archive):
    archive = open_archive()
    archive.add_run(report(0, answered=2, kept=3, quarantined={"too_short": 1}, last_error="http_500"))
    archive.add_run(report(1, kept=2, failed={"timeout": 1}, last_error="timeout"))
    archive.add_run(report(24, answered=1))
    first, second = archive.visits_of(SOURCE)
    assert first.counts == {"answered": 2, "kept": 5, "quarantined/too_short": 1, "failed/timeout": 1}
    assert (first.run_count, first.error) == (2, "timeout")
    assert (first.visited_at, first.answered_at) == (NOON + timedelta(hours=1), NOON)
    assert second.day == DAY + timedelta(days=1)
    assert archive.visits_of(SOURCE, since=second.day) == [second]


def test_a_source_that_was_not_asked_has_no_visit(open_archive):
    archive = open_archive()
    archive.add_run(report(0, kept=0))
    assert archive.visits_of(SOURCE) == []
    assert archive.last_run_at() == NOON


@pytest.mark.parametrize(
    "strange",
    [{}, {"finished_at": "soon", "sources": {}}, {"finished_at": NOON.isoformat(), "sources": {"a": 3}}],
    ids=["empty", "no time", "no account"],
)
def test_a_strange_report_adds_nothing(open_archive, strange):
    archive = open_archive()
    archive.add_run(strange)
    assert archive.known_sources() == set()


def test_they_can_be_made_anew(open_archive, folder):
    archive = open_archive()
    archive.add_reprint(make_article(3), "fp:3", of=add(archive, 0), relation="same")
    archive.add_article(make_article(2, metadata=Metadata(column="民生")), "fp:2")
    archive.add_run(report(0, answered=2, kept=3, last_error="http_500"))
    archive.add_run(report(3, failed={"timeout": 1}))
    before = (archive.days_of(SOURCE), archive.visits_of(SOURCE))
    archive.close()
    rebuild(folder)
    with Catalog.open_readonly(folder) as catalog:
        assert (catalog.days_of(SOURCE), catalog.visits_of(SOURCE)) == before
        assert catalog.known_sources() == {SOURCE}
        assert catalog.last_article_day(SOURCE) == DAY


def test_an_older_catalog_counts_what_it_has(tmp_path):
    connection = sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)
    connection.executescript(f"{SCRIPTS[0]}; PRAGMA user_version = 1;")
    names = "path, source, day, ordinal, sha256, text_fingerprint, url, url_key, captured_at, previous, line_offset"
    for number, previous in enumerate((None, None, "linyi-news/2026-05-27/000_0.txt")):
        values = (str(number), SOURCE, DAY.isoformat(), number, "", "", "", "", NOON.isoformat(), previous, 0)
        connection.execute(f"INSERT INTO articles ({names}) VALUES ({', '.join('?' * 11)})", values)
    bring_up_to_date(connection)
    (day,) = Days(Database(connection, tmp_path)).days_of(SOURCE)
    assert (day.count, day.kept_count, day.size, day.last_at) == (2, 0, 0, NOON)
    connection.close()


def test_what_has_no_sum_is_not_counted():
    assert counts_of({"slowest": [["u", 1.0]], "seconds": 0.5, "trap": {"fan_out": 2}}) == {"trap/fan_out": 2}
