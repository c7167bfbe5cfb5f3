"""A text told by its changes against another one, exactly: what a reprint's line keeps instead of a file.

Lines are matched first, whole; between matched lines the characters that both sides begin and end with are left
out. That is linear, and small where it matters: a reprint changes its headline, its lead, a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class Change(NamedTuple):
    """Characters of the base, from ``start`` up to ``end``, and what stands there instead."""

    start: int
    end: int
    text: str


def changes_between(base: str, text: str) -> tuple[Change, ...]:
    r"""Return what has to be changed in ``base`` to get ``text``.

    >>> changes_between("花展开幕\n今天开幕。", "快讯:花展开幕\n今天开幕。")
    (Change(start=0, end=0, text='快讯:'),)
    """
    old, new = base.splitlines(keepends=True), text.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        _trimmed(starts[a], "".join(old[a:b]), "".join(new[c:d]))
        for kind, a, b, c, d in blocks
        if kind != "equal"
    )


def with_changes(base: str, changes: Iterable[Change]) -> str:
    """Return the text that changes, in their order, make of ``base``.

    >>> with_changes("今天开幕。", [Change(0, 2, "明天")])
    '明天开幕。'

    Raises:
        ValueError: they do not fit it.
    """
    return "".join(_pieces(base, changes))


def _pieces(base: str, changes: Iterable[Change]) -> Iterator[str]:
    done = 0
    for change in changes:
        if not done <= change.start <= change.end <= len(base):
            raise ValueError(f"{change.start} to {change.end} is no part of what is left of the text")
        yield base[done : change.start]
        yield change.text
        done = change.end
    yield base[done:]


def _trimmed(start: int, old: str, new: str) -> Change:
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return Change(start + head, start + len(old) - tail, new[head : len(new) - tail])
