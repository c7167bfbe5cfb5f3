"""Where a key stands in a TOML file. tomllib tells what a file says, and keeps no line numbers.

Knows ``[table]``, ``[[array of tables]]``, ``key = value`` and dotted keys, and steps over strings and
arrays of several lines. Inside inline tables the line of the enclosing key is given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]
"""Keys and, in arrays, positions from 0: ``("column", 1, "list")``."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?\Z")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def find_lines(text: str) -> dict[Place, int]:
    r"""Return the line (from 1) of every table and key of a TOML text.

    >>> find_lines('id = "a"\n[fetch]\ndelay = 5\n')[("fetch", "delay")]
    3
    """
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, statement in _statements(text):
        if header := _HEADER.match(statement):
            table = _table_of(_parts(header[2]), counts, is_array=header[1] == "[[")
            lines.setdefault(table, number)
        elif key := _KEY.match(statement):
            parts = _parts(key[1])
            for end in range(1, len(parts) + 1):
                lines.setdefault(table + parts[:end], number)
    return lines


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """Return the line of ``place``, or of the nearest place around it; 1 when there is none."""
    for end in range(len(place), 0, -1):
        if place[:end] in lines:
            return lines[place[:end]]
    return 1


def _parts(dotted: str) -> Place:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _table_of(parts: Place, counts: dict[Place, int], *, is_array: bool) -> Place:
    """Return the place of a table header, with the positions of the arrays that it stands in."""
    place: Place = ()
    for position, part in enumerate(parts):
        place += (part,)
        if is_array and position == len(parts) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place += (counts[place],)
    return place


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement's first line with its number; the lines that continue a value are stepped over."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        start = number
        number += 1
        if "=" in lines[start] and not _HEADER.match(lines[start]):
            while number < len(lines) and number - start < 200 and not _is_whole(lines[start:number]):
                number += 1
            if not _is_whole(lines[start:number]):
                number = start + 1  # broken, or a header that holds an equals sign
        yield start + 1, lines[start]


def _is_whole(lines: list[str]) -> bool:
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True
