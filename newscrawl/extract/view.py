"""One page as everything in this folder looks at it: its lines, its head, its address. Computed once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.blocks import Box, Lines, line_of, lines_of
from newscrawl.extract.parse import ParsedPage
from newscrawl.extract.visibility import hiding_selectors

_JSON_LD_LIMIT = 64_000  # characters; longer or broken ones are left alone
_META_LENGTH = 2_000  # characters of a meta value


PUBLISHED_IDS = ("pubtime_baidu", "pubtime", "publish_time", "publishtime", "post-date", "newstime")
SOURCE_IDS = ("source_baidu", "media_name", "js_name", "news_source", "article-source")
_TELLING_IDS = etree.XPath("//*[" + " or ".join(f"@id='{one}'" for one in PUBLISHED_IDS + SOURCE_IDS) + "]")


@dataclass(frozen=True, slots=True)
class View:
    """A parsed page with its lines and the values of its head."""

    parsed: ParsedPage
    lines: Lines
    metas: dict[str, str]
    """By lower-case name, property or itemprop; the first non-empty one counts."""
    json_ld: dict[str, Any]
    """The NewsArticle, Article or WebPage of the page's JSON-LD; empty when there is none."""
    title: str
    """The ``<title>``, one line."""
    boxes: dict[HtmlElement, Box] = field(repr=False)
    by_id: dict[str, list[HtmlElement]] = field(repr=False)

    def smallest_box(self, first: int, last: int) -> Box | None:
        """Return the innermost box that covers the lines from ``first`` to ``last``."""
        return next((box for box in self.lines.boxes if box.start <= first and last < box.end), None)

    @property
    def tree(self) -> HtmlElement:
        """The tree of the page, not to be changed."""
        return self.parsed.tree


def view_of(parsed: ParsedPage, frame: HtmlElement | None = None) -> View:
    """Return the view of a parsed page; of its lines only those in ``frame``, when one is given."""
    lines = lines_of(parsed.tree if frame is None else frame, hiding_selectors(parsed.tree))
    title = next((line_of("".join(found.itertext())) for found in parsed.tree.iter("title")), "")
    boxes = {box.element: box for box in lines.boxes}
    by_id: dict[str, list[HtmlElement]] = {}
    for element in cast("list[HtmlElement]", _TELLING_IDS(parsed.tree)):
        by_id.setdefault(element.get("id", ""), []).append(element)
    return View(parsed, lines, _metas(parsed.tree), _json_ld(parsed.tree), title[:500], boxes, by_id)


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = line_of(meta.get("content", "")[:_META_LENGTH])
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _json_ld(tree: HtmlElement) -> dict[str, Any]:
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _JSON_LD_LIMIT:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(found):
            if any(
                kind in str(thing.get("@type", ""))
                for kind in ("Article", "BlogPosting", "Posting", "WebPage")
            ):
                return thing
            if "pubDate" in thing or "datePublished" in thing:  # Baidu's 熊掌号
                return thing
    return {}


def _things(found: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    pending = [found]
    while pending:
        thing = pending.pop(0)
        if isinstance(thing, list):
            pending += thing[:50]
        elif isinstance(thing, dict):
            yield thing
            pending += [thing["@graph"]] if "@graph" in thing else []
