"""Examples replayed over pages as wget saves them."""

from __future__ import annotations

import pytest

from newscrawl.jobs.example_pages import replay_examples, saved_page
from newscrawl.sources import parse_source
from tests.sources.test_examples import PAGE

EXAMPLES = {
    "http://www.lushan.example/2024/0506/1.html": "鲁山县新建口袋公园12处",
    "http://www.lushan.example/show.php?id=2": "另一个题目",
    "http://www.lushan.example/empty.html": "题",
    "http://www.lushan.example/never-saved.html": "题",
}


@pytest.fixture
def saved(tmp_path):
    host = tmp_path / "www.lushan.example"
    (host / "2024/0506").mkdir(parents=True)
    (host / "2024/0506/1.html").write_text(PAGE, encoding="utf-8")
    (host / "show.php?id=2").write_text(PAGE, encoding="utf-8")
    (host / "empty.html").write_bytes(b"")
    return tmp_path


def test_examples_are_held_against_what_is_read_from_their_pages(saved, tmp_path):
    text = 'id = "lushan"\nname = "鲁山"\nstart = "http://www.lushan.example/"\n'
    text += "".join(f'[[example]]\nurl = "{url}"\ntitle = "{title}"\n' for url, title in EXAMPLES.items())
    source = parse_source(text, tmp_path / "lushan.toml")
    right, wrong, empty, missing = replay_examples([source], saved)["lushan"]
    assert right.is_right
    assert not right.is_missing
    assert wrong.mistakes == ("title: '另一个题目' expected, '鲁山县新建口袋公园12处' read",)
    assert [mistake.partition(":")[0] for mistake in empty.mistakes] == ["no article"]
    assert missing.is_missing
    assert missing.is_right


def test_sources_without_examples_are_left_out(saved, tmp_path):
    source = parse_source('id = "a"\nname = "a"\nstart = "http://a.example/"\n', tmp_path / "a.toml")
    assert replay_examples([source], saved) == {}


def test_no_page_outside_the_folder_is_read(saved):
    (saved / "secret.html").write_text("x")
    assert saved_page(saved / "www.lushan.example", "http://../secret.html") is None
    assert saved_page(saved, "http://www.lushan.example/../../etc/passwd") is None
