"""Stories as a person reads them: a list, and one story with its timeline and what its members changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newscrawl.dedupe import Span
from newscrawl.terminal.plain import plain

_AROUND = 24
"""Characters of unchanged text that are shown on each side of a change."""
_STYLES = {"deleted": ("[-", "-]", "red"), "inserted": ("{+", "+}", "green")}
_DIFFERENCES = 12
_LINE_END = "\n"


def print_stories(stories: Iterable[Mapping[str, Any]]) -> None:
    """Print a line a story: its id, how many texts and sites, its first day, its headline."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    for story in stories:
        counts = f"{story['texts']:4} texts {story['sites']:3} sites"
        day = (story["first_at"] or "")[:10].rjust(10)
        console.print(f"{story['id']}  {counts}  {day}  {plain(story['headline'] or '')}", markup=False)


def print_story(story: Mapping[str, Any]) -> None:
    """Print a story: who printed it when, and what each changed against whom."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{story['id']}  {plain(story['headline'] or '')}", style="bold"))
    for member in story["members"]:
        day = (member["published_at"] or "no date")[:16].replace("T", " ").rjust(16)
        outlet = f" (来源 {plain(member['outlet'])})" if member["outlet"] else ""
        console.print(f"{day}  {member['relation']:<9} {plain(member['host'])}{outlet}", markup=False)
        console.print(f"{'':18}{plain(member['headline'] or '')}", markup=False)
        console.print(f"{'':18}{plain(member['place'])}", markup=False, style="dim")
        for line in _differences(member["differences"]):
            console.print(f"{'':18}{line}", markup=False)
    for heading, rows in (("linked to", story["related"]), ("history", story["history"])):
        for row in rows:
            console.print(f"{heading}: {plain(row)}", markup=False)


def print_difference(title: str, spans: Iterable[Span]) -> None:
    """Print what leads from one text to another, with a little of what surrounds each change."""
    from rich.console import Console
    from rich.text import Text

    spans = list(spans)
    if all(span.kind == "equal" for span in spans):
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(plain(title), style="bold"))
    text = Text("  ")
    for number, span in enumerate(spans):
        if span.kind == "equal":
            text.append(plain(_shortened(span.text, number == 0, number == len(spans) - 1)))
        else:
            before, behind, style = _STYLES[span.kind]
            text.append(f"{before}{plain(span.text.replace(_LINE_END, ' '))}{behind}", style=style)
    console.print(text)


def _differences(differences: Iterable[Mapping[str, str]]) -> Iterator[str]:
    differences = list(differences)
    for each in differences[:_DIFFERENCES]:
        yield f"{each['kind']}: {plain(each['theirs']) or '(nothing)'} -> {plain(each['ours']) or '(nothing)'}"
    if len(differences) > _DIFFERENCES:
        yield f"and {len(differences) - _DIFFERENCES} more"


def _shortened(text: str, is_first: bool, is_last: bool) -> str:
    text = text.replace(_LINE_END, " ")
    if len(text) <= 2 * _AROUND:
        return text
    head = "" if is_first else text[:_AROUND]
    tail = "" if is_last else text[-_AROUND:]
    return f"{head} … {tail}"
