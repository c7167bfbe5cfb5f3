"""The pages that list articles: fronts, paged section lists, and the pages of a digital newspaper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from newscrawl.demo.outlets import Outlet, Posting, Section
from newscrawl.demo.pages import Press

PER_SECTION = 5
"""Entries of a section on the front page."""


def print_fronts(press: Press, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every page of an outlet that lists articles."""
    if outlet.template == "newspaper":
        yield from _print_issues(press, outlet)
        return
    yield "/", _front(press, outlet)
    for section in outlet.sections:
        postings = [posting for posting in outlet.listed() if posting.section == section.id]
        yield from _print_list(press, outlet, section, postings)


def _front(press: Press, outlet: Outlet) -> bytes:
    links = press.linker(outlet, "/")
    blocks: list[dict[str, Any]] = []
    for section in outlet.sections:
        postings = [posting for posting in outlet.listed() if posting.section == section.id]
        entries = [links.to_posting(posting) for posting in postings[:PER_SECTION]]
        blocks.append(
            {"section": section, "entries": entries, "more": links.to_path(outlet.list_path(section.id))}
        )
    return press.print(outlet, "front.html", "/", blocks=blocks)


def _print_list(
    press: Press, outlet: Outlet, section: Section, postings: list[Posting]
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of one section's list, each with links to its neighbours."""
    count = max(1, -(-len(postings) // outlet.page_size))
    paths = [outlet.list_path(section.id, number) for number in range(1, count + 1)]
    for number, path in enumerate(paths):
        links = press.linker(outlet, path)
        shown = postings[number * outlet.page_size : (number + 1) * outlet.page_size]
        yield (
            path,
            press.print(
                outlet,
                "list.html",
                path,
                section=section,
                entries=[links.to_posting(posting) for posting in shown],
                number=number + 1,
                page_hrefs=[links.to_path(other) for other in paths],
            ),
        )


def issue_path(outlet: Outlet, posting: Posting) -> str:
    """Return the path of the newspaper page (版面) that a posting stands on."""
    node = 2 + [section.id for section in outlet.sections].index(posting.section)
    return outlet.list_url.format(at=posting.at, node=node)


def _print_issues(press: Press, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """Yield the entry page and every page of every issue of a digital newspaper."""
    issues = [list(group) for _, group in groupby(outlet.listed(), key=lambda posting: posting.at.date())]
    firsts = [issue_path(outlet, min(issue, key=lambda posting: posting.section)) for issue in issues]
    yield (
        "/",
        press.print(outlet, "front.html", "/", latest_href=press.linker(outlet, "/").to_path(firsts[0])),
    )
    for number, issue in enumerate(issues):
        neighbours = (
            firsts[number + 1] if number + 1 < len(firsts) else "",
            firsts[number - 1] if number else "",
        )
        yield from _print_issue(press, outlet, issue, neighbours)


def _print_issue(
    press: Press, outlet: Outlet, issue: list[Posting], neighbours: tuple[str, str]
) -> Iterator[tuple[str, bytes]]:
    nodes = {
        posting.section: issue_path(outlet, posting) for posting in sorted(issue, key=lambda p: p.section)
    }
    for section, path in nodes.items():
        links = press.linker(outlet, path)
        yield (
            path,
            press.print(
                outlet,
                "list.html",
                path,
                section=outlet.section(section),
                issued_on=issue[0].at,
                entries=[links.to_posting(posting) for posting in issue if posting.section == section],
                nodes=[(outlet.section(name), links.to_path(node)) for name, node in nodes.items()],
                previous_href=links.to_path(neighbours[0]) if neighbours[0] else "",
                next_href=links.to_path(neighbours[1]) if neighbours[1] else "",
            ),
        )
