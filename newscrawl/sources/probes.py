"""What a short look at a source showed: whether it answers, what it runs on, and one article as a proof."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from newscrawl.sources.examples import ExampleResult


@dataclass(frozen=True, slots=True)
class Proof:
    """An article that was read, to show that the source can be."""

    url: str
    headline: str
    published: str | None
    """As ISO 8601 has it; None when the page does not say."""
    outlet: str | None
    characters: int
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """What is known of a source after a look at it."""

    source: str
    url: str
    checked_at: datetime
    robots: str = ""
    """``none`` there is no robots.txt · ``rules`` · ``closed`` it cannot be had, so nothing may be fetched · empty: not asked."""
    crawl_delay: float = 0.0
    """Seconds that robots.txt asks for."""
    reason: str = ""
    """Why the start page could not be had or read; empty when it could."""
    moved_to: str = ""
    """The host that the start page has sent us to, when it is another."""
    title: str = ""
    charset: str = ""
    family: str = ""
    feed: str = ""
    feed_count: int = 0
    """Entries of the feed."""
    sitemaps: tuple[str, ...] = ()
    list_count: int = 0
    """Lists that the start page names."""
    article_count: int = 0
    """Articles on the start page and on the lists that were looked at."""
    proof: Proof | None = None
    failures: tuple[str, ...] = ()
    """Why other articles were not read, each as ``reason URL``."""
    examples: tuple[ExampleResult, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """Return ``ok``, or in one word what is the matter."""
        if self.reason:
            return self.reason
        if self.proof is None:
            return "no_articles" if self.article_count == 0 else "none_read"
        return "ok" if all(example.is_right for example in self.examples) else "examples"

    @property
    def is_fine(self) -> bool:
        """Tell whether articles of the source can be had and read, and its examples still hold."""
        return self.verdict == "ok"

    def as_json(self) -> dict[str, Any]:
        """Return the probe as a line of the report has it."""
        values = asdict(self)
        values["checked_at"] = self.checked_at.isoformat(timespec="seconds")
        return {
            "verdict": self.verdict,
            **{name: value for name, value in values.items() if value not in ("", (), None)},
        }
