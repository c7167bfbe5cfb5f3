"""Rule: private-use characters become what GB 18030-2022 says they are; others stay and are flagged.

Fonts and converters of the GBK age put 80 hanzi and vertical marks at U+E78D-E864. Python's gb18030 codec
is that of 2000: it knows most of the GBK ones by the byte pair that they had, the table below has those
that later editions of the standard gave a place. Icon fonts use the same area, so whatever is not in the
standard is no hanzi that could be known.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_STANDARD_2022 = {
    "\ue78d": ",",  # vertical forms at A6D9-A6F3, written as NFKC writes them
    "\ue78e": "。",
    "\ue78f": "、",
    "\ue790": ":",
    "\ue791": ";",
    "\ue792": "!",
    "\ue793": "?",
    "\ue794": "〖",
    "\ue795": "〗",
    "\ue796": "...",
    "\ue7c7": "\u1e3f",
    "\ue81e": "\u9fb4",  # FE59 and on
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
    "\ue816": "\U00020087",
    "\ue817": "\U00020089",
    "\ue818": "\U000200cc",
    "\ue831": "\U000215d7",
    "\ue83b": "\U0002298f",
    "\ue855": "\U000241fe",
}
_GBK_FIRST = 0xE815
"""U+E815 and on are the byte pairs FE50-FEA0 in order; 7F is no second byte."""
_GBK_SECONDS = (*range(0x50, 0x7F), *range(0x80, 0xA1))


def find(draft: Draft) -> Findings:
    """Return the private-use characters that are known, and a flag if others are left."""
    if not any(map(_PRIVATE.match, draft.unusual)):
        return NOTHING
    spans, unknown = [], False
    for match in _PRIVATE.finditer(draft.text):
        meant = meaning_of(match.group())
        unknown = unknown or meant is None
        if meant is not None:
            spans.append(Span(match.start(), match.end(), f"U+{ord(match.group()):04X}", meant))
    return Findings(tuple(spans), flags=frozenset({"private_use"} if unknown else ()))


def meaning_of(character: str) -> str | None:
    r"""Return what a private-use character stands for in GB 18030-2022, None when it does not say.

    >>> meaning_of("\ue81a") == "\u3473", meaning_of("\ue000")
    (True, None)
    """
    if character in _STANDARD_2022:
        return _STANDARD_2022[character]
    place = ord(character) - _GBK_FIRST
    if not 0 <= place < len(_GBK_SECONDS):
        return None
    meant = bytes((0xFE, _GBK_SECONDS[place])).decode("gb18030")
    return None if _PRIVATE.match(meant) else meant


RULE = Rule("private_use", find)
