"""What a site's title tells of it: its name, and the region that the name says."""

from __future__ import annotations

import re

from newscrawl.exceptions import UnknownRegion
from newscrawl.items import Region
from newscrawl.text.region_names import level_of, region_named, short_names

_SEPARATOR = re.compile(r"\s*[-_|—–·•:：>»,，/]+\s*|\s{2,}|\s+(?=[\u4e00-\u9fff])")
_GREETING = re.compile(r"^(?:欢迎(?:您)?(?:来到|访问|光临)?|首页|网站首页|主页)|(?:首页|主页|官网|官方网站)$")
_SITE_WORD = re.compile(
    r"网|日报|晚报|晨报|早报|新闻|在线|融媒|之窗|热线|传媒|广播|电视|门户|政府|信息港|时报|都市报|报$"
)
_NAME_LIMIT = 30  # characters: 新疆生产建设兵团第十三师新星市政务网 has 18
_LEVELS = ("province", "city", "county")


def name_of_title(title: str) -> str:
    """Return what a site calls itself, from the title of its home page; empty when it says nothing.

    >>> name_of_title("首页_淄博新闻网 - 淄博第一新闻门户网站"), name_of_title("欢迎访问鲁山县人民政府门户网站")
    ('淄博新闻网', '鲁山县人民政府门户网站')
    """
    parts = [_GREETING.sub("", part.strip()).strip() for part in _SEPARATOR.split(title)]
    parts = [part for part in parts if 2 <= len(part) <= _NAME_LIMIT]
    named = [part for part in parts if _SITE_WORD.search(part)]
    return (named or parts or [""])[0]


def region_of_name(name: str) -> Region | None:
    """Return the region that a site's name begins with or holds, None when it names none.

    >>> str(region_of_name("淄博新闻网")), str(region_of_name("中国山东网")), region_of_name("大众网")
    ('山东省/淄博市', '山东省', None)
    """
    for start in range(len(name)):
        for end in range(min(len(name), start + 12), start + 1, -1):
            try:
                return region_named(name[start:end])
            except UnknownRegion:
                continue
    return None


def path_of_region(region: Region) -> str:
    """Return a region as source files name it.

    >>> path_of_region(region_named("山东省/淄博市"))
    '山东/淄博'
    """
    return "/".join(
        dict.fromkeys(_short_name(name, region.names[:depth]) for depth, name in enumerate(region.names, 1))
    )


def _short_name(name: str, path: tuple[str, ...]) -> str:
    try:
        return short_names(region_named("/".join(path)).code)[0]
    except (UnknownRegion, IndexError):
        return name


def level_of_region(region: Region) -> str:
    """Return ``province``, ``city`` or ``county``."""
    return _LEVELS[level_of(region.code)]
