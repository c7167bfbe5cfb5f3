"""Pinyin put into clean news in 27 ways comes out again, and the text is what it was."""

from __future__ import annotations

import random
import unicodedata

import pytest
from injection import STYLES, documents, injected

from newscrawl.repair.engine import run_rules
from newscrawl.repair.gloss import find_glosses
from newscrawl.repair.layout import EMPTY
from newscrawl.repair.pinyin import RULE
from newscrawl.repair.rules import CHARACTER_RULES

RULES = (*CHARACTER_RULES, RULE, EMPTY)
FOUND_NEEDED = dict.fromkeys(STYLES, 1.0)
EXACT_NEEDED = {**dict.fromkeys(STYLES, 0.99), "random readings": 0.95}
# Without brackets a gloss can run into the one before it: 方便了le has no tone of its own to show it.
FOUND_NEEDED["bare, as ruby leaves it"] = 0.99
FEW = 12


def figures(style, count, share=0.1, *, anywhere=False):
    """Return the share of glosses found and the share of documents that are the clean text again."""
    rng = random.Random(7)
    put = found = exact = 0
    for words in documents(count):
        clean = unicodedata.normalize("NFKC", "".join(words))
        text, glosses = injected(words, style, rng, share, anywhere=anywhere)
        put += glosses
        found += len(find_glosses(unicodedata.normalize("NFKC", text)))
        repaired = run_rules(text, RULES)
        assert repaired.restore() == unicodedata.normalize("NFKC", text)
        exact += repaired.text == clean
    return found / put, exact / count


@pytest.mark.parametrize("style", STYLES)
def test_style(style):
    found, exact = figures(style, FEW)
    assert found >= FOUND_NEEDED[style]
    assert exact >= EXACT_NEEDED[style]


@pytest.mark.parametrize("style", ["as in seed 000", "no tones", "syllables spaced"])
def test_words_cut_anywhere(style):
    assert figures(style, FEW, anywhere=True) == (1.0, 1.0)


@pytest.mark.parametrize("share", [0.05, 0.3, 1.0])
def test_density(share):
    assert figures("as in seed 000", FEW, share) == (1.0, 1.0)


@pytest.mark.soak
@pytest.mark.parametrize("style", STYLES)
def test_style_on_300_documents(style):
    found, exact = figures(style, 300)
    assert found >= FOUND_NEEDED[style]
    assert exact >= EXACT_NEEDED[style]


@pytest.mark.soak
@pytest.mark.parametrize("style", ["as in seed 000", "no tones", "syllables spaced"])
def test_words_cut_anywhere_on_300_documents(style):
    found, exact = figures(style, 300, anywhere=True)
    assert found == 1.0
    assert exact >= 0.99


def test_clean_documents_have_no_gloss():
    assert all(not find_glosses("".join(words)) for words in documents(60))
