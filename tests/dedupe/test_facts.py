from __future__ import annotations

import pytest

from newscrawl.dedupe.facts import agree, find_facts, is_credit, is_name
from newscrawl.text.comparing import comparing_form, comparing_pieces

TEXTS = {
    "a day": ("8月9日,临沂", {("date", "8月9日")}),
    "a year": ("2023年全市", {("date", "2023年")}),
    "an hour": ("当天8时30分起", {("date", "8时30分")}),
    "a weekday": ("星期三上午", {("date", "星期三")}),
    "an amount": ("投入1035.87万元", {("amount", "1035.87万元")}),
    "a figure with its multiple": ("惠及3.5万户", {("figure", "3.5万")}),
    "a temperature below zero": ("最低气温-5℃", {("figure", "负5")}),
    "a figure in words": ("新建十二座大坝", {("figure", "十二")}),
    "about so many": ("5000余名", {("figure", "5000")}),
    "a name beside an office": ("局长王立成介绍", {("name", "王立成")}),
    "an appointment": ("任命张伟为副县长", {("name", "张伟")}),
    "a name that speaks": ("李秀英告诉我们", {("name", "李秀英")}),
    "a list of names": ("王立成、李秀英", {("name", "王立成"), ("name", "李秀英")}),
    "a county": ("在青石县", {("place", "青石县")}),
    "a name that has 余 in it": ("会长余静说", {("name", "余静")}),
    "a line that a number stands before": ("10千伏城西线停电", {("figure", "10千"), ("place", "伏城西线")}),
    "going to a village": ("服务队进村", set()),
    "words that join are no place": ("水库与桥", set()),
    "nothing": ("春灌开始了", set()),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_what_is_a_fact(text, expected):
    assert {(fact.kind, fact.shown) for fact in find_facts(comparing_pieces(text))} == expected


def test_facts_stand_where_they_say():
    text = "8月9日,局长王立成介绍,全市投入1035.87万元,王立成说,惠及3.5万户。"
    form = comparing_form(text)
    facts = find_facts(comparing_pieces(text))
    assert all(form[fact.start : fact.end].startswith(fact.value[:2]) for fact in facts)
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)


def test_a_name_is_known_again_without_its_office():
    facts = find_facts(comparing_pieces("局长王立成介绍。渠道边王立成弯下腰。"))
    assert [fact.start for fact in facts if fact.value == "王立成"] == [2, 10]


AGREEING = {
    "the same": ("8月9日", "8月9日", True),
    "less exactly": ("2023年8月9日", "8月9日", True),
    "another day": ("8月9日", "8月10日", False),
    "a day that ends alike": ("8月19日", "8月9日", False),
}


@pytest.mark.parametrize(("one", "other", "expected"), AGREEING.values(), ids=AGREEING.keys())
def test_dates_agree_that_are_told_less_exactly(one, other, expected):
    (ours,), (theirs,) = find_facts((one,)), find_facts((other,))
    assert agree(ours, theirs) is agree(theirs, ours) is expected


@pytest.mark.parametrize(
    ("word", "expected"), [("王立成", True), ("张伟", True), ("高度", False), ("春灌", False), ("王", False)]
)
def test_is_name(word, expected):
    assert is_name(word) is expected


def test_a_byline_is_told_from_an_office():
    assert is_credit("本报记者王立成", 4)
    assert not is_credit("水务局局长王立成", 5)


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1点" * 30_000, "一" * 50_000, "王" * 50_000, "路" * 50_000, "局长" * 20_000]
)
def test_hostile_rows_are_read_to_the_end(text):
    assert isinstance(find_facts((text,)), tuple)
