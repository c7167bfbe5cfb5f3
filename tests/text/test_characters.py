from __future__ import annotations

import re
import unicodedata

import pytest

from newscrawl.text.characters import HANZI, INVISIBLE, LINE_BREAKS, is_hanzi

_HANZI = re.compile(f"[{HANZI}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


@pytest.mark.parametrize("character", ["淄", "一", "鿿", "〇", "㐀", "𠀀", "\uf900"])
def test_hanzi(character):
    assert is_hanzi(character)


@pytest.mark.parametrize(
    "character", ["、", "。", "ㄅ", "あ", "ア", "a", "é", "1", "１", "⻓", "\ue000", "🌸", " "]
)
def test_no_hanzi(character):
    assert not is_hanzi(character)


def test_the_class_and_the_function_agree():
    assert all(is_hanzi(chr(code)) == bool(_HANZI.match(chr(code))) for code in range(0x2E00, 0x30000))


def test_invisible_characters_are_no_letters_marks_or_blanks_of_news():
    seen = "淄博 ,。、“”‘’《》—…·()abcé0℃\n\t\u3000\ufffd🌸"
    assert not _INVISIBLE.search(seen)


def test_every_control_is_invisible_or_breaks_a_line():
    controls = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cs")}
    assert {c for c in controls if not _INVISIBLE.match(c)} == {
        "\t",
        "\n",
        *(set(LINE_BREAKS) - {"\u2028", "\u2029"}),
    }


@pytest.mark.parametrize(
    "character",
    ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\ufe0f", "\U000e0100", "\u2800", "\u3164", "\u202e"],
)
def test_characters_that_watermarks_use_are_invisible(character):
    assert _INVISIBLE.match(character)
