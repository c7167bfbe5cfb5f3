"""What ``scrapy stories`` tells: stories as plain values, with everything that is known of their members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newscrawl.archiving.placing import tell_all, texts_around
from newscrawl.dedupe import Difference, Member, Span, Story, word_diff
from newscrawl.storage import Catalog, StoryRow, TextRow


def summary_of(catalog: Catalog, row: StoryRow) -> dict[str, Any]:
    """Return a story in a few words."""
    (original,) = catalog.texts_with_ids([row.original])
    return {
        "id": row.id,
        "texts": row.text_count,
        "sites": row.site_count,
        "first_at": row.first_at or None,
        "last_at": row.last_at or None,
        "headline": original.headline,
        "original": original.url,
    }


def find_story(catalog: Catalog, name: str) -> Story | None:
    """Return the story with an id, one that it had earlier too, or that a URL or the path of a seed file is in."""
    row = catalog.story(name)
    if row is not None:
        start = catalog.texts_of_story(row.id)
    else:
        start = catalog.texts_at(name)
        article = catalog.article(name) or next(iter(catalog.articles_named(Path(name).stem[-16:])), None)
        start = start or (catalog.texts_at(article.url) if article else [])
    if not start:
        return None
    stories = tell_all(catalog, texts_around(catalog, [start[0].id]))
    return next(story for story in stories if any(each.key == start[0].key for each in story.members))


def account_of(catalog: Catalog, story: Story) -> dict[str, Any]:
    """Return a story with its members, original first, then by date; what it is linked to; the history of its id."""
    rows = _rows(catalog, story)
    original = rows[story.original]
    return {
        "id": story.id,
        "headline": original.headline,
        "original": original.url,
        "members": [_member(rows, member) for member in story.members],
        "related": [
            f"{each.relation} {url}" for each in story.related if (url := _url(catalog, each.key)) is not None
        ],
        "history": [
            f"{line.at:%Y-%m-%d %H:%M} {line.old} became {line.new}" for line in catalog.renamings(story.id)
        ],
    }


def differences_of(catalog: Catalog, story: Story) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield for each member that is not the original a title and the way from the text that it hangs on to its own."""
    rows = _rows(catalog, story)
    for member in story.members:
        if member.key != member.against:
            theirs, ours = rows[member.against], rows[member.key]
            title = f"{theirs.url} -> {ours.url} ({member.relation})"
            yield title, word_diff(catalog.whole_text(theirs), catalog.whole_text(ours))


def _rows(catalog: Catalog, story: Story) -> dict[str, TextRow]:
    found = ((member.key, catalog.text(member.key)) for member in story.members)
    return {key: row for key, row in found if row is not None}


def _member(rows: Mapping[str, TextRow], member: Member) -> dict[str, Any]:
    row = rows[member.key]
    return {
        "url": row.url,
        "host": member.host,
        "outlet": member.outlet,
        "relation": member.relation,
        "against": rows[member.against].url,
        "published_at": member.published_at.isoformat() if member.published_at else None,
        "captured_at": row.captured_at.isoformat(),
        "headline": row.headline,
        "place": row.path if row.kind == "article" else f"{row.manifest}, byte {row.line_offset}",
        "differences": [_difference(each) for each in member.differences],
    }


def _difference(each: Difference) -> dict[str, str]:
    return {"kind": each.kind, "ours": each.ours, "theirs": each.theirs}


def _url(catalog: Catalog, key: str) -> str | None:
    row = catalog.text(key)
    return row.url if row else None
