"""What an archive of the demo newsroom must say: one ``Expected`` for every article URL."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.outlets import Outlet, PageKind, Posting
from newscrawl.demo.pages import PARTS
from newscrawl.demo.texts import Line, NewsText

Fate = Literal["archived", "duplicate", "reprint", "quarantined", "gone", "forbidden"]
_FATES: dict[PageKind, tuple[Fate, str]] = {
    "missing": ("gone", "404"),
    "forbidden": ("forbidden", "robots"),
    "soft_404": ("quarantined", "soft_404"),
    "javascript_shell": ("quarantined", "javascript_shell"),
    "video": ("quarantined", "video_only"),
    "binary": ("quarantined", "not_html"),
}
_FLAGS = {
    "pinyin": "pinyin_injected",
    "body_twice": "body_repeated",
    "headline_glued": "headline_repeated",
    "foreign_headline": "headline_body_mismatch",
}
"""What the repair alone can notice. A headline that is repeated in a paragraph of its own may be left out by
the extraction already, and a missing one may come from the text of the link: neither is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The truth about one article URL."""

    url: str
    source: str
    """The id of the outlet it stands at."""
    fate: Fate
    """``duplicate`` says that the text stands at ``same_as`` as well and was posted there earlier. Which
    of the two a crawl meets first is its own affair: of each such group one is archived, whichever.
    ``reprint`` says that a text of the same story was posted earlier, with edits between the two. When a crawl
    meets it first, or when it has more of the story than what the crawl met before, it is archived as well."""
    reason: str = ""
    headline: str = ""
    body: str = field(default="", repr=False)
    """In NFKC, paragraphs joined by LF, without bylines; a row of a table has one space between its cells."""
    optional: tuple[str, ...] = field(default=(), repr=False)
    """Lines of the body that may stand there in another form, or in the metadata: captions, table rows."""
    date: date | datetime | None = None
    """As precise as the page says it; None when it does not."""
    outlet: str | None = None
    """来源 as the page names it, in its own line, the byline or the dateline; None when it names none."""
    story: str = ""
    """The id of the text: equal for an original and all its reprints, edited ones included."""
    altered: bool = False
    """It says something else than the others of its story: it is archived, as a variant of theirs."""
    same_as: str = ""
    """The URL of the first posting of exactly this headline and body; its own when it is the first."""
    continuations: tuple[str, ...] = ()
    """The URLs of the further pages of a split article: fetched, never articles of their own."""
    flags: frozenset[str] = frozenset()
    """Flags that the repair must raise, among others."""
    linked_from: frozenset[str] = frozenset({"front"})


def normal(text: str) -> str:
    """Return a line as a seed file holds it: NFKC, single spaces.

    >>> normal("　　总面积1.2万㎡，分三期：")
    '总面积1.2万m2,分三期:'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


def expectations(newsroom: Newsroom, port: int) -> tuple[Expected, ...]:
    """Return what must become of every article URL of a newsroom on a port, oldest posting first."""
    postings = sorted(
        ((outlet, posting) for outlet in newsroom.outlets for posting in outlet.postings),
        key=lambda pair: (pair[1].at, pair[0].id, pair[1].number),
    )
    found = (_expected(newsroom, outlet, posting, port) for outlet, posting in postings)
    return tuple(_with_duplicates(found))


def _with_duplicates(found: Iterator[Expected]) -> Iterator[Expected]:
    firsts: dict[tuple[str, str], str] = {}
    told: set[str] = set()
    for one in found:
        if one.fate != "archived":
            yield one
            continue
        first = firsts.setdefault((one.headline, one.body), one.url)
        fate: Fate = (
            "duplicate"
            if first != one.url
            else "reprint"
            if one.story in told and not one.altered
            else "archived"
        )
        told.add(one.story)
        yield replace(one, fate=fate, same_as=first)


def _expected(newsroom: Newsroom, outlet: Outlet, posting: Posting, port: int) -> Expected:
    base = f"http://{outlet.host}:{port}"
    fate, reason = _FATES.get(posting.page, ("archived", ""))
    bare = Expected(
        url=base + outlet.path_of(posting),
        source=outlet.id,
        fate=fate,
        reason=reason,
        headline=normal(newsroom.headline_of(posting)),
        linked_from=posting.linked_from,
    )
    text = newsroom.text_of(posting)
    if text is None or fate != "archived":
        return bare
    parts = range(2, PARTS + 1) if posting.page == "split" else ()
    return replace(
        bare,
        body="\n".join(_body_line(line) for line in text.lines),
        optional=tuple(_body_line(line) for line in text.lines if line.kind in ("caption", "row")),
        date=_date(outlet, posting),
        outlet=_outlet(newsroom, text, posting),
        story=text.id,
        altered=posting.altered,
        continuations=tuple(base + outlet.path_of(posting, part) for part in parts),
        flags=frozenset(_FLAGS[word] for word in posting.debris & _FLAGS.keys()),
    )


def _body_line(line: Line) -> str:
    return normal(" ".join(line.cells) if line.kind == "row" else line.text)


def _date(outlet: Outlet, posting: Posting) -> date | datetime | None:
    """Return the date as precise as the page says it: the paper and the stamps know only the day."""
    if outlet.template == "newspaper" or "no_info" in posting.debris:
        return posting.at.date()
    return posting.at


def _outlet(newsroom: Newsroom, text: NewsText, posting: Posting) -> str | None:
    """Return 来源 as printed; without the line that prints it, the outlet that byline or dateline name."""
    credit = newsroom.credit_of(posting)
    if not posting.debris & {"no_info", "no_credit"}:
        return credit
    named = credit in text.opening_byline + text.byline or text.lines[0].text.startswith(credit)
    return credit if named else None
