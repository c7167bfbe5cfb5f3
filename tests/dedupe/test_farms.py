from __future__ import annotations

import pytest

from newscrawl.dedupe import borrowed_share, names_another

OWN = ["沂泉新闻网", "沂泉网"]

OUTLETS = {
    "nobody": (None, False),
    "only a mark": ("·", False),
    "itself": ("沂泉新闻网", False),
    "itself under a longer name": ("沂泉新闻网-沂泉日报", False),
    "itself in traditional script": ("沂泉新聞網", False),
    "another": ("大众网", True),
    "another in the same town": ("沂泉日报", True),
}


@pytest.mark.parametrize(("outlet", "expected"), OUTLETS.values(), ids=OUTLETS.keys())
def test_names_another(outlet, expected):
    assert names_another(outlet, OWN) is expected


def test_a_site_without_a_name_owns_no_credit():
    assert names_another("大众网", ["", "网"])


@pytest.mark.parametrize(("texts", "borrowed", "expected"), [(0, 0, 0.0), (3, 1, 0.33), (5, 5, 1.0)])
def test_borrowed_share(texts, borrowed, expected):
    assert borrowed_share(texts, borrowed) == expected
