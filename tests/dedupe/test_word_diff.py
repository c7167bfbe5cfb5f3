from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import Span, word_diff

TEXT = "8月9日,淄博市召开发布会。\n全市共有孤困儿童1035名。\n记者王立成报道。"
MARKS = {"equal": "{}", "deleted": "-{}-", "inserted": "+{}+"}

CASES = {
    "nothing": (TEXT, TEXT, TEXT),
    "a figure stays whole": ("1035名", "1053名", "-1035-+1053+名"),
    "a decimal stays whole": ("增长25.6%。", "增长25.9%。", "增长-25.6%-+25.9%+。"),
    "a name": ("记者王立成报道", "记者王立诚报道", "记者王立-成-+诚+报道"),
    "a single hanzi between changes": ("今年内完成", "去年里完成", "-今年内-+去年里+完成"),
    "a paragraph added": ("甲段。\n", "甲段。\n乙段。\n", "甲段。\n+乙段。\n+"),
    "a paragraph cut": ("甲段。\n乙段。\n", "乙段。\n", "-甲段。\n-乙段。\n"),
    "from nothing": ("", "全文", "+全文+"),
    "to nothing": ("全文", "", "-全文-"),
}


def marked(spans: tuple[Span, ...]) -> str:
    return "".join(MARKS[span.kind].format(span.text) for span in spans)


@pytest.mark.parametrize(("ours", "theirs", "expected"), CASES.values(), ids=CASES.keys())
def test_what_a_reader_sees(ours, theirs, expected):
    assert marked(word_diff(ours, theirs)) == expected


@given(st.text("甲乙丙1.2\na", max_size=60), st.text("甲乙丙1.2\na", max_size=60))
def test_both_texts_can_be_read_off_the_spans(ours, theirs):
    spans = word_diff(ours, theirs)
    assert "".join(span.text for span in spans if span.kind != "inserted") == ours
    assert "".join(span.text for span in spans if span.kind != "deleted") == theirs
    assert all(span.text for span in spans)
    assert all(one.kind != other.kind for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "淄博" * 500_000,
        "甲\n" * 50_000,
        "".join(map(chr, range(0x4E00, 0x9000))),
        "\n".join(map(str, range(100))) * 300,
    ],
)
def test_huge_texts_are_bounded(text):
    assert word_diff(text, text[::-1])
