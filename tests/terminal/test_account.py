from __future__ import annotations

import pytest

from newscrawl.items import Cut, RepairedText
from newscrawl.terminal.account import lines_of, pieces_of, render_line

TEXT = RepairedText(
    headline="口袋公园建成",
    body="优化服务\n居民满意",
    cuts=(
        Cut(0, "口袋公园建成\n", "headline"),
        Cut(2, "(yōuhuà)", "pinyin"),
        Cut(9, "\n相关推荐\n评论列表", "tails"),
    ),
)


def test_pieces_are_the_text_as_found():
    assert "".join(piece.text for piece in pieces_of(TEXT)) == TEXT.restore()


def test_a_replacement_stands_for_what_was_found():
    text = RepairedText(headline=None, body="⻓江", cuts=(Cut(0, "x", "radicals", replacement="⻓"),))
    assert [piece.text for piece in pieces_of(text)] == ["x", "江"]


def test_lines_know_their_rules():
    lines = lines_of(TEXT)
    assert [line.rules for line in lines] == [("headline",), ("pinyin",), (), ("tails",), ("tails",)]
    assert [line.is_kept for line in lines] == [False, True, True, False, False]


def test_a_rendered_line_marks_what_was_removed():
    assert "优化[-(yōuhuà)-]服务" in str(render_line(lines_of(TEXT)[1]))


@pytest.mark.parametrize("control", ["\x1b[31m", "\u202e", "\x07", "\x9b"])
def test_nothing_scraped_steers_the_terminal(control):
    text = RepairedText(headline=None, body=f"居民{control}满意")
    assert control[0] not in str(render_line(lines_of(text)[0]))
