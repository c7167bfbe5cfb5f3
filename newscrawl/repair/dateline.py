"""Rule: the dateline (电头) is read, and stays in the text."""

from __future__ import annotations

import re

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


def find(draft: Draft) -> Findings:
    """Return the draft's metadata with its dateline; no spans, ever."""
    if draft.metadata.dateline:
        return NOTHING
    for number, line in enumerate(draft.lines[:LEAD_LINES], 1):
        match = _DATELINE.match(line.text[:WINDOW])
        if match:
            raw = match.group()
            return Findings(
                metadata=draft.metadata.with_found("dateline", raw, raw=raw, where=f"text line {number}")
            )
    return NOTHING


RULE = Rule("dateline", find, cuts=False)
