"""Rule: stock quotes that a portal puts behind the names of companies.

``川宁生物(301301,股吧)``, ``(603579,4.21,-1.2%,实时行情)``, ``[-1.2% 资金 研报]``. A bare code, ``川宁生物(301301)``, is the writer's.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span

_QUOTE = re.compile(
    r"""[(\[](?:
        (?:S[HZ]|BJ|HK|sh|sz)?\.?\d{5,6}(?:\.S[HZ])?,\s?[^()\[\]\n。]{0,40}?(?:股吧|实时行情|行情|诊股|资金|研报|咨询|基金吧)[^()\[\]\n。]{0,20}
      | (?:S[HZ]|sh|sz)?\d{6},\s?\d+\.\d+,\s?[-+]?\d+\.\d+(?:,\s?[-+]?\d+\.\d+%?)?(?:,[^()\[\]\n。]{0,12})?
      | [-+]?\d+\.\d+%\s(?:资金|研报|股吧|诊股)(?:\s(?:资金|研报|股吧|诊股)){0,4}
      | (?:资金|研报|股吧|诊股|行情)(?:[\s,](?:资金|研报|股吧|诊股|行情)){1,4}
      | [^()\[\]\n。]{0,8}股吧[^()\[\]\n。]{0,8}
    )[)\]]""",
    re.VERBOSE,
)


def find(draft: Draft) -> Findings:
    """Return the quotes, brackets included."""
    if "(" not in draft.text and "[" not in draft.text:
        return NOTHING
    spans = tuple(Span(*match.span(), "stock quote") for match in _QUOTE.finditer(draft.text))
    return Findings(spans) if spans else NOTHING


RULE = Rule("stock_quote", find)
