"""``scrapy stories`` and ``scrapy dedupe``, as a person and a program ask for them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from newscrawl.archiving import archive_article
from newscrawl.archiving.catching_up import begin_index
from newscrawl.dedupe import text_fingerprint
from newscrawl.items import Metadata
from newscrawl.storage import Archive, Catalog, encode_seed, seed_name
from tests.archiving.test_filing import BODY, LEAD, article
from tests.conftest import Scrapy

OTHER = (
    "临沂在线5月9日讯 兰山区柳青河大桥昨日合龙,全长486米,双向六车道,总投资2.3亿元。\n"
    "项目经理赵海波说,桥面铺装将在7月中旬完成,通车后从老城到北城新区只要8分钟。"
)
ALTERED = BODY.replace("1035名", "1053名")


def texts():
    """Yield an original, a teaser and an altered copy of it elsewhere, and other news."""
    yield article("zibo.cn")
    teaser = article("b.cn", LEAD, hours=1, headline="关爱孤困儿童")
    yield replace(teaser, metadata=Metadata(source_outlet="某网\x1b[2J"))
    yield article("c.cn", ALTERED, hours=2)
    yield article("d.cn", OTHER, hours=3, headline="柳青河大桥合龙")


@pytest.fixture(scope="module")
def scrapy(tmp_path_factory):
    """An archive whose texts were compared as they came."""
    runner = Scrapy(tmp_path_factory.mktemp("stories"), tmp_path_factory.mktemp("sources"))
    with Archive.open(runner.archive) as archive:
        begin_index(archive)
        for one in texts():
            archive_article(archive, one)
    return runner


@pytest.fixture(scope="module")
def listed(scrapy):
    process = scrapy("stories", "--json")
    assert process.returncode == 0, process.stderr
    return [json.loads(line) for line in process.stdout.splitlines()]


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.suffix in (".txt", ".jsonl")}


def stories_in(folder):
    with Catalog.open_readonly(folder) as catalog:
        return sorted((row.text_count, row.site_count) for row in catalog.stories())


def test_a_program_gets_the_stories(listed):
    (story,) = listed
    assert story["texts"] == 2
    assert story["id"].startswith("s")


def test_a_story_is_shown_with_who_printed_it_and_what_was_changed(scrapy, listed):
    process = scrapy("stories", listed[0]["id"])
    assert process.returncode == 0, process.stderr
    for word in ("zibo.cn", "b.cn", "part_of", "original"):
        assert word in process.stdout
    assert "\x1b[2J" not in process.stdout


def test_a_story_is_found_by_the_address_of_a_text(scrapy, listed):
    process = scrapy("stories", "http://b.cn/1.html", "--json")
    assert json.loads(process.stdout)["id"] == listed[0]["id"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["s0000000000000000"], 2, "no story has this id"),
        (["--since", "gestern"], 2, "give a day"),
        (["a", "b"], 2, "name one story"),
    ],
)
def test_what_cannot_be_shown_is_told(scrapy, arguments, code, told):
    process = scrapy("stories", *arguments)
    assert process.returncode == code
    assert told in process.stderr


@pytest.fixture
def older(tmp_path, scrapy):
    """An archive from before texts were compared."""
    runner = Scrapy(tmp_path, scrapy.sources)
    with Archive.open(runner.archive) as archive:
        for one in texts():
            archive.add_article(one, text_fingerprint(one.body, headline=one.headline))
    return runner


def test_an_older_archive_gets_its_stories_and_keeps_its_texts(older):
    before = {path: content for path, content in state(older.archive).items() if path.suffix == ".txt"}
    dry = older("dedupe", "--dry-run")
    assert (dry.returncode, stories_in(older.archive)) == (0, []), dry.stderr
    applied = older("dedupe", "--apply")
    assert applied.returncode == 0, applied.stderr
    assert "4 texts compared" in dry.stdout
    assert "4 texts compared" in applied.stdout
    assert stories_in(older.archive) == [(2, 2)]  # the altered text is linked to it, and in none
    after = state(older.archive)
    assert {path: after[path] for path in before} == before
    assert "0 texts compared" in older("dedupe", "--apply").stdout
    assert state(older.archive) == after


def test_a_folder_of_seed_files_is_only_reported_on(scrapy, tmp_path):
    for number, one in enumerate(texts()):
        content = encode_seed(one.text)
        (tmp_path / seed_name(number, content)).write_bytes(content)
    (tmp_path / f"009_{hashlib.sha256(b'').hexdigest()[:16]}.txt").write_bytes(b"\xff\xfe")
    before = state(tmp_path)
    process = scrapy("dedupe", "--dry-run", str(tmp_path))
    assert process.returncode == 0, process.stderr
    assert "4 texts compared" in process.stdout
    assert "009_" in process.stdout  # which could not be read, and why
    assert state(tmp_path) == before
    refused = scrapy("dedupe", "--apply", str(tmp_path))
    assert (refused.returncode, "is no archive" in refused.stderr) == (2, True)
