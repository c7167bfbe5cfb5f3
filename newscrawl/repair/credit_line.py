"""Rule: lines of credits (署名, 来源, 编辑, 关键词) become metadata.

What is a credit is decided in `newscrawl.text.credits`, for pages and texts alike. A line that says more than
credits stays in the text; the dateline stays too, and is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from newscrawl.items import Metadata
from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, Span, line_span
from newscrawl.repair.tails import ends_statement
from newscrawl.text.credits import Credit, find_credits, is_credit_line

EDGE = 3
"""Paragraphs above and below within which a credit is that of the whole text."""
PARAGRAPH = 32
BRACKET_LENGTH = 60
CREDIT_LENGTH = 120
"""Characters: a line of credits is shorter, but for keywords."""

_WORDS = re.compile(
    "记者|記者|通讯员|通訊員|编|編|作者|来源|來源|稿源|关键|關鍵|标签|標籤|责|审|校|采写|原标题|原题|监制|出品|摄影|策划|撰|文[/:]|时间|日期|栏目|出处|转"
)
_DASHED = re.compile(
    r"(?:出品|作者|编辑|监制|来源|策划|撰文|摄影)\s?[—–-]{1,2}\s?[^—,。:!?]{2,24}"
)  # 作者—春春
_OUTLET_BYLINE = re.compile(
    r"""(?P<outlet>[\u4e00-\u9fff·]{1,12}(?:网|报|社|在线|电视台|广播|新闻|客户端|头条|融媒体?中心|融媒|频道|台))
    (?:(?:全媒体|实习|见习|首席|特约|融媒体?)?记者)""",
    re.VERBOSE,
)
_OWN = frozenset(("本报", "本网", "本社", "本台"))  # says nothing of which
_LISTS = frozenset(("reporters", "correspondents", "editors", "authors", "keywords"))
_DATES = frozenset(("date_published", "date_modified"))  # dates of pages are read on the page


def find(draft: Draft) -> Findings:
    """Return the lines of credits, and the draft's metadata with what they say."""
    credited = [
        (number, line)
        for number, line in enumerate(draft.lines, 1)
        if _is_candidate(line.text) and (is_credit_line(line.text) or _DASHED.fullmatch(line.text))
    ]
    if len(credited) == len(draft.lines):
        return NOTHING  # a text of nothing but credits is no article: leave it to be seen
    top, bottom = _edges(draft.lines)
    metadata = draft.metadata
    for number, line in credited:
        metadata = _with_credits(metadata, line, f"text line {number}")
    spans = [line_span(draft, line, "credits") for _, line in credited if not top < line.start < bottom]
    bracketed = _bracketed(draft.lines[-1])
    if bracketed:
        spans.append(bracketed)
        metadata = _with_credits(metadata, draft.lines[-1], f"text line {len(draft.lines)}")
    return Findings(tuple(spans), metadata=metadata) if credited or bracketed else NOTHING


def _bracketed(line: Line) -> Span | None:
    """Return the editor in brackets at the very end of the text: …圆满结束。(责任编辑:张三)."""
    if line.text[-1:] not in ")]】":
        return None
    for credit in _credits_of(line.text[-BRACKET_LENGTH:]):
        start = len(line.text) - min(len(line.text), BRACKET_LENGTH) + credit.start
        is_last = credit.raw[:1] in "([【" and start + len(credit.raw) == len(line.text)
        if credit.kind == "editors" and is_last and start > 0:
            return Span(line.start + start, line.end, "credits")
    return None


def _is_candidate(text: str) -> bool:
    return 0 < len(text) <= CREDIT_LENGTH and text[-1] not in "。," and bool(_WORDS.search(text))


@lru_cache(maxsize=256)
def _credits_of(text: str) -> tuple[Credit, ...]:
    return find_credits(text)


def _edges(lines: Sequence[Line]) -> tuple[int, int]:
    """Return where the inside of the text begins and ends: a byline there names the writer of a part."""
    prose = [line.start for line in lines if len(line.text) > PARAGRAPH and ends_statement(line.text)]
    if len(prose) < 2 * EDGE:
        return len(lines[-1].text) + lines[-1].start, 0
    return prose[EDGE - 1], prose[-EDGE]


def _with_credits(metadata: Metadata, line: Line, where: str) -> Metadata:
    known = {name for name in Metadata.__slots__ if name != "provenance" and getattr(metadata, name)}
    for credit in chain(_credits_of(line.text), _outlets(line.text)):
        if credit.kind in _DATES or not credit.values:
            continue
        if credit.kind in known:
            continue
        earlier = getattr(metadata, credit.kind) if credit.kind in _LISTS else ()
        value = (
            (*earlier, *(name for name in credit.values if name not in earlier))
            if credit.kind in _LISTS
            else credit.values[0]
        )
        metadata = metadata.with_found(credit.kind, value, raw=line.text, where=where)
    return metadata


def _outlets(line: str) -> tuple[Credit, ...]:
    """Return the outlet that stands before 记者 in a byline.

    >>> _outlets("中国山东网记者 宋文迪 报道")[0].values
    ('中国山东网',)
    """
    match = _OUTLET_BYLINE.match(line.lstrip("([【 "))
    if match is None or match["outlet"] in _OWN:
        return ()
    return (Credit("source_outlet", (match["outlet"],), match.group(), *match.span()),)


RULE = Rule("credit_line", find)
