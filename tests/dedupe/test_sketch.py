from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import MAX_SKETCH, SKETCH_VERSION, sketch_of
from newscrawl.dedupe.sketch import _smallest

HANZI = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def random_form(length: int, seed: int = 0) -> str:
    return "".join(random.Random(seed).choices(HANZI, k=length))


@given(st.text())
def test_numbers_are_sorted_distinct_and_fit_32_bits(text):
    sketch = sketch_of(text)
    assert list(sketch) == sorted(set(sketch))
    assert all(-(2**31) <= number < 2**31 for number in sketch)


@pytest.mark.parametrize(("length", "least", "most"), [(600, 65, 85), (3000, 290, 350), (40, 5, 15)])
def test_an_article_has_a_few_dozen(length, least, most):
    sizes = [len(sketch_of(random_form(length, seed))) for seed in range(20)]
    assert least <= sum(sizes) / 20 <= most


def test_a_passage_gives_the_same_numbers_wherever_it_stands():
    passage = random_form(400, 1)
    alone = set(sketch_of(passage))
    inside = set(sketch_of(random_form(500, 2) + passage + random_form(300, 3)))
    assert len(alone & inside) >= 10


def test_a_teaser_shares_nearly_all_of_its_own():
    text = random_form(800, 5)
    teaser = set(sketch_of(text[:70]))
    assert len(teaser) >= 8
    assert teaser <= set(sketch_of(text))


def test_huge_texts_are_bounded():
    assert 2_000 < len(sketch_of(random_form(1_000_000))) <= MAX_SKETCH
    assert len(sketch_of("淄博" * 500_000)) <= 2


@pytest.mark.parametrize("form", ["", "淄", "淄博市召开发"])
def test_shorter_than_a_shingle_is_empty(form):
    assert sketch_of(form) == ()


def test_a_lone_surrogate_is_no_error():
    assert sketch_of("\ud800" * 20) is not None


def test_stored_sketches_stay_what_they_are():
    """When this fails, the version must change: sketches in catalogs would no longer match."""
    assert SKETCH_VERSION == 2
    assert sketch_of("8月9日临沂市召开新闻发布会介绍孤困儿童保障工作有关情况") == (
        -1452596047, -1218366449, -1032034261, -76382492, 1781909226,
    )  # fmt: skip


@given(st.lists(st.integers(0, 50)), st.integers(1, 20))
def test_of_every_window_the_smallest_is_taken(sums, window):
    taken = list(_smallest(sums, 0, window))
    for start in range(max(1, len(sums) - window + 1) if sums else 0):
        inside = [place for place in taken if start <= place < start + window]
        assert min(sums[start : start + window]) in [sums[place] for place in inside]
    assert taken == sorted(set(taken))


@given(st.integers(45, 80), st.integers(0, 400), st.integers(0, 400), st.integers(0, 9))
def test_a_passage_of_45_characters_gives_two_numbers_wherever_it_stands(length, before, after, seed):
    passage = random_form(length, seed)
    one = random_form(before, 11) + passage + random_form(after, 12)
    other = random_form(after, 13) + passage + random_form(before, 14)
    assert len(set(sketch_of(one)) & set(sketch_of(other))) >= 2
