"""One page as everything in this folder looks at it: its lines, its head, its address. Computed once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.blocks import Box, Lines, line_of
from newscrawl.extract.parse import ParsedPage
from newscrawl.extract.walk import lines_of

_JSON_LD_LIMIT = 64_000  # characters; longer or broken ones are left alone
_META_LENGTH = 2_000  # characters of a meta value


PUBLISHED_IDS = ("pubtime_baidu", "pubtime", "publish_time", "publishtime", "post-date", "newstime")
SOURCE_IDS = ("source_baidu", "media_name", "js_name", "news_source", "article-source")
_TELLING_IDS = etree.XPath(f"id('{' '.join(PUBLISHED_IDS + SOURCE_IDS)}')")  # the parser has indexed them
_ARTICLES = ("NewsArticle", "ReportageNewsArticle", "Article", "BlogPosting", "SocialMediaPosting")


@dataclass(frozen=True, slots=True, kw_only=True)
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
    scripts: tuple[str, ...] = field(repr=False)
    links: tuple[HtmlElement, ...] = field(repr=False)
    """The ``<link>`` elements."""
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
    lines = lines_of(parsed.tree if frame is None else frame, parsed.hidden)
    heads: dict[str, list[HtmlElement]] = {"title": [], "meta": [], "script": [], "link": []}
    for element in parsed.tree.iter(*heads):
        heads[element.tag].append(element)
    title = line_of("".join(heads["title"][0].itertext())) if heads["title"] else ""
    by_id: dict[str, list[HtmlElement]] = {}
    for element in cast("list[HtmlElement]", _TELLING_IDS(parsed.tree)):
        by_id.setdefault(element.get("id", ""), []).append(element)
    return View(
        parsed=parsed,
        lines=lines,
        metas=_metas(heads["meta"]),
        json_ld=_json_ld(heads["script"]),
        title=title[:500],
        scripts=tuple(script.text or "" for script in heads["script"]),
        links=tuple(heads["link"]),
        boxes={box.element: box for box in lines.boxes},
        by_id=by_id,
    )


def _metas(elements: list[HtmlElement]) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in elements:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = line_of(meta.get("content", "")[:_META_LENGTH])
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _json_ld(scripts: list[HtmlElement]) -> dict[str, Any]:
    """Return the first article that a page's JSON-LD describes, else the first thing with a date."""
    dated: dict[str, Any] = {}
    for script in scripts:
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _JSON_LD_LIMIT:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(found):
            if str(thing.get("@type", "")) in _ARTICLES or "Article" in str(thing.get("@type", "")):
                return thing
            if not dated and ("pubDate" in thing or "datePublished" in thing):  # Baidu's 熊掌号
                dated = thing
    return dated


def _things(found: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    pending = [found]
    while pending:
        thing = pending.pop(0)
        if isinstance(thing, list):
            pending += thing[:50]
        elif isinstance(thing, dict):
            yield thing
            pending += [thing["@graph"]] if "@graph" in thing else []
