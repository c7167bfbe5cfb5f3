"""Whether a text is Chinese at all: what other people's archives hold is mostly not."""

from __future__ import annotations

import re

from newscrawl.text.characters import HANZI

_HANZI_SHARE = 0.5
"""Of the letters. Chinese news has 0.93 and more, with many names and figures 0.7; Japanese has about half, Korean none."""
_KANA_SHARE = 0.25
"""Of the letters; a Chinese text has kana in a title at most, a Japanese one is half kana."""
_HANZI = re.compile(f"[{HANZI}]")
_KANA = re.compile(r"[\u3041-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_LETTER = re.compile(r"[^\W\d_]")


def is_chinese(text: str) -> bool:
    """Return whether a text is Chinese, by its letters.

    >>> is_chinese("今年GDP增长5.2%,CPI上涨0.3%。"), is_chinese("The council met today."), is_chinese("市は今日、会議を開いた。")
    (True, False, False)
    """
    letters = len(_LETTER.findall(text))
    if not letters:
        return False
    hanzi, kana = len(_HANZI.findall(text)), len(_KANA.findall(text))
    return hanzi / letters >= _HANZI_SHARE and kana / letters < _KANA_SHARE
