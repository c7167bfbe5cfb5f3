from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import MAX_SKETCH, sketch_of

HANZI = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def random_form(length: int, seed: int = 0) -> str:
    return "".join(random.Random(seed).choices(HANZI, k=length))


@given(st.text())
def test_numbers_are_sorted_distinct_and_fit_32_bits(text):
    sketch = sketch_of(text)
    assert list(sketch) == sorted(set(sketch))
    assert all(-(2**31) <= number < 2**31 for number in sketch)


@pytest.mark.parametrize(("length", "least", "most"), [(600, 35, 75), (3000, 160, 260), (40, 2, 20)])
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
    assert 1_500 < len(sketch_of(random_form(1_000_000))) <= MAX_SKETCH
    assert len(sketch_of("淄博" * 500_000)) <= 2


@pytest.mark.parametrize("form", ["", "淄", "淄博市召开发"])
def test_shorter_than_a_shingle_is_empty(form):
    assert sketch_of(form) == ()


def test_a_lone_surrogate_is_no_error():
    assert sketch_of("\ud800" * 20) is not None


def test_stored_sketches_stay_what_they_are():
    """When this fails, the version must change: sketches in catalogs would no longer match."""
    assert sketch_of("8月9日临沂市召开新闻发布会介绍孤困儿童保障工作有关情况")[:2] == (
        -1717260521,
        -1452596047,
    )
