"""Rule: the dateline (电头) is read, and stays in the text; the outlet that it names is the article's own.

``沂河新闻网5月6日讯``, ``新华社济南5月1日电``: what stands before the place and the date, when it ends as the names of
outlets do. 本报 and 本网 name nobody. A credit line (来源) that the page has says it better and is left alone.
"""

from __future__ import annotations

import re

from newscrawl.items import Metadata
from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule

LEAD_LINES = 3
_DATELINE = re.compile(
    r"""(?:[^\s。,:!?、;“”]{1,24}[·\s]?)?         # outlet, place: 中国山东网·新感知, 新华社济南
    (?:20\d\d年)?(?:\d{1,2}月\d{1,2}日)
    (?:\s?[(\[][^()\[\]\n]{1,40}[)\]])?       # (记者 张三)
    (?:讯|[电電]|消息|报道)(?![^\s(,:在据记]{0,3}[器脑话影视力网员])
    | (?:本报|本网|本台)[^\s。,:!?;“”]{0,10}?(?:\s?[(\[][^()\[\]\n]{1,40}[)\]])?[讯訊](?=[\s(:]|[^息号])
    """,
    re.VERBOSE,
)
WINDOW = 90
_OUTLET = re.compile(
    r"""(?!本[报網网台社])(?P<outlet>
        新华社 | 中新[社网] | 人民网 | 中国[^\s·\d]{0,8}?(?:网|报|台)       # those that a place may follow
      | [\u3400-\u9fff]{2,10}?(?:日报|晚报|早报|晨报|时报|商报|新报|都市报|新闻网|在线|电视台|融媒体中心|客户端)
      | [\u3400-\u9fff]{2,8}网(?=[·\d])                                  # any other site: only at the date
    )""",
    re.VERBOSE,
)


def find(draft: Draft) -> Findings:
    """Return the draft's metadata with its dateline; no spans, ever."""
    if draft.metadata.dateline:
        return NOTHING
    for number, line in enumerate(draft.lines[:LEAD_LINES], 1):
        match = _DATELINE.match(line.text[:WINDOW])
        if match:
            return Findings(metadata=_with_dateline(draft.metadata, match.group(), f"text line {number}"))
    return NOTHING


def _with_dateline(metadata: Metadata, dateline: str, where: str) -> Metadata:
    metadata = metadata.with_found("dateline", dateline, raw=dateline, where=where)
    named = _OUTLET.match(dateline)
    if metadata.source_outlet or named is None:
        return metadata
    return metadata.with_found("source_outlet", named["outlet"], raw=dateline, where=where)


RULE = Rule("dateline", find, cuts=False)
