"""What ``stories.jsonl`` says: which texts were compared and found alike, and what became of the ids of stories.

A line is added, never altered. Stories themselves are not in it: they follow from the links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newscrawl.storage.lines import FORMAT, BadLine, write_line


@dataclass(frozen=True, slots=True)
class TextLink:
    """Two texts that are not different; everything is said from the side of the one with the smaller key."""

    ours: str
    """The smaller key."""
    theirs: str
    relation: str
    one_story: bool
    differences: tuple[tuple[str, str, str], ...] = ()
    """Kind, what ours says, what theirs says."""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A text was compared with all others there were: these are like it."""

    text: str
    compared: int
    """The version of the comparison."""
    links: tuple[TextLink, ...]


@dataclass(frozen=True, slots=True)
class UnlinkedLine:
    """These pairs have only in common what too many texts have in common by now."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RenamedLine:
    """A text was in one story and is in another."""

    text: str
    old: str
    new: str
    at: datetime


StoryLine = ComparedLine | UnlinkedLine | RenamedLine


def write_story_line(line: StoryLine) -> bytes:
    """Return the line."""
    return write_line({"format": FORMAT, **_values(line)})


def _values(line: StoryLine) -> dict[str, Any]:
    match line:
        case ComparedLine(text, compared, links):
            return {
                "kind": "compared",
                "text": text,
                "compared": compared,
                "links": [*map(_link_values, links)],
            }
        case UnlinkedLine(pairs):
            return {"kind": "unlinked", "pairs": [list(pair) for pair in pairs]}
        case RenamedLine(text, old, new, at):
            at_text = at.astimezone(UTC).isoformat()
            return {"kind": "renamed", "text": text, "old": old, "new": new, "at": at_text}


def _link_values(link: TextLink) -> dict[str, Any]:
    return {
        "ours": link.ours,
        "theirs": link.theirs,
        "relation": link.relation,
        "one_story": link.one_story,
        "differences": [list(difference) for difference in link.differences],
    }


def parse_story_line(values: Mapping[str, Any]) -> StoryLine:
    """Return what a line says, given its JSON object.

    Raises:
        BadLine: a later format, an unknown kind, a member missing or of the wrong type.
    """
    if values.get("format") != FORMAT:
        raise BadLine(f"format {values.get('format')!r} is not known to this version ({FORMAT})")
    try:
        match values["kind"]:
            case "compared":
                links = tuple(_parse_link(link) for link in values["links"])
                return ComparedLine(values["text"], int(values["compared"]), links)
            case "unlinked":
                return UnlinkedLine(tuple((ours, theirs) for ours, theirs in values["pairs"]))
            case "renamed":
                at = datetime.fromisoformat(values["at"])
                return RenamedLine(values["text"], values["old"], values["new"], at)
    except (KeyError, TypeError, ValueError) as error:
        raise BadLine(f"{type(error).__name__}: {error}") from error
    raise BadLine(f"unknown kind {values['kind']!r}")


def _parse_link(values: Mapping[str, Any]) -> TextLink:
    differences = tuple((kind, ours, theirs) for kind, ours, theirs in values["differences"])
    return TextLink(
        values["ours"], values["theirs"], values["relation"], bool(values["one_story"]), differences
    )
