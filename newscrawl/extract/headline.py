"""The headline of a page: the words that its title, its metas and a line above the body agree on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.extract.blocks import Block, classes_of, line_of
from newscrawl.extract.info_line import is_info_line
from newscrawl.extract.view import View

_LENGTHS = range(4, 160)  # characters of a headline
_SHOWN_LENGTHS = range(8, 80)
_HEADLINE_LINES = 3
_TITLE_CLASS = re.compile(
    r"title|headline|biaoti|(?:^|[^a-z])bt(?:$|[^a-z])|h1|tit(?:$|[^a-z])|subject|arti_?tit|zw_?bt|topic",
    re.IGNORECASE,
)
_OTHER_TITLE_CLASS = re.compile(
    r"sub-?title|site|logo|nav|menu|related|list|foot|side|hot|rank|recommend|comment|meta", re.IGNORECASE
)
_SEPARATOR = re.compile(
    r"\s*(?:_{1,3}|\||-{2,3}|——|--|\s[-–—·•:]\s|[–—]|::|>>|»|<|-(?=[一-鿿]{2,12}$)|·(?=[^·]{2,12}$))\s*"
)
SITE_WORDS = re.compile(
    r"网$|报$|频道$|新闻$|在线$|门户|资讯$|网站|日报|晚报|晨报|时报|都市报|热线$|信息港|电视台|广播|客户端|政府$|委员会$|局$|厅$|杂志|论坛|中心$|财经$|体育$|娱乐$|科技$|首页|正文|\.(?:com|cn|net|org)\b|News$",
    re.IGNORECASE,
)
_OUTLET_NAME = re.compile(
    r"(?:网|網|报|報|在线|传媒|電視台|电视台|广播|日报|財經|新闻|新聞|信息港|资讯|周刊|杂志)$"
)
_META_NAMES = (
    "articletitle",
    "og:title",
    "twitter:title",
    "title",
    "headline",
    "apub:title",
    "bytedance:title",
    "dc.title",
    "weibo: article:title",
)
_KEY = re.compile(r"[\W_]+")
_CUT_OFF = re.compile(r"(?:\.{2,}|…+)$")


@dataclass(frozen=True, slots=True)
class FoundHeadline:
    """A headline, where it was found, and the line of the page that shows it (-1 when none does)."""

    text: str
    where: str
    line: int


def headline_of(view: View, *, link_text: str | None = None) -> FoundHeadline | None:
    """Return the headline of a page, or None when nothing on it looks like one."""
    names = _names_of(view, link_text)
    best: tuple[float, int] | None = None
    for index, block in enumerate(view.lines.blocks):
        score = _score(block, names)
        if score > 0 and (best is None or score > best[0]):
            best = (score, index)
    if best is not None:
        return _with_neighbours(view, best[1], [name for _, name in names])
    if (shown := _above_the_info_line(view)) is not None:
        return shown
    for where, name in names:
        text = name if where == "title" else without_site(name, view)
        if len(text) in _LENGTHS:
            return FoundHeadline(text, where, -1)
    return None


def _with_neighbours(view: View, index: int, names: list[str]) -> FoundHeadline:
    """Return the line as the headline, with the lines next to it that the page's title says belong to it."""
    blocks = view.lines.blocks
    first = last = index
    text = blocks[index].text
    for _ in range(_HEADLINE_LINES):
        for one, joined in ((first - 1, False), (last + 1, True)):
            if not 0 <= one < len(blocks) or not blocks[one].text or len(blocks[one].text) > _LENGTHS.stop:
                continue
            longer = text + blocks[one].text if joined else blocks[one].text + text
            if len(headline_key(blocks[one].text)) > 1 and any(
                headline_key(longer) in headline_key(name) for name in names
            ):
                text, first, last = longer, min(first, one), max(last, one)
    return FoundHeadline(text, blocks[index].element.tag, last)


def _above_the_info_line(view: View) -> FoundHeadline | None:
    """Return the line above the one with date and outlet, where the page's title is that of its section."""
    blocks = view.lines.blocks
    for index, block in enumerate(blocks[1:], 1):
        above = blocks[index - 1]
        if (
            is_info_line(block.text)
            and not block.link_length
            and not above.link_length
            and len(above.text) in _SHOWN_LENGTHS
        ):
            classes = classes_of(above.element)
            if above.heading or _TITLE_CLASS.search(classes):
                return FoundHeadline(above.text, "line above date and outlet", index - 1)
    return None


def _names_of(view: View, link_text: str | None) -> list[tuple[str, str]]:
    names = [(f"meta[name={name}]", view.metas[name]) for name in _META_NAMES if name in view.metas]
    if isinstance(ld := view.json_ld.get("headline") or view.json_ld.get("title"), str):
        names.append(("JSON-LD headline", line_of(ld[:500])))
    if view.title:
        names.append(("title", without_site(view.title, view)))
    if link_text:
        names.append(("link text", line_of(link_text)))
    return [(where, name) for where, name in names if name]


def headline_key(text: str) -> str:
    """Return what two spellings of one headline have in common: letters and digits, lower case."""
    return _KEY.sub("", text).lower()


def _score(block: Block, names: list[tuple[str, str]]) -> float:
    text = block.text
    if len(text) not in _LENGTHS:
        return 0.0
    key = headline_key(text)
    if len(key) < 4:
        return 0.0
    agreement = max((_agreement(key, headline_key(name)) for _, name in names), default=0.0)
    shape = 0.0
    if block.heading:
        shape += (0.5, 0.35, 0.2, 0.1, 0.05, 0.05)[block.heading - 1]
    classes = classes_of(block.element)
    if _TITLE_CLASS.search(classes) and not _OTHER_TITLE_CLASS.search(classes):
        shape += 0.3
    if block.link_length * 2 > len(text):
        shape -= 0.6
    if agreement < 0.5:
        return 0.0 if block.heading != 1 or block.link_length else 0.05 + shape / 10
    return agreement + shape


def _agreement(key: str, name: str) -> float:
    """Return how far a line is what a name says: 1 when equal, the share of the longer one when part of it."""
    if not name:
        return 0.0
    if key == name:
        return 1.0
    if len(key) >= 6 and key in name:
        return 0.3 + 0.65 * len(key) / len(name)
    if len(name) >= 8 and name in key:
        return 0.3 + 0.65 * len(name) / len(key)
    return 0.0


def without_site(title: str, view: View) -> str:
    """Return a page title without the names of column and site that follow the headline."""
    parts = _SEPARATOR.split(title)
    if len(parts) == 1:
        return title
    site = headline_key(view.metas.get("og:site_name", "") or view.metas.get("sitename", ""))
    kept_end = len(title)
    position = len(title)
    for part in reversed(parts[1:]):
        start = title.rfind(part, 0, position)
        key = headline_key(part)
        if not (len(part) <= 12 or SITE_WORDS.search(part) or (site and (site in key or key in site))):
            break
        kept_end = start
        position = start
    head = _SEPARATOR.sub(lambda match: match.group() if match.end() < kept_end else "", title[:kept_end])
    return head.strip(" _|-–—·<>") or title


def site_in_title(view: View) -> str:
    """Return the name of the site that a page's title ends with, or its ``og:site_name``; empty when unsure.

    A part of the title counts when it reads like an outlet's name, with a word such as 网, 报 or 在线.
    """
    for part in reversed(_SEPARATOR.split(view.title)[1:]):
        if 2 < len(part) <= 14 and _OUTLET_NAME.search(part):
            return part
    name = view.metas.get("og:site_name", "")
    return name if 2 < len(name) <= 14 and _OUTLET_NAME.search(name) else ""
