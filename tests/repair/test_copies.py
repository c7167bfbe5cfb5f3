"""Bodies that are printed twice, and paragraphs that are said twice for good reason."""

from __future__ import annotations

import pytest

from newscrawl.repair import repair_text

H = "城西小学开出木工课"
P = (
    "9月10日下午,城西小学的木工教室里刨花飞舞,四年级的孩子们戴着护目镜,跟着老师学做小板凳。",
    "学校请来三位退休木匠,每周二、周四上课。工具都换成了儿童尺寸,桌角包了软边,安全员全程在场。",
    "“我做的板凳能坐人!”学生小杜把板凳搬回家,奶奶天天坐着择菜,逢人就说孙子手巧。",
    "校长说,明年还要开陶艺和编织,让孩子们多动手,少盯屏幕。",
)
BODY = "\n".join(P)
CLEAN = f"{H}\n{BODY}"


def test_the_same_body_again():
    repaired = repair_text(f"{CLEAN}\n{BODY}")
    assert repaired.text == CLEAN
    assert "body_repeated" in repaired.flags


def test_the_body_three_times():
    assert repair_text(f"{CLEAN}\n{BODY}\n{BODY}").text == CLEAN


def test_the_headline_and_the_body_again():
    assert repair_text(f"{CLEAN}\n{CLEAN}").text == CLEAN


def test_the_second_copy_is_injected():
    injected = (
        BODY.replace("教室", "教室(jiàoshì)")
        .replace("老师", "老师(lǎoshī)")
        .replace("学校", "学校(xuéxiào)")
        .replace("孩子", "孩子(háizi)")
    )
    repaired = repair_text(f"{CLEAN}\n{injected}")
    assert repaired.text == CLEAN
    assert repaired.restore() == f"{CLEAN}\n{injected}"


DIFFERENCES = {
    "one mark": BODY.replace("飞舞,四年级", "飞舞。四年级"),
    "a typo": BODY.replace("退休木匠", "退修木匠"),
    "a line that is missing": "\n".join((P[0], P[1], P[3])),
    "a line cut off": "\n".join((P[0], P[1][:34], P[2], P[3])),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_copy_with_small_differences(name):
    text = f"{CLEAN}\n{DIFFERENCES[name]}"
    repaired = repair_text(text)
    assert repaired.text == CLEAN
    assert "body_repeated" in repaired.flags
    assert repaired.restore() == text


def test_the_better_copy_stays():
    short = "\n".join((P[0], P[1][:34], P[2][:26], P[3]))
    assert repair_text(f"{H}\n{short}\n{BODY}").text == CLEAN


def test_a_line_that_only_the_other_copy_has_stays():
    other = f"{BODY.replace('飞舞,四年级', '飞舞。四年级')}\n家长委员会也报了名,周末给孩子们当助教。"
    assert "家长委员会也报了名" in repair_text(f"{CLEAN}\n{other}").body


KEPT = {
    "a paragraph twice": f"{CLEAN}\n{P[1]}",
    "a refrain": f"{H}\n{P[0]}\n一凿一刨,慢工细活\n{P[1]}\n一凿一刨,慢工细活\n{P[2]}\n一凿一刨,慢工细活\n{P[3]}",
    "weather by template": "明后两天天气预报\n城西今天白天晴转多云,最高气温31度,偏南风3级,空气质量良好,适宜户外活动。\n城东今天白天晴转多云,最高气温32度,偏南风3级,空气质量良好,适宜户外活动。\n凤凰镇今天白天晴转多云,最高气温30度,偏南风2级,空气质量良好,适宜户外活动。",
    "code": "import os\nprint(os.getcwd())\ndef run():\nprint(os.getcwd())\nreturn os.listdir('.')\nimport os\nprint(os.getcwd())\ndef run():\nprint(os.getcwd())\nreturn os.listdir('.')\n"
    + BODY
    + "\n"
    + "\n".join(
        f"第{n}件作品由{name}完成,用时{n + 2}周,木料来自学校后山的老榆树,打磨了三遍才上油。"
        for n, name in enumerate("甲乙丙丁戊己", 1)
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_said_twice_for_good_reason(name):
    repaired = repair_text(KEPT[name])
    assert repaired.text == KEPT[name]
    assert "body_repeated" not in repaired.flags
