"""The outlet that an article names as its origin (来源)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.extract.blocks import classes_of, line_of, place_of
from newscrawl.extract.head_lines import HeadLine
from newscrawl.extract.view import SOURCE_IDS, View
from newscrawl.text.credits import find_credits
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
_SOURCE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:source|ly|laiyuan|media|copyfrom|origin)(?:$|[\s_-])", re.IGNORECASE
)
_LABEL = re.compile(
    r"^\s*(?:(?:文章|新闻|稿件|信息|消息)?(?:来|來)\s*源[于自]?|稿源|出处|转自|原创)\s*[:：|｜]?\s*"
)
_LABEL_WITHOUT_COLON = re.compile(
    r"(?:^|[\s|])(?:来|來)源\s?([^\s:：|]{2,20})(?=[\s|]|$)|(?:^|[\s|])(?:原创|来自)\s?[:：]\s?([^\s|]{2,20}?)(?=[\s|]|20\d\d|$)"
)
_NO_OUTLET = re.compile(
    r"^(?:来源|未知|不详|网络|互联网|佚名|admin|本站|null|none|undefined|原创|转载|站长|编辑|管理员|\W*|\d+)$|https?://|[。！？!?>]|点击|阅读|评论|分享|字号|浏览|打印|更新|登录|关注|下载|广告|举报",
    re.IGNORECASE,
)
_LENGTHS = range(2, 31)  # characters
_AFTER_DATE = re.compile(r"^[\s|·/,]*([一-鿿A-Za-z][一-鿿A-Za-z0-9·－\-]{1,19})(?:$|[\s|(])")
_BEFORE_DATE = re.compile(r"^([一-鿿A-Za-z][一-鿿A-Za-z0-9·－\-]{1,19})(?:/[一-鿿]{2,4})?[\s|(,·]*$")
_NOT_NAMES = re.compile(
    r"作者|编辑|责编|发布|人气|访问|次数|收藏|来源|星期|周[一二三四五六日]|时间|時間|日期|来自|记者|首页|正文|^A$|频道|栏目|字体"
)
_OUTLET_WORDS = re.compile(
    r"网|網|报|報|台|臺|社|新闻|新聞|客户端|发布|传媒|电视|广播|在线|杂志|周刊|融媒|资讯|財經|财经|快訊|快讯"
)


@dataclass(frozen=True, slots=True)
class FoundOutlet:
    """An outlet's name, the words and the place it was read from."""

    value: str
    raw: str
    where: str


def outlet_of(view: View, head: tuple[HeadLine, ...], body: tuple[int, ...]) -> FoundOutlet | None:
    """Return the outlet that the page names as the article's origin."""
    return next(_all(view, head, body), None)


def _all(view: View, head: tuple[HeadLine, ...], body: tuple[int, ...]) -> Iterator[FoundOutlet]:
    for identity in SOURCE_IDS:
        for element in view.by_id.get(identity, ())[:1]:
            yield from _checked("".join(element.itertext())[:100], f"#{identity}")
    yield from _labelled(head)
    for name in _META_NAMES:
        if name in view.metas:
            yield from _checked(view.metas[name], f"meta[name={name}]")
    yield from _from_json_ld(view, ("provider", "author"))
    yield from _from_source_class(view, head)
    yield from _beside_the_date(head)
    yield from _from_behind(view, body)
    yield from _from_json_ld(view, ("publisher",))


def _checked(words: str, where: str) -> Iterator[FoundOutlet]:
    raw = line_of(words)
    name = _LABEL.sub("", raw).strip(" :|()[]【】/")
    if len(name) in _LENGTHS and not _NO_OUTLET.search(name):
        yield FoundOutlet(name, raw, where)


def _labelled(head: tuple[HeadLine, ...]) -> Iterator[FoundOutlet]:
    for line in head:
        for text in (line.parts, line.text):
            for credit in find_credits(text):
                if credit.kind == "source_outlet" and credit.values:
                    for found in _checked(credit.values[0], line.place):
                        yield FoundOutlet(found.value, credit.raw, found.where)
        if match := _LABEL_WITHOUT_COLON.search(line.parts):
            yield from _checked(match[1] or match[2], line.place)


def _from_json_ld(view: View, keys: tuple[str, ...]) -> Iterator[FoundOutlet]:
    for key in keys:
        thing = view.json_ld.get(key)
        thing = thing[0] if isinstance(thing, list) and thing else thing
        if isinstance(thing, dict) and thing.get("@type") in ("Organization", "NewsMediaOrganization"):
            yield from _checked(str(thing.get("name", ""))[:100], f"JSON-LD {key}")


def _from_source_class(view: View, head: tuple[HeadLine, ...]) -> Iterator[FoundOutlet]:
    for line in head:
        for inner in view.lines.blocks[line.index].element.iter():
            if isinstance(inner.tag, str) and _SOURCE_CLASS.search(classes_of(inner)):
                words = "".join(inner.itertext())[:100]
                if find_date(words) is None:
                    yield from _checked(words, place_of(inner))


def _beside_the_date(head: tuple[HeadLine, ...]) -> Iterator[FoundOutlet]:
    """Yield the name that stands without a label behind, before, or on the line next to the date."""
    for position, line in enumerate(head):
        found = find_date(line.parts) if len(line.parts) <= 100 else None
        if found is None or line.is_before:
            continue
        around = (_AFTER_DATE.match(line.parts[found.end :]), _BEFORE_DATE.match(line.parts[: found.start]))
        for match in around:
            if match and not _NOT_NAMES.search(match[1]):
                yield from _checked(match[1], f"{line.place}, beside the date")
        for other in head[max(0, position - 1) : position + 2]:
            if other is not line and not other.is_before and _is_outlet_alone(other.text):
                yield from _checked(other.text, f"{other.place}, next to the date")


def _is_outlet_alone(text: str) -> bool:
    return bool(_OUTLET_WORDS.search(text) and _BEFORE_DATE.match(text)) and not _NOT_NAMES.search(text)


def _from_behind(view: View, body: tuple[int, ...]) -> Iterator[FoundOutlet]:
    """Yield a credit line of the first or last lines of the body, or right behind it."""
    behind = range(body[-1] + 1, min(len(view.lines.blocks), body[-1] + 9))
    for index in (*body[:2], *body[-3:], *behind):
        text = view.lines.blocks[index].text
        for credit in find_credits(text) if len(text) <= 80 else ():
            if credit.kind == "source_outlet" and credit.values:
                yield from _checked(credit.values[0], place_of(view.lines.blocks[index].element))
