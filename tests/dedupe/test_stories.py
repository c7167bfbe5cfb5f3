from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.dedupe import (
    Difference,
    Link,
    Story,
    StoryText,
    original_of,
    renamed,
    stories_of,
    story_id,
)
from newscrawl.items import CHINA_TIME

NOW = datetime(2026, 5, 9, 12, tzinfo=UTC)
HEADLINE = "东江区十二座水库开始春灌"


def text(key: str, **changes: object) -> StoryText:
    """Return a text captured as many minutes after noon as its key's last character says."""
    plain = StoryText(
        key=key,
        url=f"http://{key}.cn/1.html",
        host=f"{key}.cn",
        captured_at=NOW + timedelta(minutes=ord(key[-1]) - ord("a")),
        length=600,
        fingerprint=f"print of {key}",
        headline=HEADLINE,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2026, 5, number, hour, tzinfo=CHINA_TIME)


def same(ours: str, theirs: str) -> Link:
    return Link(ours, theirs, "same", True)


def extends(ours: str, theirs: str) -> Link:
    return Link(ours, theirs, "extends", True)


def groups(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(member.key for member in story.members) for story in stories}


def story_with(stories: tuple[Story, ...], key: str) -> Story:
    return next(story for story in stories if any(member.key == key for member in story.members))


ORIGINALS = {
    "the earliest day": ([text("a", published_at=day(3)), text("b", published_at=day(2))], "b"),
    "the earlier hour of a day": (
        [text("a", published_at=day(2, 15)), text("b", published_at=day(2, 9))],
        "b",
    ),
    "an hour before a day without one": (
        [text("a", published_at=day(2)), text("b", published_at=day(2, 9))],
        "b",
    ),
    "a day before none": ([text("a"), text("b", published_at=day(2))], "b"),
    "a day after the capture is no day": (
        [text("a", published_at=day(20)), text("b", published_at=day(5))],
        "b",
    ),
    "nor is one before the web": (
        [text("a", published_at=datetime(1970, 1, 1, tzinfo=CHINA_TIME)), text("b", published_at=day(5))],
        "b",
    ),
    "the outlet that the credit lines name": (
        [
            text("a", published_at=day(1), outlet="东江日报"),
            text("b", published_at=day(2), outlet="东江日报", site_name="东江日报"),
            text("c", published_at=day(1), outlet="东江日报"),
        ],
        "b",
    ),
    "an outlet that one of three names is not most": (
        [
            text("a", published_at=day(1), outlet="东江日报"),
            text("b", published_at=day(2), outlet="大众网", site_name="大众网"),
            text("c", published_at=day(3), outlet="东江日报"),
        ],
        "a",
    ),
    "no teaser": ([text("a", length=80, published_at=day(1)), text("b"), text("c")], "b"),
    "the longest": ([text("a"), text("b", length=700)], "b"),
    "the first captured": ([text("b"), text("a")], "a"),
}


@pytest.mark.parametrize(("texts", "expected"), ORIGINALS.values(), ids=ORIGINALS.keys())
def test_who_is_the_original(texts, expected):
    for _ in range(5):
        random.Random(len(texts)).shuffle(texts)
        assert original_of(texts).key == expected


def test_a_text_alone_is_a_story():
    (story,) = stories_of([text("a")], [])
    assert (story.original, len(story.members), story.related) == ("a", 1, ())
    assert story.members[0].relation == "original"
    assert stories_of([], []) == ()


def test_members_say_what_they_are_to_the_original():
    altered = (Difference("figure", "1053", "1035"),)
    links = [
        same("b", "a"),
        Link("a", "c", "extends", True),
        Link("d", "a", "variant", True, altered),
        same("e", "b"),
    ]
    texts = [text(key, published_at=day(2 + ord(key) - ord("a"))) for key in "abcde"]
    (story,) = stories_of(texts, links)
    found = {member.key: (member.relation, member.against) for member in story.members}
    assert found == {
        "a": ("original", "a"),
        "b": ("same", "a"),
        "c": ("part_of", "a"),
        "d": ("variant", "a"),
        "e": ("same", "b"),
    }
    assert story_with((story,), "d").members[3].differences == altered
    assert [member.key for member in story.members] == list("abcde")


def test_links_that_do_not_merge_are_related():
    differences = (Difference("name", "王立成", "李秀英"),)
    stories = stories_of([text("a"), text("b")], [Link("a", "b", "variant", False, differences)])
    assert groups(stories) == {frozenset("a"), frozenset("b")}
    (related,) = story_with(stories, "a").related
    assert (related.key, related.member, related.relation) == ("b", "a", "variant")
    assert related.differences == (Difference("name", "李秀英", "王立成"),)


def test_versions_at_one_url_are_one_story_without_a_link():
    texts = [text("a"), text("b", url="http://a.cn/1.html", host="a.cn")]
    (story,) = stories_of(texts, [])
    assert [member.relation for member in story.members] == ["original", "version"]


