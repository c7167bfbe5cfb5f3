"""The articles of the demo newsroom, as their authors wrote them: one plain file each.

A file is a head of ``key: value`` lines, an empty line, and one paragraph a line. The first character of a
line tells what it is: ``#`` a sub-heading, ``!`` the caption of a photo, ``|`` a row of a table.

    headline: 沂泉市图书馆夜间开放满月
    outlet: yiquan
    reporters: 柳晓禾

    沂泉新闻网5月9日讯 …
    # 灯亮着，人就来了
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

LineKind = Literal["text", "subheading", "caption", "row"]
_MARKS: dict[str, LineKind] = {"#": "subheading", "!": "caption", "|": "row"}
_LISTS = ("reporters", "correspondents", "keywords")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, sub-heading, caption or row of a table (its cells between ``|``)."""

    kind: LineKind
    text: str = field(repr=False)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row.

        >>> Line("row", "线路 | 首班 | 末班").cells
        ('线路', '首班', '末班')
        """
        return tuple(cell.strip() for cell in self.text.split("|"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsText:
    """What an outlet wrote, before any page was made of it."""

    id: str
    headline: str
    outlet: str
    """The id of the outlet that wrote it; a name when it is none of the newsroom's own."""
    lines: tuple[Line, ...] = field(repr=False)
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    editor: str = ""
    opening_byline: str = ""
    """A line of its own above the first paragraph."""
    byline: str = ""
    """A line of its own below the last paragraph."""

    def edited(self, edits: tuple[tuple[str, str], ...], headline: str = "") -> NewsText:
        """Return the text after a reprinting editor's replacements; a paragraph left empty is dropped.

        Raises:
            ValueError: a replacement that would change nothing.
        """
        lines = self.lines
        for old, new in edits:
            changed = tuple(replace(line, text=line.text.replace(old, new)) for line in lines)
            if changed == lines:
                raise ValueError(f"articles/{self.id}.txt: no {old!r} to replace by {new!r}")
            lines = changed
        kept = tuple(line for line in lines if line.text)
        return replace(self, lines=kept, headline=headline or self.headline)


def parse_line(line: str) -> Line:
    """Return a line of a file with its kind.

    >>> parse_line("# 灯亮着，人就来了")
    Line(kind='subheading')
    """
    kind = _MARKS.get(line[0])
    return Line(kind, line[1:].strip(" |")) if kind else Line("text", line)


def parse_text(name: str, content: str) -> NewsText:
    """Return the article that a file's content holds.

    Raises:
        ValueError: the head has an unknown key, or lacks the headline or the outlet.
    """
    head, _, body = content.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    lists = {key: tuple(fields.pop(key, "").split()) for key in _LISTS}
    lines = tuple(parse_line(line) for line in body.splitlines() if line.strip())
    try:
        return NewsText(id=name, lines=lines, **lists, **fields)  # type: ignore[arg-type]
    except TypeError as wrong:
        raise ValueError(f"articles/{name}.txt: {wrong}") from wrong


def load_texts(folder: Path) -> dict[str, NewsText]:
    """Return every article of a folder by its id, which is its file name without ``.txt``."""
    return {
        path.stem: parse_text(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))
    }
