from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.storage.changes import Change, changes_between, with_changes

TEXTS = st.lists(st.text("甲乙丙丁,。123\u2028", max_size=12), max_size=8).map("\n".join)


@given(TEXTS, TEXTS)
def test_changes_give_the_text_exactly(base, text):
    assert with_changes(base, changes_between(base, text)) == text


@given(TEXTS)
def test_the_same_text_has_no_changes(text):
    assert changes_between(text, text) == ()


def test_a_reprint_costs_what_it_changes():
    base = "\n".join(f"第{n}段,讲一件事,很长很长。" * 20 for n in range(40))
    text = base.replace("第7段", "第七段", 1).replace("第30段", "第三十段", 1)
    assert sum(len(change.text) for change in changes_between(base, text)) < 10


@pytest.mark.parametrize(
    "changes", [[Change(0, 9, "")], [Change(2, 1, "")], [Change(1, 2, ""), Change(0, 1, "")]]
)
def test_changes_that_do_not_fit_are_refused(changes):
    with pytest.raises(ValueError, match="no part"):
        with_changes("甲乙丙", changes)
