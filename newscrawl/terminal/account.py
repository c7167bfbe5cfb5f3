"""A repaired text with its account: what stays, what was taken out, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.items import RepairedText
from newscrawl.terminal.plain import plain

if TYPE_CHECKING:
    from rich.text import Text


class Piece(NamedTuple):
    """A stretch of the text as found: kept when ``rule`` is empty, else removed by that rule."""

    text: str
    rule: str = ""
    replacement: str = ""


def pieces_of(repaired: RepairedText) -> Iterator[Piece]:
    """Return the text as found, in order, as what was kept and what was removed.

    >>> from newscrawl.items import Cut
    >>> list(pieces_of(RepairedText(headline=None, body="优化服务", cuts=(Cut(2, "(yōuhuà)", "pinyin"),))))
    [Piece(text='优化', rule='', replacement=''), Piece(text='(yōuhuà)', rule='pinyin', replacement=''), \
Piece(text='服务', rule='', replacement='')]
    """
    done = 0
    for cut in repaired.cuts:
        if cut.offset > done:
            yield Piece(repaired.body[done : cut.offset])
        yield Piece(cut.text, cut.rule, cut.replacement)
        done = cut.offset + len(cut.replacement)
    if done < len(repaired.body):
        yield Piece(repaired.body[done:])


class MarkedLine(NamedTuple):
    """One line of the text as found, in pieces, and the rules that took something out of it."""

    pieces: tuple[Piece, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules at work in the line, in order of appearance."""
        return tuple(dict.fromkeys(piece.rule for piece in self.pieces if piece.rule))

    @property
    def is_kept(self) -> bool:
        """Whether anything of the line stays."""
        return any(not piece.rule and piece.text.strip() for piece in self.pieces)


def lines_of(repaired: RepairedText) -> list[MarkedLine]:
    """Return the lines of the text as found; a line feed belongs to the line that it ends."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces_of(repaired):
        first, *rest = piece.text.split("\n")
        lines[-1].append(Piece(first, piece.rule, piece.replacement))
        lines += [[Piece(part, piece.rule)] for part in rest]
    return [MarkedLine(tuple(p for p in line if p.text or p.replacement)) for line in lines]


def render_line(line: MarkedLine, *, labelled: bool = True) -> Text:
    """Return a line for the terminal: removed parts struck out in red and in ``[-…-]``, its rules behind it."""
    from rich.text import Text

    rendered = Text()
    for piece in line.pieces:
        if piece.rule:
            rendered.append("[-", style="dim red")
            rendered.append(plain(piece.text), style="red strike")
            rendered.append("-]", style="dim red")
            rendered.append(plain(piece.replacement), style="green")
        else:
            rendered.append(plain(piece.text))
    if labelled and line.rules:
        rendered.append(f"   ← {', '.join(line.rules)}", style="yellow")
    return rendered
