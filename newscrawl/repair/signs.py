"""Rule: signs that a farm or a broken converter had a hand in a text. They are flagged, nothing is cut.

``digits_stripped``      月日, 年月 without a number before them, twice: a farm took all digits out (real: v.021news)
``punctuation_doubled``  ,, ,。 。。: mirrors convert full stops twice (real: bbzoh.cn); 0 in 1,352 clean documents
``characters_lost``      U+FFFD, 锟斤拷: bytes were decoded wrongly; three clean documents have a real U+FFFD
``template_opening``     今天带来X,关于X很多人还不知道: the opening of generated questions and answers (real: jjchem.net)
``headline_stuffed``     keywords in brackets or bars around the headline that the body does not know
``spun``                 words that rewriting tools put for common ones (勾当 for 活动, 体式格局 for 方式), three of them
``traditional_script``   more than 10 % traditional-only hanzi; clean mainland text has 0.8 % at most
``traditional_mirror``   that, and another sign of a farm: a text from Hong Kong or Taiwan is no mirror

Rejected for ``punctuation_doubled``: a look for each of 18 pairs first (19 us a document; the pattern has 8), and
one alternation without lookbehind (19 us).
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule
from newscrawl.text.hanzi import traditional_ratio

DIGITS_NEEDED = 2
DOUBLED_PER_1000 = 3.0
DOUBLED_NEEDED = 3
TRADITIONAL_RATIO = 0.10
LEAD = 600
"""Characters in which a generated article has its opening."""
SAMPLE = 8_000
"""Characters that are looked at: a farm does not spare the beginning."""
SCRIPT_SAMPLE = 800

_STRIPPED = re.compile(
    r"(?<![\d零〇一二三四五六七八九十\w])年?月日|(?<=[\u4e00-\u9fff,。])年?月日(?=[,上下晚早至起凌])"
)
_DOUBLED = re.compile(r"[,、。;?!](?:(?<=[,。;])[,。;]|(?<=、)[、,。]|(?<=[?!])。)")
_TRADITIONAL = re.compile("[們個這來時國會發學說對過還點當進動實現機電長門間關業產東車書見視為與]")
_LOST = ("\ufffd", "锟斤拷")
_SPUN = (
    *(
        "体式格局",
        "颁布发表",
        "勾当",
        "感化",
        "出格",
        "国度",
        "扶植",
        "节制",
        "今朝",
        "接纳",
        "撑持",
        "浸染",
        "履历",
        "事变",
    ),
    *(
        "进步服从",
        "进步质量",
        "次要负责人",
        "紧张讲话",
        "紧张意义",
        "紧张作用",
        "停止深化",
        "停止了深化",
        "获得了很好",
        "情况保护",
    ),
)
_SPUN_WORD = re.compile("|".join(_SPUN))  # one look: 4 us a document, 17 for a look a word
_OPENING = re.compile(
    r"""(?:今天|今日)?(?:给大家|为大家|小编)?(?:带来|分享|介绍|来聊聊|说说|讲解)[^。\n]{2,60},?(?:关于[^。\n]{1,40})?(?:很多人|相信很多|许多人|不少人|大家)[^。\n]{0,12}(?:还)?(?:不(?:太)?(?:知道|了解|清楚)|都想知道)
    | 现在(?:让|跟着|和)?(?:我们|小编)(?:一起)?来?(?:看看|了解)(?:一下)?吧
    | (?:大家好|各位)[^。\n]{0,20}(?:小编|今天)[^。\n]{0,30}(?:解答|解惑|来为大家|关于)
    | 希望(?:对|能帮)(?:各位|大家|您|你)[^。\n]{0,12}(?:有所)?帮助[^。\n]{0,20}(?:收藏|关注)本站""",
    re.VERBOSE,
)
_OPENING_WORDS = ("知道", "了解", "清楚", "小编", "看看", "本站")
_BRACKETED = re.compile(r"^[\[【(]([\u4e00-\u9fff]{4,14})[\]】)](?=\S{6})")
_COLUMN = re.compile(
    "讯|关注|视频|直播|组图|图集|新闻|评论|专题|观察|报道|话|聚焦|解读|访|谈|时评|头条|热点|故事|周刊|日报|网|发布|提醒|通知|公告|学习|奋进|中国|新时代"
)
_PARTS = re.compile(r"[_|丨]")
STUFFED_PARTS = 3
SPUN_NEEDED = 3
_FARM_SIGNS = frozenset(
    ("pinyin_injected", "punctuation_doubled", "characters_lost", "digits_stripped", "spun")
)


def find(draft: Draft) -> Findings:
    """Return the flags."""
    sample = f"{draft.headline or ''}\n{draft.text[:SAMPLE]}"
    signs = {
        "digits_stripped": _is_stripped(sample),
        "punctuation_doubled": _is_doubled(sample),
        "characters_lost": any(mark in draft.text or mark in sample for mark in _LOST),
        "template_opening": _has_template_opening(draft.text[:LEAD]),
        "headline_stuffed": _is_stuffed(draft.headline or "", draft.text),
        "spun": len(set(_SPUN_WORD.findall(sample))) >= SPUN_NEEDED,
        "traditional_script": _is_traditional(sample[:SCRIPT_SAMPLE]),
    }
    flags = frozenset(sign for sign, is_there in signs.items() if is_there)
    if "traditional_script" in flags and (flags | draft.flags) & _FARM_SIGNS:
        flags |= {"traditional_mirror"}
    return Findings(flags=flags) if flags else NOTHING


def _has_template_opening(lead: str) -> bool:
    return any(word in lead for word in _OPENING_WORDS) and bool(_OPENING.search(lead))


def _is_stripped(text: str) -> bool:
    return "月日" in text and len(_STRIPPED.findall(text)) >= DIGITS_NEEDED


def _is_traditional(sample: str) -> bool:
    return bool(_TRADITIONAL.search(sample)) and traditional_ratio(sample) > TRADITIONAL_RATIO


def _is_doubled(text: str) -> bool:
    count = len(_DOUBLED.findall(text))
    return count >= DOUBLED_NEEDED and count * 1000 >= DOUBLED_PER_1000 * len(text)


def _is_stuffed(headline: str, body: str) -> bool:
    """Return whether a headline carries keywords: a bracket that the body knows nothing of, or three parts."""
    if len([part for part in _PARTS.split(headline) if 2 <= len(part) <= 14]) >= STUFFED_PARTS:
        return True
    match = _BRACKETED.match(headline)
    if match is None or _COLUMN.search(match[1]) or len(body) < LEAD // 2:
        return False
    return not any(match[1][place : place + 2] in body for place in range(len(match[1]) - 1))


RULE = Rule("signs", find, cuts=False)
