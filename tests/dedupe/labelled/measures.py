"""What is measured on the labelled set: who is found, how they are related, and which stories come of it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import combinations

from newscrawl.dedupe import (
    CROWD,
    ComparedText,
    Comparison,
    Link,
    Story,
    StoryText,
    compare,
    may_match,
    sketch_of,
    stories_of,
    text_fingerprint,
)
from newscrawl.text.comparing import comparing_form
from tests.dedupe.labelled.edits import reprints_of
from tests.dedupe.labelled.negatives import digest, press_conference
from tests.dedupe.labelled.prose import News, write_news

_NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


@lru_cache(maxsize=20_000)
def form_of(body: str) -> str:
    return comparing_form(body)


@lru_cache(maxsize=20_000)
def sketched(body: str) -> frozenset[int]:
    return frozenset(sketch_of(form_of(body)))


@lru_cache(maxsize=200_000)
def compared(ours: News, theirs: News) -> Comparison:
    """Return the comparison of two texts."""
    return compare(
        ComparedText(ours.id, ours.headline, ours.body), ComparedText(theirs.id, theirs.headline, theirs.body)
    )


def is_found(ours: News, theirs: News) -> bool:
    """Return whether an index with these two texts alone would have them compared."""
    one, other = sketched(ours.body), sketched(theirs.body)
    shared = len(one & other)
    return may_match(telling=shared, shared=shared, size_a=len(one), size_b=len(other))


def related(texts: Sequence[News]) -> Iterator[tuple[News, News, Comparison]]:
    """Yield every pair of texts that are found and not different."""
    for one, other in combinations(texts, 2):
        if is_found(one, other) and (found := compared(one, other)).relation != "different":
            yield one, other, found


def links_of(texts: Sequence[News]) -> list[Link]:
    """Return the links of a whole archive, by the rule of candidates over all of its sketches."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, news in enumerate(texts):
        for shingle in sketched(news.body):
            holders[shingle].append(place)
    links = []
    for place, news in enumerate(texts):
        own = sketched(news.body)
        shared: Counter[int] = Counter()
        telling: Counter[int] = Counter()
        for shingle in own:
            before = [other for other in holders[shingle] if other < place]
            shared.update(before)
            if len(holders[shingle]) <= CROWD:
                telling.update(before)
        for other, count in sorted(shared.items()):
            size = len(sketched(texts[other].body))
            if may_match(telling=telling[other], shared=count, size_a=len(own), size_b=size):
                found = compared(news, texts[other])
                if found.relation != "different":
                    links.append(
                        Link(news.id, texts[other].id, found.relation, found.one_story, found.differences)
                    )
    return links


def story_texts(texts: Sequence[News]) -> list[StoryText]:
    """Return what stories are made of; a story's base text is printed first."""
    return [
        StoryText(
            key=news.id,
            url=f"http://example.cn/{place}",
            host="example.cn",
            captured_at=_NOON + timedelta(minutes=place),
            length=len(form_of(news.body)),
            fingerprint=text_fingerprint(news.body, headline=news.headline),
            headline=news.headline,
        )
        for place, news in enumerate(texts)
    ]


def archive(bases: int, digests: int, presses: int) -> list[News]:
    """Return an archive of stories with all their reprints, digests of them, and press conferences."""
    stories = [write_news(f"story {number}") for number in range(bases)]
    texts = [text for news in stories for text in (news, *reprints_of(news))]
    for number in range(digests):
        rng = random.Random(number)
        texts.append(digest(number, rng.sample(stories, rng.randint(2, min(5, bases)))))
    return texts + [press_conference(number) for number in range(presses)]


@dataclass(frozen=True)
class StoryScore:
    """Pairs of texts in one story: how many of those made are right, and how many of the right are made."""

    precision: float
    recall: float
    digests_merged: int
    """Digests that are in one story with a text of a story that they hold."""
    digest_links_missing: int

    @classmethod
    def of(cls, texts: Sequence[News], stories: Iterable[Story]) -> StoryScore:
        """Return the score of the stories made of labelled texts."""
        by_id = {news.id: news for news in texts}
        right = made = merged = missing = 0
        for story in stories:
            members = [by_id[member.key] for member in story.members]
            for one, other in combinations(members, 2):
                if one.kind == other.kind == "digest":
                    continue
                made += 1
                right += one.story == other.story
            linked = {by_id[each.key].story for each in story.related} | {each.story for each in members}
            for news in members:
                merged += bool(news.held) and any(each.story in news.held for each in members)
                missing += len(set(news.held) - linked)
        sizes = Counter(news.story for news in texts if news.story)
        possible = sum(size * (size - 1) // 2 for size in sizes.values())
        return cls(right / max(1, made), right / possible, merged, missing)


def stories_in(texts: Sequence[News]) -> tuple[Story, ...]:
    """Return the stories of an archive."""
    return stories_of(story_texts(texts), links_of(texts))


def story_of(stories: Iterable[Story], news: News) -> str:
    """Return the id of the story that a text is in."""
    return next(story.id for story in stories if any(member.key == news.id for member in story.members))
