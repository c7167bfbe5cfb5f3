"""Rule: notes that a picture shows something else (资料图片仅供参考, 图文无关).

They stand between paragraphs, alone in their line, on every page of the xunjk template (seed 004). A caption
that names its photographer (资料图 张三 摄) is content and stays.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, line_span

_DISCLAIMER = re.compile(
    r"""[(\[【*※]*\s*(?:
        (?:以上|本文|文中|文内|部分)?(?:资料图?|资料图片|配图|图片|图文|图)(?:与[^。\n]{0,10})?[,\s]*(?:仅供参考|无关|与(?:本文|内容|正文)无关|来源于?网络|源于网络|来自网络|侵删|侵权(?:请联系)?(?:必)?删除?|仅为示意)
        (?:[,;,]\s*(?:仅供参考|侵删|侵权(?:请联系)?必?删除?|如有侵权[^。\n]{0,20}))?
      | 资料图片?|图片?仅供参考|图文无关|示意图,?\s*图文无关
    )\s*[。.]?\s*[)\]】*]*""",
    re.VERBOSE,
)
_LENGTH = 40


def find(draft: Draft) -> Findings:
    """Return the lines that only say that a picture is none of this article."""
    spans = tuple(
        line_span(draft, line, "photo disclaimer")
        for _, line in draft.short_lines
        if len(line.text) <= _LENGTH and "图" in line.text and _DISCLAIMER.fullmatch(line.text)
    )
    return Findings(spans) if spans else NOTHING


RULE = Rule("photo_disclaimer", find)
