from __future__ import annotations

import random
from itertools import combinations

import pytest

from newscrawl.dedupe import MAX_COMPARED, ComparedText, Comparison, Difference, compare
from tests.dedupe.labelled.edits import EDITS, reprints_of
from tests.dedupe.labelled.measures import compared
from tests.dedupe.labelled.negatives import digest
from tests.dedupe.labelled.prose import write_news

BODY = (
    "3月14日,东江区水务局发布消息,全区十二座中型水库当天开闸放水,今年的春灌正式开始。\n"
    "截至当天8时,十二座水库蓄水2.35亿立方米,比去年同期多三成,能够满足68.4万亩冬小麦的返青用水。\n"
    "“渠道清淤在2月底前就完成了,”区水务局灌溉科科长王立成说,“水到田头比去年早两天。”\n"
    "青石镇北庄村的李秀英家种了14亩麦子,她说往年这时候还在排队等水,今年不用等了。\n"
    "据了解,春灌将分三轮进行,预计5月上旬结束,届时全区将组织37支服务队下乡指导田间管理。"
)
OTHER = (
    "6月2日,西湖区图书馆夜间开放满月,接待读者2.1万人次。\n馆长赵晓梅介绍,夜间时段最受欢迎的是少儿阅览室,"
    "周末的座位要提前三天预约,馆方计划7月起增加120个座位。"
)
FOOTER = "本网站部分内容来自2023年的网络,联系人张伟,如有侵权请于30日内致电0533-2345678,我们将及时处理并致歉。"


def relation(ours: str, theirs: str, **options: frozenset[str]) -> Comparison:
    return compare(ComparedText("a", None, ours), ComparedText("b", None, theirs), **options)


PAIRS = {
    "copied": (BODY, "same", True),
    "another text": (OTHER, "different", False),
    "nothing": ("", "different", False),
    "a teaser": (BODY[:40] + "……", "part_of", True),
    "abridged": ("\n".join(BODY.split("\n")[:2]), "part_of", True),
    "more than it": (BODY + "\n" + OTHER + OTHER.replace("图书馆", "博物馆"), "extends", True),
    "other paragraphs first": ("\n".join(reversed(BODY.split("\n"))), "same", True),
    "half of it and another": (BODY[:85] + OTHER, "overlaps", False),
    "a byline": ("本报记者 周文博\n" + BODY, "same", True),
}


@pytest.mark.parametrize(("text", "expected", "one_story"), PAIRS.values(), ids=PAIRS.keys())
def test_relations(text, expected, one_story):
    found = relation(text, BODY)
    assert (found.relation, found.one_story) == (expected, one_story)


ALTERED = {
    "a figure": ("2.35亿", "2.53亿", Difference("figure", "2.53亿", "2.35亿")),
    "a digit put in": ("68.4万亩", "168.4万亩", Difference("figure", "168.4万", "68.4万")),
    "a count in words": ("全区十二座", "全区十三座", Difference("figure", "十三", "十二")),
    "a day": ("3月14日", "3月15日", Difference("date", "3月15日", "3月14日")),
    "a name": ("王立成", "周文博", Difference("name", "周文博", "王立成")),
    "one hanzi of a name": ("王立成", "王立诚", Difference("name", "王立诚", "王立成")),
    "a place": ("青石镇", "白水镇", Difference("place", "白水镇", "青石镇")),
    "a not": ("今年不用等", "今年用等", Difference("words", "", "不")),
}


@pytest.mark.parametrize(("old", "new", "expected"), ALTERED.values(), ids=ALTERED.keys())
def test_an_altered_fact_makes_a_variant(old, new, expected):
    found = relation(BODY.replace(old, new), BODY)
    assert found.relation == "variant"
    assert expected in found.differences


def test_an_altered_teaser_is_no_part():
    found = relation(BODY[:100].replace("2.35", "2.53"), BODY)
    assert (found.relation, found.differences) == ("variant", (Difference("figure", "2.53亿", "2.35亿"),))


def test_another_byline_in_the_text_is_no_other_fact():
    ours, theirs = (BODY.replace("据了解", f"本报记者{name}了解到") for name in ("周文博", "孙晓梅"))
    found = relation(ours, theirs)
    assert found.relation == "same"
    assert found.differences


def test_a_word_or_two_replaced_in_a_short_text_is_doubtful():
    found = relation(BODY.replace("正式开始", "全面启动").replace("指导", "帮助"), BODY)
    assert found.relation == "variant"
    assert Difference("words", "帮助", "指导") in found.differences


def test_notices_that_differ_in_one_slot_are_never_the_same():
    notice = "因计划检修,6月3日7时至18时,国网东江区供电公司将对10千伏{}线停电检修,请沿线用户提前做好准备。供电服务热线95598。"
    for one, other in combinations(("城西", "城东", "工业", "开发", "河东", "青石"), 2):
        assert relation(notice.format(one), notice.format(other)).relation == "variant"


def test_a_long_spun_text_is_the_same():
    news = write_news("spun 0", 9)
    found = compared(EDITS["spun 90%"](news, random.Random(1)), news)
    assert (found.relation, found.one_story) == ("same", True)
    assert {each.kind for each in found.differences} == {"words"}


def test_boilerplate_does_not_count():
    ours, theirs = (f"{text}\n{FOOTER}" for text in (BODY, OTHER))
    assert relation(ours, theirs).relation == "overlaps"
    known = frozenset({"".join(filter(str.isalnum, FOOTER))})
    assert relation(ours, theirs, boilerplate=known).relation == "different"
    assert relation(ours, BODY, boilerplate=known).relation == "same"


def test_a_text_of_nothing_but_boilerplate_is_nothing():
    known = frozenset({"".join(filter(str.isalnum, FOOTER))})
    assert not relation(FOOTER, FOOTER, boilerplate=known).one_story


def test_the_other_way_round_it_is_the_mirror():
    texts = [write_news("mirrored"), write_news("another")]
    texts += [*reprints_of(texts[0]), digest(1, texts[:2])]
    for one, other in combinations(texts, 2):
        assert compared(other, one) == compared(one, other).mirrored()
        assert compared(one, other).mirrored().mirrored() == compared(one, other)


def test_shares_say_how_much_stands_in_the_other():
    found = relation(BODY[:100], BODY)
    assert found.ours > 0.95
    assert 0.2 < found.theirs < 0.6


def hostile() -> dict[str, tuple[str, str]]:
    rng = random.Random(5)
    digits = ["".join(rng.choice("0123456789月日.") for _ in range(9_000)) for _ in range(2)]
    rows = ["".join(f"大白菜每500克{n % m}.{n % 91}元," for n in range(1_500)) for m in (37, 41)]
    return {
        "repeated": ("淄博" * 500_000, "淄博" * 499_999 + "市"),
        "digits": (digits[0], digits[1]),
        "rows of a table": (rows[0], rows[1]),
        "names": ("局长王" * 3_000, "局长李" * 3_000),
        "brackets": ("(" * 9_000, "(ā" + "a b" * 3_000),
    }


@pytest.mark.parametrize(("ours", "theirs"), hostile().values(), ids=hostile().keys())
def test_hostile_texts_are_compared_to_the_end(ours, theirs):
    found = relation(ours, theirs)
    assert len(found.differences) <= 50
    assert relation(theirs, ours) == found.mirrored()


def test_what_lies_beyond_the_limit_is_not_compared():
    text = "".join(chr(0x4E00 + n % 20_000) for n in range(MAX_COMPARED))
    assert relation(text + BODY, text + OTHER).relation == "same"
