"""Headlines: found, repeated, glued, and when a line is none; abstracts; datelines; credits; the mismatch."""

from __future__ import annotations

import pytest

from newscrawl.repair import repair_text
from newscrawl.repair.abstract import said_by
from newscrawl.repair.headline import is_headline_like

H = "凤凰镇百亩荷塘对外开放迎客来"
LEAD = "7月1日,凤凰镇百亩荷塘正式对外开放,镇文化站组织了赏荷、采莲和摄影三项活动,当天就来了两千多名游客,农家乐的桌子摆到了院子外面。"
NEXT = "荷塘原先是砖厂取土留下的坑。镇里用两年时间清淤、引水、栽藕,又修了三公里木栈道,如今莲子、藕粉和荷叶茶都成了村民的收入来源。"
CLEAN = f"{H}\n{LEAD}\n{NEXT}"


def rules_of(repaired):
    return {cut.rule for cut in repaired.cuts}


FIRST_LINES = {
    H: True,
    "“荷”你有约!凤凰镇的夏天从这里开始": True,
    "[民生]荷塘开放": True,
    "5G基站建到荷塘边": True,
    "荷塘什么时候开放?": True,
    "记者 孙小乐": False,
    "来源:滨河日报": False,
    LEAD: False,
    "本报讯(记者 孙小乐)昨日": False,
    "滨河日报7月1日讯 凤凰镇": False,
    "2024-07-01 10:00": False,
    "关键词:": False,
    "分享到:": False,
    "荷塘": False,
    "*": False,
}


@pytest.mark.parametrize("line", FIRST_LINES)
def test_headline_like(line):
    assert is_headline_like(line) is FIRST_LINES[line]


def test_the_first_line_is_the_headline():
    repaired = repair_text(CLEAN)
    assert (repaired.headline, repaired.body, repaired.flags) == (H, f"{LEAD}\n{NEXT}", ())
    assert repaired.text == CLEAN


def test_a_text_that_begins_with_a_paragraph_has_no_headline():
    assert repair_text(f"{LEAD}\n{NEXT}").headline is None


def test_a_single_line_is_a_body():
    assert (repair_text(H).headline, repair_text(H).body) == (None, H)


def test_a_headline_known_apart_is_taken_out_of_the_text():
    repaired = repair_text(CLEAN, headline=H)
    assert repaired.text == CLEAN
    assert rules_of(repaired) == {"headline"}
    assert repaired.flags == ()


def test_a_headline_known_apart_may_stand_below_a_breadcrumb():
    repaired = repair_text(f"首页 > 要闻\n2024-07-01\n{CLEAN}", headline=H)
    assert H not in repaired.body


def test_a_dirty_headline_is_cleaned_and_its_raw_form_kept():
    repaired = repair_text(f"{LEAD}\n{NEXT}", headline=f"  {H}\u200b ")
    assert repaired.headline == H
    assert repaired.metadata.provenance["headline"].raw == f"  {H}\u200b "


REPEATED = {
    "twice on top": f"{H}\n{CLEAN}",
    "four times": f"{H}\n{H}\n{H}\n{CLEAN}",
    "in other punctuation": f"{CLEAN.replace(H, H + '!', 1)}".replace(f"{H}!", f"{H}\n{H}!", 1),
    "at the end": f"{CLEAN}\n{H}",
    "glued to a dateline": f"{H}\n{H}滨河日报7月1日讯 {LEAD}\n{NEXT}",
    "glued to a byline in brackets": f"{H}\n{H}(记者 孙小乐){LEAD}\n{NEXT}",
    "glued to a word of time": f"{H}\n{H}近日,{LEAD}\n{NEXT}",
    "glued to a day": f"{H}\n{H}{LEAD}\n{NEXT}",
}


@pytest.mark.parametrize("name", REPEATED)
def test_repeats_go(name):
    repaired = repair_text(REPEATED[name])
    assert repaired.headline == H
    assert H not in repaired.body
    assert "headline_repeated" in repaired.flags
    assert repaired.body.endswith(NEXT)


NOT_REPEATED = {
    "a lead that begins as the headline does": f"{H}\n{H},镇文化站组织了赏荷、采莲和摄影三项活动,当天来了两千多名游客。\n{NEXT}",
    "a lead that goes on": f"{H}\n{H}的消息传开后,农家乐的桌子摆到了院子外面,停车场也满了。\n{NEXT}",
    "a chapter with the name of the article": f"{H}\n{LEAD}\n{H}\n{NEXT}",
    "a short headline said again": f"快讯\n{LEAD}\n快讯\n{NEXT}",
    "a sentence that quotes it": f"{H}\n{LEAD}\n这条题为“{H}”的消息被转发了三千次。\n{NEXT}",
}


