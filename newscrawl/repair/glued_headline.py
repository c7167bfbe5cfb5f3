"""Rule: a headline that is glued to the front of the lead, as in seed 000.

``…零距离活动中国山东网·新感知5月27日讯…`` is glued; ``张店区举办夜市活动,让居民…`` is a lead that begins as its
headline does. What follows decides: only a dateline, a byline or an opening that cannot continue a
sentence. Rejected: any lead that starts with the whole headline, since a lead may be that sentence.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, Span

MIN_HEADLINE = 8
"""Characters that a headline must have to be looked for in a lead."""
MIN_LEAD = 10
"""Characters that must follow."""
GLUED_LINES = 40
"""Lines that are looked at: a second copy of the body brings its own glued headline."""

_OPENING = re.compile(
    r"""[\s:]*(?:
        [^\n。!?]{0,30}?\d{1,2}月\d{1,2}日(?:讯|电|消息|报道)           # …5月27日讯
      | (?:本报|本网|本台|新华社|中新[社网]|人民网)[^\n,。]{0,24}?(?:讯|电|消息|报道)
      | [^\s,。]{2,12}(?:网|日报|晚报|早报|时报|在线|新闻|客户端)(?:讯|消息|\s*记者)
      | [(\[【][^)\]】\n]{0,20}(?:记者|通讯员|讯|电)[^)\]】\n]{0,20}[)\]】]
      | (?:近日|日前|近年来|连日来|近期),
      | (?:20\d\d年)?\d{1,2}月\d{1,2}日,                                # no sentence goes on like that
      | (?:实习|本报|本网)?记者\s
    )""",
    re.VERBOSE,
)


def find(draft: Draft) -> Findings:
    """Return the headlines in front of leads."""
    headline = draft.headline
    if not headline or len(headline) < MIN_HEADLINE:
        return NOTHING
    opening = _words(headline)[:2]
    spans = []
    for line in draft.lines[:GLUED_LINES]:
        if len(line.text) >= len(headline) + MIN_LEAD and opening in line.text[:8]:
            end = glued_end(line, headline)
            if end:
                spans.append(Span(line.start, line.start + end, "glued to the lead"))
    return Findings(tuple(spans), flags=frozenset({"headline_repeated"})) if spans else NOTHING


def glued_end(line: Line, headline: str) -> int:
    """Return where in a line a lead begins behind the glued headline, 0 when none is glued to it."""
    end = _end_of_prefix(line.text, _words(headline))
    if not end or len(line.text) - end < MIN_LEAD:
        return 0
    rest = line.text[end:]
    closers = len(rest) - len(rest.lstrip('”"』」)]!?。 '))  # the marks that ended the headline
    return end + closers if _OPENING.match(rest, closers) else 0


def _words(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _end_of_prefix(text: str, words: str) -> int:
    """Return the place in ``text`` where ``words`` end, punctuation skipped; 0 if it does not begin with them."""
    matched = 0
    for place, character in enumerate(text):
        if matched == len(words):
            return place
        if character.isalnum():
            if character != words[matched]:
                return 0
            matched += 1
    return 0


RULE = Rule("glued_headline", find)
