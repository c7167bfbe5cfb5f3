from __future__ import annotations

import pytest

from newscrawl.text.hanzi import hanzi_folds, to_simplified, traditional_ratio

CONVERTED = {
    "plain words": (
        "國務院辦公廳發佈關於進一步優化營商環境的意見",
        "国务院办公厅发布关于进一步优化营商环境的意见",
    ),
    "hair and to send": ("理髮店發出通知", "理发店发出通知"),
    "after and queen": ("以後的太后", "以后的太后"),
    "several dry ones": ("乾燥的樹幹若干", "干燥的树干若干"),
    "Taiwan spelling": ("記者跟著她裡裡外外走了一遍", "记者跟着她里里外外走了一遍"),
    "Hong Kong spelling": ("衞生署説", "卫生署说"),
    "beyond the basic plane": ("\u346e", "\U0002b748"),
    "nothing to do": ("淄博市张店区", "淄博市张店区"),
    "other scripts": ("GDP 增長 5.1% ñ カ", "GDP 增长 5.1% ñ カ"),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("found", "folded"), CONVERTED.values(), ids=CONVERTED.keys())
def test_traditional_becomes_simplified(found, folded):
    assert to_simplified(found) == folded


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("瞭望塔", "瞭望塔"),
        ("乾隆年间", "乾隆年間"),
        ("著名景点", "著名景點"),
        ("覆盖全市", "覆蓋全市"),
        ("大阪", "大阪"),
    ],
)
def test_characters_of_both_scripts_are_folded_on_both_sides(simplified, traditional):
    assert to_simplified(simplified) == to_simplified(traditional)


def test_folding_twice_changes_nothing():
    everything = "".join(map(chr, hanzi_folds()))
    assert to_simplified(to_simplified(everything)) == to_simplified(everything)


def test_every_fold_is_one_character():
    assert all(len(folded) == 1 and ord(folded) != key for key, folded in hanzi_folds().items())
    assert len(hanzi_folds()) > 4000


RATIOS = {
    "no hanzi": ("GDP 5.1%, 2023", 0.0),
    "empty": ("", 0.0),
    "simplified": ("临沂市召开新闻发布会", 0.0),
    "simplified with old names": ("乾隆年间的瞭望塔,画家赵孟頫和著名学者于先生", 0.0),
    "traditional": ("漢語國際", 1.0),
    "punctuation does not count": ("國,。 !abc 人", 0.5),
}


@pytest.mark.parametrize(("text", "ratio"), RATIOS.values(), ids=RATIOS.keys())
def test_traditional_ratio(text, ratio):
    assert traditional_ratio(text) == pytest.approx(ratio, abs=0.001)


def test_a_converted_article_stands_out():
    simplified = "市水务局今天通报,全市十二座大型水库蓄水量比去年同期增加三成,能够满足春灌需要。"
    traditional = "市水務局今天通報,全市十二座大型水庫蓄水量比去年同期增加三成,能夠滿足春灌需要。"
    assert traditional_ratio(simplified) == 0
    assert traditional_ratio(traditional) > 0.1
    assert to_simplified(traditional) == simplified


def test_lone_surrogates_and_controls_pass_through():
    assert to_simplified("\ud800國\x00") == "\ud800国\x00"
