"""Traditional hanzi: their simplified form for comparing, and how much of a text they are.

Hijacked mirrors convert whole articles to traditional script, so texts are compared in one form. The
mapping is by character, not by word: where one traditional character has several simplified ones
(乾 is 干 or stays 乾, 瞭 is 了 or stays 瞭), all are folded to one, in simplified text as well.
That makes both spellings of a text equal, which is all that comparing needs; it is no conversion
that a reader should see (瞭望 becomes 了望).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

_NOT_HANZI = re.compile(
    "[^"
    "\u3400-\u4dbf"  # extension A
    "\u4e00-\u9fff"  # the common block
    "\uf900-\ufaff"  # compatibility ideographs
    "\U00020000-\U0003ffff"  # extensions B and on
    "]+"
)


def to_simplified(text: str) -> str:
    """Return ``text`` with every traditional or variant hanzi folded to one form, for comparing only.

    >>> to_simplified("國務院發佈乾旱預警,請注意瞭解")
    '国务院发布干旱预警,请注意了解'
    >>> to_simplified("乾隆") == to_simplified("干隆")
    True
    """
    return text.translate(hanzi_folds())


def traditional_ratio(text: str) -> float:
    """Return the share of the hanzi in ``text`` that occur in traditional script only, 0 without hanzi.

    Measured on 60 Chinese news texts: at most .002 as they are, .28 to .46 after a converter (OpenCC).

    >>> traditional_ratio("國務院發佈")
    0.8
    >>> traditional_ratio("国务院发布乾隆年间档案")
    0.0
    """
    hanzi = _NOT_HANZI.sub("", text)
    return sum(map(_traditional_only().__contains__, hanzi)) / len(hanzi) if hanzi else 0.0


@lru_cache(maxsize=1)
def hanzi_folds() -> dict[int, str]:
    """Return the table behind ``to_simplified``, made for ``str.translate``; not to be changed."""
    return {ord(row[0]): row[1] for row in _rows()}


@lru_cache(maxsize=1)
def _traditional_only() -> frozenset[str]:
    return frozenset(row[0] for row in _rows() if len(row) == 2)


def _rows() -> list[list[str]]:
    """Return the rows of the table: character, its fold, and ``both`` where both scripts have it."""
    table = resources.files("newscrawl.text").joinpath("data/hanzi.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
