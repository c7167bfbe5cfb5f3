"""The text fingerprint: equal for exact duplicates, whatever a mirror did to width, script and punctuation.

What it covers was decided by what an exact duplicate is: the same story's text on another site. That site
may put its own prefix before the headline ([淄博]…, 快讯:…) or write another one, so the headline is left out
wherever the body alone tells stories apart. A brief's body may not: 详见海报。 or 图为活动现场。 stands under
many headlines, and a false duplicate is worse than a missed one. So the headline counts for a short body.

Tried and rejected: headline and body always (a reprint with 快讯: before its headline is missed); body always
(two photo stories with one sentence in common become one); the first paragraphs only (an update of a running
event begins like the story it updates).
"""

from __future__ import annotations

import hashlib

from newscrawl.text.comparing import COMPARING_VERSION, comparing_form

FINGERPRINT_VERSION = 1
"""Changes whenever other parts of an article are hashed; the comparing form has its own."""

_TELLING_BODY = 100
"""Characters of the comparing form: two or three sentences, with names, numbers and a day among them. The
standing sentences that photo stories and notices share are shorter (图为…, 详见…, 具体时间另行通知)."""


def text_fingerprint(text: str, *, headline: str | None = None) -> str:
    """Return the fingerprint of a repaired body: versions and the SHA-256 of what is compared, in hex.

    The headline is taken in only where the body is too short to tell stories apart.

    >>> text_fingerprint("8月9日，臨沂市召開新聞發佈會。") == text_fingerprint("8月9日,临沂市召开新闻发布会。")
    True
    >>> text_fingerprint("图为活动现场。", headline="花展") == text_fingerprint("图为活动现场。", headline="灯会")
    False
    >>> text_fingerprint("淄博")[:8], len(text_fingerprint("淄博"))
    ('1.2:b88b', 68)
    """
    body = comparing_form(text)
    parts = [body] if len(body) >= _TELLING_BODY else [comparing_form(headline or ""), body]
    if not any(parts):  # nothing but punctuation: only the very same characters are the same
        parts = ["", "", headline or "", text]
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{FINGERPRINT_VERSION}.{COMPARING_VERSION}:{digest}"
