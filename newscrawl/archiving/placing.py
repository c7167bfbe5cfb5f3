"""The stories of texts that hang together, told anew when one comes in, and noted in the catalog."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from newscrawl.dedupe import Difference, Link, Member, Story, StoryText, stories_of
from newscrawl.dedupe.relations import Relation
from newscrawl.items import CHINA_TIME, Article, TextKeys
from newscrawl.storage import (
    Archive,
    Catalog,
    Placed,
    RenamedLine,
    StoryRow,
    TextLink,
    TextRow,
    digest_of,
    text_key,
)
from newscrawl.text.urls import host_of


def texts_around(catalog: Catalog, start: Iterable[int]) -> list[TextRow]:
    """Return these texts and all that hang together with them: linked as one story, equal, or at one URL."""
    found: set[int] = set()
    new = set(start)
    while new:
        found |= new
        new = catalog.near(new) - found
    return catalog.texts_with_ids(sorted(found))


def tell(
    catalog: Catalog, rows: Collection[TextRow], new: StoryText | None = None, links: Iterable[TextLink] = ()
) -> tuple[Story, ...]:
    """Return the stories of texts that hang together, and of one that is not in the catalog yet, with its links.

    What differs between their members is left out.
    """
    texts = _story_texts(catalog, rows, new)
    known = catalog.bare_links_of([row.id for row in rows])
    return stories_of(texts, _through_twins(texts, [*known, *links]))


def tell_all(catalog: Catalog, rows: Collection[TextRow]) -> tuple[Story, ...]:
    """Return the same with everything: other stories they are linked to, and what differs."""
    texts = _story_texts(catalog, rows)
    return stories_of(
        texts, _through_twins(texts, [row.link for row in catalog.links_of([row.id for row in rows])])
    )


def _story_texts(
    catalog: Catalog, rows: Collection[TextRow], new: StoryText | None = None
) -> list[StoryText]:
    lengths = {id_: length for id_, (_, length) in catalog.index.sizes(row.id for row in rows).items()}
    by_digest = {row.digest: lengths[row.id] for row in rows if row.id in lengths}
    if new is not None:
        by_digest[new.fingerprint] = new.length
    texts = [story_text(row, by_digest.get(row.digest, 0)) for row in rows]
    return [*texts, new] if new is not None else texts


def _through_twins(texts: Sequence[StoryText], links: Iterable[TextLink]) -> Iterator[Link]:
    """Yield the links as if, of texts with one fingerprint, that with the smallest key had been compared.

    Which of them was is a matter of who came first, and must not matter.
    """
    first: dict[str, str] = {}
    for text in texts:
        first[text.fingerprint] = min(text.key, first.get(text.fingerprint, text.key))
    stands_for = {text.key: first[text.fingerprint] for text in texts}
    for text in texts:
        if stands_for[text.key] != text.key:
            yield Link(stands_for[text.key], text.key, "same", True)
    seen: set[tuple[str, str]] = set()
    for link in links:
        pair = stands_for.get(link.ours, link.ours), stands_for.get(link.theirs, link.theirs)
        if pair[0] != pair[1] and pair not in seen and pair[::-1] not in seen:
            seen.add(pair)
            yield link_of(link, *pair)


def link_of(link: TextLink, ours: str, theirs: str) -> Link:
    """Return a link of the catalog as the rules of stories take it, between these keys."""
    differences = tuple(Difference(*each) for each in link.differences)  # type: ignore[arg-type]
    relation: Relation = link.relation  # type: ignore[assignment]
    return Link(ours, theirs, relation, link.one_story, differences)


def story_text(row: TextRow, length: int) -> StoryText:
    """Return what the rules of stories have to know of a text."""
    return StoryText(
        key=row.key,
        url=_page_of(row.key),
        host=_host(row.url),
        captured_at=row.captured_at,
        length=length,
        fingerprint=row.digest,
        headline=row.headline,
        site_name=row.site or "",
        outlet=row.outlet,
        published_at=moment_of(row.published_at),
    )


def new_story_text(article: Article, keys: TextKeys, site_name: str | None) -> StoryText:
    """Return the same of an article that is not in the catalog yet."""
    capture = article.capture
    key = text_key(capture.url, keys.fingerprint)
    return StoryText(
        key=key,
        url=_page_of(key),
        host=_host(capture.url),
        captured_at=capture.captured_at,
        length=keys.length,
        fingerprint=digest_of(keys.fingerprint),
        headline=article.headline,
        site_name=site_name or "",
        outlet=article.source_outlet,
        published_at=article.date_published,
    )


def moment_of(published: str | None) -> datetime | None:
    """Return a date of the catalog as a time, a day as its midnight in China.

    >>> moment_of("2024-05-06").isoformat()
    '2024-05-06T00:00:00+08:00'
    """
    if published is None:
        return None
    if len(published) == len("2024-05-06"):
        day = date.fromisoformat(published)
        return datetime(day.year, day.month, day.day, tzinfo=CHINA_TIME)
    return datetime.fromisoformat(published)


def place(
    archive: Archive, rows: Collection[TextRow], stories: Collection[Story], *, is_news: bool = True
) -> None:
    """Note in the catalog which stories these texts are in; if that ``is_news``, ids that change go to the ledger."""
    ids = {row.key: row.id for row in rows}
    before = {row.id: row for row in rows}
    told = [story for story in stories if len(story.members) > 1]
    new = {ids[member.key]: _placed(ids, story, member) for story in told for member in story.members}
    placed = [new.get(id_, Placed(id_, None)) for id_ in before]
    archive.place(
        one
        for one in placed
        if (one.story, one.relation, one.against)
        != (before[one.text].story, before[one.text].relation, before[one.text].against)
    )
    gone = {row.story for row in rows if row.story}
    archive.put_stories(gone, [_row(ids, story) for story in told])
    for line in _renamings(rows, stories) if is_news else ():
        archive.add_story_line(line)


def _placed(ids: Mapping[str, int], story: Story, member: Member) -> Placed:
    return Placed(ids[member.key], story.id, member.relation, ids[member.against])


def _row(ids: Mapping[str, int], story: Story) -> StoryRow:
    dates = sorted(member.published_at for member in story.members if member.published_at)
    return StoryRow(
        id=story.id,
        original=ids[story.original],
        text_count=len(story.members),
        site_count=len({member.host for member in story.members}),
        first_at=_stamp(dates[0]) if dates else "",
        last_at=_stamp(dates[-1]) if dates else "",
    )


def _renamings(rows: Iterable[TextRow], stories: Iterable[Story]) -> Iterator[RenamedLine]:
    """Yield a line for every story that texts have left, and each that they are in now."""
    now = {member.key: story.id for story in stories for member in story.members}
    moved: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda row: row.key):
        if row.story is not None and row.story != now[row.key]:
            moved.setdefault((row.story, now[row.key]), row.key)
    at = datetime.now(UTC)
    for (old, new), key in moved.items():
        yield RenamedLine(key, old, new, at)


def _page_of(key: str) -> str:
    return key.rpartition("#")[0]


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return ""
