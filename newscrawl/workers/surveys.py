"""What a home page shows of its site: its links, its charset, its title, and the system that it runs on."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.discover import Front


@dataclass(frozen=True, slots=True)
class Survey:
    """What a list page shows beside its links; it travels from a worker to the crawl."""

    front: Front = field(repr=False)
    charset: str = ""
    title: str = ""
    family: str = ""