def test_exact_copies_are_one_story_without_a_link():
    (story,) = stories_of([text("a"), text("b", fingerprint="print of a")], [])
    assert [member.relation for member in story.members] == ["original", "same"]


def digest_of_two() -> tuple[list[StoryText], list[Link]]:
    one = [text("a"), text("b")]
    other = [text("c", headline="图书馆夜间开放满月"), text("d", headline="图书馆夜间开放满月")]
    digest = text("z", headline="今日要闻速览", length=1300)
    links = [same("a", "b"), same("c", "d"), *(extends("z", key) for key in "abcd")]
    return [*one, *other, digest], links


def test_a_digest_is_linked_to_its_stories_and_merges_none():
    texts, links = digest_of_two()
    stories = stories_of(texts, links)
    assert groups(stories) == {frozenset("ab"), frozenset("cd"), frozenset("z")}
    assert {each.key for each in story_with(stories, "z").related} == set("abcd")
    assert all("z" in {each.key for each in story_with(stories, key).related} for key in "ac")


def test_copies_of_a_digest_are_one_story():
    texts, links = digest_of_two()
    copy = text("y", headline="要闻", length=1310)
    stories = stories_of([*texts, copy], [*links, same("y", "z"), *(extends("y", key) for key in "abcd")])
    assert groups(stories) == {frozenset("ab"), frozenset("cd"), frozenset("yz")}


def test_a_digest_of_which_one_story_is_known_only_in_part():
    texts, links = digest_of_two()
    links = [link if "c" not in link.theirs + link.ours and "d" not in link.theirs + link.ours
             else replace(link, relation="overlaps", one_story=link.relation == "same") for link in links]  # fmt: skip
    assert frozenset("z") in groups(stories_of(texts, links))


def test_two_articles_that_a_template_glued_are_not_merged():
    texts, links = digest_of_two()
    glued = replace(texts[-1], headline=HEADLINE)
    assert groups(stories_of([*texts[:-1], glued], links)) == {
        frozenset("ab"),
        frozenset("cd"),
        frozenset("z"),
    }


def test_a_brief_at_the_end_of_a_reprint_does_not_make_it_a_digest():
    brief = text("c", headline="图书馆夜间开放满月", length=90)
    reprint = text("z", length=700)
    stories = stories_of([text("a"), brief, reprint], [extends("z", "a"), extends("z", "c")])
    assert groups(stories) == {frozenset("az"), frozenset("c")}


def test_excerpts_without_a_word_in_common_are_one_story_with_their_original():
    teaser, rest = text("t", length=80), text("r", length=500, headline=f"快讯:{HEADLINE}")
    stories = stories_of([text("a"), teaser, rest], [extends("a", "t"), extends("a", "r")])
    assert groups(stories) == {frozenset("art")}


def test_a_component_alone_gives_the_same_stories():
    texts, links = digest_of_two()
    far = [text("m", headline="青石镇夜市"), text("n", headline="青石镇夜市")]
    everything = stories_of([*texts, *far], [*links, same("m", "n"), Link("m", "a", "overlaps", False)])
    alone = stories_of(texts, [*links, Link("m", "a", "overlaps", False)])
    assert set(alone) < set(everything)


def test_order_and_direction_change_nothing():
    texts, links = digest_of_two()
    expected = stories_of(texts, links)
    for seed in range(20):
        rng = random.Random(seed)
        rng.shuffle(texts)
        shuffled = [link.seen_from(rng.choice((link.ours, link.theirs))) for link in links]
        rng.shuffle(shuffled)
        assert stories_of(texts, shuffled) == expected


def test_the_id_stays_when_the_original_is_found_late():
    early = [text("b", published_at=day(3)), text("c", published_at=day(4))]
    (before,) = stories_of(early, [same("b", "c")])
    late = text("x", published_at=day(1))
    (after,) = stories_of([*early, late], [same("b", "c"), same("x", "b")])
    assert (before.original, after.original) == ("b", "x")
    assert before.id == after.id == story_id([(early[0].captured_at, "b")])
    assert renamed([before], [after]) == ()


def test_merging_and_splitting_are_told():
    texts = [text("a"), text("b")]
    apart, together = stories_of(texts, []), stories_of(texts, [same("a", "b")])
    (merged,) = renamed(apart, together)
    assert (merged.key, merged.new) == ("b", together[0].id)
    (split,) = renamed(together, apart)
    assert (split.key, split.old) == ("b", together[0].id)


def test_a_link_seen_from_its_other_end():
    link = Link("a", "b", "part_of", True, (Difference("figure", "1", "2"),))
    assert link.seen_from("b") == Link("b", "a", "extends", True, (Difference("figure", "2", "1"),))
    assert link.seen_from("b").seen_from("a") == link
