"""The demo newsroom: its outlets, its texts, and what an archive of it must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.demo.outlets import Outlet, Posting, load_outlets
from newscrawl.demo.texts import NewsText, load_texts

_DATA = Path(__file__).parent


def load_pairs(path: Path) -> tuple[tuple[str, str], ...]:
    """Return the lines of a table with two columns and a tab between them."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return tuple((first, second) for first, second in rows)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Six outlets and everything they have posted. The same on every machine and in every run."""

    outlets: tuple[Outlet, ...]
    texts: Mapping[str, NewsText] = field(repr=False)
    readings: Mapping[str, str] = field(repr=False)
    """The gloss table of the farm: a common word and its reading."""
    fillers: tuple[tuple[str, str], ...] = field(repr=False)
    """Headline and teaser of stories that only a portal's related list names."""

    @classmethod
    def load(cls, folder: Path = _DATA) -> Newsroom:
        """Return the newsroom that the data files beside this module describe."""
        return cls(
            outlets=load_outlets(folder / "outlets"),
            texts=load_texts(folder / "articles"),
            readings=dict(load_pairs(folder / "glosses.tsv")),
            fillers=load_pairs(folder / "fillers.tsv"),
        )

    def outlet(self, name: str) -> Outlet:
        """Return the outlet with this id.

        Raises:
            KeyError: there is none.
        """
        for outlet in self.outlets:
            if outlet.id == name:
                return outlet
        raise KeyError(name)

    def text_of(self, posting: Posting) -> NewsText | None:
        """Return what a posting says after its reprinting editor's changes, None when it has no text."""
        if not posting.article:
            return None
        return self.texts[posting.article].edited(posting.edits, posting.headline)

    def headline_of(self, posting: Posting) -> str:
        """Return what a link to the posting says."""
        return posting.headline or self.texts[posting.article].headline

    def credit_of(self, posting: Posting) -> str:
        """Return the name that the page prints as its source (来源); empty for a page without a text."""
        if posting.credit or not posting.article:
            return posting.credit
        wrote = self.texts[posting.article].outlet
        return next((outlet.name for outlet in self.outlets if outlet.id == wrote), wrote)
