"""When an article was published: metas, ids and labels first, then the lines about the headline, then the URL.

A date is never taken from a list, the clock in the header or a sentence of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newscrawl.extract.view import View
from newscrawl.text.dates import FoundDate, date_in_url, find_date, find_dates

_META_NAMES = (
    "pubdate", "article:published_time", "og:published_time", "og:release_date", "apub:time", "publishdate", "publish_date", "publish-date",
    "firstpublishedtime", "datepublished", "date_published", "weibo: article:create_at", "weibo:article:create_at", "dc.date", "dc.date.issued",
    "article:published", "releasedate", "createdate", "contentpubdate", "_pubtime", "pubtime", "publishtime", "date", "bytedance:published_time",
    "dcterms.created", "article_date_original", "parsely-pub-date", "ptime", "sailthru.date",
)  # fmt: skip
_MODIFIED_NAMES = (
    "article:modified_time",
    "bytedance:lrdate_time",
    "bytedance:updated_time",
    "og:updated_time",
    "datemodified",
    "lastmodified",
)
_IDS = ("pubtime_baidu", "pubtime", "publish_time", "publishtime", "post-date", "newstime")
_EPOCH = re.compile(
    r"""\b(?:var\s+)?(?:ct|create_time|publish_time|createTime|publishTime|pubtime|ori_create_time)\s?["']?\s?[=:]\s?["'](\d{10})["']"""
)
_SOURCE_WINDOW = 3_000_000
_BEFORE, _AFTER = 8, 14  # lines about the headline in which a date may stand
_FUTURE = timedelta(days=2)  # of a page's clock before the capture's
_SLIGHT = timedelta(days=1)  # zones and midnight set a meta and a line this far apart


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A date or a time, the words and the place it was read from."""

    value: date | datetime
    raw: str
    where: str

    @property
    def day(self) -> date:
        """The calendar day, in the zone of the page."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


def published_of(view: View, headline_line: int, first_line: int) -> FoundTime | None:
    """Return when the article was published; ``first_line`` is where its body begins."""
    now = view.parsed.page.capture.captured_at
    found = [one for one in _all(view, headline_line, first_line, now) if one.day <= (now + _FUTURE).date()]
    if not found:
        return None
    best = found[0]
    if not isinstance(best.value, datetime):  # the same day with a clock says more
        best = next((one for one in found if isinstance(one.value, datetime) and one.day == best.day), best)
    return best


def modified_of(view: View) -> FoundTime | None:
    """Return when the article was changed, as its metas or JSON-LD say."""
    return next(_from_metas(view, _MODIFIED_NAMES, "dateModified"), None)


def _all(view: View, headline_line: int, first_line: int, now: datetime) -> Iterator[FoundTime]:
    shown = [*_from_ids(view, now), *_from_lines(view, headline_line, first_line, now)]
    hidden = list(_from_metas(view, _META_NAMES, "datePublished"))
    addressed = date_in_url(view.parsed.url)
    if hidden and shown and abs(hidden[0].day - shown[0].day) > _SLIGHT and addressed is not None:
        # Two that disagree by days: the address decides.
        if abs(shown[0].day - addressed) < abs(hidden[0].day - addressed):
            hidden = []
    elif hidden and shown and abs(hidden[0].day - shown[0].day) <= _SLIGHT:
        yield from shown[:1]  # what the reader sees is in the reader's zone
    yield from hidden
    yield from shown
    yield from _from_scripts(view)
    if addressed is not None:
        yield FoundTime(addressed, view.parsed.url, "url")


def _from_metas(view: View, names: tuple[str, ...], key: str) -> Iterator[FoundTime]:
    for name in names:
        if name in view.metas and (found := find_date(view.metas[name])):
            yield FoundTime(found.value, view.metas[name], f"meta[name={name}]")
    for ld_key in (key, "pubDate" if key == "datePublished" else "upDate"):
        value = view.json_ld.get(ld_key)
        if isinstance(value, str) and (found := find_date(value[:100])):
            yield FoundTime(found.value, value[:100], f"JSON-LD {ld_key}")


def _from_ids(view: View, now: datetime) -> Iterator[FoundTime]:
    for identity in _IDS:
        for element in view.tree.xpath("//*[@id=$id]", id=identity)[:2]:
            words = " ".join("".join(element.itertext()).split())[:200]
            if found := find_date(words, now=now):
                yield FoundTime(found.value, words, f"#{identity}")


def _from_lines(view: View, headline_line: int, first_line: int, now: datetime) -> Iterator[FoundTime]:
    blocks = view.lines.blocks
    start = max(0, (headline_line if headline_line >= 0 else first_line) - _BEFORE)
    end = min(first_line, (headline_line if headline_line >= 0 else start) + _AFTER)
    order = [*range(max(headline_line, 0) + 1, end), *range(min(headline_line, end) - 1, start - 1, -1)]
    for index in order:
        block = blocks[index]
        if len(block.text) > 200 or block.link_length * 3 > 2 * len(block.text):
            continue
        dates = list(find_dates(block.text, now=now))
        if dates:
            best = _labelled(block.text, dates)
            yield FoundTime(best.value, block.text[:120], f"line {index}")


def _labelled(text: str, dates: list[FoundDate]) -> FoundDate:
    """Return the date behind a label of publication; the first one when none has a label."""
    for found in dates:
        if (
            re.search(r"(?:发布|发表|發布|發佈|發表|时间|時間|日期)[^\d]{0,6}$", text[: found.start])
            and "更新" not in text[max(0, found.start - 8) : found.start]
        ):
            return found
    return dates[0]


def _from_scripts(view: View) -> Iterator[FoundTime]:
    for script in view.tree.iter("script"):
        text = script.text or ""
        if len(text) < 500_000 and (match := _EPOCH.search(text)) and (found := find_date(match[1])):
            yield FoundTime(found.value, match.group(), "script")
            return
