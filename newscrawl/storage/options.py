"""How an archive is written: what an operator may choose, and what that makes of an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from newscrawl.items import Article

Edition = Literal["repaired", "as-found"]
EDITIONS: tuple[Edition, ...] = ("repaired", "as-found")
Reprints = Literal["lines", "files"]
REPRINTS: tuple[Reprints, ...] = ("lines", "files")

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOptions:
    """How an archive is written."""

    edition: Edition = "repaired"
    """What a seed file holds: the repaired text, or what was found, debris included."""
    reprints: Reprints = "lines"
    """What becomes of a text that adds nothing to an archived one: a line with its changes, or a seed file."""
    warc_max_bytes: int = 1 << 30
    """A WARC file that has reached this size is followed by another."""
    free_min_bytes: int = 0
    """With less room than this on the disk no page is recorded any more; what is staged can still be committed."""
    operator: str | None = None
    """Who crawls and how to reach them, for the first record of a WARC file."""
    user_agent: str | None = None
    robots: str | None = None
    """``obey``, as WARC files say it."""
    site_names: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the sites of the sources call themselves, by the source's id; the lines of their texts repeat it."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the programs and rules that make the articles, by name; every manifest line repeats them."""

    def __post_init__(self) -> None:
        if self.edition not in EDITIONS:
            raise ValueError(f"edition {self.edition!r} is none of {', '.join(EDITIONS)}")
        if self.reprints not in REPRINTS:
            raise ValueError(f"reprints {self.reprints!r} is none of {', '.join(REPRINTS)}")

    def warcinfo(self) -> dict[str, str]:
        """Return what the first record of a WARC file says."""
        software = " ".join(f"{name}/{version}" for name, version in self.versions.items())
        info = {
            "software": software or "newscrawl",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "operator": self.operator,
            "http-header-user-agent": self.user_agent,
            "robots": self.robots,
        }
        return {name: value for name, value in info.items() if value}

    def text_of(self, article: Article) -> str:
        """Return the text that the seed file of an article holds."""
        return seed_text(article, self.edition)


def seed_text(article: Article, edition: str) -> str:
    """Return the text that the seed file of an article holds in an edition."""
    return article.text if edition == "repaired" else as_found_text(article)


def as_found_text(article: Article) -> str:
    """Return what was found, debris included, as the seed format can hold it: no empty lines, no control characters.

    The headline is put before it unless it stands there already.
    """
    found = _CONTROL.sub("", article.restore())
    lines = [line for line in unicodedata.normalize("NFKC", found).split("\n") if line.strip()]
    if article.headline and lines[:1] != [article.headline]:
        lines.insert(0, article.headline)
    return "\n".join(lines)
