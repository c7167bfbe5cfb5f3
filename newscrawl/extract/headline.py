"""The headline of a page: the words that its title, its metas and a line above the body agree on.

The line counts, the title is its witness: a title alone has the site's name in it, a heading alone may be the
site's. A line in a list, behind several paragraphs, is a witness too, but not the place of the headline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.extract.blocks import Block, classes_of, line_of, place_of
from newscrawl.extract.debris import is_control, is_listed, is_prose
from newscrawl.extract.info_line import is_info_line
from newscrawl.extract.view import View
from newscrawl.text.credits import find_credits

_LENGTHS = range(4, 160)  # characters of a headline
_SHOWN_LENGTHS = range(8, 80)  # of one that no title confirms
_HEADLINE_LINES = 3  # that one headline may be broken into
_LINES_TO_BODY = 6
_PROSE_BEFORE = 3  # paragraphs: behind so many a line is no longer above the body
_LEAST_KEY = 6  # letters by which a part of a title is told from a word of it
_TITLE_CLASS = re.compile(
    r"title|headline|biaoti|(?:^|[^a-z])bt(?:$|[^a-z])|h1|tit(?:$|[^a-z])|subject|arti_?tit|zw_?bt|topic",
    re.IGNORECASE,
)
_OTHER_TITLE_CLASS = re.compile(
    r"sub-?title|site|logo|nav|menu|related|list|foot|side|hot|rank|recommend|comment|meta|blogtitle",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:_{1,3}|\||-{2,3}|\s[-–—·•:]\s|(?<![–—])[–—](?![–—])|::|>>|»|<|-(?=[一-鿿]{2,12}(?:[-_|]|$))|·(?=[^·]{2,12}$)|(?<=[报网台刊])-)\s*"
)
_SITE_WORDS = re.compile(
    r"网$|報$|报$|频道$|新闻$|在线$|门户|资讯$|网站|日报|晚报|晨报|时报|都市报|数字报|热线$|信息港|电视台|广播|客户端|政府$|委员会$|局$|厅$|杂志|论坛|中心$|财经$"
    r"|体育$|娱乐$|科技$|首页|正文|滚动$|要闻$|\.(?:com|cn|net|org)\b|News$",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"^(?:(?:标签|专题|搜索|作者|归档|分类|栏目)[:：].*|.{0,8}(?:频道|栏目|专栏|首页)|.{0,4}(?:新闻|资讯|要闻|动态|公告|滚动|热点)(?:中心|列表|动态|资讯)?)$"
)
_META_NAMES = (
    "articletitle", "og:title", "twitter:title", "title", "headline", "apub:title", "bytedance:title", "dc.title", "weibo: article:title",
)  # fmt: skip
_LABEL = re.compile("(?:时间|日期|发布|時間)[:：]")  # the stamps of lists have none
_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class FoundHeadline:
    """A headline, where it was found, and the line of the page that shows it (-1 when none does)."""

    text: str
    where: str
    line: int


def headline_of(view: View, *, link_text: str | None = None) -> FoundHeadline | None:
    """Return the headline of a page, or None when nothing on it looks like one."""
    names = _names_of(view, link_text)
    if (shown := _best_line(view, names)) is not None:
        return shown
    if (shown := _above_the_info_line(view)) is not None:
        return shown
    for where, name in names:
        text = name if where == "title" else without_site(name, view)
        if len(text) in _LENGTHS and not is_column(text):
            return FoundHeadline(text, where, -1)
    return None


def headline_key(text: str) -> str:
    """Return what two spellings of one headline have in common: letters and digits, lower case."""
    return _KEY.sub("", text).lower()


def is_column(text: str) -> bool:
    """Return whether a title is that of a section or a site, not of an article.

    >>> is_column("社会频道"), is_column("新闻动态"), is_column("沂泉新闻网"), is_column("本网今起改版")
    (True, True, True, False)
    """
    return _COLUMN.match(text) is not None or (len(text) <= 10 and _SITE_WORDS.search(text) is not None)


def _best_line(view: View, names: list[tuple[str, str]]) -> FoundHeadline | None:
    keys = [headline_key(name) for _, name in names]
    whole = [headline_key(part) for part in _SEPARATOR.split(view.title)]
    blocks = view.lines.blocks
    best, best_index, prose_before, best_before = 0.0, -1, 0, 0
    for index, block in enumerate(blocks):
        score = _score(block, keys, whole)
        if score > 0:
            score -= _BEHIND_PROSE * min(prose_before, 6)
            if score > best or best_index < 0:
                best, best_index, best_before = score, index, prose_before
        prose_before += is_prose(block)
    if best_index < 0:
        return None
    block = blocks[best_index]
    if best_before >= _PROSE_BEFORE or (best_before and is_listed(block)):
        return FoundHeadline(block.text, f"{place_of(block.element)}, in a list", -1)
    return _with_neighbours(view, best_index, keys)


_BEHIND_PROSE = 0.15  # off the score, for each paragraph that stands before a line


def _with_neighbours(view: View, index: int, keys: list[str]) -> FoundHeadline:
    """Return the line as the headline, with the lines next to it that the page's title says belong to it."""
    blocks = view.lines.blocks
    first = last = index
    text = blocks[index].text
    for _ in range(_HEADLINE_LINES):
        for one, is_behind in ((first - 1, False), (last + 1, True)):
            if (
                not 0 <= one < len(blocks)
                or len(headline_key(blocks[one].text)) < 2
                or len(blocks[one].text) > 80
            ):
                continue
            longer = text + blocks[one].text if is_behind else blocks[one].text + text
            if any(headline_key(longer) in key for key in keys):
                text, first, last = longer, min(first, one), max(last, one)
    return FoundHeadline(text, place_of(blocks[index].element), last)


