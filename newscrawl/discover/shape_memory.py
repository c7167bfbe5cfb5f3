"""What earlier visits to a site showed: which patterns of its addresses were articles.

A pattern is an address with its numbers taken out. After a few pages of one pattern were read, the next
address of the pattern needs no guess; a pattern that was never an article is not fetched as one again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit
from zlib import crc32

LEAST_SEEN = 3
"""Pages of a pattern before it is believed: two may be chance."""

LEAST_REFUSED = 10
"""Pages of a pattern, none of them readable, before the pattern is given up."""

PROBED = 16
"""Of so many addresses of a pattern that was given up one is fetched all the same: a server that was blocking for an
hour, or a column that begins with flashes of one line, must not cost its articles for good."""

LEAST_SHARE = 0.8
"""Of the pages of a pattern that must have been articles: some are videos, some have gone."""

PATTERN_LIMIT = 500
"""Patterns kept of a site; the rarest are forgotten. One page of a site links to up to 150 (63 saved pages)."""

_URL_LIMIT = 600  # characters that are looked at, as for the shapes of addresses
_NUMBER = re.compile(r"\d+", re.ASCII)
_HASH = re.compile(r"(?=[a-z_-]*\d)(?=\d*[a-z])[0-9a-z]{8,}", re.ASCII | re.IGNORECASE)
_DATE_PART = re.compile(r"(?:19|20)\d\d(?=[/_-]|\d{2,4}\b)", re.ASCII)


def pattern_of_url(url: str) -> str:
    """Return an address with its numbers and hashes replaced: what addresses of one template share.

    >>> pattern_of_url("http://zibo.iqilu.com/zbyaowen/2025/1103/5881204.shtml")
    'zibo.iqilu.com/zbyaowen/9999/9999/9+.shtml'
    >>> pattern_of_url("http://a.cn/index.php?m=content&a=show&catid=12&id=3456")
    'a.cn/index.php?a=show&catid=9+&id=9+&m=content'
    """
    parts = urlsplit(url[:_URL_LIMIT])
    path = _HASH.sub("x", parts.path) if not _DATE_PART.search(parts.path) else parts.path
    names = sorted(part for part in parts.query.split("&") if part)
    return f"{parts.netloc.lower()}{_digits(path)}" + (f"?{_numbers('&'.join(names))}" if names else "")


def _digits(text: str) -> str:
    """Return text with short numbers as so many nines (a date keeps its form) and long ones as ``9+``."""
    return _NUMBER.sub(lambda match: "9" * len(match[0]) if len(match[0]) in {2, 4, 8} else "9+", text)


def _numbers(text: str) -> str:
    return _NUMBER.sub("9+", text)


class ShapeMemory:
    """Counts, a pattern, of pages that were articles and pages that were not. Plain data in and out.

    >>> memory = ShapeMemory()
    >>> for number in range(3):
    ...     memory.add(f"http://a.cn/linyi-{number}", is_article=True)
    >>> memory.verdict_on("http://a.cn/linyi-9")
    'article'
    """

    def __init__(self, counts: Mapping[str, tuple[int, int]] | None = None) -> None:
        self._counts = dict(counts or {})

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """By pattern: pages that were articles, pages that were not. To be stored, and given to a new memory."""
        return dict(self._counts)

    def add(self, url: str, *, is_article: bool) -> None:
        """Remember what the page at ``url`` turned out to be."""
        pattern = pattern_of_url(url)
        articles, others = self._counts.get(pattern, (0, 0))
        self._counts[pattern] = (articles + is_article, others + (not is_article))
        if len(self._counts) > PATTERN_LIMIT:
            self._forget_rare()

    def verdict_on(self, url: str) -> Literal["article", "other"] | None:
        """Return what pages of this pattern were, None while too few were seen or they differ."""
        articles, others = self._counts.get(pattern_of_url(url), (0, 0))
        seen = articles + others
        if seen < LEAST_SEEN:
            return None
        if articles >= LEAST_SHARE * seen:
            return "article"
        is_given_up = seen >= LEAST_REFUSED and articles == 0
        return "other" if is_given_up and crc32(url.encode(errors="replace")) % PROBED else None

    def _forget_rare(self) -> None:
        kept = sorted(self._counts.items(), key=lambda entry: -sum(entry[1]))[: PATTERN_LIMIT // 2]
        self._counts = dict(kept)
