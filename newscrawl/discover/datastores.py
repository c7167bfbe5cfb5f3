"""Lists of Hanweb sites, whose entries no HTML parser sees.

The pages of a list hold their entries as XML within a script, and fetch more from ``dataproxy.jsp``, which
answers with the same XML: a datastore of records, each a piece of HTML in CDATA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import islice
from urllib.parse import urlencode, urljoin

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from newscrawl.discover.links import LINK_LIMIT, Link, find_links
from newscrawl.discover.xml_bytes import decode_xml
from newscrawl.text.urls import absolute_url, url_key

_CDATA = "<![CDATA["
_HREF = re.compile(r"""href\s*=\s*["']([^"']{1,1000})["']""", re.IGNORECASE)
_TOTAL = re.compile(
    r"<totalrecord>\s*(\d{1,7})\s*</totalrecord>|totalRecord\s*[:=]\s*['\"]?(\d{1,7})",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(
    r"(?P<head>.*[?&])startrecord=(?P<first>\d+)&endrecord=(?P<last>\d+)(?P<tail>.*)\Z", re.ASCII | re.DOTALL
)
_PARAMETER = re.compile(
    r"""\b(appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)\s*[:=]\s*['"]([^'"<>]{0,80})['"]"""
)

RECORDS_ASKED = 45
"""Entries that one request asks for: what the pages' own script does, three pages of 15."""


@dataclass(frozen=True, slots=True)
class Datastore:
    """The entries of a part of a list, and where the next part is."""

    links: tuple[Link, ...] = ()
    next_url: str | None = None
    total: int | None = None


def find_datastores(tree: HtmlElement, url: str, *, now: datetime | None = None) -> Datastore:
    """Return the entries that the scripts of a list page hold, and the address that has the next ones."""
    for script in tree.iter("script"):
        text = script.text or ""
        if "<record" in text or "<datastore" in text:
            return _read(text, url, now)
    return Datastore()


def parse_datastore(body: bytes, url: str, *, now: datetime | None = None) -> Datastore:
    """Return the entries that an answer of ``dataproxy.jsp`` holds. Never raises for what is in it."""
    return _read(decode_xml(body), url, now)


def _read(text: str, url: str, now: datetime | None) -> Datastore:
    links: dict[str, Link] = {}
    for record in islice(_records(text), LINK_LIMIT):
        for link in _links_of(record, url, now):
            links.setdefault(url_key(link.url), link)
        if len(links) >= LINK_LIMIT:
            break
    found = _TOTAL.search(text)
    total = int(found[1] or found[2]) if found else None
    return Datastore(tuple(links.values()), _next_url(text, url, total), total)


def _records(text: str) -> Iterator[str]:
    """Yield the HTML of each record; found by plain search, because a pattern would be quadratic on broken ones."""
    for record in _between(text, "record"):
        start = record.find(_CDATA)
        if start < 0:
            yield unescape(record)
        else:
            yield record[start + len(_CDATA) :].partition("]]>")[0]


def _between(text: str, tag: str) -> Iterator[str]:
    """Yield what stands between the opening and the closing tags of one name."""
    opening, closing = f"<{tag}>", f"</{tag}>"
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start)
        if end < 0:
            return
        yield text[start + len(opening) : end]
        start = text.find(opening, end)


def _links_of(record: str, url: str, now: datetime | None) -> tuple[Link, ...]:
    try:
        return find_links(fragment_fromstring(record[:20_000], create_parent="ul"), url, now=now)
    except (etree.LxmlError, ValueError):
        return ()


def _next_url(text: str, url: str, total: int | None) -> str | None:
    """Return the address of the next part: counted on from this one, or as the list page names it."""
    if match := _RANGE.match(url):
        first, last = int(match["first"]), int(match["last"])
        if total is None or last >= total or last < first:
            return None
        step = last - first + 1
        return f"{match['head']}startrecord={last + 1}&endrecord={last + step}{match['tail']}"
    group = next(_between(text, "nextgroup"), "")[:2000]
    href = _HREF.search(unescape(group))
    return absolute_url(href[1], url) if href else None


def first_part_url(tree: HtmlElement, url: str) -> str | None:
    """Return the ``dataproxy.jsp`` address of a list page whose script names only its parameters.

    >>> from lxml.html import fromstring
    >>> page = fromstring("<html><script>x({appid:'1',webid:'2',path:'/',columnid:'94',unitid:'3122'})</script></html>")
    >>> first_part_url(page, "http://a.gov.cn/col/col94/index.html").partition("?")[2]
    'startrecord=1&endrecord=45&perpage=15&appid=1&webid=2&path=%2F&columnid=94&unitid=3122'
    """
    for script in tree.iter("script"):
        values = dict(_PARAMETER.findall((script.text or "")[:50_000]))
        if {"columnid", "unitid", "webid"} <= values.keys():
            query = urlencode(
                {"startrecord": 1, "endrecord": RECORDS_ASKED, "perpage": RECORDS_ASKED // 3, **values}
            )
            return urljoin(url, f"/module/web/jpage/dataproxy.jsp?{query}")
    return None
