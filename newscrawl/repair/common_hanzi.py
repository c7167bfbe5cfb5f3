"""Which hanzi every reader knows, as far as the standards say."""

from __future__ import annotations

from functools import lru_cache

from newscrawl.text.hanzi import to_simplified

LEVEL_ONE = (0xB0, 0xD7)
"""First bytes of the 3,755 hanzi of level 1 in GB2312."""
_RARE_IN_LEVEL_ONE = frozenset("涪亳濮汶沭莒兖郯鄄牟蔚尉莘淄鄱阆郴")


@lru_cache(maxsize=1 << 14)
def is_common(character: str) -> bool:
    """Return whether a hanzi, or the simplified form of it, stands in level 1 of GB2312 and is no rare one there.

    Level 1 of Big5 for traditional text was tried: it holds names such as 璟.

    >>> is_common("新"), is_common("聞"), is_common("彧"), is_common("涪")
    (True, True, False, False)
    """
    if character in _RARE_IN_LEVEL_ONE:
        return False
    known = character.encode("gb2312", "ignore") or to_simplified(character).encode("gb2312", "ignore")
    return bool(known) and LEVEL_ONE[0] <= known[0] <= LEVEL_ONE[1]
