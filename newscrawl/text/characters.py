"""Classes of characters that repair and extraction agree on: hanzi, closers, invisibles.

Classes that go into regular expressions are strings for use inside ``[...]``; classes that are asked one
character at a time are frozen sets or functions.
"""

from __future__ import annotations

HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Hanzi, for use inside ``[...]``: the common block, the extensions, compatibility ideographs, 〇."""

CLOSERS = frozenset("”’」』》〉)）】〕]\"'")
"""Marks that may still follow the end of a sentence: 他说:“好。”"""

INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 but for the tab and what breaks a line
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"  # soft hyphen, joiners and fillers
    "\u180b-\u180f"  # Mongolian selectors and separator
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction, invisible operators
    "\u2800\u3164\uffa0"  # Braille and Hangul blanks
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffc\ufffe\uffff"  # variation selectors, byte order mark, anchors
    "\ud800-\udfff"  # lone surrogates cannot be written as UTF-8
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # musical controls, tags, more variation selectors
)
"""Characters that print nothing and that news has no use for, for use inside ``[...]``."""

LINE_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
"""Characters other than LF that break a line somewhere, for use inside ``[...]``."""


def is_hanzi(character: str) -> bool:
    """Return whether one character is a hanzi.

    >>> is_hanzi("淄"), is_hanzi("〇"), is_hanzi("、"), is_hanzi("a")
    (True, True, False, False)
    """
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or character == "\u3007"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )
