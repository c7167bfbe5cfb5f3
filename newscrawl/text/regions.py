"""The region of GB/T 2260 that an article is about.

Names in full are strong evidence, short names of provinces and prefectures medium, short names of counties
weak, and only where the county's city or province is named too. The headline counts three times, the lead
twice. What is found for a county counts for its city and its province as well; then the article is followed
down from the province as long as one region clearly prevails. It is run on repaired text: on the list of
other stories that stood around a real article the right province's share fell from 1.0 to .42.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from newscrawl.items import Region
from newscrawl.text.hanzi import to_simplified, traditional_ratio
from newscrawl.text.region_mentions import MEDIUM, WEAK, Mention, find_mentions
from newscrawl.text.region_names import codes_above, level_of, region_named, regions_by_code

__all__ = ["region_named", "region_of"]

_HEADLINE, _LEAD, _REST = 3, 2, 1
"""How many times a mention counts by where it stands."""

_OPENING = 6
"""The same for a headline's first word: 兰陵蔬菜进上海 is a story of 兰陵, which sells there."""

_LEAST_EVIDENCE = 4
"""A short name in the lead is just enough (2 x 2); one name in passing is not."""

_LEAST_DENSITY = 6.5
"""Evidence per 1,000 characters. Of 63 pages it left 5 of 26 without a region, stories of phones, bonds and
space that named a city in passing; clearly local stories had 15 and more."""

_SAMPLE = 500
"""Characters that tell the script of a text."""

_TRADITIONAL = 0.1
"""Share of traditional hanzi; untouched mainland news has .002 at most, converted news .28 and more."""

_PROVINCE_SHARE = 0.5
"""Of all evidence; below it the story is of several provinces or of the country."""

_LEADING_SHARE = 0.6
"""Of the evidence for all regions of one level: below it the story is of the region above them."""

_DESCENT_SHARE = 0.27
"""Of the evidence for the region above: a city's story that names one district once stays the city's."""


def region_of(headline: str | None, body: str) -> Region | None:
    r"""Return the smallest region that the article is clearly about, None when that cannot be told.

    A county counts only if the body names it, or if the body names no region at all: farms put headlines over
    texts that they do not belong to.

    >>> str(region_of("临沂市孤困儿童保障标准提高", "8月9日,临沂市召开新闻发布会。\n费县和罗庄区作了介绍。"))
    '山东省/临沂市'
    >>> region_of("中山大学举行校庆", "北京路上人来人往。") is None
    True
    """
    if traditional_ratio(body[:_SAMPLE]) > _TRADITIONAL:  # a mirror names the regions in traditional script
        headline, body = to_simplified(headline or ""), to_simplified(body)
    lead, _, rest = body.partition("\n")
    zones = [
        (list(find_mentions(t)), n) for t, n in ((headline or "", _HEADLINE), (lead, _LEAD), (rest, _REST))
    ]
    anchors = _anchors(mention for mentions, _ in zones for mention in mentions)
    evidence: Counter[str] = Counter()
    in_body: set[str] = set()
    for mentions, times in zones:
        for code, weight, start in _meanings(mentions, anchors):
            evidence[code] += weight * (_OPENING if times == _HEADLINE and not start else times)
            if times != _HEADLINE:
                in_body.add(code)
    if evidence.total() < max(_LEAST_EVIDENCE, _LEAST_DENSITY * len(body) / 1000):
        return None
    code = _prevailing(_pushed_up(evidence), in_body)
    return regions_by_code()[code] if code else None


def _anchors(mentions: Iterable[Mention]) -> Counter[str]:
    """Return how often each region, or one inside it, is named by a name that leaves no choice."""
    anchors: Counter[str] = Counter()
    for mention in mentions:
        if len(mention.free) == 1:
            for code in _line(mention.free[0]):
                anchors[code] += 1
    return anchors


@lru_cache(maxsize=4096)
def _line(code: str) -> tuple[str, ...]:
    """Return the codes that a region's code lies in, the province's first, and the code itself."""
    return (*codes_above(code), code)


