"""Body, headline, date, outlet and CPU time beside the extractors that are installed.

    python -m tests.benchmarks.extraction

On the project's golden pages, and on the pages in ``../shared/gold`` where they lie beside the project. Body:
character 4-grams without white space, captions free; perfect from F1 .98 on. Times are CPU milliseconds in one
process, page by page and extractor by extractor in turn, pages in random order: compare the ratios to
trafilatura with metadata, never the figures of two machines. ``known template`` reads a page with a site memory
that has seen three pages like it; its pages are those that have one.
"""

from __future__ import annotations

import json
import logging
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.exceptions import PageError
from newscrawl.extract import SiteMemory, extract_page
from newscrawl.extract.memory import AGREEING_PAGES
from newscrawl.items import Capture, Page
from newscrawl.reading import read_article
from tests.benchmarks._peers import Answer, Reader, day, installed_peers
from tests.pages.golden import PERFECT, body_f1, golden_pages, same

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "pages"
CAPTURED_AT = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """A page and what must come of it; None where nobody has said."""

    page: Page = field(repr=False)
    body: str = field(repr=False)
    optional: tuple[str, ...] = field(repr=False)
    headline: str | None
    date: str | None
    outlet: str | None


@dataclass(frozen=True)
class Scored:
    """How one extractor did on one page."""

    f1: float
    headline: bool | None
    date: bool | None
    outlet: bool | None
    milliseconds: float


def own_pages() -> list[Wanted]:
    """Return the project's golden pages that are articles."""
    found = []
    for golden in golden_pages():
        if golden.reason is None:
            account = golden.account
            page = Page(
                Capture(account["url"], golden.source, CAPTURED_AT), golden.html, account["content_type"]
            )
            date = account["date_published"][:10] if account["date_published"] else None
            found.append(
                Wanted(
                    page,
                    golden.body,
                    tuple(account["optional"]),
                    account["headline"],
                    date,
                    account["source_outlet"],
                )
            )
    return found


def gold_pages(folder: Path = GOLD) -> list[Wanted]:
    """Return the annotated real pages, none when the folder is not there."""
    found = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        url = gold["url"] or "https://example.invalid/news/1.html"
        page = Page(Capture(url, path.stem, CAPTURED_AT), path.with_suffix(".html").read_bytes())
        core = set(gold["body"].split("\n"))
        optional = tuple(line for line in gold["body_with_optional_lines"].split("\n") if line not in core)
        body = "\n".join((gold["body"], *optional))
        found.append(Wanted(page, body, optional, gold["headline"], gold["date"], gold["source_outlet"]))
    return found


def read_first(page: Page) -> Answer:
    """Return what the project makes of a page of a site that it has never seen."""
    article = read_article(page)
    return Answer(article.body, article.headline, day(article.date_published), article.source_outlet)


def with_memories(pages: Iterable[Wanted]) -> Reader:
    """Return a reader that has seen pages of every template before."""
    memories = {id(wanted.page): _memory_of(wanted.page) for wanted in pages}

    def read(page: Page) -> Answer:
        memory = memories.get(id(page))
        if memory is None:
            raise LookupError("no template")
        article = read_article(page, memory=memory)
        return Answer(article.body, article.headline, day(article.date_published), article.source_outlet)

    return read


def _memory_of(page: Page) -> SiteMemory | None:
    memory = SiteMemory()
    try:
        for _ in range(AGREEING_PAGES):
            extract_page(page, memory=memory)
    except PageError:
        return None
    return memory if memory.templates() else None


def score(reader: Reader, wanted: Wanted) -> Scored | None:
    """Return how a reader does on a page; None where it has nothing to do with it."""
    started = time.process_time()
    try:
        answer = reader(wanted.page)
    except LookupError:
        return None
    except Exception:
        answer = Answer()
    spent = (time.process_time() - started) * 1000
    return Scored(
        body_f1(answer.body, wanted.body, wanted.optional),
        same(answer.headline, wanted.headline) if wanted.headline else None,
        (answer.date or "")[:10] == wanted.date if wanted.date else None,
        same(answer.outlet, wanted.outlet) if wanted.outlet else None,
        spent,
    )


def compare(pages: list[Wanted], readers: dict[str, Reader]) -> dict[str, dict[int, Scored]]:
    """Return the scores by reader and page, the readers taking turns."""
    order = list(enumerate(pages))
    random.Random(0).shuffle(order)
    for reader in readers.values():
        score(reader, pages[0])  # imports, compiled patterns
    rows: dict[str, dict[int, Scored]] = defaultdict(dict)
    for number, wanted in order:
        for name, reader in readers.items():
            if (found := score(reader, wanted)) is not None:
                rows[name][number] = found
    return rows


def table(rows: dict[str, dict[int, Scored]]) -> str:
    """Return the scores as a table, the best first; the ratio is of the same pages' sums."""
    lines = [
        f"{'':24}{'pages':>6}{'F1':>8}{'perfect':>9}{'<.5':>5}{'headline':>10}{'date':>7}{'outlet':>8}{'ms':>8}{'ratio':>7}"
    ]
    base = rows["trafilatura"]
    for name, scores in sorted(rows.items(), key=lambda row: -_mean(one.f1 for one in row[1].values())):
        all_of = list(scores.values())
        ratio = sum(one.milliseconds for one in all_of) / sum(base[number].milliseconds for number in scores)
        lines.append(
            f"{name:24}{len(all_of):6}{_mean(one.f1 for one in all_of):8.3f}{_mean(one.f1 >= PERFECT for one in all_of):9.2f}"
            f"{sum(one.f1 < 0.5 for one in all_of):5}{_mean(one.headline for one in all_of):10.2f}{_mean(one.date for one in all_of):7.2f}"
            f"{_mean(one.outlet for one in all_of):8.2f}{statistics.median(one.milliseconds for one in all_of):8.1f}{ratio:7.2f}"
        )
    return "\n".join(lines)


def _mean(values: Iterable[float | bool | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else float("nan")


def main() -> None:
    logging.disable(logging.CRITICAL)
    for title, pages in (
        ("golden pages of the project", own_pages()),
        ("annotated real pages", gold_pages()),
    ):
        if not pages:
            print(f"{title}: not there\n")
            continue
        readers = {
            "newscrawl": read_first,
            "newscrawl known template": with_memories(pages),
            **installed_peers(),
        }
        print(f"{title}\n{table(compare(pages, readers))}\n")


if __name__ == "__main__":
    main()
