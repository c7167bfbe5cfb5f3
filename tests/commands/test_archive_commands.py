"""``scrapy verify``, ``rebuild`` and ``salvage`` on the archive of a real crawl."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from newscrawl.storage import Archive
from tests.conftest import Scrapy


@pytest.fixture(scope="module")
def whole(newsroom, newsroom_sources, tmp_path_factory):
    """The archive of one outlet."""
    scrapy = Scrapy(tmp_path_factory.mktemp("whole"), newsroom_sources)
    assert scrapy("crawl", "yiquan-gov").returncode == 0
    return scrapy.archive


@pytest.fixture
def archive(scrapy, whole):
    shutil.copytree(whole, scrapy.archive)
    return scrapy.archive


def rows(archive):
    with sqlite3.connect(archive / "catalog.sqlite3") as db:
        return {
            table: sorted(map(repr, db.execute(f"SELECT * FROM {table}")))
            for table in ("articles", "urls", "quarantine")
        }


def test_a_whole_archive_verifies_in_silence(scrapy, archive):
    process = scrapy("verify")
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")


def test_one_flipped_bit_is_found(scrapy, archive):
    file = next(archive.glob("*/*/*.txt"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    process = scrapy("verify")
    assert process.returncode == 6
    assert str(file.relative_to(archive)) in process.stdout


def test_the_catalog_can_be_made_anew(scrapy, archive):
    before = rows(archive)
    (archive / "catalog.sqlite3").unlink()
    process = scrapy("rebuild")
    assert process.returncode == 0, process.stdout + process.stderr
    after = rows(archive)
    assert after["articles"] == before["articles"]
    assert after["quarantine"] == before["quarantine"]
    assert scrapy("verify").returncode == 0


def test_rebuild_waits_for_nobody(scrapy, archive):
    with Archive.open(archive):
        process = scrapy("rebuild")
    assert process.returncode == 5
    assert len(process.stderr.splitlines()) == 1


def test_salvage_leaves_only_the_damage_behind(scrapy, archive, tmp_path):
    (warc,) = archive.glob("warc/*.warc.gz")
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 0xFF
    warc.write_bytes(content)
    assert scrapy("verify").returncode == 6
    process = scrapy("salvage", str(warc), str(tmp_path / "whole.warc.gz"))
    assert process.returncode == 0, process.stderr
    assert "hold no whole record" in process.stdout
    assert (tmp_path / "whole.warc.gz").stat().st_size > warc.stat().st_size * 0.8
    again = scrapy("salvage", str(warc), str(tmp_path / "whole.warc.gz"))
    assert again.returncode == 1  # nothing is overwritten


@pytest.mark.parametrize("arguments", [("verify", "nowhere"), ("rebuild", "a", "b"), ("salvage", "only-one")])
def test_usage(scrapy, arguments):
    assert scrapy(*arguments).returncode == 2
