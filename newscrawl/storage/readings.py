"""The order in which pages were read, and what reading them began with: one line of ``readings.jsonl`` a page.

The text of an article depends on more than its page: on the pages that continue it, on the words of the
link that led there, and on what the site's earlier pages had taught. The manifests say what came of the
pages and not in which order, so this is what a replay goes by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.exceptions import ArchiveDamaged
from newscrawl.items import Capture
from newscrawl.storage.lines import FORMAT, BadLine, read_lines, write_line
from newscrawl.storage.manifest import capture_members, parse_capture

_KIND = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingEntry:
    """One page as it was handed to the extractor."""

    capture: Capture
    continuations: tuple[Capture, ...] = ()
    """Of pages two, three … of the article."""
    link_text: str | None = None
    learnt_count: int | None = None
    """Pages that the memory of the site had learnt from; None where nobody counted."""
    injected_count: int | None = None
    """Articles of the host that had been found to have pinyin injected; None where nobody counted."""


def write_reading(entry: ReadingEntry) -> bytes:
    """Return the line of a reading."""
    values: dict[str, Any] = {"format": FORMAT, "kind": _KIND, **capture_members(entry.capture)}
    values["continuations"] = [capture_members(capture) for capture in entry.continuations]
    for name in ("link_text", "learnt_count", "injected_count"):
        values[name] = getattr(entry, name)
    return write_line(values)


def parse_reading(values: Mapping[str, Any]) -> ReadingEntry:
    """Return the reading of a line, given its JSON object.

    Raises:
        BadLine: a later format, another kind, a member missing or of the wrong type.
    """
    if (values.get("format"), values.get("kind")) != (FORMAT, _KIND):
        raise BadLine(f"format {values.get('format')!r}, kind {values.get('kind')!r}: no reading")
    try:
        return ReadingEntry(
            capture=parse_capture(values),
            continuations=tuple(map(parse_capture, values["continuations"])),
            link_text=values["link_text"],
            learnt_count=values["learnt_count"],
            injected_count=values["injected_count"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadLine(f"a reading: {type(error).__name__}: {error}") from error


def read_readings(path: Path, end: int | None = None) -> Iterator[ReadingEntry]:
    """Yield the readings of a file, up to the byte ``end``, in the order in which the pages were read.

    Raises:
        ArchiveDamaged: at the first line that is not what was written.
    """
    for line in read_lines(path, end):
        try:
            if line.problem or line.values is None:
                raise BadLine(line.problem)
            yield parse_reading(line.values)
        except BadLine as error:
            raise ArchiveDamaged(path, f"byte {line.offset}: {error}") from error
