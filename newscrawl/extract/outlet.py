"""The outlet that an article names as its origin (来源), and the people it credits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.extract.blocks import classes_of, line_of
from newscrawl.extract.view import View
from newscrawl.items import Metadata
from newscrawl.text.credits import Credit, find_credits
from newscrawl.text.dates import find_date

_META_NAMES = (
    "contentsource",
    "source",
    "mediaid",
    "article:source",
    "apub:source",
    "weibo: article:source",
    "copyright_source",
    "_source",
    "og:article:source",
)
_IDS = ("source_baidu", "media_name", "js_name", "news_source", "article-source")
_SOURCE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:source|ly|laiyuan|media|come|from|copyfrom|origin)(?:$|[\s_-])", re.IGNORECASE
)
_BEFORE, _AFTER = 6, 14  # lines about the headline
_LABEL = re.compile(r"^\s*(?:(?:文章|新闻|稿件|信息|消息)?(?:来|來)\s*源于?|稿源|出处|转自)\s*[:：|｜]?\s*")
_NO_OUTLET = re.compile(
    r"^(?:来源|未知|不详|网络|互联网|佚名|admin|本站|null|none|undefined|原创|转载|\W*|\d+)$|https?://|[。！？]",
    re.IGNORECASE,
)
_LENGTHS = range(2, 31)  # characters
_NAME_AFTER_DATE = re.compile(r"^[\s|·/,]*([一-鿿A-Za-z][一-鿿A-Za-z0-9·－\-]{1,19})(?:$|[\s|(])")
_NOT_NAMES = re.compile(
    r"阅读|浏览|点击|评论|分享|字号|作者|编辑|打印|更新|发布|人气|访问|次数|收藏|来源|星期|周[一二三四五六日]|^A$"
)
_TAIL_LINES = 6


def with_credits(metadata: Metadata, view: View, headline_line: int, body: tuple[int, ...]) -> Metadata:
    """Return the metadata with outlet, reporters, editors and column, each with its raw words and place."""
    for name, values, raw, where in _all(view, headline_line, body):
        if name in metadata.provenance or not values:
            continue
        value = values[0] if name in {"source_outlet", "column", "alternative_headline"} else tuple(values)
        metadata = metadata.with_found(name, value, raw=raw, where=where)
    return metadata


def _all(
    view: View, headline_line: int, body: tuple[int, ...]
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    first = body[0] if body else headline_line + 1
    shown = list(_from_lines(view, headline_line, first))
    yield from (one for one in shown if one[0] != "source_outlet")
    yield from _outlets(view, [one for one in shown if one[0] == "source_outlet"], headline_line, first)
    yield from _from_body(view, body)


def _outlets(
    view: View, labelled: list[tuple[str, tuple[str, ...], str, str]], headline_line: int, first: int
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    for identity in _IDS:
        for element in view.tree.xpath("//*[@id=$id]", id=identity)[:1]:
            yield from _outlet("".join(element.itertext())[:100], f"#{identity}")
    yield from labelled
    for name in _META_NAMES:
        if name in view.metas:
            yield from _outlet(view.metas[name], f"meta[name={name}]")
    yield from _from_source_class(view, headline_line, first)
    yield from _after_the_date(view, headline_line, first)


def _outlet(words: str, where: str) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    raw = line_of(words)
    name = _LABEL.sub("", raw).strip(" :|()[]【】")
    if len(name) in _LENGTHS and not _NO_OUTLET.search(name):
        yield "source_outlet", (name,), raw, where


def _zone(view: View, headline_line: int, first: int) -> list[int]:
    """Return the lines about the headline: those behind it up to the body, then those before it."""
    anchor = headline_line if headline_line >= 0 else max(0, first - _AFTER)
    end = min(first, anchor + _AFTER)
    return [*range(anchor + 1, end), *range(min(anchor, end) - 1, max(-1, anchor - _BEFORE - 1), -1)]


def _from_lines(
    view: View, headline_line: int, first: int
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    for index in _zone(view, headline_line, first):
        block = view.lines.blocks[index]
        if len(block.text) <= 300:
            yield from _credits(find_credits(block.text), f"line {index}")


def _credits(found: tuple[Credit, ...], where: str) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    for credit in found:
        if credit.kind.startswith("date_"):
            continue
        if credit.kind == "source_outlet":
            if (
                credit.values
                and len(credit.values[0]) in _LENGTHS
                and not _NO_OUTLET.search(credit.values[0])
            ):
                yield credit.kind, credit.values, credit.raw, where
        else:
            yield credit.kind, credit.values, credit.raw, where


def _from_source_class(
    view: View, headline_line: int, first: int
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    for index in _zone(view, headline_line, first):
        element = view.lines.blocks[index].element
        for inner in element.iter():
            if isinstance(inner.tag, str) and _SOURCE_CLASS.search(classes_of(inner)):
                words = "".join(inner.itertext())
                if find_date(words) is None:
                    yield from _outlet(words[:100], f"line {index} .{inner.get('class') or inner.get('id')}")


def _after_the_date(
    view: View, headline_line: int, first: int
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield the name that stands without a label behind the date under the headline."""
    for index in _zone(view, headline_line, first):
        text = view.lines.blocks[index].text
        found = find_date(text) if len(text) <= 100 else None
        if found is None:
            continue
        match = _NAME_AFTER_DATE.match(text[found.end :])
        if match and not _NOT_NAMES.search(match[1]):
            yield "source_outlet", (match[1],), text, f"line {index}"


def _from_body(view: View, body: tuple[int, ...]) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield the credits in the first and last lines of the body and right behind it."""
    if not body:
        return
    behind = range(body[-1] + 1, min(len(view.lines.blocks), body[-1] + 1 + _TAIL_LINES))
    for index in dict.fromkeys((*body[:2], *body[-_TAIL_LINES:], *behind)):
        text = view.lines.blocks[index].text
        for credit in find_credits(text):
            if credit.kind != "source_outlet" or len(text) <= 60:
                yield from _credits((credit,), f"line {index}")
