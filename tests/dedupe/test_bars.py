"""The bars that recognition is held to, on the labelled set: a quick form, and the full one for ``make soak``."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from newscrawl.dedupe import ComparedText, compare, stories_of
from tests.dedupe.labelled.edits import EDITS, FACTS, altered, reprints_of
from tests.dedupe.labelled.held_out import HELD_OUT
from tests.dedupe.labelled.measures import (
    StoryScore,
    archive,
    compared,
    is_found,
    links_of,
    related,
    stories_in,
    story_of,
    story_texts,
)
from tests.dedupe.labelled.negatives import digest, press_conference, updates_of
from tests.dedupe.labelled.prose import write_news
from tests.dedupe.labelled.templates import FAMILIES, notices, stock_flash

SEEDS = Path(__file__).parents[2] / "../shared/seeds/expected"
TEASER = "first 12%"
TEMPLATES = {**FAMILIES, **HELD_OUT, "stock flashes": stock_flash}


def scaled(**sizes: tuple[int, int]) -> pytest.MarkDecorator:
    """Return the parameters of a test at its quick and at its full size."""
    quick, full = zip(*sizes.values(), strict=True)
    return pytest.mark.parametrize(
        list(sizes),
        [pytest.param(*quick, id="quick"), pytest.param(*full, id="full", marks=pytest.mark.soak)],
    )


@scaled(bases=(8, 250))
def test_reprints_are_found(bases):
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for number in range(bases):
        news = write_news(f"base {number}")
        for reprint in reprints_of(news):
            asked[reprint.kind] += 1
            found[reprint.kind] += is_found(reprint, news) and compared(reprint, news).relation != "different"
    assert len(asked) == len(EDITS) >= 24
    assert found.total() >= 0.98 * asked.total()
    assert found.total() - found[TEASER] >= 0.995 * (asked.total() - asked[TEASER])


@scaled(count=(30, 401))
def test_press_conferences_are_not_matched(count):
    assert not list(related([press_conference(number) for number in range(count)]))


@pytest.mark.parametrize("family", TEMPLATES)
@scaled(count=(12, 200))
def test_notices_of_one_template_are_other_news(family, count):
    texts = notices(TEMPLATES, family, count, "test ")
    found = [compared for _, _, compared in related(texts)]
    assert not [each for each in found if each.relation in ("same", "part_of", "extends") or each.one_story]


@pytest.mark.parametrize("kind", FACTS)
@scaled(bases=(8, 250))
def test_an_altered_text_is_never_plainly_the_same(kind, bases):
    count = 0
    for number in range(bases):
        news = write_news(f"base {number}")
        if change := altered(news, kind):
            text, old, new = change
            count += 1
            found = compared(text, news)
            assert found.relation == "variant", change[1:]
            assert any(new in each.ours and old in each.theirs for each in found.differences), (
                found.differences
            )
    assert count >= bases // 4


@scaled(count=(6, 80))
def test_updates_of_a_running_event_are_not_the_same(count):
    pairs = [pair for number in range(count) for pair in related(updates_of(number))]
    assert not [found for _, _, found in pairs if found.relation in ("same", "part_of", "extends")]


@scaled(count=(8, 250))
def test_digests_are_linked_to_all_that_they_hold(count):
    """One that is mostly one story, with a brief at its end, is a longer print of that story."""
    in_a_story = 0
    for number in range(count):
        held = [write_news(f"digest {number}.{part}") for part in range(2 + number % 4)]
        texts = [
            *held,
            *(reprint for each in held for reprint in reprints_of(each)[:2]),
            digest(number, held),
        ]
        stories = stories_in(texts)
        score = StoryScore.of(texts, stories)
        assert score.digest_links_missing == 0, number
        assert len({story_of(stories, each) for each in held}) == len(held), number
        in_a_story += score.digests_merged
    assert in_a_story <= 0.01 * count


@scaled(bases=(3, 70), digests=(3, 30), presses=(6, 100))
def test_stories_are_whole_and_of_one_piece(bases, digests, presses):
    texts = archive(bases, digests, presses)
    score = StoryScore.of(texts, stories_in(texts))
    assert score.precision >= 0.995
    assert score.recall >= 0.95


@scaled(bases=(2, 70), orders=(3, 20))
def test_the_order_of_arrival_changes_nothing(bases, orders):
    texts = archive(bases, bases // 2, bases // 2)
    known = {text.key: text for text in story_texts(texts)}
    expected = None
    for order in range(orders):
        random.Random(order).shuffle(texts)
        stories = stories_of([known[news.id] for news in texts], links_of(texts))
        expected = expected or stories
        assert stories == expected


def test_the_seeds_are_two_stories():
    if not SEEDS.exists():
        pytest.skip("the seeds are not beside this copy of the project")
    one, other = (path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    assert compare(ComparedText("a", None, one), ComparedText("b", None, other)).relation == "different"
