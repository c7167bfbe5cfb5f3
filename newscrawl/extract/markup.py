"""HTML source made safe to parse: what makes parsers and extractors lose a whole article is taken out.

One reference to a control character anywhere makes trafilatura return nothing; a stray ``</html>`` from an
included header puts the article outside the body; ``<!DOCTYPE html ////`` makes a regex of it run for a minute.
"""

from __future__ import annotations

import html
import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]0*(?P<hex>[0-9a-fA-F]{1,8})|0*(?P<decimal>[0-9]{1,9}));?")
_TROUBLE = re.compile(
    r"""<(?: !DOCTYPE[^>]*                                  # trafilatura mends it with a regex that runs away
        | /(?:html|body)\s{0,20}                            # the first one ends the tree
        | /?(?P<swallows>noscript|plaintext|xmp|listing)\b[^<>]{0,200} )>""",
    re.VERBOSE | re.IGNORECASE,
)
_PASTED_DATA = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,40};base64,[A-Za-z0-9+/=\s]{64,}")

_MARKED_BODY = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        (r"<!--\s{0,3}enpcontent\s{0,3}-->", r"<!--\s{0,3}/enpcontent\s{0,3}-->"),  # Founder 翔宇
        (
            r"<!--\s{0,3}ZJEG_RSS\.content\.begin\s{0,3}-->",
            r"<!--\s{0,3}ZJEG_RSS\.content\.end\s{0,3}-->",
        ),  # Hanweb jcms
        (r"<!--\s{0,3}<\$\[信息内容\]>begin\s{0,3}-->", r"<!--\s{0,3}<\$\[信息内容\]>end\s{0,3}-->"),
        (
            r"<meta\s+name=[\"']ContentStart[\"'][^<>]{0,40}>",
            r"<meta\s+name=[\"']ContentEnd[\"'][^<>]{0,40}>",
        ),  # gov.cn
    )
)
_MARKS = ("enpcontent", "ZJEG_RSS", "信息内容", "ontentStart")
MARKED_BODY_CLASS = "newscrawl-marked-body"
"""The class of the element that stands where a CMS marks the body with comments."""


def clean_markup(text: str) -> str:
    r"""Return the source of a page without what parsers stumble over; the words that a reader sees stay.

    >>> clean_markup('<!DOCTYPE html><p>会议&#11;闭幕\x08</p></body></html><p>&#8212;&#x4e2d;')
    '<p>会议闭幕</p><p>&#8212;&#x4e2d;'
    """
    text = _ILLEGAL.sub("", text)
    if "&#" in text:
        text = _REFERENCE.sub(_safe_reference, text)
    text = _TROUBLE.sub(_without_trouble, text)
    if ";base64," in text:
        text = _PASTED_DATA.sub("data:,", text)
    return _mark_body(text)


def _without_trouble(match: re.Match[str]) -> str:
    """Return nothing for a doctype or a stray end; an unseen box for what would swallow markup as text."""
    if match["swallows"] is None:
        return ""
    return "</div>" if match.group().startswith("</") else "<div hidden>"


def _safe_reference(match: re.Match[str]) -> str:
    """Return the reference itself when it names a character of XML, what browsers read it as otherwise."""
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    if (
        code in (9, 10, 13)
        or 0x20 <= code < 0x7F
        or 0xA0 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or 0x10000 <= code < 0x110000
    ):
        return match.group()
    if 0x80 <= code < 0xA0:  # windows-1252, as browsers read it
        return _ILLEGAL.sub("", html.unescape(match.group()))
    return ""


def _mark_body(text: str) -> str:
    """Turn the comments that mark an article's body into an element, where they stand once and in order."""
    if not any(word in text for word in _MARKS):
        return text
    for begin, end in _MARKED_BODY:
        first, last = begin.search(text), end.search(text)
        if first and last and first.end() < last.start() and not begin.search(text, first.end()):
            body = text[first.end() : last.start()]
            return f'{text[: first.start()]}<div class="{MARKED_BODY_CLASS}">{body}</div>{text[last.end() :]}'
    return text