def _above_the_info_line(view: View) -> FoundHeadline | None:
    """Return the line above the one with date and outlet, where the page's title is that of its section."""
    blocks = view.lines.blocks
    for index, block in enumerate(blocks[1:], 1):
        above = blocks[index - 1]
        if block.link_length or above.link_length or len(above.text) not in _SHOWN_LENGTHS:
            continue
        if (
            not is_info_line(block.text)
            or is_info_line(above.text)
            or is_control(above.text)
            or ":" in above.text[:4]
        ):
            continue
        marked = above.heading or _TITLE_CLASS.search(classes_of(above.element))
        named = any(credit.kind == "source_outlet" for credit in find_credits(block.text)) or _LABEL.search(
            block.text
        )
        if marked or (named and any(map(is_prose, blocks[index + 1 : index + 1 + _LINES_TO_BODY]))):
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
    return [(where, name) for where, name in names if name and not is_column(name)]


def _score(block: Block, keys: list[str], whole: list[str]) -> float:
    text = block.text
    if len(text) not in _LENGTHS:
        return 0.0
    key = headline_key(text)
    if len(key) < 4:
        return 0.0
    agreement = max((_agreement(key, name) for name in keys), default=0.0)
    if agreement < 0.95 and key in whole and not is_column(text):
        agreement = 0.95
    shape = _shape(block)
    if agreement < 0.5:
        return 0.05 + shape / 10 if block.heading == 1 and not block.link_length else 0.0
    return max(0.01, agreement + shape)


def _shape(block: Block) -> float:
    shape = (0.0, 0.5, 0.35, 0.2, 0.1, 0.05, 0.05)[block.heading]
    classes = classes_of(block.element)
    if _TITLE_CLASS.search(classes) and not _OTHER_TITLE_CLASS.search(classes):
        shape += 0.3
    return shape - 0.6 if block.link_length * 2 > len(block.text) else shape


def _agreement(key: str, name: str) -> float:
    """Return how far a line is what a name says: 1 when equal, the share of the longer one when part of it."""
    if not name:
        return 0.0
    if key == name:
        return 1.0
    if len(key) >= _LEAST_KEY and key in name:
        return 0.3 + 0.65 * len(key) / len(name)
    if len(name) >= _LEAST_KEY + 2 and name in key:
        return 0.3 + 0.65 * len(name) / len(key)
    return 0.0


def without_site(title: str, view: View) -> str:
    """Return a page title without the names of column and site around the headline."""
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    site = headline_key(view.metas.get("og:site_name", "") or view.metas.get("sitename", ""))
    last = len(parts)
    while last > 1 and _is_site(parts[last - 1], site):
        last -= 1
    first = 0
    while first < last - 1 and is_column(parts[first]):
        first += 1
    start = title.find(parts[first])
    end = len(title)
    for part in reversed(parts[last - 1 :]):
        end = title.rfind(part, 0, end) + (len(part) if part is parts[last - 1] else 0)
    return title[start:end].strip(" _|-–—·<>") or title


def _is_site(part: str, site: str) -> bool:
    key = headline_key(part)
    return bool(len(part) <= 12 or _SITE_WORDS.search(part) or (site and (site in key or key in site)))
