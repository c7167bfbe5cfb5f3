"""What a replay shows: each article that is different with its words, and at the end two tables."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.jobs.replay.changes import Change, Verdict
from newscrawl.terminal.plain import plain

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from newscrawl.jobs.replay.job import Tally

_CONTEXT = 12
"""Characters that are shown before and behind what is different in a line."""
_LONG = 2_000
"""Characters; lines above are shown one for the other, without looking for what is different inside."""
_ALIKE = 0.5
"""Lines that share less than this are one taken away and one added, not one altered."""
_CUTS = 6
"""Cuts of one article that are listed; the summary counts them all."""
_MARKS = {
    Verdict.CHANGED: "~", Verdict.NEW: "+", Verdict.REFUSED: "-", Verdict.OTHER_REASON: "?",
    Verdict.UNREAD: "!",
}  # fmt: skip
_SHOWN_ALWAYS = frozenset({Verdict.CHANGED, Verdict.NEW, Verdict.REFUSED})


class Part(NamedTuple):
    """A stretch of a line: kept, taken away (``-``) or added (``+``)."""

    text: str
    mark: str = ""


def print_change(change: Change) -> None:
    """Print one page that is different: what, by which rules, and its words."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    mark, what = _MARKS[change.verdict], change.verdict.replace("_", " ")
    console.print(Text(f"{mark} {what}  {change.path or '(nothing archived)'}", style="bold"))
    console.print(Text(f"  {plain(change.capture.url)}", style="dim"))
    if change.rules:
        console.print(Text(f"  by {', '.join(sorted(change.rules))}", style="yellow"))
    if change.reason:
        console.print(Text(f"  {plain(change.reason)}", style="yellow"))
    for cut, is_new in change.cuts[:_CUTS]:
        does = "cuts now" if is_new else "cuts no more"
        console.print(Text(f"    {cut.rule} {does}: {_shortened(plain(cut.text))}", style="dim"))
    for line in line_differences(change.before, change.now) if change.now else ():
        console.print(_rendered(line))


def is_shown(change: Change) -> bool:
    """Return whether a page is told of one by one; reasons for what is no article are only counted."""
    return change.verdict in _SHOWN_ALWAYS


def line_differences(before: str, now: str) -> Iterator[tuple[Part, ...]]:
    r"""Yield the lines that differ, in parts.

    >>> [[part for part in line if part.mark] for line in line_differences("标题\n会议(huìyì)闭幕。", "标题\n会议闭幕。")]
    [[Part(text='(huìyì)', mark='-')]]
    """
    ours, theirs = before.split("\n") if before else [], now.split("\n")
    for kind, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = ours[i:j], theirs[k:m]
        for left, right in zip(old, new, strict=False):
            yield from _altered(left, right)
        shared = min(len(old), len(new))
        yield from ((Part(line, "-"),) for line in old[shared:])
        yield from ((Part(line, "+"),) for line in new[shared:])


def _altered(left: str, right: str) -> Iterator[tuple[Part, ...]]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if max(len(left), len(right)) > _LONG or matcher.ratio() < _ALIKE:
        yield (Part(left, "-"),)
        yield (Part(right, "+"),)
        return
    parts: list[Part] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Part(left[i:j]))
            continue
        parts += [part for part in (Part(left[i:j], "-"), Part(right[k:m], "+")) if part.text]
    yield tuple(parts)


def _rendered(line: tuple[Part, ...]) -> Text:
    from rich.text import Text

    text = Text("    ")
    for number, part in enumerate(line):
        if not part.mark:
            text.append(_context(plain(part.text), first=number == 0, last=number == len(line) - 1))
        elif part.mark == "-":
            text.append(f"[-{plain(part.text)}-]", style="red")
        else:
            text.append(f"{{+{plain(part.text)}+}}", style="green")
    return text


def _context(text: str, *, first: bool, last: bool) -> str:
    """Return what stands between differences, long stretches shortened."""
    if len(text) <= 2 * _CONTEXT:
        return text
    return ("" if first else text[:_CONTEXT]) + "…" + ("" if last else text[-_CONTEXT:])


def _shortened(text: str) -> str:
    return text if len(text) <= 4 * _CONTEXT else f"{text[: 4 * _CONTEXT]}…"


def print_tally(tally: Tally) -> None:
    """Print a table by rule and one by source, and what could not be read."""
    from rich.console import Console

    console = Console()
    if tally.rules:
        rules = _table("rule")
        for title in ("articles", "more cuts", "fewer cuts"):
            rules.add_column(title, justify="right")
        for name, counts in sorted(tally.rules.items(), key=lambda one: (-one[1]["articles"], one[0])):
            rules.add_row(name, *(str(counts[key]) for key in ("articles", "more", "fewer")))
        console.print(rules)
    sources = _table("source")
    for verdict in Verdict:
        sources.add_column(verdict.replace("_", " "), justify="right")
    for name, counts in sorted(tally.sources.items()):
        sources.add_row(name or "(none)", *(str(counts[verdict]) for verdict in Verdict))
    console.print(sources)
    if tally.reasons:
        reasons = " · ".join(f"{plain(reason)} {count}" for reason, count in tally.reasons.most_common())
        console.print(f"[bold]no articles, by reason[/bold]  {reasons}", highlight=False, soft_wrap=True)


def _table(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
