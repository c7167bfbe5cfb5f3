"""Which content management system a site runs on, guessed from the shapes of its addresses and its markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from newscrawl.text.urls import shape_of_url

LEAST_LINKS = 3
"""Addresses of a family before it is believed."""

FAMILIES = (
    "trs",
    "founder",
    "ucap",
    "enorth",
    "hanweb",
    "vsb",
    "phpcms",
    "dede",
    "empire",
    "zblog",
    "wordpress",
    "discuz",
)

_MARKS = tuple(
    (family, re.compile(mark, re.IGNORECASE | re.ASCII))
    for family, mark in (
        ("trs", r"TRS_Editor|createPageHTML\("),
        ("founder", r"<!--\s*enp(?:content|property)|founder-content"),
        ("ucap", r"<ucapcontent"),
        ("enorth", r"news_more_page_div_id|enorth\.com"),
        ("hanweb", r"ZJEG_RSS|jpage/dataproxy|<\$\[信息内容\]"),
        ("vsb", r"vsb_content|_vsb_|VSB_"),
        ("phpcms", r"index\.php\?m=content&(?:amp;)?c=|phpcms"),
        ("dede", r"dede_pages|/templets/|/plus/(?:count|list|view)\.php|dedecms"),
        ("empire", r"/e/(?:public|action|member)/|EmpireCMS|/skin/default/"),
        ("zblog", r"Z-?BlogPHP|zb_users/|zb_system/"),
        ("wordpress", r"wp-content/|wp-json"),
        ("discuz", r"Discuz!|portal\.php\?mod="),
    )
)

_MARKUP_LIMIT = 500_000  # characters of a page that are searched


def family_of(urls: Iterable[str], markup: str = "") -> str | None:
    """Return the family that the addresses and the markup of a site speak for, None when neither is clear.

    >>> family_of(f"http://a.cn/202308/t20230810_{n}.htm" for n in range(5))
    'trs'
    """
    counts = Counter(
        name for url in urls if (name := shape_of_url(url).name.removesuffix("-list")) in FAMILIES
    )
    votes = {family: 1 + min(count, 20) / 20 for family, count in counts.items() if count >= LEAST_LINKS}
    for family, mark in _MARKS:
        if mark.search(markup[:_MARKUP_LIMIT]):
            votes[family] = votes.get(family, 0.0) + 1.5
    best = sorted(votes.items(), key=lambda vote: -vote[1])[:2]
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
