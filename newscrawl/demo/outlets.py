"""The outlets of the demo newsroom: what each site looks like from outside, and what it posted when."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from newscrawl.items import CHINA_TIME

PageKind = Literal[
    "article", "split", "broken", "missing", "soft_404", "javascript_shell", "video", "binary", "forbidden"
]
LinkStyle = Literal["relative", "path", "absolute", "scheme"]


@dataclass(frozen=True, slots=True)
class Section:
    """A column (栏目) of a site: the folder or number in its URLs, and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One article URL of an outlet: which text stands there, since when, and in which state."""

    number: int
    section: str
    at: datetime
    """China time, as the site's own clock says."""
    article: str = ""
    """The id of the text; empty for a page that has none."""
    headline: str = ""
    """Replaces the text's own; for a page without a text, what its link says."""
    page: PageKind = "article"
    edits: tuple[tuple[str, str], ...] = ()
    altered: bool = False
    """The edits changed what is said: figures, names, dates. It is no mere reprint any more."""
    debris: frozenset[str] = frozenset()
    """What the template or the farm adds to the text, in the words of ``debris.py`` and the templates."""
    layout: str = "p"
    """How paragraphs are set: ``p``, ``br`` or ``div``."""
    linked_from: frozenset[str] = frozenset({"front"})
    """Where a link stands: ``front`` (and the lists), ``feed``, ``sitemap``."""
    credit: str = ""
    """来源 as printed, when it is not the name of the outlet that wrote the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One site: its name, host, URLs, encoding, sections and postings, the latest posting first."""

    id: str
    name: str
    host: str
    template: str
    kind: str
    """As source files say it: official, portal, gov, epaper, farm."""
    region: str
    encoding: str
    declared: str
    """The charset that the ``meta`` element claims."""
    content_type: str
    """The Content-Type header of its pages."""
    article_url: str
    list_url: str
    next_list_url: str
    page_size: int
    links: LinkStyle
    sections: tuple[Section, ...]
    postings: tuple[Posting, ...] = field(repr=False)
    start: tuple[str, ...] = ("/",)
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    """Paths of pages about the outlet itself."""
    robots: str = ""
    """The content of robots.txt; empty: there is none."""

    def section(self, name: str) -> Section:
        """Return the section with this id."""
        return next(section for section in self.sections if section.id == name)

    def path_of(self, posting: Posting, part: int = 1) -> str:
        """Return the path of a posting's page, or of its second, third … part."""
        path = self.article_url.format(section=posting.section, at=posting.at, number=posting.number)
        if part == 1:
            return path
        stem, dot, ending = path.rpartition(".")
        return f"{stem}_{part}{dot}{ending}"

    def list_path(self, section: str, page: int = 1) -> str:
        """Return the path of a section's list; the second page is 2 (``{before}`` counts from 1)."""
        pattern = self.list_url if page == 1 else self.next_list_url
        return pattern.format(section=section, page=page, before=page - 1)

    def listed(self, place: str = "front") -> tuple[Posting, ...]:
        """Return the postings that are linked from a place: ``front``, ``feed`` or ``sitemap``."""
        return tuple(posting for posting in self.postings if place in posting.linked_from)


def _posting(table: dict[str, Any]) -> Posting:
    at = table.pop("at").replace(tzinfo=CHINA_TIME)
    edits = tuple((old, new) for old, new in table.pop("edits", ()))
    debris = frozenset(table.pop("debris", ()))
    linked_from = frozenset(table.pop("linked_from", ("front",)))
    return Posting(at=at, edits=edits, debris=debris, linked_from=linked_from, **table)


def parse_outlet(content: str) -> Outlet:
    """Return the outlet that a TOML file describes."""
    table: dict[str, Any] = tomllib.loads(content)
    postings = sorted((_posting(entry) for entry in table.pop("postings")), key=lambda p: p.at, reverse=True)
    sections = tuple(Section(*pair) for pair in table.pop("sections").items())
    table |= {key: tuple(table[key]) for key in ("start", "feeds", "sitemaps", "services") if key in table}
    return Outlet(sections=sections, postings=tuple(postings), **table)


def load_outlets(folder: Path) -> tuple[Outlet, ...]:
    """Return the outlets of a folder, one file each, in the order of their file names."""
    return tuple(parse_outlet(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml")))
