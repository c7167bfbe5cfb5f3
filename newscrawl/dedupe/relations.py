"""What is said of two texts: their relation, and what stands in one and not in the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

Relation = Literal["same", "part_of", "extends", "overlaps", "variant", "different"]
"""Seen from the first text: ``part_of`` is a teaser or an abridged copy of the second, ``extends`` has all of
the second and more, ``overlaps`` shares a passage, ``variant`` is one text with other facts, or one template."""

DifferenceKind = Literal["figure", "amount", "date", "name", "place", "words"]

MIRRORED: dict[Relation, Relation] = {"part_of": "extends", "extends": "part_of"}


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One thing that the first text says (``ours``) and the second does not, or says otherwise (``theirs``)."""

    kind: DifferenceKind
    ours: str
    theirs: str
    """Empty where the other side has nothing in its place."""

    def mirrored(self) -> Difference:
        """Return the same difference, seen from the second text.

        >>> Difference("figure", "1035人", "1053人").mirrored()
        Difference(kind='figure', ours='1053人', theirs='1035人')
        """
        return replace(self, ours=self.theirs, theirs=self.ours)


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A repaired text as it is compared, with the key that names it."""

    key: str
    headline: str | None
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The relation of a first text to a second one."""

    relation: Relation
    differences: tuple[Difference, ...] = ()
    ours: float = 0.0
    """The share of the first text that stands in the second one, 0 to 1."""
    theirs: float = 0.0
    """The share of the second text that stands in the first one."""
    one_story: bool = False
    """Whether the two are one story; if not, they are only linked."""

    def mirrored(self) -> Comparison:
        """Return the same comparison, seen from the second text."""
        return replace(
            self,
            relation=MIRRORED.get(self.relation, self.relation),
            differences=tuple(sorted(each.mirrored() for each in self.differences)),
            ours=self.theirs,
            theirs=self.ours,
        )
