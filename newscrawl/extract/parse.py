"""A page's bytes to one tree, parsed once and handed to everyone: extraction, links, paging."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from newscrawl.exceptions import UnreadablePage
from newscrawl.extract.charset import decode_page
from newscrawl.extract.gate import check_bytes, check_text
from newscrawl.extract.markup import clean_markup
from newscrawl.extract.visibility import hiding_selectors
from newscrawl.items import Page

DEPTH_LIMIT = 5_000  # elements; unclosed inline tags nest once per paragraph, 600 deep on a real kind of page


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """A page with its tree. The tree is everybody's: nobody changes it."""

    page: Page = field(repr=False)
    tree: HtmlElement = field(repr=False)
    source: str = field(repr=False)
    """The decoded source that the tree was parsed from, scripts and comments included."""
    url: str
    charset: str
    hidden: frozenset[str] = field(repr=False)
    """The ``.class`` and ``#id`` selectors that the page's own style sheets hide."""
    lost_count: int
    """Characters that no decoding could read, U+FFFD in the text."""

    @property
    def base_url(self) -> str:
        """What relative links of the page are relative to."""
        base = self.tree.find(".//base[@href]")
        href: str = base.get("href", "").strip() if base is not None else ""
        try:
            return str(urljoin(self.url, href))
        except ValueError:
            return self.url


def parse_page(page: Page) -> ParsedPage:
    """Return the tree of a page, whole or not at all.

    Raises:
        UnreadablePage: see its reasons.
    """
    check_bytes(page)
    decoded = decode_page(page)
    source = clean_markup(decoded.text)
    check_text(source, page.capture.url)
    tree = _tree_of(source, page.capture.url)
    return ParsedPage(
        page=page,
        tree=tree,
        source=source,
        url=page.capture.url,
        charset=decoded.charset,
        hidden=hiding_selectors(tree),
        lost_count=decoded.lost_count,
    )


def _tree_of(source: str, url: str) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(source.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError, MemoryError) as error:
        raise UnreadablePage("parse_limit", url, str(error)[:200]) from error
    for entry in parser.error_log:
        if entry.type_name in _LOSSES:
            raise UnreadablePage("parse_limit", url, f"line {entry.line}: {entry.message[:200]}")
    if tree is None:
        raise UnreadablePage("not_html", url, "the page has no element")
    if source.count("<") > DEPTH_LIMIT:
        _check_depth(tree, url)
    return tree


_LOSSES = frozenset({"ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY", "ERR_INTERNAL_ERROR", "ERR_NAME_TOO_LONG"})
"""The parser's errors after which part of the page is missing from the tree."""


def _check_depth(tree: HtmlElement, url: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH_LIMIT:
            raise UnreadablePage("parse_limit", url, f"elements nest deeper than {DEPTH_LIMIT}")
