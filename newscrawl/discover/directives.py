"""What a page asks of robots about itself: ``nofollow`` and ``noarchive``, in its head or beside it in a header."""

from __future__ import annotations

import re

_HEAD = 50_000  # bytes of a page in which its head stands
_META = re.compile(rb"<meta\s[^>]{0,300}>", re.IGNORECASE)
_NAME = re.compile(rb"""\bname\s*=\s*["']?(?:robots|newscrawl)["'\s/>]""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent\s*=\s*["']([^"'>]{0,200})["']""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.{0,2000}?-->", re.DOTALL)
_WORD = re.compile(r"[a-z]+")
_KNOWN = frozenset({"nofollow", "noarchive"})


def directives_of(body: bytes, header: str = "") -> frozenset[str]:
    """Return which of ``nofollow`` and ``noarchive`` a page asks for; ``header`` is its X-Robots-Tag.

    >>> sorted(directives_of(b'<head><meta name="robots" content="noarchive,nofollow"></head>'))
    ['noarchive', 'nofollow']
    >>> sorted(directives_of(b"<p>...</p>", "none"))
    ['nofollow']
    """
    said = [header]
    head = _COMMENT.sub(b"", body[:_HEAD]) if b"robots" in body[:_HEAD].lower() else b""
    for meta in _META.findall(head):
        content = _CONTENT.search(meta)
        if content and _NAME.search(meta):
            said.append(content[1].decode("latin-1"))
    words = set(_WORD.findall(" ".join(said).lower()))
    return frozenset(words & _KNOWN | ({"nofollow"} if "none" in words else set()))
