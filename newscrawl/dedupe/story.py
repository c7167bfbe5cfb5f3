"""The values of a story: the texts it is made of, how they are linked, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newscrawl.dedupe.relations import MIRRORED, Difference, Relation

MemberRelation = Literal[
    "original", "version", "same", "part_of", "extends", "overlaps", "variant", "different"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText:
    """What has to be known of a text to place it in a story; not the text itself."""

    key: str
    """Names the text; never made from the order of arrival."""
    url: str
    host: str
    captured_at: datetime
    """Aware, as every time here."""
    length: int
    """Characters of the comparing form of the body."""
    fingerprint: str
    headline: str | None = None
    site_name: str = ""
    """What the site that printed it calls itself."""
    outlet: str | None = None
    """来源: whom the text names as its origin."""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two texts that were compared and are not different; ``relation`` and ``differences`` as seen from ``ours``."""

    ours: str
    theirs: str
    relation: Relation
    one_story: bool
    differences: tuple[Difference, ...] = ()

    def seen_from(self, key: str) -> Link:
        """Return the same link with ``key`` as the first text."""
        if key == self.ours:
            return self
        mirrored = tuple(sorted(each.mirrored() for each in self.differences))
        relation = MIRRORED.get(self.relation, self.relation)
        return Link(self.theirs, self.ours, relation, self.one_story, mirrored)


@dataclass(frozen=True, slots=True)
class Member:
    """A text of a story, and what it is to the text ``against``: the original, or the member it hangs on."""

    key: str
    host: str
    outlet: str | None
    published_at: datetime | None
    relation: MemberRelation
    against: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """A text of another story that is linked to ``member``: a digest, a passage in common, other facts."""

    key: str
    member: str
    relation: Relation
    """What the text is to ``member``."""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One piece of news and everybody who printed it."""

    id: str
    """Of the member that was captured first: later arrivals do not change it."""
    original: str
    members: tuple[Member, ...]
    """The original first, the others by date."""
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Renaming:
    """One line of a story's history: the text ``key`` was in the story ``old`` and is in ``new`` now."""

    key: str
    old: str
    new: str
