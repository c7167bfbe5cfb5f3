"""An error of ours that nobody expected costs one page: it is told, and the page is kept."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newscrawl.storage import QuarantineEntry, read_entries
from tests.conftest import TIMEOUT, Scrapy

BROKEN = """
import sys
from newscrawl.archiving import filing
def candidates_of(archive, sketch):
    raise LookupError("nobody thought of this")
filing.candidates_of = candidates_of
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory, newsroom_sources):
    scrapy = Scrapy(tmp_path_factory.mktemp("defects"), newsroom_sources)
    command = scrapy.command("crawl", "keyi")
    process = subprocess.run(
        [sys.executable, "-c", BROKEN, *command[3:]],
        cwd=scrapy.folder,
        env=scrapy.environment(),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    return scrapy, process


def test_the_page_is_in_the_quarantine_with_its_capture(crawled):
    scrapy, _ = crawled
    entries = list(read_entries(scrapy.archive / "quarantine.jsonl"))
    defects = [one for one in entries if isinstance(one, QuarantineEntry) and one.reason == "defect"]
    assert len(defects) > 5
    assert all(one.detail == "LookupError: nobody thought of this" and one.capture.warc for one in defects)


def test_it_is_told_with_its_place_in_the_code(crawled):
    _, process = crawled
    assert "could not be read" in process.stderr
    assert "nobody thought of this" in process.stderr
