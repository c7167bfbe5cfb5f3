"""Links between the pages of the demo newsroom, written in each outlet's own manner."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.outlets import Outlet, Posting
from newscrawl.demo.texts import NewsText

TEASER_LENGTH = 34
"""Characters of the lead that a list shows."""
FILLER_STEP = timedelta(minutes=7, seconds=13)
"""Between two links to other people's stories in a related list."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an article as a list shows it."""

    href: str
    headline: str
    teaser: str
    at: datetime
    number: int

    @property
    def stamp(self) -> str:
        """The date as the portal prints it: minute and second where the clock should be.

        >>> Link("", "", "", datetime(2023, 8, 10, 18, 29, 32), 1).stamp
        '23年08月10日 29:32'
        """
        return f"{self.at:%y年%m月%d日 %M:%S}"


def base_url(outlet: Outlet, port: int) -> str:
    """Return scheme, host and port of an outlet, without a slash at the end."""
    return f"http://{outlet.host}:{port}"


def href(outlet: Outlet, path: str, *, page: str, port: int) -> str:
    """Return how a page of an outlet links to a path of the same outlet."""
    if outlet.links == "absolute":
        return base_url(outlet, port) + path
    if outlet.links == "scheme":
        return base_url(outlet, port).removeprefix("http:") + path
    if outlet.links == "relative" and path != "/":
        relative = posixpath.relpath(path, posixpath.dirname(page))
        return relative if relative.startswith(".") else f"./{relative}"
    return path


def teaser(text: NewsText | None) -> str:
    """Return the beginning of a text as one line, as list pages and related lists show it."""
    if text is None:
        return ""
    lead = " ".join(line.text for line in text.lines[:2])
    return (text.opening_byline.replace(" ", "") + lead)[:TEASER_LENGTH]


@dataclass(frozen=True, slots=True)
class Linker:
    """Makes the links of one page: whose page, at which path, on which port."""

    newsroom: Newsroom
    outlet: Outlet
    page: str
    port: int

    def to_path(self, path: str) -> str:
        """Return how this page links to a path of its own outlet."""
        return href(self.outlet, path, page=self.page, port=self.port)

    def to_posting(self, posting: Posting) -> Link:
        """Return how this page links to an article of its own outlet."""
        return Link(
            self.to_path(self.outlet.path_of(posting)),
            self.newsroom.headline_of(posting),
            teaser(self.newsroom.text_of(posting)),
            posting.at,
            posting.number,
        )

    def fillers(self, at: datetime) -> list[Link]:
        """Return the links to other people's stories that a portal adds, each a little older than the last."""
        return [
            Link(self.elsewhere("gupiao", f"/{number}.html"), *words, at - number * FILLER_STEP, number)
            for number, words in enumerate(self.newsroom.fillers, start=1)
        ]

    def elsewhere(self, name: str, path: str = "/") -> str:
        """Return a URL on a host of this server that is no outlet: out of every source's scope."""
        return f"http://{name}.localhost:{self.port}{path}"
