from __future__ import annotations

import fnmatch
import tomllib
from pathlib import Path

import pytest

import newscrawl
from newscrawl.demo import Newsroom
from newscrawl.demo.newsroom import load_pairs

PACKAGE = Path(newscrawl.__file__).parent


def test_loading_twice_gives_the_same(newsroom):
    assert Newsroom.load() == newsroom


def test_outlets_are_found_by_id(newsroom):
    assert newsroom.outlet("keyi").name == "科易资讯网"
    with pytest.raises(KeyError):
        newsroom.outlet("nobody")


def test_every_text_is_posted_and_every_posting_has_its_text(newsroom):
    posted = {
        posting.article for outlet in newsroom.outlets for posting in outlet.postings if posting.article
    }
    assert posted == set(newsroom.texts)


def test_a_text_says_who_wrote_it(newsroom):
    ids = {outlet.id for outlet in newsroom.outlets}
    for text in newsroom.texts.values():
        assert text.outlet in ids or not text.outlet.isascii(), text.id


def test_a_reprint_credits_the_outlet_that_wrote_the_text(newsroom):
    government = newsroom.outlet("yiquan-gov")
    reprint = next(posting for posting in government.postings if posting.article == "press-elder-care")
    own = next(posting for posting in government.postings if posting.article == "gov-recruit")
    named = next(posting for posting in government.postings if posting.article == "gov-grain")
    assert newsroom.credit_of(reprint) == "沂泉新闻网"
    assert newsroom.credit_of(own) == "沂泉市人民政府"
    assert newsroom.credit_of(named) == "市农业农村局"


def test_a_posting_without_a_text_has_a_headline_and_no_credit(newsroom):
    for outlet in newsroom.outlets:
        for posting in outlet.postings:
            if newsroom.text_of(posting) is None:
                assert newsroom.headline_of(posting)
                assert newsroom.credit_of(posting) == ""


def test_edits_of_reprints_apply(newsroom):
    province = newsroom.outlet("daidong")
    reprint = next(posting for posting in province.postings if posting.article == "cherry-market")
    text = newsroom.text_of(reprint)
    original = newsroom.texts["cherry-market"]
    assert text.headline != original.headline
    assert len(text.lines) == len(original.lines) - 1


def test_template_notices_differ(newsroom):
    """Two power cuts share nearly every sentence and are two events."""
    first, second = (newsroom.texts[f"power-cut-{place}"] for place in ("shuangquan", "baishi"))
    assert first.lines[2] == second.lines[2]
    assert first.lines[0] != second.lines[0]
    assert first.lines[1] != second.lines[1]


def test_press_conferences_share_their_frame(newsroom):
    bodies = [
        "".join(line.text for line in newsroom.texts[name].lines)
        for name in ("press-elder-care", "press-road")
    ]
    for frame in (
        "沂泉市人民政府新闻办公室组织召开“民生答卷”系列新闻发布会",
        "认真落实市委、市政府决策部署，围绕",
    ):
        assert all(frame in body for body in bodies)


def test_tables_of_two_columns_are_read(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("甲\t1\n乙\t2\n", "utf-8")
    assert load_pairs(path) == (("甲", "1"), ("乙", "2"))
    path.write_text("甲\n", "utf-8")
    with pytest.raises(ValueError, match="unpack"):
        load_pairs(path)


def test_every_data_file_is_shipped():
    project = PACKAGE.parent / "pyproject.toml"
    if not project.exists():
        pytest.skip("installed: no pyproject.toml beside the package")
    patterns = tomllib.loads(project.read_text("utf-8"))["tool"]["setuptools"]["package-data"]["newscrawl"]
    endings = [pattern.rpartition("/")[2] for pattern in patterns]
    for path in (PACKAGE / "demo").rglob("*"):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            assert any(fnmatch.fnmatch(path.name, ending) for ending in endings), path
