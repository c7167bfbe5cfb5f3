"""The values that travel from the capture of a page to its file in the archive.

    Capture -> Page -> Extraction -> Article -> ArchivedArticle

Every value is frozen and carries the one before it only as far as it is still needed: the HTML is let
go at the extraction step, the capture stays to the end. Times that end in ``_at`` are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

CHINA_TIME = timezone(timedelta(hours=8), "CST")
"""The one time zone of the mainland, without summer time since 1991."""


@dataclass(frozen=True, slots=True)
class WarcPointer:
    """Where a response stands in the archive: file name, byte offset of its gzip member, record id."""

    file: str
    offset: int
    record_id: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetch of one URL at one time. Made once, carried unchanged by every later value."""

    url: str
    source: str
    """The id of the source that the page was fetched for; empty outside a crawl."""
    captured_at: datetime
    warc: WarcPointer | None = None


@dataclass(frozen=True, slots=True)
class PageHints:
    """What the source's file and the page that linked here say about a page. Hints, never orders."""

    body_xpath: str | None = None
    drop_xpaths: tuple[str, ...] = ()
    charset: str | None = None
    link_text: str | None = None
    """The anchor text of the link that led here, often the full headline."""


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page, with the capture they came from."""

    capture: Capture
    html: bytes = field(repr=False)
    content_type: str | None = None
    """The Content-Type header as it was sent, charset included; often wrong."""
    hints: PageHints = PageHints()
    continuations: tuple[Page, ...] = ()
    """Pages two, three … of an article that is split over several, in order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a page's body, and why the chooser thought what it thought of it."""

    name: str
    text: str = field(repr=False)
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a metadata value was found, and the words that stood there."""

    raw: str
    where: str
    """For a reader: ``meta[name=PubDate]``, ``label 来源``, ``url``, ``text line 3``."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of GB/T 2260: its six-digit code and its names from the province down."""

    code: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join(self.names)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; unknown is None or empty, never a guess.

    The names are those of schema.org NewsArticle in snake case; ours stand beside them.
    """

    alternative_headline: str | None = None
    date_published: date | datetime | None = None
    """A ``date`` when only the day is known, an aware ``datetime`` when the clock is known as well."""
    date_modified: date | datetime | None = None
    source_outlet: str | None = None
    """来源: the outlet that the article names as its origin."""
    reporters: tuple[str, ...] = ()
    """记者."""
    correspondents: tuple[str, ...] = ()
    """通讯员."""
    editors: tuple[str, ...] = ()
    """编辑, 责编."""
    authors: tuple[str, ...] = ()
    """作者, where the page does not say whether a reporter or a correspondent."""
    dateline: str | None = None
    """电头: stays in the text as well."""
    column: str | None = None
    """栏目: the section of the site that the article stands in."""
    keywords: tuple[str, ...] = ()
    main_image: str | None = None
    captions: tuple[str, ...] = ()
    canonical_url: str | None = None
    in_language: str | None = None
    """``zh-Hans`` or ``zh-Hant``."""
    region: Region | None = None
    """The region that the article is about."""
    provenance: Mapping[str, Provenance] = field(default_factory=dict, repr=False)
    """By field name: where the value was found and the raw words."""

    def with_found(self, name: str, value: Any, *, raw: str, where: str) -> Metadata:  # noqa: ANN401
        """Return a copy in which the field ``name`` has ``value``, found as ``raw`` at ``where``.

        >>> Metadata().with_found("reporters", ("宋文迪",), raw="记者 宋文迪", where="text line 17").reporters
        ('宋文迪',)
        """
        provenance = {**self.provenance, name: Provenance(raw, where)}
        return replace(self, **{name: value, "provenance": provenance})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found on a page: the headline and the text as they stand there, in NFKC, not yet repaired."""

    capture: Capture
    headline: str | None
    text: str = field(repr=False)
    """The body with whatever debris came along, one paragraph a line, without the headline field above."""
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    candidates: tuple[Candidate, ...] = field(default=(), repr=False)
    """Best first; the text above is that of the first."""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """One removed (or replaced) span: standoff against the kept text, so that it can be put back exactly."""

    offset: int
    """In code points of the kept body; the span stood before the character that has this offset now."""
    text: str
    rule: str
    reason: str = ""
    replacement: str = ""
    """What stands in the kept body, from ``offset`` on, in the place of ``text``; empty for a plain removal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedText:
    """A headline and a body without debris, and the account of everything that was taken out."""

    headline: str | None
    body: str = field(repr=False)
    """Paragraphs joined by LF."""
    cuts: tuple[Cut, ...] = field(default=(), repr=False)
    """By offset; cuts at one offset stand in the order of the text they came from."""
    flags: tuple[str, ...] = ()
    """Machine words for what was noticed, sorted: ``pinyin_injected``, ``headline_recovered`` …"""
    metadata: Metadata = field(default_factory=Metadata, repr=False)

    @property
    def text(self) -> str:
        """The content of the seed file: the headline, then one paragraph a line."""
        return "\n".join(part for part in (self.headline, self.body) if part)

    def restore(self) -> str:
        """Return the NFKC text that went into the repair, exactly.

        >>> RepairedText(headline=None, body="优化服务", cuts=(Cut(2, "(yōuhuà)", "pinyin"),)).restore()
        '优化(yōuhuà)服务'
        """
        parts: list[str] = []
        done = 0
        for cut in self.cuts:
            parts += (self.body[done : cut.offset], cut.text)
            done = cut.offset + len(cut.replacement)
        return "".join((*parts, self.body[done:]))


@dataclass(frozen=True, slots=True)
class TextKeys:
    """What texts like this one are found by."""

    fingerprint: str
    """The text fingerprint: equal for exact duplicates."""
    sketch: tuple[int, ...] = field(repr=False)
    """Numbers of which texts with a passage in common have some in common."""
    length: int
    """Characters of the comparing form of the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(RepairedText):
    """A repaired text that was captured from a page."""

    capture: Capture
    keys: TextKeys | None = field(default=None, repr=False, compare=False)
    """Computed where the page is read, if it was read for the archive."""

    @property
    def date_published(self) -> datetime | None:
        """The day and, where known, the clock of publication; midnight China time when only the day is known."""
        published = self.metadata.date_published
        if published is None or isinstance(published, datetime):
            return published
        return datetime(published.year, published.month, published.day, tzinfo=CHINA_TIME)

    @property
    def source_outlet(self) -> str | None:
        """来源: the outlet that the article names as its origin."""
        return self.metadata.source_outlet


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """An article that is on disk."""

    article: Article
    text_fingerprint: str
    """SHA-256 of the comparing form of the text, with its version: equal for exact duplicates."""
    ordinal: int
    path: Path
    """Of the seed file, relative to the archive."""
    story: str | None = None
