"""When an article was published: metas, ids and lines about the headline, then scripts, the URL, the lines behind.

A date is never taken from a list, from the clock in the page's header or from a sentence of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from newscrawl.extract.blocks import place_of
from newscrawl.extract.head_lines import HeadLine, parts_of
from newscrawl.extract.info_line import is_header_clock, is_info_line
from newscrawl.extract.view import PUBLISHED_IDS, View
from newscrawl.text.dates import FoundDate, find_date, find_dates
from newscrawl.text.url_dates import date_of_url

_META_NAMES = (
    "pubdate", "article:published_time", "og:published_time", "og:release_date", "og:time", "apub:time", "publishdate", "publish_date",
    "publish-date", "firstpublishedtime", "datepublished", "date_published", "weibo: article:create_at", "weibo:article:create_at", "dc.date",
    "dc.date.issued", "article:published", "releasedate", "createdate", "contentpubdate", "_pubtime", "pubtime", "publishtime", "date",
    "bytedance:published_time", "dcterms.created", "article_date_original", "parsely-pub-date", "ptime", "sailthru.date",
)  # fmt: skip
_MODIFIED_NAMES = (
    "article:modified_time",
    "bytedance:lrdate_time",
    "bytedance:updated_time",
    "og:updated_time",
    "datemodified",
    "lastmodified",
)
_EPOCH = re.compile(
    r"""\b(?:ct|create_time|publish_time|createTime|publishTime|pubtime|ori_create_time)\s?["']?\s?[=:]\s?["']?(\d{10}(?:\d{3})?)\b"""
)
_SCRIPT_TIME = re.compile(
    r"""["']?(?:pub_?time|publish_?time|newsTime|publish_?date|create_?time|ptime|datePublished)["']?\s?[:=]\s?["'](20\d\d[-/]\d{1,2}[-/]\d{1,2}[^"']{0,25})["']""",
    re.IGNORECASE,
)
_SCRIPT_LENGTH = 500_000  # characters
_FUTURE = timedelta(days=2)  # of a page's clock before the capture's
_SLIGHT = timedelta(days=1)  # zones and midnight set a meta and a line this far apart
_LABEL = re.compile(r"(?:发布|发表|發布|發佈|發表|时间|時間|日期|更新于)[^\d]{0,6}$")
_CHANGED = re.compile(r"(?:更新|修改)[^\d]{0,6}$")
_BEHIND = 12  # lines behind the body in which a labelled date may stand
_SIGNATURE_LINES, _SIGNATURE_LENGTH = 3, 24  # a notice ends with the day it was signed
_YEAR, _YEAR_MONTH = (
    re.compile(r"(?:19|20)\d\d年?$"),
    re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})月?$"),
)
_MONTH_DAY, _DAY = re.compile(r"(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?$"), re.compile(r"(\d{1,2})日?$")


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


def published_of(view: View, head: tuple[HeadLine, ...], body: tuple[int, ...]) -> FoundTime | None:
    """Return when the article was published."""
    latest = (view.parsed.page.capture.captured_at + _FUTURE).date()
    best: FoundTime | None = None
    for found in _all(view, head, body):
        if found.day > latest:
            continue
        if best is None:
            best = found
        if isinstance(found.value, datetime) and found.day == best.day:
            return found
    return best or next(_from_scripts(view), None)


def modified_of(view: View) -> FoundTime | None:
    """Return when the article was changed, as its metas or JSON-LD say."""
    return next(_from_metas(view, _MODIFIED_NAMES, ("dateModified", "upDate")), None)


def _all(view: View, head: tuple[HeadLine, ...], body: tuple[int, ...]) -> Iterator[FoundTime]:
    """Yield every date that may be the one, the best first."""
    shown = [*_from_ids(view), *_from_lines(view, head)]
    hidden = list(_from_metas(view, _META_NAMES, ("datePublished", "pubDate")))
    addressed = date_of_url(view.parsed.url)
    if hidden and shown:
        apart = abs(hidden[0].day - shown[0].day)
        if apart <= _SLIGHT:
            yield shown[0]  # what the reader sees is in the reader's zone
        elif addressed and abs(shown[0].day - addressed) < abs(hidden[0].day - addressed):
            hidden = []  # the two disagree by days: the address decides
    yield from hidden
    yield from shown
    if addressed is not None:
        yield FoundTime(addressed, view.parsed.url, "url")
    yield from _from_behind(view, body)
    yield from _from_signature(view, body)


