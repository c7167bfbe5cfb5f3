"""The golden pages, and how well a reader of pages does on them.

Body: white space is dropped, then character 4-grams are compared as multisets; a caption costs nothing
whether it is kept or not. A page is perfect from F1 .98 on.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
PERFECT = 0.98
_QUOTES = str.maketrans("“”‘’—–", "\"\"''--")


@dataclass(frozen=True)
class GoldenPage:
    """One folder: a page as it was sent and what must come of it."""

    folder: Path
    account: dict = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def source(self) -> str:
        return self.folder.parent.name

    @property
    def html(self) -> bytes:
        return (self.folder / "page.html").read_bytes()

    @property
    def reason(self) -> str | None:
        """Why the page is no article; None when it is one."""
        return self.account.get("reason")

    @property
    def text(self) -> str:
        """The seed file that the archive must hold."""
        return (self.folder / "article.txt").read_text(encoding="utf-8")

    @property
    def body(self) -> str:
        return self.text.partition("\n")[2]


@dataclass(frozen=True)
class Measured:
    """What came of one page; None where the golden page says nothing."""

    page: GoldenPage
    f1: float | None = None
    headline: bool | None = None
    date: bool | None = None
    outlet: bool | None = None
    reporters: bool | None = None
    flags: bool | None = None
    """Whether every flag that the page must get was set."""
    reason: bool | None = None
    exact: bool | None = None
    """Whether headline and body are the seed file, byte for byte."""
    note: str = ""

    @property
    def perfect(self) -> bool | None:
        return None if self.f1 is None else self.f1 >= PERFECT

    def __str__(self) -> str:
        f1 = "" if self.f1 is None else f" F1 {self.f1:.3f}"
        missed = [
            name
            for name in ("headline", "date", "outlet", "reporters", "flags", "reason")
            if getattr(self, name) is False
        ]
        return f"{self.page.name}{f1} {' '.join(f'-{name}' for name in missed)} {self.note}".rstrip()


FIGURES = ("f1", "perfect", "exact", "headline", "date", "outlet", "reporters", "flags", "reason")


def golden_pages(folder: Path = HERE) -> Iterator[GoldenPage]:
    """Yield the golden pages, those of one source together and in the order of their days."""
    for path in sorted(folder.glob("*/*/article.json")):
        yield GoldenPage(path.parent, json.loads(path.read_text(encoding="utf-8")))


def figures_of(measured: Iterable[Measured]) -> dict[str, float]:
    """Return the mean of each figure over the pages that have it."""
    rows = list(measured)
    columns = {name: [v for row in rows if (v := getattr(row, name)) is not None] for name in FIGURES}
    return {name: sum(values) / len(values) for name, values in columns.items() if values}


def worst_of(measured: Iterable[Measured], count: int = 12) -> list[Measured]:
    """Return the pages with the lowest F1, then those with something else missed."""
    flawed = [
        row for row in measured if any(getattr(row, n) is False for n in FIGURES) or (row.f1 or 1) < PERFECT
    ]
    return sorted(flawed, key=lambda row: (1 if row.f1 is None else row.f1, row.page.name))[:count]


def measure_article(page: GoldenPage, article: object) -> Measured:
    """Return how well an article agrees with its golden page."""
    account = page.account
    if page.reason:
        return Measured(page, reason=False, note=f"read as {article.headline!r}, is {page.reason}")
    published = article.date_published
    return Measured(
        page,
        f1=body_f1(article.body, page.body, account["optional"]),
        exact=article.text == page.text,
        headline=same(article.headline, account["headline"]),
        date=published is not None and published.isoformat().startswith(account["date_published"][:16]),
        outlet=same(article.source_outlet, account["source_outlet"]),
        flags=set(account["flags"]) <= set(article.flags) if account["flags"] else None,
        reporters=sorted(article.metadata.reporters) == sorted(account["reporters"])
        if account["reporters"]
        else None,
    )


def measure_refusal(page: GoldenPage, reason: str) -> Measured:
    """Return how well a refusal agrees with a golden page."""
    if page.reason:
        return Measured(
            page,
            reason=reason == page.reason,
            note=f"{reason} for {page.reason}" if reason != page.reason else "",
        )
    return Measured(
        page, 0.0, headline=False, date=False, outlet=False, exact=False, note=f"refused: {reason}"
    )


def body_f1(found: str | None, body: str, optional: Iterable[str]) -> float:
    """Return F1 of a body, captions free.

    >>> body_f1("3月1日,新桥通车。", "3月1日,新桥通车。\\n新桥夜景。(某某摄)", ["新桥夜景。(某某摄)"])
    1.0
    """
    full = grams(body)
    core = grams("\n".join(line for line in body.split("\n") if line not in set(optional)))
    got = grams(found or "")
    if not got or not full:
        return float(got == full)
    precision = (got & (core | full)).total() / got.total()
    needed = core & full
    recall = (got & needed).total() / max(1, needed.total())
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def grams(text: str) -> Counter[str]:
    """Return the 4-grams of a text without its white space."""
    text = squashed(text)
    return (
        Counter(text[i : i + 4] for i in range(len(text) - 3))
        if len(text) > 3
        else Counter([text] if text else [])
    )


def same(found: str | None, wanted: str | None) -> bool:
    """Return whether two strings agree but for width, white space and the style of quotes."""
    return squashed(found or "").translate(_QUOTES) == squashed(wanted or "").translate(_QUOTES)


def squashed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
