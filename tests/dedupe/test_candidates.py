from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import may_match, shared_by_copies, to_read

PAIRS = {
    "nothing shared": (0, 0, 50, 50, False),
    "one number of many": (1, 1, 50, 50, False),
    "two telling numbers": (2, 2, 50, 900, True),
    "one number of a teaser": (1, 1, 5, 60, True),
    "a template, all of it crowded": (0, 25, 50, 52, False),
    "a viral text, all of it crowded": (0, 48, 50, 52, True),
    "a crowded teaser of a viral text": (0, 5, 5, 52, False),
    "two empty sketches": (0, 0, 0, 0, False),
}


@pytest.mark.parametrize(("telling", "shared", "a", "b", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_who_is_compared(telling, shared, a, b, expected):
    assert may_match(telling=telling, shared=shared, size_a=a, size_b=b) is expected
    assert may_match(telling=telling, shared=shared, size_a=b, size_b=a) is expected


@given(st.sets(st.integers(0, 40), min_size=1), st.sets(st.integers(0, 40)), st.integers(0, 40))
def test_no_copy_is_missed_by_reading_that_many_crowded_postings(ours, theirs, crowd_below):
    """Postings of uncrowded shingles are all read, and ``to_read`` of the crowded ones."""
    crowded = sorted(number for number in ours if number < crowd_below)
    read = {number for number in ours if number >= crowd_below}
    read.update(crowded[: to_read(size=len(ours), crowded=len(crowded))])
    if len(ours & theirs) >= shared_by_copies(max(len(ours), len(theirs))):
        assert read & theirs


def test_less_would_miss_one():
    size, crowded = 10, 10
    too_few = to_read(size=size, crowded=crowded) - 1
    missed = [set(kept) for kept in combinations(range(size), shared_by_copies(size)) if min(kept) >= too_few]
    assert missed
