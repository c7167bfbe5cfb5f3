"""Lines of JSON that can tell whether they are still what was written.

Every line of ``manifest.jsonl``, ``quarantine.jsonl`` and ``runs.jsonl`` is one JSON object with sorted keys,
in UTF-8, and ends in ``"line_sha256":"<16 hex>"``: the first 64 bits of the SHA-256 of the line as it was
before that member was put in. ``sed 's/,"line_sha256":"[0-9a-f]*"}$/}/' | head -c -1 | sha256sum`` checks one.

What a terminal or an editor could obey is escaped (C1 controls, DEL, line separators, directions of
writing), a lone surrogate as well; JSON itself escapes the rest. Everything is read back exactly.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.exceptions import ArchiveDamaged

FORMAT = 1
"""Of the lines; raised when a reader of today could misunderstand a line of tomorrow."""

_TAIL = re.compile(rb',"line_sha256":"([0-9a-f]{16})"}\Z')
# They stand only inside JSON strings, where \uXXXX means the same.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class BadLine(ValueError):
    """A line that is not what was written; ``str()`` says how."""


def write_line(values: Mapping[str, Any]) -> bytes:
    r"""Return the line for a JSON object that is not empty, newline included.

    >>> write_line({"headline": "淄博"}).decode()
    '{"headline":"淄博","line_sha256":"d9c2e5c8776ab0a6"}\n'
    """
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    text = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    line = text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes \udXXX, as JSON writes it
    return b'%b,"line_sha256":"%b"}\n' % (line[:-1], _digest16(line))


def parse_line(line: bytes) -> dict[str, Any]:
    """Return the JSON object of a line that `write_line` wrote, without its checksum.

    Raises:
        BadLine: torn, altered, or not ours.
    """
    if not line.endswith(b"\n"):
        raise BadLine("the line is torn: no newline at its end")
    found = _TAIL.search(line, 0, len(line) - 1)
    if not found:
        raise BadLine("the line has no checksum")
    content = line[: found.start()] + b"}"
    if _digest16(content) != found[1]:
        raise BadLine("the line does not match its checksum")
    try:
        values = json.loads(content)
    except ValueError as error:
        raise BadLine(f"the line is no JSON: {error}") from error
    if not isinstance(values, dict):
        raise BadLine("the line is no JSON object")
    return values


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, as it was found there."""

    offset: int
    length: int
    values: dict[str, Any] | None = field(repr=False)
    """The JSON object; of an altered line whatever can still be read of it."""
    problem: str
    """What is wrong with the line; empty when it is what was written."""
    is_torn: bool
    """It is the last one and has no newline."""


def read_lines(path: Path, end: int | None = None) -> Iterator[Line]:
    """Yield the lines of a file up to the byte ``end``, damaged ones among them."""
    offset = 0
    with path.open("rb") as file:
        while line := file.readline() if end is None else file.readline(end - offset):
            yield _read_line(offset, line)
            offset += len(line)


def _read_line(offset: int, line: bytes) -> Line:
    is_torn = not line.endswith(b"\n")
    try:
        return Line(offset, len(line), parse_line(line), "", is_torn)
    except BadLine as bad:
        return Line(offset, len(line), _what_can_be_read(line), str(bad), is_torn)


def _what_can_be_read(line: bytes) -> dict[str, Any] | None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def line_at(path: Path, offset: int) -> dict[str, Any]:
    """Return the object of the line that begins at ``offset``.

    Raises:
        ArchiveDamaged: there is none.
    """
    try:
        with path.open("rb") as lines:
            lines.seek(offset)
            return parse_line(lines.readline())
    except (OSError, BadLine) as error:
        raise ArchiveDamaged(path, f"byte {offset}: {error}; scrapy verify tells more") from error


def _digest16(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest()[:16].encode("ascii")
