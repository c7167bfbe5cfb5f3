from __future__ import annotations

from newscrawl.storage import Front
from newscrawl.visits.sidebars import Sidebars

SIDE = frozenset({"s1", "s2"})


def front(name):
    return Front(url=f"http://a.cn/{name}/", source="a")


def visit(*sections):
    sidebars = Sidebars()
    for number, doubtful in enumerate(sections):
        own = frozenset({f"{number}/{n}" for n in range(3)})
        sidebars.add(own | SIDE, doubtful)
    return sidebars


def test_a_page_that_shows_only_the_sidebar_is_barren():
    sidebars = visit(None, None, None, None)
    sidebars.add(SIDE, front("about"))
    assert sidebars.barren() == [front("about")]


def test_a_section_that_the_home_page_was_faster_with_is_not():
    sidebars = visit(None, None, None)
    own = frozenset({"x1", "x2"})
    sidebars.add(own | SIDE)  # the home page
    sidebars.add(own | SIDE, front("sh"))
    assert sidebars.barren() == []


def test_of_few_lists_nothing_is_said():
    sidebars = visit(None)
    sidebars.add(SIDE, front("about"))
    assert sidebars.barren() == []
