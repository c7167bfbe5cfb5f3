from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.alignment import Gap, align

ONE = "8月9日临沂市人民政府新闻办公室召开新闻发布会"
TWO = "全市共有孤困儿童1035名其中城区200名"
THREE = "下一步将继续提高保障标准扩大保障范围"
texts = st.text("甲乙丙丁1", max_size=80)


@given(texts, texts)
def test_passages_stand_in_both_texts(ours, theirs):
    alignment = align(ours, theirs)
    end = 0
    for each in alignment.passages:
        assert ours[each.ours : each.ours + each.length] == theirs[each.theirs : each.theirs + each.length]
        assert each.ours >= end
        end = each.ours + each.length
    covered = alignment.covered()
    assert covered[0] <= len(ours)
    assert covered[1] <= len(theirs)


@given(st.text("甲乙丙丁戊己庚辛", min_size=10, max_size=300))
def test_a_text_covers_itself(text):
    assert align(text, text).covered() == (len(text), len(text))
    assert align(text, text).gaps == ()


def test_paragraphs_in_another_order_are_all_found():
    alignment = align(ONE + TWO + THREE, THREE + ONE + TWO)
    assert alignment.covered() == (len(ONE + TWO + THREE),) * 2
    assert len(list(alignment.chains())) == 2


def test_what_is_put_in_is_a_gap_with_an_empty_side():
    start = len(ONE)
    assert align(ONE + TWO, ONE + "今天" + TWO).gaps == (Gap((start, start), (start, start + 2)),)


def test_a_clause_that_stands_twice_is_taken_from_its_own_place():
    ours = ONE + "青石路与白水路之间的夜市长" + TWO + "青石路与白水路之间的渠道长" + THREE
    theirs = ours.replace("青石路与白水路之间的夜市", "金沟路与白水路之间的夜市")
    start = len(ONE)
    assert Gap((start, start + 2), (start, start + 2)) in align(ours, theirs).gaps
    assert Gap((start, start + 2), (start, start + 2)) in align(theirs, ours).gaps


def test_a_phrase_alone_is_chance():
    assert align("甲乙丙丁召开新闻发布会戊己庚", "子丑寅卯召开新闻发布会辰巳午").covered() == (0, 0)


def test_hostile_texts_are_read_to_the_end():
    rng = random.Random(1)
    few = ["".join(rng.choice("甲乙丙") for _ in range(8_000)) for _ in range(2)]
    assert align(*few).covered()[0] > 0
    assert align("淄博" * 20_000, "淄博" * 19_000).covered() == (40_000, 38_000)
