"""The HTML of the demo newsroom: articles in each outlet's template, and the pages that are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newscrawl.demo.debris import printed_lines
from newscrawl.demo.links import Linker
from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.outlets import Outlet, Posting
from newscrawl.demo.texts import Line

PARTS = 3
"""Pages of the one article that is split."""
SIDE_LIST = 6
"""Entries of a side list."""
_WEEKDAYS = "一二三四五六日"
_TEMPLATES = Path(__file__).parent / "templates"
_TEXTLESS = {
    "missing": "missing.html",
    "soft_404": "soft_404.html",
    "javascript_shell": "javascript_shell.html",
    "video": "video.html",
}


def clock(moment: datetime) -> str:
    """Return a date as page headers print it.

    >>> clock(datetime(2025, 5, 13))
    '2025年5月13日 星期二'
    """
    return f"{moment.year}年{moment.month}月{moment.day}日 星期{_WEEKDAYS[moment.weekday()]}"


def load_templates() -> Environment:
    """Return the Jinja environment of the outlets' templates; an unknown name in one is an error."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = clock
    return environment


def encode(html: str, outlet: Outlet) -> bytes:
    """Return the bytes of a page in the encoding that the outlet really uses."""
    return html.encode(outlet.encoding)


@dataclass(frozen=True, slots=True)
class Press:
    """Prints the pages of a newsroom for one port."""

    newsroom: Newsroom
    port: int
    templates: Environment = field(default_factory=load_templates, repr=False)

    def linker(self, outlet: Outlet, page: str) -> Linker:
        """Return the maker of the links of one page."""
        return Linker(self.newsroom, outlet, page, self.port)

    def print(self, outlet: Outlet, template: str, page: str, **words: Any) -> bytes:  # noqa: ANN401
        """Return the bytes of a page: a template of the outlet, or a shared one, filled in."""
        links = self.linker(outlet, page)
        shown = [posting for posting in outlet.listed() if posting.page not in ("forbidden", "binary")]
        names = [f"{outlet.template}/{template}", template]
        html = self.templates.select_template(names).render(
            outlet=outlet,
            links=links,
            page=page,
            base=f"{outlet.template}/base.html",
            now=clock(outlet.postings[0].at),
            hot=[links.to_posting(posting) for posting in shown[1::2][:SIDE_LIST]],
            latest=[links.to_posting(posting) for posting in shown[:SIDE_LIST]],
            **words,
        )
        return encode(html, outlet)

    def article(self, outlet: Outlet, posting: Posting, part: int = 1) -> bytes:
        """Return the page of a posting, or one part of an article that is split over several."""
        page = outlet.path_of(posting, part)
        words = self._words(outlet, posting, page)
        if posting.page == "split":
            words |= self._part(outlet, posting, words["lines"], part)
        template = "broken.html" if posting.page == "broken" else "article.html"
        return self.print(outlet, template, page, **words)

    def textless(self, outlet: Outlet, posting: Posting) -> bytes:
        """Return the page of a posting that has no text: an error page, a shell, a video."""
        page = outlet.path_of(posting)
        return self.print(outlet, _TEXTLESS[posting.page], page, **self._frame(outlet, posting, page))

    def missing(self, outlet: Outlet) -> bytes:
        """Return the outlet's 404 page."""
        return self.print(outlet, "missing.html", "/404.htm")

    def _frame(self, outlet: Outlet, posting: Posting, page: str) -> dict[str, Any]:
        """Return the words that every page of a posting has."""
        neighbours = [other for other in outlet.listed() if other != posting and other.article]
        near = sorted(neighbours, key=lambda other: (abs(other.at - posting.at), other.number))[:SIDE_LIST]
        links = self.linker(outlet, page)
        return {
            "posting": posting,
            "section": outlet.section(posting.section),
            "headline": self.newsroom.headline_of(posting),
            "itself": links.to_posting(posting),
            "related": [links.to_posting(other) for other in near],
        }

    def _words(self, outlet: Outlet, posting: Posting, page: str) -> dict[str, Any]:
        text = self.newsroom.text_of(posting)
        assert text is not None, f"{outlet.id}: posting {posting.number} has no text"
        words = self._frame(outlet, posting, page)
        lines = printed_lines(text, posting.debris, self.newsroom.readings)
        credit = self.newsroom.credit_of(posting)
        return words | {"text": text, "lines": lines, "credit": credit, "part": 1, "part_hrefs": []}

    def _part(
        self, outlet: Outlet, posting: Posting, lines: tuple[Line, ...], part: int
    ) -> Mapping[str, Any]:
        size = -(-len(lines) // PARTS)
        links = self.linker(outlet, outlet.path_of(posting, part))
        hrefs = [links.to_path(outlet.path_of(posting, number)) for number in range(1, PARTS + 1)]
        return {"lines": lines[(part - 1) * size : part * size], "part": part, "part_hrefs": hrefs}