@pytest.mark.parametrize("name", NOT_REPEATED)
def test_what_is_no_repeat_stays(name):
    repaired = repair_text(NOT_REPEATED[name])
    assert repaired.text == NOT_REPEATED[name]
    assert "headline_repeated" not in repaired.flags


ABSTRACTS = {
    "labelled": f"摘要:{LEAD[:40]}",
    "labelled in brackets": f"【导读】{LEAD[:40]}",
    "cut off": f"{LEAD[:40]}...",
    "cut off with a link": f"{LEAD[:40]}…[详细]",
    "the whole lead": LEAD,
}


@pytest.mark.parametrize("name", ABSTRACTS)
def test_an_abstract_that_the_lead_says_again_goes(name):
    assert repair_text(f"{H}\n{ABSTRACTS[name]}\n{LEAD}\n{NEXT}").text == CLEAN


def test_an_abstract_with_words_of_its_own_stays():
    text = f"{H}\n摘要:夏天看荷花去哪里?这份攻略请收好,停车、餐饮、路线都有。\n{LEAD}\n{NEXT}"
    assert repair_text(text).text == text


def test_a_paragraph_is_no_abstract():
    assert said_by(LEAD) is None


DATELINES = {
    "中国山东网·感知5月27日讯5月27日,市里召开会议,部署防汛工作。": "中国山东网·感知5月27日讯",
    "滨河日报7月1日讯(记者 孙小乐)荷塘开放。": "滨河日报7月1日讯",
    "新华社济南7月1日电 荷塘开放。": "新华社济南7月1日电",
    "新华社济南7月1日电(记者孙小乐)荷塘开放。": "新华社济南7月1日电",
    "7月1日,凤凰镇荷塘开放。": None,
    "记者7月1日从凤凰镇获悉,荷塘开放。": None,
    "7月1日电影节开幕,凤凰镇分会场放映三部影片。": None,
    "7月1日报道员培训班开班。": None,
}


@pytest.mark.parametrize("lead", DATELINES)
def test_dateline(lead):
    repaired = repair_text(f"{lead}\n{NEXT}", headline=H)
    assert repaired.metadata.dateline == DATELINES[lead]
    assert repaired.body == f"{lead}\n{NEXT}"


def test_credits_become_metadata():
    repaired = repair_text(
        f"{CLEAN}\n滨河网记者 孙小乐 通讯员 钱大勇\n来源:大众网\n责任编辑:李清\n关键词:荷塘 凤凰镇"
    )
    metadata = repaired.metadata
    assert repaired.text == CLEAN
    assert metadata.reporters == ("孙小乐",)
    assert metadata.correspondents == ("钱大勇",)
    assert metadata.editors == ("李清",)
    assert metadata.keywords == ("荷塘", "凤凰镇")
    assert metadata.source_outlet == "滨河网"
    assert metadata.provenance["editors"].raw == "责任编辑:李清"


@pytest.mark.parametrize(
    "line",
    [
        "记者:您怎么看荷塘的前景?",
        "记者从镇里了解到,门票免费。",
        "编辑部的故事还在继续",
        "来源于自然的美",
        "作者的话:写给家乡",
        "荷塘摄影展(孙小乐 摄)",
    ],
)
def test_what_is_no_credit_stays(line):
    text = f"{H}\n{LEAD}\n{line}\n{NEXT}"
    assert repair_text(text).text == text


def test_a_text_of_nothing_but_credits_is_left_to_be_seen():
    assert repair_text("记者 孙小乐\n责任编辑:李清").text == "记者 孙小乐\n责任编辑:李清"


MISMATCHED = "城东菜市场摊位费减免三个月方便群众买菜"


def test_a_headline_of_another_article_is_flagged():
    assert "headline_body_mismatch" in repair_text(f"{MISMATCHED}\n{LEAD}\n{NEXT}").flags
    assert "headline_body_mismatch" not in repair_text(CLEAN).flags


@pytest.mark.parametrize("headline", ["荷塘开放", "一张图看懂", "夏天"])
def test_a_short_headline_says_too_little(headline):
    assert "headline_body_mismatch" not in repair_text(f"{LEAD}\n{NEXT}", headline=headline).flags
