"""Which section fronts are worth a visit: ranked by the new articles they bring."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.discover.links import Link
from newscrawl.discover.places import count_hanzi
from newscrawl.discover.records import FrontRecord
from newscrawl.text.urls import shape_of_url, url_key

TRIAL_SCORE = 1.0
"""New articles a visit that a front is credited with before its first visit: tried before those that bring less."""

SECTION_NAMES = (
    "要闻", "新闻", "时政", "社会", "民生", "本地", "本市", "市内", "城事", "县区", "区县", "经济", "财经", "教育", "文化",
    "体育", "健康", "法治", "法制", "科技", "农业", "三农", "综合", "滚动", "快讯", "头条", "动态", "政务", "公告",
)  # fmt: skip
"""What news sections are called; a front with such a name is tried first."""

DULL_NAMES = (
    "房产",
    "汽车",
    "视频",
    "直播",
    "图片",
    "论坛",
    "招聘",
    "广告",
    "专题",
    "下载",
    "登录",
    "数字报",
    "会员",
    "商城",
    "联系",
    "关于",
)
"""What brings few articles or none; tried last."""


def rank_fronts(records: Iterable[FrontRecord]) -> tuple[FrontRecord, ...]:
    """Return the section fronts, those first that bring most new articles a visit; each page once.

    A front that was never visited stands before one that was visited in vain.
    """
    unique = {url_key(record.url): record for record in reversed(list(records))}
    return tuple(
        sorted(
            unique.values(), key=lambda record: (-score_of(record), record.depth, len(record.url), record.url)
        )
    )


def score_of(record: FrontRecord) -> float:
    """Return the new articles that the next visit to a front should bring.

    One trial visit is always counted in, so that three visits without any leave 0.25 and not nothing.
    """
    trial = TRIAL_SCORE + _promise(record.name, record.url)
    return (record.new_count + trial) / (record.visit_count + 1)


def _promise(name: str, url: str) -> float:
    """Return what the name and the address of a front promise, from -0.9 to 0.9."""
    named = any(word in name for word in SECTION_NAMES) - any(word in name for word in DULL_NAMES)
    shaped = 0.3 if shape_of_url(url).kind == "list" else 0.0
    return 0.6 * named + shaped * (1 if named >= 0 else -1)


def front_records(lists: Iterable[Link], *, depth: int = 1) -> tuple[FrontRecord, ...]:
    """Return the lists that a page links to as section fronts to try, best first.

    >>> [one.name for one in front_records([Link("http://a.cn/car/", "汽车"), Link("http://a.cn/sh/", "社会")])]
    ['社会', '汽车']
    """
    named = (
        FrontRecord(link.url, link.text if count_hanzi(link.text) <= 20 else "", depth=depth)
        for link in lists
    )
    return rank_fronts(named)
