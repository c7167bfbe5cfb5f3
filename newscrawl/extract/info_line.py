"""The line under a headline that says when and where an article was published."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.text.credits import find_credits, is_credit_line
from newscrawl.text.dates import find_date

_NO_LETTERS = re.compile(r"[\W\d_]+")
_UNNAMED_LENGTH = 16  # letters beside date and credits: an outlet without a label, a place
_CONTROLS = re.compile(
    r"发布时间|发布日期|发表于|时间|日期|来源|作者|编辑|责编|字体|字号|[大中小]\b|打印|分享到?|评论|阅读|浏览|点击|次数|人参与|我有话说|收藏本文|收藏|人气|微博|微信|朋友圈|关闭|本文|更新|查看|上午|下午"
)
_HEADER_CLOCK = re.compile(r"今天是|星期[一二三四五六日天]|欢迎|农历|天气")
_INFO_LENGTH = 120  # characters of the line that names date and outlet under a headline


def is_info_line(text: str) -> bool:
    """Return whether a line says when and where an article was published, and little else.

    >>> is_info_line("2023-08-10 18:40 来源:大众网 字体:大 中 小"), is_info_line("8月10日,大会召开。")
    (True, False)
    """
    return len(text) <= _INFO_LENGTH and not text.endswith(("。", "?", "!")) and _is_info_line(text)


@lru_cache(maxsize=2_048)
def _is_info_line(text: str) -> bool:
    found, named = find_date(text), find_credits(text)
    if found is None:
        return is_credit_line(text) and any(credit.kind == "source_outlet" for credit in named)
    rest = text.replace(found.raw, "")
    for credit in named:
        rest = rest.replace(credit.raw, "")
    return len(_NO_LETTERS.sub("", _CONTROLS.sub("", rest))) <= _UNNAMED_LENGTH


def is_header_clock(text: str) -> bool:
    """Return whether a line is the clock in a page's header: today's date, not that of an article.

    >>> is_header_clock("今天是2025年5月16日 星期五"), is_header_clock("2025-05-16 10:20 星期五 来源:大众网")
    (True, False)
    """
    return _HEADER_CLOCK.search(text) is not None and not find_credits(text)
