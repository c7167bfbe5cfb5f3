from __future__ import annotations

import re

import pytest
from pypinyin import Style, pinyin

from newscrawl.demo.debris import gloss, printed_lines, written_lines
from newscrawl.demo.texts import Line, NewsText

TEXT = NewsText(
    id="t",
    headline="新桥通车",
    outlet="yiquan",
    lines=(Line("text", "新闻服务，新闻开放。"), Line("subheading", "服务群众"), Line("text", "服务到家。")),
    opening_byline="记者 甲",
    byline="小报记者 甲 报道",
)
READINGS = {"新闻": "xīnwén", "服务": "fúwù", "开放": "kāifàng"}


def texts(lines):
    return [line.text for line in lines]


def test_bylines_stand_around_the_text():
    assert texts(written_lines(TEXT)) == ["记者 甲", *texts(TEXT.lines), "小报记者 甲 报道"]


def test_every_other_known_word_is_glossed():
    assert texts(gloss(TEXT.lines, READINGS)) == [
        "新闻(xīnwén)服务，新闻(xīnwén)开放。",
        "服务群众",
        "服务(fúwù)到家。",
    ]


def test_the_longest_word_wins():
    found = gloss((Line("text", "大学生"),), {"大学": "dàxué", "大学生": "dàxuéshēng"})
    assert texts(found) == ["大学生(dàxuéshēng)"]


@pytest.mark.parametrize(
    ("debris", "expected"),
    [
        (set(), ["记者 甲", "A", "B", "C", "小报记者 甲 报道"]),
        ({"disclaimer"}, ["记者 甲", "A", "（资料图片仅供参考）", "B", "C", "小报记者 甲 报道"]),
        ({"headline_repeated"}, ["新桥通车", "记者 甲", "A", "B", "C", "小报记者 甲 报道"]),
        ({"headline_glued"}, ["新桥通车记者 甲", "A", "B", "C", "小报记者 甲 报道"]),
        ({"body_twice"}, ["记者 甲", "A", "B", "C", "小报记者 甲 报道"] * 2),
        (
            {"body_twice", "headline_glued", "headline_repeated"},
            [
                "新桥通车",
                "新桥通车记者 甲",
                "A",
                "B",
                "C",
                "小报记者 甲 报道",
                "记者 甲",
                "A",
                "B",
                "C",
                "小报记者 甲 报道",
            ],
        ),
    ],
    ids=lambda value: "+".join(sorted(value)) if isinstance(value, set) else "",
)
def test_debris_is_added_and_nothing_lost(debris, expected):
    names = dict(zip("ABC", texts(TEXT.lines), strict=True))
    assert texts(printed_lines(TEXT, frozenset(debris), READINGS)) == [
        names.get(line, line) for line in expected
    ]


def test_without_its_glosses_a_glossed_text_is_the_written_one():
    glossed = printed_lines(TEXT, frozenset({"pinyin"}), READINGS)
    assert [re.sub(r"\([a-zǎ-ǜāáàēéèěīíìōóòūúù]+\)", "", line) for line in texts(glossed)] == texts(
        written_lines(TEXT)
    )


def test_every_reading_of_the_table_is_a_reading(newsroom):
    for word, reading in newsroom.readings.items():
        assert reading == "".join(syllable[0] for syllable in pinyin(word, style=Style.TONE))


def test_farm_pages_are_full_of_glosses(newsroom):
    """Seed-like pages have some 44 glosses in 1000 hanzi; a handful would be a reader's help."""
    farm = newsroom.outlet("keyi")
    for posting in farm.postings:
        if "pinyin" in posting.debris:
            lines = printed_lines(newsroom.text_of(posting), posting.debris, newsroom.readings)
            body = "".join(texts(lines))
            glosses = re.findall(r"\([^()\u4e00-\u9fff]+\)", body)
            assert len(glosses) / len(body) > 0.01, posting.number
            assert len(set(glosses)) >= 6, posting.number