def _meanings(mentions: list[Mention], anchors: Counter[str]) -> list[tuple[str, int, int]]:
    """Return the code, the weight and the start of every mention whose meaning is clear.

    The short name of a county that is named in full elsewhere counts like that of a city. A name right after that of a region it lies in (山东省淄博市张店区) makes them one place: all speak for the last.
    """
    found: list[tuple[str, int, int]] = []
    path: list[int] = []  # the mentions of one place so far, as positions in ``found``
    end = -1
    for mention in mentions:
        above = found[path[-1]][0] if path and mention.start - end <= 0 else None
        code = _meaning(mention, anchors, above)
        if code is None:
            continue
        path = path if above in codes_above(code) else []
        path, end = [*path, len(found)], mention.end
        weight = mention.weight(code)
        found.append((code, MEDIUM if weight == WEAK and anchors[code] else weight, mention.start))
        for position in path:
            found[position] = code, *found[position][1:]
    return found


def _meaning(mention: Mention, anchors: Counter[str], above: str | None) -> str | None:
    """Return the one region that a mention means, None when none or several are as likely."""
    inside = [code for code in mention.codes if above in codes_above(code)] if above else []
    if inside:
        return inside[0]
    if len(mention.free) == 1:
        return mention.free[0]
    likely = [code for code in mention.free or mention.codes if _is_backed(mention, code, anchors)]
    likely.sort(key=lambda code: _backing(code, anchors), reverse=True)
    if not likely or (len(likely) > 1 and _backing(likely[0], anchors) == _backing(likely[1], anchors)):
        return None
    return likely[0]


def _is_backed(mention: Mention, code: str, anchors: Counter[str]) -> bool:
    """Return whether the text names the region itself in full, or one that it lies in."""
    if mention.is_generic:
        return False
    return any(anchors[known] for known in _line(code))


def _backing(code: str, anchors: Counter[str]) -> tuple[int, ...]:
    """Return how often the region, its prefecture and its province are named, the nearest first."""
    province, *prefecture = codes_above(code) or (code,)
    return anchors[code], sum(anchors[p] for p in prefecture), anchors[province]


def _pushed_up(evidence: Counter[str]) -> Counter[str]:
    """Return the evidence of every region with that of the regions inside it, the country's under ``""``."""
    total: Counter[str] = Counter()
    for code, weight in evidence.items():
        for known in _path(code):
            total[known] += weight
    return total


@lru_cache(maxsize=4096)
def _path(code: str) -> tuple[str, ...]:
    """Return the country's ``""``, the regions of the table that a region lies in, and the region itself."""
    return ("", *(known for known in _line(code) if known in regions_by_code()))


def _prevailing(total: Counter[str], in_body: set[str]) -> str:
    """Return the code of the smallest region that prevails on its level, empty when not even a province does."""
    region = _leader(total, "", (_PROVINCE_SHARE, _PROVINCE_SHARE), set())
    while region:
        county = _leader(total, region, (_LEADING_SHARE, _DESCENT_SHARE), in_body)
        if not county:
            break
        region = county
    return region


def _leader(total: Counter[str], above: str, shares: tuple[float, float], in_body: set[str]) -> str:
    """Return the region directly inside ``above`` that has both shares: of its level, and of all evidence there."""
    of_level, of_all = shares
    level = {code: weight for code, weight in total.items() if code and _parent(code) == above}
    if not level:
        return ""
    best = max(level, key=lambda code: (level[code], code))
    enough = level[best] >= of_level * sum(level.values()) and level[best] >= of_all * total[above]
    headline_only = bool(in_body) and level_of(best) == 2 and best not in in_body
    return best if enough and not headline_only else ""


@lru_cache(maxsize=4096)
def _parent(code: str) -> str:
    """Return the code of the region that a region lies directly in, empty for a province."""
    above = [known for known in codes_above(code) if known in regions_by_code()]
    return above[-1] if above else ""
