"""Rule: what a template or a converter left standing: ``&nbsp;``, ``{dede:…}``, ``[!--…--]``, ``{$…}``, single tags.

trafilatura's text keeps ``&nbsp;`` that was escaped twice; placeholders stand where a CMS (DedeCMS, EmpireCMS,
PHPCMS) had no value for them. Entities become the characters that they name.
"""

from __future__ import annotations

import html
import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span
from newscrawl.text.normal import to_nfkc

_REMAINS = re.compile(
    r"""(?P<entity>&(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|quot|bull|times|deg|permil|\#(?:160|8194|8195|821[1267]|822[0-9]|8230|183|34|39));)
    | (?P<placeholder>\{/?dede:[^{}\n]{0,120}\} | \[!--[\w.]{1,40}--\] | \{\$[\w.\[\]'"]{1,60}\} | <!--[^\n<>]{0,120}-->
        | \[/?(?:field|dede):[^\[\]\n]{0,80}\])
    | (?P<tag></?(?:p|br|span|div|font|strong|b|em|center|section|ruby|rt|rp|rb|o:p)(?:\s[^<>\n]{0,200})?/?>)""",
    re.VERBOSE,
)
_CODE = re.compile(r"</?(?:html|body|head|script|table|a|li|ul|img)[\s>]|<\?php|function\s*\(")
"""Signs of an article about markup, whose tags are its subject."""


def find(draft: Draft) -> Findings:
    """Return the remains, entities with the character that is to stand in their place."""
    text = draft.text
    if not ("&" in text or "<" in text or "{" in text or "[!--" in text or "[field" in text):
        return NOTHING
    about_markup = bool(_CODE.search(text))
    spans = []
    for match in _REMAINS.finditer(text):
        if match["entity"]:
            meant = to_nfkc(html.unescape(match.group()))
            spans.append(Span(match.start(), match.end(), "entity", meant))
        elif not (about_markup and match["tag"]):
            spans.append(Span(match.start(), match.end(), match.lastgroup or ""))
    return Findings(tuple(spans))


RULE = Rule("template_remains", find)
