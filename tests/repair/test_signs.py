"""Flags of farms and broken converters, and how they add up to a site's score."""

from __future__ import annotations

import pytest

from newscrawl.repair import repair_text
from newscrawl.repair.farm import WEIGHTS, farm_score

BODY = "为了让老旧小区的居民住得舒心,街道投入资金对外墙、管网和停车位进行改造,施工队日夜赶工,预计入冬前完成。居民说,雨水倒灌的老毛病这回总算治好了,楼道里也装上了扶手和感应灯,老人上下楼踏实多了。"

SIGNS = {
    "digits_stripped": "月日,街道召开会议。据了解,月日至月日将分批施工,年月日前完工。" + BODY,
    "punctuation_doubled": BODY.replace("。", "。。").replace(",", ",,"),
    "characters_lost": BODY.replace("改造", "改\ufffd"),
    "template_opening": "今天带来老旧小区改造「怎么申请」,关于老旧小区改造很多人还不知道,现在让我们一起来看看吧!"
    + BODY,
    "spun": BODY + "街道颁布发表开展勾当,以新的体式格局发挥感化。",
    "traditional_mirror": "國(guó)務(wù)院發(fā)布會(huì)上,記者(jìzhě)了解到,為(wèi)了讓居民住得舒心,街道對(duì)外牆進(jìn)行改造。",
    "traditional_script": "為了讓舊區居民住得舒適,當局撥款維修外牆,預計冬季前完成,業主表示歡迎。",
}


@pytest.mark.parametrize("sign", SIGNS)
def test_sign(sign):
    repaired = repair_text(SIGNS[sign])
    assert sign in repaired.flags
    assert "".join(cut.text for cut in repaired.cuts if cut.rule != "pinyin") == ""


INNOCENT = {
    "clean": BODY,
    "ellipsis and dashes": "他说……后来——算了!真的??" + BODY,
    "a fee by the month": "物业费按年月日均摊。" + BODY,
    "an opening of a report": "今天,街道带来好消息,关于改造的方案通过了。" + BODY,
    "Hong Kong is no mirror": SIGNS["traditional_script"],
}


@pytest.mark.parametrize("name", INNOCENT)
def test_innocent(name):
    assert not set(repair_text(INNOCENT[name]).flags) - {"traditional_script"}


HEADLINES = {
    "[诗雅化妆品]老旧小区改造让居民住得舒心": True,
    "淄博招聘_淄博人才网_淄博求职": True,
    "[民生关注]老旧小区改造让居民住得舒心": False,
    "【视频】老旧小区改造让居民住得舒心": False,
    "[老旧小区]改造让居民住得舒心": False,
    "棱镜|老旧小区改造让居民住得舒心": False,
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_stuffed_headline(headline):
    flags = repair_text(BODY * 4, headline=headline).flags
    assert ("headline_stuffed" in flags) is HEADLINES[headline]


def test_scores_lie_between_0_and_1():
    assert farm_score({}, 0) == 0.0
    assert farm_score({}, 100) == 0.0
    assert farm_score(dict.fromkeys(WEIGHTS, 100), 100) <= 1.0
    assert farm_score({"pinyin_injected": 500}, 100) <= 1.0


def test_one_bad_page_makes_no_farm():
    assert farm_score({"pinyin_injected": 1}, 1) < 0.3 < farm_score({"pinyin_injected": 30}, 40)


def test_more_of_a_sign_never_lowers_the_score():
    scores = [farm_score({"spun": count}, 50) for count in range(51)]
    assert scores == sorted(scores)


def test_flags_of_rescue_weigh_nothing():
    flags = ("headline_recovered", "traditional_script", "pinyin_few")
    assert farm_score(dict.fromkeys(flags, 50), 50) == 0.0
