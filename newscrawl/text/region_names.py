"""The regions of GB/T 2260, the names that news gives them, and a region by its name.

The table has provinces, prefectures and counties with their six-digit codes; the code of a region
begins with that of the one it lies in. News leaves suffixes out (淄博 for 淄博市, 延边州 for 延边朝鲜族自治州),
and many short names belong to several regions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from newscrawl.exceptions import UnknownRegion
from newscrawl.items import Region

_PEOPLES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 "
    "达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 塔吉克 怒 保安 裕固 独龙 鄂温克 鄂伦春 普米 各"
)
_AUTONOMOUS = re.compile(
    "^(?P<base>.{2,}?)"  # at least two characters are the name itself: 鄂伦春自治旗, 东乡族自治县
    "族?"
    f"(?:(?:{'|'.join(_PEOPLES.split())})族?)*"
    "自治(?P<suffix>[州县旗])$"
)
_SUFFIX = re.compile("(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|[省市县]|地区|新区|林区|特区|[区盟旗])$")

_OTHER_NAMES = {
    "652700": ("博州",),
    "652800": ("巴州",),
    "653000": ("克州",),
    "130000": ("雄安新区", "雄安"),  # no region of the standard: the province runs it
    "150000": ("内蒙",),
}


@lru_cache(maxsize=1)
def regions_by_code() -> Mapping[str, Region]:
    """Return every region of the table by its code, with its names from the province down."""
    table = resources.files("newscrawl.text").joinpath("data/regions.tsv").read_text(encoding="utf-8")
    names = dict(line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return MappingProxyType(
        {
            code: Region(code, (*(names[above] for above in codes_above(code) if above in names), name))
            for code, name in names.items()
        }
    )


def codes_above(code: str) -> tuple[str, ...]:
    """Return the codes of the prefecture and province that a code lies in, the province first.

    >>> codes_above("370303"), codes_above("370300"), codes_above("370000")
    (('370000', '370300'), ('370000',), ())
    """
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    return tuple(dict.fromkeys(above for above in (province, prefecture) if above != code))


@lru_cache(maxsize=1)
def codes_by_name() -> Mapping[str, tuple[str, ...]]:
    """Return the codes that each name may mean, full and short names alike, highest regions first."""
    found: dict[str, list[str]] = {}
    for code, region in sorted(regions_by_code().items(), key=lambda item: (level_of(item[0]), item[0])):
        for name in (region.names[-1], *short_names(code)):
            found.setdefault(name, []).append(code)
    return MappingProxyType({name: tuple(codes) for name, codes in found.items()})


def level_of(code: str) -> int:
    """Return 0 for a province, 1 for a prefecture, 2 for a county."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def short_names(code: str) -> tuple[str, ...]:
    """Return the short names of a region, each of at least two characters.

    >>> short_names("370300"), short_names("222400"), short_names("370785")
    (('淄博',), ('延边', '延边州'), ('高密',))
    """
    name = regions_by_code()[code].names[-1]
    autonomous = _AUTONOMOUS.match(name)
    if autonomous:
        base, suffix = autonomous["base"], autonomous["suffix"]
        names: tuple[str, ...] = (base, base + suffix)
    else:
        names = (_SUFFIX.sub("", name, count=1),)
    return tuple(n for n in (*names, *_OTHER_NAMES.get(code, ())) if len(n) >= 2 and n != name)


def region_named(name: str) -> Region:
    """Return the region with this name, or path of names from the top, or six-digit code.

    Suffixes may be left out, and so may levels of a path where what is left is clear. Of several regions
    with one name the highest is meant: 吉林 is the province.

    >>> str(region_named("山东/淄博"))
    '山东省/淄博市'
    >>> region_named("北京/朝阳").code, region_named("370303").names
    ('110105', ('山东省', '淄博市', '张店区'))

    Raises:
        UnknownRegion: Nobody has the name, or several on one level do; ``near`` tells what may be meant.
    """
    parts = [part for part in re.split(r"[/\s]+", name.strip()) if part]
    if len(parts) == 1 and parts[0] in regions_by_code():
        return regions_by_code()[parts[0]]
    codes = list(_codes_at(parts))
    highest = [code for code in codes if level_of(code) == level_of(codes[0])]
    if len(highest) != 1:
        raise UnknownRegion(name, _near(parts, highest))
    return regions_by_code()[highest[0]]


def _codes_at(parts: list[str]) -> Iterator[str]:
    """Yield the codes that the last part may mean and whose regions above bear the other names, in order."""
    *above, last = parts or [""]
    for code in codes_by_name().get(last, ()):
        remaining = iter(codes_above(code))
        if all(any(up in codes_by_name().get(part, ()) for up in remaining) for part in above):
            yield code


def _near(parts: list[str], codes: list[str]) -> tuple[str, ...]:
    """Return the paths of up to four regions that may have been meant."""
    if not codes and parts:
        close = difflib.get_close_matches(parts[-1], codes_by_name(), n=4, cutoff=0.5)
        codes = [code for name in (parts[-1], *close) for code in codes_by_name().get(name, ())]
    return tuple(dict.fromkeys(str(regions_by_code()[code]) for code in codes))[:4]
