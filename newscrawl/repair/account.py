"""Spans on a text become cuts beside it, and the cuts of several rules become one account.

A cut says where it stood in the text as it is now, so every further removal moves the cuts that are
there already. A span that covers earlier cuts is written as several cuts around them, each with its
own rule, in the order of the text they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newscrawl.items import Cut
from newscrawl.repair.draft import Span


class Mark(NamedTuple):
    """A `Cut` in the making; a tuple costs a third of a frozen dataclass, and every rule moves them all."""

    offset: int
    text: str
    rule: str
    reason: str = ""
    replacement: str = ""


def apply_spans(
    text: str, cuts: Sequence[Mark], spans: Iterable[Span], rule: str
) -> tuple[str, tuple[Mark, ...]]:
    """Return the text without the spans, and the account of everything that is gone from it by now.

    >>> text, marks = apply_spans("优化(yōuhuà)服务(略)", (), [Span(2, 10)], "pinyin")
    >>> text, marks = apply_spans(text, marks, [Span(0, 4)], "lines")
    >>> text, [(mark.offset, mark.text, mark.rule) for mark in marks]
    ('(略)', [(0, '优化', 'lines'), (0, '(yōuhuà)', 'pinyin'), (0, '服务', 'lines')])
    """
    account = _Account(text, cuts, rule)
    for span in _disjoint(spans, len(text)):
        if account.next < len(cuts) or span.replacement:
            account.take(span)
        else:
            account.take_plain(span)
    return account.close()


def cuts_of(marks: Iterable[Mark]) -> tuple[Cut, ...]:
    """Return the marks as cuts."""
    return tuple(Cut(*mark) for mark in marks)


def _disjoint(spans: Iterable[Span], length: int) -> Iterable[Span]:
    done = 0
    for span in sorted(spans):
        start, end = max(span.start, done), min(span.end, length)
        if start < end:
            yield span if (start, end) == span[:2] else span._replace(start=start, end=end)
            done = end


class _Account:
    """One sweep over a text: the parts kept so far, and the cuts with their new offsets."""

    def __init__(self, text: str, cuts: Sequence[Mark], rule: str) -> None:
        self.text, self.old, self.rule = text, cuts, rule
        self.new: list[Mark] = []
        self.parts: list[str] = []
        self.size = 0  # of the parts
        self.done = 0  # the text before this place has been dealt with
        self.next = 0  # index of the first old cut that has not

    def take(self, span: Span) -> None:
        """Take a span out. Replacements that it touches go with it, or are written anew."""
        start, end, replacement = max(span.start, self.done), span.end, span.replacement
        if start >= end:  # a replacement that the span before this one had to write anew
            return
        self._pass_cuts(start)
        if (cut := self._pending()) and cut.offset < start:  # the span begins inside a replacement
            replacement = self.text[cut.offset : start] + replacement
            start = cut.offset
        self._keep(start)
        first = len(self.new)
        while (cut := self._pending()) and cut.offset < end:
            self._drop(cut.offset, span.reason)
            self.new.append(Mark(self.size, cut.text, cut.rule, cut.reason))
            self.done = _end(cut)
            self.next += 1
        if self.done > end:  # the span ends inside a replacement
            replacement += self.text[end : self.done]
        self._drop(max(end, self.done), span.reason)
        if replacement:
            last = self.new.pop() if len(self.new) > first else Mark(self.size, "", self.rule, span.reason)
            self.new.append(Mark(self.size, last.text, last.rule, last.reason, replacement))
            self._append(replacement)

    def take_plain(self, span: Span) -> None:
        """Take a span out that no old cut stands in or after; most spans are such, and it is quick."""
        if span.start >= self.done:
            self._keep(span.start)
            self._drop(span.end, span.reason)

    def close(self) -> tuple[str, tuple[Mark, ...]]:
        """Return the text that was kept and its cuts, empty ones left out."""
        self._pass_cuts(len(self.text))
        self._keep(len(self.text))
        kept = tuple(cut for cut in self.new if cut.text or cut.replacement)
        return "".join(self.parts), kept

    def _pending(self) -> Mark | None:
        return self.old[self.next] if self.next < len(self.old) else None

    def _pass_cuts(self, place: int) -> None:
        """Move the old cuts that stand before ``place``; one right at it stood before its character."""
        old, last = self.old, self.next
        while last < len(old) and old[last].offset + len(old[last].replacement) <= place:
            last += 1
        if last > self.next:
            by = self.size - self.done
            passed = old[self.next : last]
            self.new += [Mark(at + by, *rest) for at, *rest in passed] if by else passed
            self.next = last

    def _keep(self, end: int) -> None:
        self._append(self.text[self.done : end])
        self.done = end

    def _append(self, part: str) -> None:
        self.parts.append(part)
        self.size += len(part)

    def _drop(self, end: int, reason: str) -> None:
        if end > self.done:
            self.new.append(Mark(self.size, self.text[self.done : end], self.rule, reason))
            self.done = end


def _end(cut: Mark) -> int:
    return cut.offset + len(cut.replacement)
