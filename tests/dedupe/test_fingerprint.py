from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import FINGERPRINT_VERSION, text_fingerprint
from newscrawl.text.comparing import COMPARING_VERSION
from newscrawl.text.hanzi import hanzi_folds

SEEDS = Path(__file__).parents[2] / "../shared/seeds/expected"

HEADLINE = "东江区十二座水库开始春灌"
BODY = (
    "3月14日,东江区水务局发布消息,全区十二座中型水库当天开闸放水,今年的春灌正式开始。\n"
    "截至当天8时,十二座水库蓄水2.35亿立方米,比去年同期多三成,能够满足68.4万亩冬小麦的返青用水。\n"
    "“渠道清淤在2月底前就完成了,”区水务局灌溉科负责人王立成说,“水到田头比去年早两天。”\n"
    "据了解,春灌将分三轮进行,预计5月上旬结束。"
)
BRIEF = "图为活动现场。"


def in_traditional(text: str) -> str:
    """Return ``text`` with the first traditional form of each hanzi that has one."""
    back = {}
    for traditional, simplified in hanzi_folds().items():
        back.setdefault(ord(simplified), chr(traditional))
    return text.translate(back)


EDITS = {
    "nothing": lambda t: t,
    "full width": lambda t: t.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,.%:()"}),
    "traditional": in_traditional,
    "paragraphs joined": lambda t: t.replace("\n", ""),
    "every sentence a paragraph": lambda t: t.replace("。", "。\n\n\u3000\u3000"),
    "blanks": lambda t: " ".join(t.split("水")).replace(" ", "水 "),
    "other quotes": lambda t: t.replace("“", "「").replace("”", "」"),
    "no punctuation": lambda t: re.sub("[,。“”\n]", "", t),
    "doubled punctuation": lambda t: t.replace(",", ",,").replace("。", ",。"),
    "zero width": lambda t: "\u200b".join(t),
    "watermark": lambda t: t.replace("。", "。\U000e0101\ufe01"),
    "carriage returns": lambda t: t.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_a_mirror_has_the_same_fingerprint(edit):
    assert text_fingerprint(edit(BODY)) == text_fingerprint(BODY)
    assert text_fingerprint(edit(BRIEF), headline=edit(HEADLINE)) == text_fingerprint(
        BRIEF, headline=HEADLINE
    )


CHANGES = {
    "one digit": ("十二座水库蓄水2.35", "十二座水库蓄水2.36"),
    "the point": ("68.4万", "6.84万"),
    "one hanzi of a name": ("王立成", "王立诚"),
    "a day": ("3月14日", "3月15日"),
    "a paragraph less": ("\n据了解,春灌将分三轮进行,预计5月上旬结束。", ""),
    "a not": ("能够满足", "不能够满足"),
    "paragraphs in another order": ("春灌将分三轮进行,预计5月上旬结束", "预计5月上旬结束,春灌将分三轮进行"),
}


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES.keys())
def test_another_text_has_another_fingerprint(old, new):
    assert old in BODY
    assert text_fingerprint(BODY.replace(old, new)) != text_fingerprint(BODY)


def test_a_long_body_is_known_under_any_headline():
    plain = text_fingerprint(BODY, headline=HEADLINE)
    assert plain == text_fingerprint(BODY, headline=f"[春耕]{HEADLINE}") == text_fingerprint(BODY)


def test_a_short_body_is_known_by_its_headline_too():
    one = text_fingerprint(BRIEF, headline="百名儿童画家乡")
    other = text_fingerprint(BRIEF, headline="老街夜市开张")
    assert len({one, other, text_fingerprint(BRIEF)}) == 3


def test_headline_and_body_are_kept_apart():
    assert text_fingerprint("春灌", headline="水库") != text_fingerprint("灌", headline="水库春")


@pytest.mark.parametrize(("one", "other"), [("", "……"), ("——", "……"), ("", " ")])
def test_texts_of_nothing_are_not_all_one(one, other):
    assert text_fingerprint(one) != text_fingerprint(other)
    assert text_fingerprint(one) == text_fingerprint(one)


def test_the_versions_stand_in_front():
    version, digest = text_fingerprint(BODY).split(":")
    assert version == f"{FINGERPRINT_VERSION}.{COMPARING_VERSION}"
    assert re.fullmatch("[0-9a-f]{64}", digest)


def test_stored_fingerprints_stay_what_they_are():
    """When this fails, a version must change: fingerprints in archives would no longer match."""
    assert text_fingerprint(BODY) == "1.2:ffc2416ea93efa00104e6f067cee46671369ddcd6836bcbe0d834b01881d21cb"
    assert (
        text_fingerprint(BRIEF, headline=HEADLINE)
        == "1.2:d9e4fea1cb308668bba2cb568df5ccbaf2579f03acc1b57ae45769cffd3be112"
    )


@given(st.text(), st.text() | st.none())
def test_any_text_has_a_fingerprint(text, headline):
    assert len(text_fingerprint(text, headline=headline)) == 68


def test_a_lone_surrogate_is_no_error():
    assert text_fingerprint("\ud800") != text_fingerprint("\ud801")


def test_the_seeds_are_two_stories():
    if not SEEDS.exists():
        pytest.skip("the seeds are not beside this copy of the project")
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    assert len({text_fingerprint(text) for text in texts}) == len(texts) == 2
