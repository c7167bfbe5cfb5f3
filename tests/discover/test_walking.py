"""Paging over visits: lists that grow, visits that are short, crawls that are killed in between."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from newscrawl.discover import FrontRecord, PageOfList, Span, Walk, after_missing_page, next_page
from newscrawl.discover.walking import THIN_PAGES

SIZE = 10
SPAN = Span(date(2026, 1, 1), date(2026, 2, 1))


class PagedList:
    """A list, newest first, as a site shows it; what its reader has noted; the pages that were asked for."""

    def __init__(self, count: int) -> None:
        self.articles = list(range(count))
        self.known: set[int] = set()
        self.asked: list[str] = []
        self.record = FrontRecord("http://a.cn/sh/")

    def publish(self, count: int) -> None:
        self.articles += range(len(self.articles), len(self.articles) + count)

    def show(self, url: str) -> PageOfList:
        number = int(url.rpartition("?page=")[2]) if "?page=" in url else 1
        newest_first = self.articles[::-1]
        entries = newest_first[(number - 1) * SIZE : number * SIZE]
        is_last = number * SIZE >= len(newest_first)
        new = [one for one in entries if one not in self.known]
        self.known.update(entries)
        self.asked.append(url)
        following = None if is_last else f"http://a.cn/sh/?page={number + 1}"
        return PageOfList(len(new), frozenset(map(str, entries)), following)

    def visit(self, limit: int, *, killed_after: int | None = None) -> int:
        """Read the pages that a visit reads; return how many. After a kill the record is that of the last page."""
        walk: Walk | None = Walk(self.record, self.record.url)
        count = 0
        while walk is not None and count != killed_after:
            self.record, walk, _ = next_page(walk, self.show(walk.url), limit=limit)
            count += 1
        return count


def test_a_list_is_walked_to_its_end_over_visits():
    pages = PagedList(100)
    assert [pages.visit(4) for _ in range(4)] == [4, 4, 4, 1]
    assert len(pages.known) == 100
    assert pages.record.is_walked
    assert len(pages.asked) == 10 + 3  # the first page in every visit, each other page once


def test_afterwards_only_the_first_page_is_asked():
    pages = PagedList(100)
    pages.visit(20)
    assert [pages.visit(20) for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize(("fresh", "asked"), [(1, 1), (5, 1), (7, 2), (9, 2), (10, 2), (25, 3)])
def test_new_articles_are_followed_until_what_is_known(fresh, asked):
    pages = PagedList(100)
    pages.visit(20)
    pages.publish(fresh)
    assert pages.visit(20) == asked
    assert len(pages.known) == 100 + fresh


def test_what_did_not_fit_into_a_visit_is_fetched_in_the_next_ones():
    pages = PagedList(100)
    pages.visit(20)
    pages.publish(95)
    pages.visit(4)
    pages.publish(5)
    pages.visit(4)
    pages.visit(4)
    assert len(pages.known) == 200


@pytest.mark.parametrize("seed", range(100))
def test_whatever_happens_everything_is_found(seed):
    dice = random.Random(seed)
    pages = PagedList(dice.randrange(5, 300))
    for _ in range(12):
        killed_after = dice.choice([None, None, 1, 2, 3])
        pages.visit(dice.randrange(2, 7), killed_after=killed_after)
        pages.publish(dice.choice([0, 1, 3, SIZE * 2]))
        pages.known.update(pages.articles[-dice.choice([1, 5, SIZE]) :])  # another list was faster
    for _ in range(200):
        if pages.visit(4) == 1:
            break
    assert len(pages.known) == len(pages.articles)
    assert pages.visit(4) == 1


def test_a_pager_without_end_is_told():
    walk: Walk | None = Walk(FrontRecord("http://a.cn/"), "http://a.cn/")
    names = []
    for number in range(50):
        found = PageOfList(1, frozenset({"good", str(number)}), f"http://a.cn/?page={number + 2}")
        record, walk, trap = next_page(walk, found, limit=100)
        names.append(trap)
        if walk is None:
            break
    assert names == [None] * THIN_PAGES + ["endless_paging"]
    assert record.is_walked
    assert record.cursor is None


def test_a_further_page_that_is_missing_is_the_end_of_the_list():
    record = FrontRecord("http://a.cn/", cursor="http://a.cn/?page=9")
    ended = after_missing_page(Walk(record, "http://a.cn/?page=9", 2, "deep"))
    assert (ended.cursor, ended.is_walked) == (None, True)


def page(newest: date, number: int) -> PageOfList:
    entries = frozenset(f"{number}/{n}" for n in range(SIZE))
    return PageOfList(SIZE, entries, f"http://a.cn/?page={number + 1}", newest)


def test_a_backfill_goes_back_to_its_first_day_and_is_taken_up_again():
    record = FrontRecord("http://a.cn/", is_walked=True)
    record, step, _ = next_page(
        Walk(record, record.url), replace(page(date(2026, 3, 1), 1), new_count=0), limit=3, span=SPAN
    )
    assert step is not None
    record, step, _ = next_page(step, page(date(2026, 1, 20), 2), limit=3, span=SPAN)
    record, step, _ = next_page(step, page(date(2026, 1, 10), 3), limit=3, span=SPAN)
    assert step is None
    assert record.backfill == (str(SPAN), "http://a.cn/?page=4")
    record, step, _ = next_page(Walk(record, record.url), PageOfList(), limit=3, span=SPAN)
    assert step is not None
    assert step.url == "http://a.cn/?page=4"
    record, step, _ = next_page(step, page(date(2025, 12, 30), 4), limit=3, span=SPAN)
    assert step is None
    assert record.backfill == (str(SPAN), None)
    _, step, _ = next_page(Walk(record, record.url), PageOfList(), limit=3, span=SPAN)
    assert step is None
