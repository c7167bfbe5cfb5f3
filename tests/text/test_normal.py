from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.normal import find_denormal, is_nfkc, to_nfkc

CASES = {
    "full-width marks become half-width": ("主题：（１）２０２３年；好？", "主题:(1)2023年;好?"),
    "marks without a half-width form stay": ("。、“”‘’《》—…·", "。、“”‘’《》—...·"),
    "ideographic space": ("甲\u3000乙", "甲 乙"),
    "no-break space": ("甲\u00a0乙", "甲 乙"),
    "Kangxi radicals": ("⼭⽔", "山水"),
    "compatibility ideographs": ("\uf9d1", "六"),
    "numbers in circles": ("①⑵㈢", "1(2)(三)"),
    "units": ("㎡℃㎏", "m2°Ckg"),
    "accents": ("yue\u0300", "yuè"),
    "nothing to do": ("淄博市,张店区。", "淄博市,张店区。"),
}


@pytest.mark.parametrize("name", CASES)
def test_to_nfkc(name):
    text, normal = CASES[name]
    assert to_nfkc(text) == normal
    assert is_nfkc(normal)


@given(st.text())
def test_to_nfkc_is_nfkc_and_nothing_else(text):
    assert to_nfkc(text) == unicodedata.normalize("NFKC", text)


@given(st.one_of(st.text(), st.text("ae\u0301\u0327ㄱ\u1100\u1161\u11a8가한글\u0300Å淄,。（㎡")))
def test_replacing_what_was_found_gives_the_normal_form(text):
    parts, done = [], 0
    for start, end, normal in find_denormal(text):
        assert start >= done
        parts += (text[done:start], normal)
        done = end
    assert "".join((*parts, text[done:])) == to_nfkc(text)


def test_only_what_changes_is_found():
    assert list(find_denormal("淄博" * 1000 + "（e\u0301" + "张店" * 1000)) == [
        (1999, 2001, "博("),
        (2001, 2003, "é"),
    ]
    assert list(find_denormal("淄博,张店")) == []
