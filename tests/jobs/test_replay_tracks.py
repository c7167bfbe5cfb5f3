"""The memory of a site goes the way it went in the crawl, kills included."""

from __future__ import annotations

import json

from newscrawl.extract import Lesson, SiteMemory, Template
from newscrawl.jobs.replay.tracks import WINDOW, Track
from newscrawl.workers.memories import Forgotten

TEMPLATE = Template("/html/body", "/html/body/div")


def lesson(number: int) -> Lesson:
    return Lesson(
        TEMPLATE, True, f"城区第{number}批排水管网改造", (f"链接文字第{number}条的标题",), ("本报讯",)
    )


def read(track: Track, learnt_count: int | None, *taught: Lesson | Forgotten) -> bool:
    exact = track.begin(learnt_count)
    track.learn(taught)
    return exact


def memory_of(*lessons: Lesson) -> dict:
    memory = SiteMemory()
    for one in lessons:
        memory.learn(one)
    return memory.to_state()


def state(track: Track) -> dict:
    return track.site.memory.to_state()


def test_a_memory_grows_page_by_page():
    track = Track()
    assert [read(track, number, lesson(number)) for number in range(5)] == [True] * 5
    assert state(track) == memory_of(*map(lesson, range(5)))


def test_a_page_that_taught_nothing_is_no_step():
    track = Track()
    assert [read(track, 0, lesson(0)), read(track, 1), read(track, 1), read(track, 1, lesson(1))] == [
        True
    ] * 4
    assert state(track) == memory_of(lesson(0), lesson(1))


def test_after_a_kill_it_goes_back_as_far_as_the_crawl_had_to():
    track = Track()
    for number in range(70):
        read(track, number, lesson(number))
    version = track.site.version
    assert read(track, 50, lesson(150))
    assert state(track) == memory_of(*map(lesson, range(50)), lesson(150))
    assert track.site.version > version + 1_000
    assert read(track, 51, lesson(151))
    assert read(track, 20, lesson(152))
    assert state(track) == memory_of(*map(lesson, range(20)), lesson(152))


def test_what_the_crawl_did_not_learn_is_not_kept():
    track = Track()
    read(track, 0, lesson(0))
    read(track, 1, lesson(1))  # in the crawl its worker was killed
    assert read(track, 1, lesson(2))
    assert state(track) == memory_of(lesson(0), lesson(2))


def test_a_template_that_was_forgotten_stays_forgotten():
    track = Track()
    for number in range(3):
        read(track, number, lesson(number))
    read(track, 3, Forgotten(TEMPLATE, "http://a.cn/1.html"))
    assert read(track, 3, lesson(3))
    assert not track.site.memory.templates()


def test_a_catalog_that_was_lost_begins_with_an_empty_memory():
    track = Track()
    for number in range(3 * WINDOW):
        read(track, number, lesson(number))
    assert read(track, 0, lesson(900))
    assert state(track) == memory_of(lesson(900))


def test_what_cannot_be_known_is_told():
    track = Track()
    assert not read(track, 7, lesson(0))  # seven readings are missing
    assert read(track, 8, lesson(1))
    assert not read(track, 12, lesson(2))
    assert not read(track, None, lesson(3))
    assert state(track) == memory_of(*map(lesson, range(4)))


def test_it_goes_no_further_back_than_it_remembers():
    track = Track()
    for number in range(WINDOW + 50):
        read(track, number, lesson(number))
    assert not read(track, 10, lesson(900))
    assert state(track)["page_count"] == WINDOW + 51


def test_its_state_gives_it_back_with_all_it_can_go_back():
    track = Track()
    for number in range(WINDOW + 30):
        read(track, number, lesson(number), *([Forgotten(TEMPLATE, "u")] if number % 40 == 9 else []))
    track.injected_counts["a.cn"] += 2
    again = Track.from_state(json.loads(json.dumps(track.to_state())))
    assert state(again) == state(track)
    assert again.injected_counts == {"a.cn": 2}
    for one in (track, again):
        assert read(one, WINDOW, lesson(900))
    assert state(again) == state(track)
