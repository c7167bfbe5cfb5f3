"""The people whom a page credits, its keywords and the column it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.extract.blocks import place_of
from newscrawl.extract.head_lines import HeadLine, parts_of
from newscrawl.extract.view import View
from newscrawl.items import Metadata
from newscrawl.text.credits import Credit, find_credits

_SINGLE = frozenset({"column", "alternative_headline"})
_LINES_BEHIND = 6
_KEYWORD_LIMIT = 20


def with_credits(
    metadata: Metadata, view: View, head: tuple[HeadLine, ...], body: tuple[int, ...]
) -> Metadata:
    """Return the metadata with reporters, editors, authors, keywords and column, each with its raw words."""
    for where, credit in _credits(view, head, body):
        if credit.kind in metadata.provenance or not credit.values:
            continue
        value = credit.values[0] if credit.kind in _SINGLE else credit.values
        metadata = metadata.with_found(credit.kind, value, raw=credit.raw, where=where)
    keywords = view.metas.get("keywords", "")
    words = tuple(word for word in _words(keywords) if 1 < len(word) <= 20)[:_KEYWORD_LIMIT]
    if words and "keywords" not in metadata.provenance:
        metadata = metadata.with_found("keywords", words, raw=keywords[:300], where="meta[name=keywords]")
    column = view.metas.get("columnname") or view.metas.get("article:section")
    if column and "column" not in metadata.provenance:
        metadata = metadata.with_found("column", column[:40], raw=column, where="meta[name=columnname]")
    return metadata


def _words(text: str) -> list[str]:
    for separator in ",，;；|、":
        text = text.replace(separator, "\n")
    return [word.strip() for word in (text.split("\n") if "\n" in text else text.split())]


def _credits(view: View, head: tuple[HeadLine, ...], body: tuple[int, ...]) -> Iterator[tuple[str, Credit]]:
    """Yield credits from the lines about the headline, the first and last of the body, and those behind it."""
    blocks = view.lines.blocks
    behind = range(body[-1] + 1, min(len(blocks), body[-1] + 1 + _LINES_BEHIND))
    lines = [(line.index, line.parts) for line in head]
    lines += [
        (index, parts_of(view, index))
        for index in dict.fromkeys((*body[:2], *body[-_LINES_BEHIND:], *behind))
    ]
    for index, text in lines:
        for credit in find_credits(text):
            if credit.kind != "source_outlet" and not credit.kind.startswith("date_"):
                yield place_of(view.lines.blocks[index].element), credit
