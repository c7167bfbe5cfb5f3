from __future__ import annotations

import re

import pytest

from newscrawl.demo.fronts import PER_SECTION, issue_path, print_fronts
from newscrawl.demo.pages import Press


@pytest.fixture(scope="module")
def fronts(newsroom):
    press = Press(newsroom, 8000)
    return {
        outlet.id: {path: body.decode(outlet.encoding) for path, body in print_fronts(press, outlet)}
        for outlet in newsroom.outlets
    }


def test_paths_are_the_outlets_own(fronts):
    assert set(fronts["yiquan"]) == {
        "/",
        "/yw/index.htm",
        "/yw/index_1.htm",
        "/ms/index.htm",
        "/ms/index_1.htm",
        "/xz/index.htm",
        "/neibu/index.htm",
    }
    assert {"/category-1.html", "/category-1_2.html"} <= set(fronts["keyi"])
    assert {"/gd/", "/gd/index_2.html"} <= set(fronts["kuaixun"])


def test_a_front_shows_the_newest_of_each_section(newsroom, fronts):
    for outlet in newsroom.outlets:
        if outlet.template == "newspaper":
            continue
        for section in outlet.sections:
            postings = [posting for posting in outlet.listed() if posting.section == section.id]
            for posting in postings[:PER_SECTION]:
                assert newsroom.headline_of(posting) in fronts[outlet.id]["/"]


def test_lists_hold_a_page_each_and_all_together(newsroom, fronts):
    for outlet in newsroom.outlets:
        if outlet.template == "newspaper":
            continue
        for section in outlet.sections:
            postings = [posting for posting in outlet.listed() if posting.section == section.id]
            count = max(1, -(-len(postings) // outlet.page_size))
            for number, posting in enumerate(postings):
                page = fronts[outlet.id][outlet.list_path(section.id, number // outlet.page_size + 1)]
                assert newsroom.headline_of(posting) in page
            assert outlet.list_path(section.id, count + 1) not in fronts[outlet.id]


def test_the_next_page_is_linked_until_the_last(fronts):
    assert ">下一页</a>" in fronts["yiquan"]["/yw/index.htm"]
    assert ">下一页</a>" not in fronts["yiquan"]["/yw/index_1.htm"]


def test_the_newspaper_has_a_page_for_each_section_of_each_day(newsroom, fronts):
    paper = newsroom.outlet("wensi-paper")
    assert set(fronts["wensi-paper"]) == {"/"} | {issue_path(paper, posting) for posting in paper.postings}
    assert issue_path(paper, paper.postings[-1]).startswith("/html/2025-05/12/node_")


def test_issues_are_linked_back_and_forth(fronts):
    pages = fronts["wensi-paper"]
    assert 'class=preart href="../12/node_2.htm"' in pages["/html/2025-05/13/node_2.htm"]
    assert 'class=nextart href="../14/node_2.htm"' in pages["/html/2025-05/13/node_2.htm"]
    assert "preart" not in pages["/html/2025-05/12/node_2.htm"]
    assert "nextart" not in pages["/html/2025-05/14/node_2.htm"]


def test_the_entry_page_of_the_newspaper_leads_to_the_latest_issue(fronts):
    assert re.search(r"URL=\.?/html/2025-05/14/node_2\.htm", fronts["wensi-paper"]["/"])


def test_every_page_of_an_issue_links_the_others(fronts):
    for number in (2, 3, 4):
        page = fronts["wensi-paper"][f"/html/2025-05/14/node_{number}.htm"]
        assert re.findall(r'id=pageLink href="\./node_(\d)', page) == ["2", "3", "4"]
