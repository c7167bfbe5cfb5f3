"""Whether a page may be continued on another: asked of its bytes, since nine of ten pages need no parsing for it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newscrawl.items import Page

_PAGE_ADDRESS = re.compile(
    rb"[?&;](?:page|p|pn|pageno|pagenum|pageindex|page_no|curpage|cur_page|paged|currentpage|pg)=\d|page/\d",
    re.IGNORECASE,
)
_OWN_NUMBER = re.compile(r"[_-]\d{1,4}\Z", re.ASCII)
_SIZE_LIMIT = 300_000  # bytes, above which a worker is asked: 4 MB take these patterns a quarter of a second
_SAMPLE = 4_096  # bytes in which UTF-16 shows its zeros


def may_continue(page: Page) -> bool:
    """Return False when no link of the page can be this address with a page number; True when one may be.

    >>> from datetime import datetime, UTC
    >>> from newscrawl.items import Capture
    >>> capture = Capture("http://a.cn/2024/0506/t123.html", "", datetime(2026, 1, 1, tzinfo=UTC))
    >>> may_continue(Page(capture, b'<a href="t123_2.html">2</a>')), may_continue(Page(capture, b'<a href="t124.html">'))
    (True, False)
    """
    html = page.html
    if len(html) > _SIZE_LIMIT or b"\x00" in html[:_SAMPLE] or _PAGE_ADDRESS.search(html):
        return True
    name = urlsplit(page.capture.url).path.rpartition("/")[2].rpartition(".")[0]
    if not name or not name.isascii() or "%" in name:
        return True
    stems = {name, _OWN_NUMBER.sub("", name)}
    return any(re.search(re.escape(stem.encode()) + rb"[_-]\d{1,4}\.", html, re.IGNORECASE) for stem in stems)