def _from_metas(view: View, names: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[FoundTime]:
    for name in names:
        if name in view.metas and (found := find_date(view.metas[name])):
            yield FoundTime(found.value, view.metas[name], f"meta[name={name}]")
    for key in keys:
        value = view.json_ld.get(key)
        if isinstance(value, str) and (found := find_date(value[:100])):
            yield FoundTime(found.value, value[:100], f"JSON-LD {key}")


def _from_ids(view: View) -> Iterator[FoundTime]:
    now = view.parsed.page.capture.captured_at
    for identity in PUBLISHED_IDS:
        for element in view.by_id.get(identity, ()):
            words = " ".join("".join(element.itertext()).split())[:200]
            if found := find_date(words, now=now):
                yield FoundTime(found.value, words, f"#{identity}")


def _from_lines(view: View, head: tuple[HeadLine, ...]) -> Iterator[FoundTime]:
    now = view.parsed.page.capture.captured_at
    for line in head:
        if line.is_before and (line.is_linked or is_header_clock(line.text) or not is_info_line(line.parts)):
            continue
        dates = list(find_dates(line.parts, now=now)) or list(find_dates(line.text, now=now))
        if dates:
            best = _labelled(line.parts, dates)
            yield FoundTime(best.value, line.text[:120], line.place)
    yield from _split_over_lines(head)


def _labelled(text: str, dates: list[FoundDate]) -> FoundDate:
    """Return the date behind a label of publication; else the first that is not one of a change."""
    published = [found for found in dates if not _CHANGED.search(text[: found.start])] or dates
    return next((found for found in published if _LABEL.search(text[: found.start])), published[0])


def _split_over_lines(head: tuple[HeadLine, ...]) -> Iterator[FoundTime]:
    """Yield a date that a design splits over lines: ``21`` above ``2024年02月``, ``2019`` above ``09/07``."""
    for first, second in pairwise(head):
        if first.is_before or len(first.text) > 10 or len(second.text) > 10:
            continue
        words = _joined(first.text, second.text) or _joined(second.text, first.text)
        if words and (found := find_date(words)):
            yield FoundTime(found.value, f"{first.text} {second.text}", first.place)


def _joined(one: str, other: str) -> str:
    if (year_month := _YEAR_MONTH.match(one)) and (day := _DAY.match(other)):
        return f"{year_month[1]}-{year_month[2]}-{day[1]}"
    if _YEAR.match(one) and (month_day := _MONTH_DAY.match(other)):
        return f"{one[:4]}-{month_day[1]}-{month_day[2]}"
    return ""


def _from_scripts(view: View) -> Iterator[FoundTime]:
    for pattern in (_SCRIPT_TIME, _EPOCH):
        for text in view.scripts:
            if (
                len(text) < _SCRIPT_LENGTH
                and (match := pattern.search(text))
                and (found := find_date(match[1]))
            ):
                yield FoundTime(found.value, match.group()[:120], "script")
                return


def _from_behind(view: View, body: tuple[int, ...]) -> Iterator[FoundTime]:
    """Yield a date with a label in the lines behind the body, before the next heading of a list."""
    blocks = view.lines.blocks
    for index in range(body[-1] + 1, min(len(blocks), body[-1] + 1 + _BEHIND)):
        text = parts_of(view, index)
        if blocks[index].heading:
            return
        found = find_date(text) if len(text) <= 120 else None
        if found and _LABEL.search(text[: found.start]):
            yield FoundTime(found.value, text, place_of(view.lines.blocks[index].element))


def _from_signature(view: View, body: tuple[int, ...]) -> Iterator[FoundTime]:
    for index in body[-_SIGNATURE_LINES:]:
        text = view.lines.blocks[index].text
        found = find_date(text) if len(text) <= _SIGNATURE_LENGTH else None
        if found and len(text) - len(found.raw) <= 2:
            yield FoundTime(found.value, text, "signature")
