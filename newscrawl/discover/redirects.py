"""Pages that only lead on: the home page of many a newspaper sends the reader to the issue of the day.

Scrapy's own meta refresh is off, because an article that reloads itself is then never delivered and one that
goes back to the front page after a minute is replaced by it. Here only a page that has nothing else to say,
and leads on at once, is believed.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.discover.links import base_of
from newscrawl.text.urls import absolute_url

DELAY_LIMIT = 1
"""Seconds. A page that stays longer means to be read."""

WORDS_LIMIT = 200
"""Characters of text; pages that only lead on say ``正在跳转，请稍候`` at most."""

_REFRESH = re.compile(
    r"""\s*(?P<delay>\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?(?!url\s*=)(?P<target>[^"']{1,2000})""",
    re.IGNORECASE | re.ASCII,
)
_LOCATION = re.compile(
    r"""(?:window|self|top|document|parent)?\.?\blocation(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*["'](?P<target>[^"'\s]{1,500})["']\s*\)?\s*;?""",
    re.ASCII,
)
_texts = etree.XPath("//body//text()[not(parent::script or parent::style or parent::noscript)]")


def redirect_of(tree: HtmlElement, url: str) -> str | None:
    """Return where a page sends its reader at once, None when it has something to say itself.

    >>> from lxml.html import fromstring
    >>> redirect_of(fromstring('<html><meta http-equiv="refresh" content="0;URL=html/2023-08/10/node_2.htm"></html>'), "http://a.cn/")
    'http://a.cn/html/2023-08/10/node_2.htm'
    """
    if len(_words(tree)) > WORDS_LIMIT:
        return None
    href = _refresh(tree) or _location(tree)
    target = absolute_url(href, base_of(tree, url)) if href else None
    return (
        target if target != url.partition("#")[0] else None
    )  # its key may be the same: / leads to /index.html


def _words(tree: HtmlElement) -> str:
    found = _texts(tree)
    return "".join("".join(str(text) for text in found).split()) if isinstance(found, list) else ""


def _refresh(tree: HtmlElement) -> str | None:
    for meta in tree.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH.match(meta.get("content") or "")
            if match and int(match["delay"]) <= DELAY_LIMIT:
                return match["target"].strip()
    return None


def _location(tree: HtmlElement) -> str | None:
    """Return the fixed address that the only script of a page goes to; a script with conditions is not believed."""
    scripts = [one.text for one in tree.iter("script") if one.text and one.text.strip()]
    if len(scripts) != 1 or re.search(r"\b(?:if|function|setTimeout|for|while)\b", scripts[0]):
        return None
    match = _LOCATION.search(scripts[0])
    return match["target"] if match else None
