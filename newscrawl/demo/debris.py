"""What farms and portals do to a text: glosses, repeats, disclaimers. Each adds and never removes.

The words that a posting's ``debris`` may hold, in the order in which they are applied:

    pinyin             toned pinyin in brackets behind every other common word of the gloss table
    disclaimer         ``（资料图片仅供参考）`` behind the second paragraph
    body_twice         the whole body once more
    headline_glued     the headline stands before the lead, without a break
    headline_repeated  the headline stands as a paragraph above the lead

The others are done by the templates or are words for the oracle: ``no_headline`` (no h1), ``bare_title`` (the
title element names the site only), ``no_info`` (no line with date and source), ``no_credit`` (a date, no
source), ``attachment`` (a document is linked below), ``foreign_headline`` (of another story).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from newscrawl.demo.texts import Line, NewsText

DISCLAIMER = Line("text", "（资料图片仅供参考）")
IN_TEXT = frozenset({"pinyin", "disclaimer", "body_twice", "headline_glued", "headline_repeated"})
IN_TEMPLATES = frozenset({"no_headline", "bare_title", "no_info", "no_credit", "attachment"})
DEBRIS = IN_TEXT | IN_TEMPLATES | {"foreign_headline"}


def gloss(lines: tuple[Line, ...], readings: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines with the reading behind every other word that the table knows.

    >>> gloss((Line("text", "优化服务，优化环境"),), {"优化": "yōuhuà"})[0].text
    '优化(yōuhuà)服务，优化环境'
    """
    words = re.compile("|".join(sorted(map(re.escape, readings), key=len, reverse=True)))
    counter = count()

    def behind(match: re.Match[str]) -> str:
        return f"{match[0]}({readings[match[0]]})" if next(counter) % 2 == 0 else match[0]

    return tuple(
        replace(line, text=words.sub(behind, line.text)) if line.kind == "text" else line for line in lines
    )


def written_lines(text: NewsText) -> tuple[Line, ...]:
    """Return the lines of a text with its bylines around them, as an honest outlet prints them."""
    opening = (Line("text", text.opening_byline),) if text.opening_byline else ()
    closing = (Line("text", text.byline),) if text.byline else ()
    return (*opening, *text.lines, *closing)


def printed_lines(text: NewsText, debris: frozenset[str], readings: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines that stand in the body's place on the page, debris included."""
    lines = written_lines(text)
    if "pinyin" in debris:
        lines = gloss(lines, readings)
    if "disclaimer" in debris:
        lines = (*lines[:2], DISCLAIMER, *lines[2:])
    again = lines if "body_twice" in debris else ()
    if "headline_glued" in debris:
        lines = (replace(lines[0], text=text.headline + lines[0].text), *lines[1:])
    if "headline_repeated" in debris:
        lines = (Line("text", text.headline), *lines)
    return (*lines, *again)
