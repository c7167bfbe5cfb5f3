"""Ten times the text takes ten times as long, whatever the text is made of."""

from __future__ import annotations

import time

import pytest

from newscrawl.repair.engine import run_rules
from newscrawl.repair.rules import RULES

SMALL = 2_000  # characters; the large text has ten times as many
TIMES = 10
TOLERANCE = 3.5  # caches, allocation and a busy machine; quadratic work would show as 10

LINE = "为了让老旧小区的居民住得舒心,街道投入资金对外墙、管网和停车位进行改造,施工队日夜赶工。\n"
MATERIAL = {
    "prose": LINE,
    "one line": LINE.strip(),
    "injected": "社区(shèqū)开展(kāizhǎn)活动(huódòng),居民(jūmín)参加。\n",
    "bare pinyin": "社区shèqū开展kāizhǎn活动huódòng。",
    "open brackets": "(",
    "brackets of letters": "(a",
    "brackets that close nothing": ")(yuè",
    "letters": "a",
    "toned letters": "ā",
    "hanzi": "一",
    "blanks": " ",
    "blanks and letters": " a",
    "empty lines": "\n",
    "blanks in lines": " \n ",
    "digits": "1",
    "short lines": "街道\n",
    "stamps": "2024-05-06 18:25\n",
    "titles and stamps": "高铁北站今天开始试运行\n24年05月06日 29:32\n",
    "headings": "相关推荐\n",
    "comment headings": "评论列表\n",
    "comment buttons": "回复\n赞(3)\n",
    "credits": "记者 孙小乐 通讯员 钱大勇\n",
    "half credits": "责任编辑:\n",
    "spaced hanzi": "气 象 ",
    "starred hanzi": "气*象*",
    "angle brackets": "<",
    "tags": "<span ",
    "placeholders": "{dede:",
    "ampersands": "&nbsp",
    "breadcrumbs": "首页 > ",
    "copyright": "Copyright ",
    "paging": "上一页 1 2 3 ",
    "share": "分享到:微信 微博 QQ空间 ",
    "hidden": "\u200b",
    "hidden and seen": "淄\u200b博",
    "radicals": "⻓",
    "accents": "e\u0301\u0301",
    "punctuation": ",。",
    "dots": "…",
    "brackets of hanzi": "【民】",
    "stock quotes": "(601234,股吧",
    "months": "月日",
    "dateline": "5月6日",
    "repeated paragraphs": LINE,
    "nearly repeated": LINE.replace("改造", "{改造}"),
}


def seconds(text):
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        run_rules(text, RULES)
        best = min(best, time.process_time() - start)
    return best


def made_of(bit, length):
    text = bit * (length // len(bit))
    if "{" in text and "}" in text:  # every line a little different
        text = "".join(bit.replace("{", str(n % 7)).replace("}", "") for n in range(length // len(bit)))
    return text


@pytest.mark.parametrize("name", MATERIAL)
def test_time_grows_with_the_text(name):
    small, large = (made_of(MATERIAL[name], length) for length in (SMALL, SMALL * TIMES))
    assert seconds(large) < TIMES * TOLERANCE * max(seconds(small), 0.002)


@pytest.mark.soak
@pytest.mark.parametrize("name", MATERIAL)
def test_a_million_characters(name):
    tenth, whole = (made_of(MATERIAL[name], length) for length in (100_000, 1_000_000))
    assert seconds(whole) < 10 * 2.5 * max(seconds(tenth), 0.002)
