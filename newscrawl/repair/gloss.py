"""Pinyin in brackets that reads the hanzi before it: every gloss of a text, verified.

``主题(zhǔtí)`` is a gloss, ``川宁生物(301301)`` and ``国内生产总值(GDP)`` are not: what stands in the brackets must
be a reading of the hanzi before them. Glosses that were found are skipped when the next one is read, so
``困境(kùnjìng)儿童(értóng)`` and a gloss that reads over an earlier one are both found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from heapq import merge
from typing import NamedTuple

from newscrawl.repair.readings import REACH, Verified, read_back, spelling_of
from newscrawl.text.characters import HANZI, is_hanzi

_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "【": "】", "〔": "〕", "〈": "〉", "「": "」", "《": "》"}
_BRACKETED = re.compile(
    r"""(?P<open>[(\[{<【〔〈「《])
    (?P<gloss>[^()\[\]{}<>【】〔〕〈〉「」《》\n\u3400-\u9fff。，；？！“”…]{1,80})  # pinyin holds none of these
    (?P<close>[)\]}>】〕〉」》])""",
    re.VERBOSE,
)
_TONED = re.compile("[āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ]")
# Without brackets, as <ruby> leaves it when its tags are gone: letters right behind a hanzi, one of them toned.
_BARE = re.compile(rf"(?<=[{HANZI}])(?P<gloss>[a-zA-ZÀ-ǿɑɡ\u1e3e\u1e3f'’]{{1,80}})")
BARE_COUNT = 5
WORDS_KNOWN = 8
"""Words remembered for one gloss: homophones are few."""
_LETTER = re.compile(r"[a-zA-ZÀ-ǿɑɡ\u1e3e\u1e3f]")


class Gloss(NamedTuple):
    """One verified gloss: its brackets and the hanzi that it reads."""

    start: int
    """Of the opening bracket, or of the first letter."""
    end: int
    """Past the closing bracket."""
    gloss: str
    """What stands in the brackets."""
    verified: Verified
    blank_before: bool
    """Whether a blank stands between the word and the bracket."""
    before_hanzi: bool
    """Whether a hanzi follows, as after a gloss that breaks into a sentence; one blank may stand between."""


def find_glosses(text: str) -> list[Gloss]:
    """Return the glosses of a text, in order.

    >>> [(g.gloss, g.verified.word) for g in find_glosses("优化(yōuhuà)保障,11个区县(功能区)均(jūn)有APP(app)")]
    [('yōuhuà', '优化'), ('jūn', '均')]
    """
    found: list[Gloss] = []
    plain, done = "", 0  # the last characters before the gloss without the glosses found so far
    for match in _candidates(text):
        start, end = match.span()
        plain = (plain + text[max(done, start - REACH) : start])[-REACH:]
        done = start
        before = plain.rstrip(" ")
        verified = _read(before, match["gloss"])
        if verified is not None:
            done = end
            follows = text[end : end + 2].lstrip(" ")[:1]
            before_hanzi = bool(follows) and is_hanzi(follows)
            found.append(Gloss(start, end, match["gloss"], verified, before != plain, before_hanzi))
    return found


def _candidates(text: str) -> Iterable[re.Match[str]]:
    """Return what may be a gloss, in order: letters in a pair of brackets, toned letters without."""
    bracketed = (
        match
        for match in _BRACKETED.finditer(text)
        if _PAIRS[match["open"]] == match["close"] and _LETTER.search(match["gloss"])
    )
    if not _TONED.search(text):
        return bracketed
    bare = list(_BARE.finditer(text))
    toned = [match for match in bare if _TONED.search(match["gloss"])]
    # 方便了le: some syllables have no tone to write; where many do, such letters are glosses as well.
    return merge(bracketed, bare if len(toned) >= BARE_COUNT else toned, key=re.Match.start)


def _read(before: str, gloss: str) -> Verified | None:
    """Return what a gloss reads; digits are tones first (zhu3ti2), then digits of the text (27rì).

    What a gloss was once found to read, it reads wherever the same word stands before it: the reading ends
    with the first hanzi that uses up the letters, and never looks beyond.
    """
    known = _words_read(gloss)
    for word_read in known:
        if before.endswith(word_read.word):
            return word_read
    before = before.rpartition("\n")[2]
    for tone_digits in (True, False):
        spelling = spelling_of(gloss, tone_digits=tone_digits)
        if spelling is None:
            return None
        if verified := read_back(before, spelling):
            if before.endswith(verified.word) and len(known) < WORDS_KNOWN:
                known.append(verified)
            return verified
        if not any(map(str.isdigit, gloss)):
            return None
    return None


@lru_cache(maxsize=1 << 14)
def _words_read(gloss: str) -> list[Verified]:
    """Return the words that a gloss was found to read so far; the caller adds to them."""
    return []
