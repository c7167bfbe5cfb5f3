from __future__ import annotations

import pytest

from newscrawl.demo.texts import Line, load_texts, parse_line, parse_text

FILE = """headline: 泉边小学的操场修好了
outlet: yiquan
reporters: 甲乙 丙丁
byline: 记者 甲乙 报道

第一段。
# 小标题
! 孩子们在新操场上跑步。（甲乙 摄）
| 项目 | 数量
| 跑道 | 六条
"""


def test_a_file_is_read_line_by_line():
    text = parse_text("playground", FILE)
    assert (text.id, text.headline, text.outlet) == ("playground", "泉边小学的操场修好了", "yiquan")
    assert text.reporters == ("甲乙", "丙丁")
    assert text.correspondents == ()
    assert [line.kind for line in text.lines] == ["text", "subheading", "caption", "row", "row"]
    assert text.lines[3].cells == ("项目", "数量")


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("一段话。", "text", "一段话。"),
        ("# 小标题", "subheading", "小标题"),
        ("! 图说", "caption", "图说"),
        ("| 甲 | 乙 |", "row", "甲 | 乙"),
    ],
)
def test_the_first_character_tells_the_kind(line, kind, text):
    assert parse_line(line) == Line(kind, text)


@pytest.mark.parametrize(
    "head",
    ["headline: 标题", "outlet: yiquan", "headline: 标题\noutlet: yiquan\nauthor: 某人"],
    ids=["no outlet", "no headline", "unknown key"],
)
def test_a_wrong_head_names_its_file(head):
    with pytest.raises(ValueError, match=r"articles/wrong\.txt"):
        parse_text("wrong", f"{head}\n\n一段话。\n")


def test_edits_replace_and_drop():
    text = parse_text("playground", FILE)
    edited = text.edited((("第一段", "首段"), ("小标题", "")), "操场修好了")
    assert edited.headline == "操场修好了"
    assert [line.text for line in edited.lines][:2] == ["首段。", "孩子们在新操场上跑步。（甲乙 摄）"]
    assert text.lines[0].text == "第一段。"


def test_an_edit_that_changes_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="第九段"):
        parse_text("playground", FILE).edited((("第九段", "尾段"),))


def test_a_folder_is_read_by_file_name(tmp_path):
    (tmp_path / "b.txt").write_text(FILE, "utf-8")
    (tmp_path / "a.txt").write_text(FILE, "utf-8")
    (tmp_path / "notes.md").write_text("not an article", "utf-8")
    assert list(load_texts(tmp_path)) == ["a", "b"]


def test_texts_are_many_and_different(newsroom):
    assert len(newsroom.texts) >= 40
    bodies = ["".join(line.text for line in text.lines) for text in newsroom.texts.values()]
    assert len(set(bodies)) == len(bodies)
    assert min(map(len, bodies)) >= 100, "too short to be told from a page without a text"
    assert max(map(len, bodies)) > 1200, "a long one"
    assert sum(400 <= len(body) <= 1200 for body in bodies) >= 12


def test_texts_have_every_kind_of_line(newsroom):
    kinds = {line.kind for text in newsroom.texts.values() for line in text.lines}
    assert kinds == {"text", "subheading", "caption", "row"}


def test_texts_are_written_as_pages_print_them(newsroom):
    for text in newsroom.texts.values():
        for line in text.lines:
            assert line.text == line.text.strip()
            assert not {",", "?", "!", ";"} & set(line.text), f"{text.id}: {line.text}"
