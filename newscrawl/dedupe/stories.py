"""Stories: texts that print one piece of news, with one original, and what each of the others is to it.

The original is, of the texts that are complete (at least half as long as the middle one of the story, so no
teaser), the first by this order: printed by the outlet that most credit lines of the story name; the earliest
day of publication that can be true; the longest; captured first. A date can be true that is not before the web
and not after the capture. Only days are compared where not both clocks are known to differ: a reprint's page
often says when it was put up, and the original's only the day.

Everything is a function of the set of texts and links. A story can be made from its connected component alone:
all texts that ``one_story`` links, URLs and fingerprints join, and the links of those. One component may hold
several stories, since digests join what they do not merge.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from statistics import median

from newscrawl.dedupe.grouping import Links, group_texts, links_by_text
from newscrawl.dedupe.relations import Difference
from newscrawl.dedupe.story import Link, Member, MemberRelation, Related, Renaming, Story, StoryText
from newscrawl.items import CHINA_TIME
from newscrawl.text.comparing import comparing_form

_COMPLETE = 0.5
"""Of the middle length."""

_WEB_BEGINS = datetime(1994, 4, 20, tzinfo=CHINA_TIME)
"""China came onto the Internet."""

_NEVER = datetime.max.replace(tzinfo=UTC)

_CLOCKS_DIFFER = timedelta(hours=26)
"""How far a publication may lie after the capture: a clock that is wrong by a zone, and the rest of a day."""

_ORDER: tuple[MemberRelation, ...] = (
    "version",
    "same",
    "extends",
    "part_of",
    "overlaps",
    "variant",
    "different",
)
_RANK = {relation: rank for rank, relation in enumerate(_ORDER)}


def stories_of(texts: Iterable[StoryText], links: Iterable[Link]) -> tuple[Story, ...]:
    """Return the stories of a set of texts; every text is a member of exactly one.

    Links may lead to texts outside the set; they become ``related``.
    """
    known = {text.key: text for text in texts}
    by_text = links_by_text(links)
    stories = (_story([known[key] for key in group], by_text) for group in group_texts(known, by_text))
    return tuple(sorted(stories, key=lambda story: story.id))


def story_id(keys_by_capture: Iterable[tuple[datetime, str]]) -> str:
    """Return the id of a story: 64 bits of the SHA-256 of the key of the member captured first."""
    founder = min(keys_by_capture)[1]
    return f"s{sha256(founder.encode()).hexdigest()[:16]}"


def renamed(before: Iterable[Story], after: Iterable[Story]) -> tuple[Renaming, ...]:
    """Return which texts are in a story of another id than before: the lines of the stories' history."""
    old = {member.key: story.id for story in before for member in story.members}
    return tuple(
        Renaming(member.key, old[member.key], story.id)
        for story in after
        for member in story.members
        if old.get(member.key, story.id) != story.id
    )


def original_of(texts: Iterable[StoryText]) -> StoryText:
    """Return which of the texts of a story is the original; the rule stands in the module's first lines."""
    texts = list(texts)
    complete = _COMPLETE * median(text.length for text in texts)
    named = Counter(comparing_form(text.outlet) for text in texts if text.outlet)
    most = max(sorted(named), key=named.__getitem__, default="")

    def order(text: StoryText) -> tuple[bool, bool, datetime, int, datetime, str]:
        return (
            text.length < complete,
            not (most and _is_of(text, most)),
            _published_at(text) or _NEVER,
            -text.length,
            text.captured_at,
            text.key,
        )

    return min(texts, key=order)


def _is_of(text: StoryText, outlet: str) -> bool:
    """Return whether the site that printed a text is the outlet, under one of the names it gives itself."""
    site = comparing_form(text.site_name)
    return len(site) > 1 and (site in outlet or outlet in site)


def _published_at(text: StoryText) -> datetime | None:
    """Return the time of publication, in China, if it can be true; the end of a day without a clock."""
    published = text.published_at
    if published is None or published > text.captured_at + _CLOCKS_DIFFER:
        return None
    published = published.astimezone(CHINA_TIME)
    if published < _WEB_BEGINS:
        return None
    return published if published.time() != time.min else published + timedelta(days=1, seconds=-1)


def _story(texts: list[StoryText], links: Links) -> Story:
    original = original_of(texts)
    by_key = {text.key: text for text in texts}
    members = sorted(
        _members(original, by_key, links),
        key=lambda each: (each.relation != "original", _published_at(by_key[each.key]) or _NEVER, each.key),
    )
    return Story(
        story_id((text.captured_at, text.key) for text in texts),
        original.key,
        tuple(members),
        tuple(sorted(_related(by_key, links), key=lambda each: (each.member, each.key))),
    )


def _members(original: StoryText, texts: Mapping[str, StoryText], links: Links) -> Iterator[Member]:
    """Yield the members, each with its relation to the original, or to the member nearest to it on the way."""
    yield _member(original, "original", original.key, ())
    alike: dict[str, set[str]] = defaultdict(set)
    for key, text in texts.items():
        alike[text.url].add(key)
        alike[text.fingerprint].add(key)
    rest = set(texts) - {original.key}
    queue = deque([original])
    while queue:
        against = queue.popleft()
        near = links.get(against.key, {}).keys() | alike[against.url] | alike[against.fingerprint]
        found = [(key, _relation_to(texts[key], against, links)) for key in near & rest]
        for key, relation in sorted(found, key=lambda each: (_RANK[each[1]], each[0])):
            if relation != "different":
                rest.remove(key)
                queue.append(texts[key])
                link = links.get(key, {}).get(against.key)
                yield _member(texts[key], relation, against.key, link.differences if link else ())


def _member(
    text: StoryText, relation: MemberRelation, against: str, differences: tuple[Difference, ...]
) -> Member:
    return Member(text.key, text.host, text.outlet, text.published_at, relation, against, differences)


def _relation_to(text: StoryText, other: StoryText, links: Links) -> MemberRelation:
    """Return what a text is to another one that it may hang on; ``different`` when it does not."""
    if text.url == other.url:
        return "version"
    if text.fingerprint == other.fingerprint:
        return "same"
    link = links.get(text.key, {}).get(other.key)
    return link.relation if link and link.one_story else "different"


def _related(members: Mapping[str, StoryText], links: Links) -> Iterator[Related]:
    for key in members:
        for other, link in links.get(key, {}).items():
            if other not in members:
                yield Related(other, key, link.seen_from(other).relation, link.seen_from(other).differences)
