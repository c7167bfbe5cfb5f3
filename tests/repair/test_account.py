"""Spans are cut in one place, and whatever they covered can be put back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.items import RepairedText
from newscrawl.repair.account import apply_spans, cuts_of
from newscrawl.repair.draft import Span


def restored(text, marks):
    return RepairedText(headline=None, body=text, cuts=cuts_of(marks)).restore()


def after(text, *steps):
    marks = ()
    for number, spans in enumerate(steps):
        text, marks = apply_spans(text, marks, [Span(*span) for span in spans], f"rule{number}")
    return text, marks


def said(marks):
    return [(mark.offset, mark.text, mark.rule, mark.replacement) for mark in marks]


def test_a_cut_stands_where_the_text_was():
    text, marks = after("甲(jiǎ)乙", [(1, 6)])
    assert text == "甲乙"
    assert said(marks) == [(1, "(jiǎ)", "rule0", "")]


def test_a_later_cut_around_an_earlier_one_keeps_both_rules():
    text, marks = after("甲乙(yǐ)丙丁", [(2, 6)], [(1, 3)])
    assert text == "甲丁"
    assert said(marks) == [(1, "乙", "rule1", ""), (1, "(yǐ)", "rule0", ""), (1, "丙", "rule1", "")]


def test_cuts_at_one_place_keep_the_order_of_the_text():
    text, marks = after("甲乙丙丁", [(1, 2)], [(1, 2)], [(0, 1)])
    assert text == "丁"
    assert said(marks) == [(0, "甲", "rule2", ""), (0, "乙", "rule0", ""), (0, "丙", "rule1", "")]


def test_overlapping_spans_are_cut_once():
    assert after("甲乙丙丁", [(0, 2), (1, 3), (1, 2)])[0] == "丁"


def test_spans_beyond_the_text_are_clipped():
    assert after("甲乙", [(1, 9)])[0] == "甲"


def test_a_replacement_is_kept_text():
    text, marks = after("⻓江", [(0, 1, "radical", "长")])
    assert text == "长江"
    assert said(marks) == [(0, "⻓", "rule0", "长")]


def test_a_replacement_that_is_cut_later_is_as_it_was():
    text, marks = after("在⻓江边", [(1, 2, "", "长")], [(0, 3)])
    assert text == "边"
    assert restored(text, marks) == "在⻓江边"


def test_a_cut_that_begins_inside_a_replacement():
    text, marks = after("甲?乙", [(1, 2, "", "&nbsp")], [(3, 7)])
    assert text == "甲&n"
    assert restored(text, marks) == "甲?乙"


def test_a_cut_that_ends_inside_a_replacement():
    text, marks = after("甲?乙", [(1, 2, "", "abcd")], [(0, 3)])
    assert text == "cd乙"
    assert restored(text, marks) == "甲?乙"


def test_replacing_nothing_by_something_and_taking_it_out_again():
    text, marks = after("甲", [(0, 1, "", "乙丙")], [(0, 2)])
    assert text == ""
    assert restored(text, marks) == "甲"


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.just(""), st.text("xyz", max_size=3)), max_size=6
)


@given(st.text(max_size=30), st.lists(spans, max_size=6))
def test_any_spans_in_any_order_can_be_undone(text, steps):
    kept, marks = after(text, *steps)
    assert restored(kept, marks) == text
    assert [mark.offset for mark in marks] == sorted(mark.offset for mark in marks)
