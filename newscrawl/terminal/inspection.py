"""What ``scrapy inspect`` shows of one page."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from newscrawl.items import Extraction, Metadata, Region, RepairedText
from newscrawl.terminal.account import lines_of, render_line
from newscrawl.terminal.plain import plain, plain_json

if TYPE_CHECKING:
    from newscrawl.jobs.archived_articles import Inspected

_CANDIDATES = 6
"""Candidates shown; what came behind them had no chance."""


def print_inspection(extraction: Extraction | None, repaired: RepairedText) -> None:
    """Print the choice of the body, the metadata with where each was found, and the text with its cuts marked."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    console.print(f"[bold]{_escaped(repaired.headline or '(no headline)')}[/bold]")
    if extraction is not None:
        console.rule("body, best candidate first", align="left")
        for candidate in extraction.candidates[:_CANDIDATES]:
            reasons = ", ".join(candidate.reasons)
            console.print(
                f"  {candidate.score:6.3f}  {candidate.name:<14} {len(candidate.text):6} characters  {_escaped(reasons)}"
            )
    console.rule("metadata", align="left")
    for name, value in metadata_of(repaired.metadata).items():
        found = repaired.metadata.provenance.get(name)
        where = f"   ← {found.where}: {found.raw}" if found else ""
        console.print(f"  {name:<22} {_escaped(str(value) + where)}")
    if repaired.flags:
        console.print(f"  {'flags':<22} {', '.join(repaired.flags)}")
    console.rule("text", align="left")
    for line in lines_of(repaired):
        console.print(render_line(line))


def print_origin(inspected: Inspected) -> None:
    """Say on standard error where an archived article stands, what made it, and whether its page gives the same today."""
    entry, capture = inspected.entry, inspected.entry.capture
    warc = f"{capture.warc.file}, byte {capture.warc.offset}" if capture.warc else "no capture"
    versions = ", ".join(f"{name} {version}" for name, version in sorted(entry.versions.items()))
    lines = [
        entry.path,
        capture.url,
        f"captured {capture.captured_at.isoformat()} in {warc}",
        f"by {versions}",
    ]
    if entry.previous:
        lines.append(f"the version before is {entry.previous}")
    if inspected.again is None:
        lines.append(f"its page cannot be read again: {inspected.problem}")
    elif (inspected.again.text, inspected.again.cuts) == (inspected.article.text, inspected.article.cuts):
        lines.append("its page, read by itself today, gives the same")
    else:
        lines.append(
            "its page, read by itself today, gives something else: what other pages of the site teach, or other rules"
        )
    for line in lines:
        print(plain(line), file=sys.stderr)


def print_json(extraction: Extraction | None, repaired: RepairedText) -> None:
    """Print everything as one JSON object."""
    print(plain_json(_as_json(extraction, repaired), indent=1))


def metadata_of(metadata: Metadata) -> dict[str, Any]:
    """Return what is known, by field name, in words and numbers that JSON has."""
    known: dict[str, Any] = {}
    for name in Metadata.__dataclass_fields__:
        value = getattr(metadata, name)
        if name == "provenance" or value is None or value == ():
            continue
        known[name] = (
            value.isoformat()
            if isinstance(value, date)
            else str(value)
            if isinstance(value, Region)
            else value
        )
    return known


def _as_json(extraction: Extraction | None, repaired: RepairedText) -> dict[str, Any]:
    shown = {
        "headline": repaired.headline,
        "body": repaired.body,
        "flags": repaired.flags,
        "metadata": metadata_of(repaired.metadata),
        "found": {name: asdict(found) for name, found in repaired.metadata.provenance.items()},
        "cuts": [asdict(cut) for cut in repaired.cuts],
    }
    if extraction is not None:
        shown["candidates"] = [
            {"name": c.name, "score": c.score, "reasons": c.reasons, "characters": len(c.text)}
            for c in extraction.candidates
        ]
    return shown


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(plain(text))
