from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.comparing import COMPARING_VERSION, comparing_form, comparing_pieces

TEXT = "8月9日,临沂市召开新闻发布会。“四连升”的标准(含孤儿)每人每月2178元,同比增长25.6%!"
FORM = "8月9日临沂市召开新闻发布会四连升的标准含孤儿每人每月2178元同比增长25点6"

SAME = {
    "as it is": TEXT,
    "full width": "８月９日，临沂市召开新闻发布会。“四连升”的标准（含孤儿）每人每月２１７８元，同比增长２５．６％！",
    "traditional": "8月9日,臨沂市召開新聞發佈會。「四連升」的標準(含孤兒)每人每月2178元,同比增長25.6%!",
    "blanks between hanzi": TEXT.replace("新闻", "新 闻\u3000").replace("标准", "标\u00a0准"),
    "paragraphs": TEXT.replace("。", "。\n\n"),
    "doubled punctuation": TEXT.replace(",", ",,"),
    "other quotes": TEXT.replace("“", '"').replace("”", '"'),
    "zero width": "\u200b".join(TEXT),
    "variation selectors": "\ufe0f".join(TEXT),
    "byte order mark": "\ufeff" + TEXT,
    "Hangul filler": TEXT.replace("临", "临\u3164"),
    "soft hyphen and word joiner": TEXT.replace("临", "\u00ad临\u2060"),
    "control characters": TEXT.replace(",", "\x05,"),
    "compatibility ideographs": TEXT.replace("年", "\uf98e"),
    "Kangxi radical": TEXT.replace("月", "\u2f49"),
    "pinyin in brackets": TEXT.replace("新闻", "新闻(xīnwén)").replace("标准", "标准（biāo zhun）"),
    "pinyin without": TEXT.replace("新闻", "新闻xīnwén").replace("标准", "标准 biāozhǔn "),
    "no punctuation": "8月9日 临沂市召开新闻发布会 四连升的标准 含孤儿 每人每月2178元 同比增长25.6",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_what_mirrors_change_does_not_count(text):
    assert comparing_form(text) == FORM


DIFFERENT = {
    "one digit": ("每人每月2178元", "每人每月2179元"),
    "the point moved": ("增长2.56%", "增长25.6%"),
    "minus five": ("最低气温-5℃", "最低气温5℃"),
    "a real minus sign": ("最低气温\u22125℃", "最低气温5℃"),
    "one hanzi": ("临沂市召开发布会", "临沭市召开发布会"),
    "bare letters": ("A股上涨", "B股上涨"),
    "bare letters in brackets": ("甲型流感(H1N1)", "甲型流感(H3N2)"),
    "order": ("先扶智后扶志", "先扶志后扶智"),
    "Tibetan and Chinese": ("ལྷ་ས", "拉萨"),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_what_a_text_says_counts(one, other):
    assert comparing_form(one) != comparing_form(other)


EQUAL = {
    "case": ("APP上线", "app上线"),
    "range of days": ("5月1日-5日", "5月1日至5日".replace("至", "—")),
    "range of numbers": ("每天8-10点", "每天8—10点"),
    "telephone": ("电话0533-2789123", "电话05332789123"),
    "thousands": ("共1,035名", "共1035名"),
    "name with a hyphen": ("COVID-19疫苗", "Covid19疫苗"),
    "ratio signs": ("3∶2", "3:2"),
    "full stop after a digit": ("增加到15.", "增加到15"),
}


@pytest.mark.parametrize(("one", "other"), EQUAL.values(), ids=EQUAL.keys())
def test_the_same_thing_written_otherwise(one, other):
    assert comparing_form(one) == comparing_form(other)


@pytest.mark.parametrize("nothing", ["", " \n\t", "……——!!", "\u200b\ufeff", "\x00"])
def test_nothing_is_left_of_nothing(nothing):
    assert comparing_form(nothing) == ""


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_the_form_of_a_form_is_itself(text):
    assert comparing_form(comparing_form(text)) == comparing_form(text)


@given(st.text(alphabet="淄博國-.−5 年,Aé\u0301１ǆ\u1161\u1100", max_size=12))
def test_the_form_of_a_form_is_itself_for_the_marks_it_treats(text):
    assert comparing_form(comparing_form(text)) == comparing_form(text)


def test_a_lone_surrogate_is_no_error():
    assert comparing_form("国\ud800家") == "国家"


def test_the_version_is_a_number_that_a_stored_value_can_carry():
    assert isinstance(COMPARING_VERSION, int)


@pytest.mark.parametrize("text", [TEXT, *SAME.values(), "", "……", "8月9日", "\ud800"])
def test_the_pieces_are_the_form(text):
    assert "".join(comparing_pieces(text)) == comparing_form(text)
    assert all(comparing_pieces(text))
