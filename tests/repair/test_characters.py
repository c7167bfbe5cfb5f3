"""Characters that nobody sees, that are broken, or that stand where they should not."""

from __future__ import annotations

import pytest

from newscrawl.repair import repair_text
from newscrawl.repair.private_use import meaning_of
from newscrawl.text.normal import to_nfkc

REPAIRED = {
    "zero width": ("淄\u200b博\ufeff市", "淄博市"),
    "controls": ("今天\x05,天气\x08好", "今天,天气好"),
    "soft hyphen and joiner": ("口\u00ad袋\u2060公园", "口袋公园"),
    "variation selectors": ("葛\U000e0100城\ufe00", "葛城"),
    "directions": ("\u202d公园\u202c", "公园"),
    "blank letters": ("公\u2800园\u3164", "公园"),
    "lone surrogate": ("公\ud800园", "公园"),
    "radicals": ("⻓江⻔前⻋水⻢⻰", "长江门前车水马龙"),
    "kangxi, by NFKC": ("⼭⾼⽔⻓", "山高水长"),
    "private use": ("\ue81e\ue82c字", "\u9fb4\u9fb7字"),
    "vertical marks": ("上\ue78d下\ue78e", "上,下。"),
    "carriage returns": ("甲\r\n乙\r丙", "甲\n乙\n丙"),
    "line separators": ("甲\u2028乙\u2029丙\x85丁\x0b戊", "甲\n乙\n丙\n丁\n戊"),
    "tabs": ("甲\t乙", "甲 乙"),
    "indented": ("\u3000\u3000甲\n\u3000\u3000乙\u00a0", "甲\n乙"),
    "empty lines": ("\n甲\n\n \n乙\n", "甲\n乙"),
    "entities": ("口袋&nbsp;公园&ldquo;好&rdquo;", "口袋 公园“好”"),
    "placeholders": ("{dede:field.body/}公园[!--newstext--]{$title}", "公园"),
    "tags": ("<p>公园</p><br/>", "公园"),
    "ruby tags": ("<ruby>公<rt></rt></ruby>园", "公园"),
    "spaced hanzi": ("气 象 灾 害 预 警 信 号 发 布 注 意 防 范", "气象灾害预警信号发布注意防范"),
    "starred hanzi": ("今*天*公*园*开*放*了*大*家*都*来*看", "今天公园开放了大家都来看"),
    "stock quotes": (
        "滨河股份(601234,股吧)公告,河东集团(000321,12.30,-1.2%,实时行情)停牌",
        "滨河股份公告,河东集团停牌",
    ),
    "accents that come together": ("咖啡e\u200b\u0301", "咖啡é"),
}


@pytest.mark.parametrize("name", REPAIRED)
def test_repaired(name):
    text, clean = REPAIRED[name]
    repaired = repair_text(text)
    assert repaired.body == clean
    assert repair_text(clean).text == clean


SHIFTED = ["省(自治区", "召开新闻发布会", "老旧小区改造工程全面启动", "居民满意"]


@pytest.mark.parametrize("said", SHIFTED)
@pytest.mark.parametrize("after", ["", "。\n下一段", ",下一句"], ids=["end", "new line", "comma"])
def test_a_lost_byte_is_read_anew_where_that_is_certain(said, after):
    halves = said.encode("gbk")[1:]  # the first byte was eaten
    text = f"全市25个{halves.decode('gbk', 'replace')}".replace("个", "个?", 1) + after
    repaired = repair_text(text)
    assert repaired.restore() == to_nfkc(text)
    if "?" in repaired.body and repaired.body != to_nfkc(text):
        assert any(said[place : place + 2] in repaired.body for place in range(1, len(said) - 1))
        assert "characters_lost" in repaired.flags


def test_the_mirror_that_lost_a_byte():
    repaired = repair_text("全國25個?。ㄗ灾螀^、直轄市)開展試點")
    assert repaired.body == "全國25個?(自治區、直轄市)開展試點"
    assert "characters_lost" in repaired.flags


@pytest.mark.parametrize(
    "text",
    [
        "你去不去?鳜鱼鲈鱼鳊鱼都有",
        "问:咋办?埙、篪、籥怎么吹",
        "谁?彧翀甪槊瓞",
        "是吗?ㄅㄆㄇㄈ是注音",
        "多少?αβγ射线",
    ],
)
def test_odd_characters_after_a_question_stay(text):
    assert repair_text(text).body == text


KEPT = {
    "emoji": "点赞❤️家庭👨‍👩‍👧按3️⃣",
    "flag of a region": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f队",
    "Persian": "می\u200cخواهم",
    "a spaced heading": "目 录",
    "spaced names": "王 芳 李 娜",
    "masked names": "获奖者:李*明、王*、赵*花、钱*多、孙*乐、周*、吴*来、郑*",
    "headline of two parts": "建立主动发现机制 提升对象识别精确度",
    "radicals as a subject": "⺡ 和 ⺘",
    "a stock code": "滨河股份(601234)公告,河东集团(000321.SZ)停牌",
    "a score": "甲队 3:1 乙队",
    "a less-than": "PM2.5<35,湿度>60%",
    "markup as a subject": "网页里写 <html> 和 <p> 标签",
    "an ampersand": "AT&T和R&D",
    "braces": "集合{a,b}",
    "middle dots": "买买提·艾力",
    "bars between sections": "要闻|民生|文体",
}


@pytest.mark.parametrize("name", KEPT)
def test_kept(name):
    assert repair_text(KEPT[name]).text == KEPT[name]


def test_unknown_private_use_is_kept_and_flagged():
    repaired = repair_text("公园\ue000开放")
    assert repaired.body == "公园\ue000开放"
    assert "private_use" in repaired.flags


def test_every_private_use_hanzi_of_the_standard_is_known():
    known = [meaning_of(chr(code)) for code in range(0xE815, 0xE865)]
    assert None not in known
    assert len(set(known)) == 80


def test_what_was_cut_is_named_by_its_code_point():
    (cut,) = repair_text("淄\u200b博").cuts
    assert (cut.rule, cut.reason) == ("hidden_characters", "U+200B")
