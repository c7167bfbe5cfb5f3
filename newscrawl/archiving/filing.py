"""What becomes of an article: a seed file, a line with its changes against one, or nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newscrawl.archiving.likenesses import Likeness, as_compared, candidates_of, crossed_links, likenesses_of
from newscrawl.archiving.placing import new_story_text, place, tell, texts_around
from newscrawl.archiving.standing import stand_for_twins
from newscrawl.dedupe import COMPARISON_VERSION, Story, StoryText, text_fingerprint, text_keys
from newscrawl.items import ArchivedArticle, Article, TextKeys
from newscrawl.storage import (
    Archive,
    ArticleRow,
    ComparedLine,
    TextLink,
    TextRow,
    UnlinkedLine,
    UrlState,
    text_key,
)

ADDED_MIN = 20
"""Characters of the comparing form that no other text has: a sentence, and more than a byline that was left in. A
text that adds so much is a file of its own, or what it adds would be in none when it comes second."""

VARIANT = "variant"
"""Flag of an article that may be an archived text with other facts in it: kept, linked, for somebody to look at."""


@dataclass(frozen=True, slots=True)
class KnownText:
    """An article whose text adds nothing to one that the archive has."""

    article: Article
    original: ArticleRow
    """Whose seed file has the text."""
    relation: str = "same"
    is_exact: bool = True
    """But for what the comparing form leaves out; else the line has its changes."""
    story: str | None = None


@dataclass(frozen=True, slots=True)
class _Base:
    """The seed file that an article adds nothing to."""

    path: str
    relation: str


def archive_article(
    archive: Archive, article: Article, *, as_version: bool = False
) -> ArchivedArticle | KnownText:
    """Stage an article for the next batch; return its place, or whose text it has.

    Slow enough for a thread: a story that many print takes 100 ms. With ``as_version`` it is a new version of
    what is archived, whoever else has its text: more than the text may have changed.

    Raises:
        SeedFormatError: the seed format cannot hold the text; nothing is staged.
        ArchiveError: the disk is full or refuses.
    """
    keys = article.keys or text_keys(article.body, headline=article.headline)
    known = archive.text(text_key(article.capture.url, keys.fingerprint))
    if known is not None and as_version:
        return archive.add_article(article, keys.fingerprint, story=known.story, compared=known.compared)
    if known is not None:
        return _again(archive, article, known)
    original = archive.find_fingerprint(keys.fingerprint)
    if original is not None and not as_version:
        return _duplicate(archive, article, keys, original)
    return _new_text(archive, article, keys, as_file=as_version or archive.options.reprints == "files")


def fingerprint_of(article: Article) -> str:
    """Return the text fingerprint of an article."""
    if article.keys is not None:
        return article.keys.fingerprint
    return text_fingerprint(article.body, headline=article.headline)


def _again(archive: Archive, article: Article, known: TextRow) -> KnownText:
    """Settle the URL of a page that says what it said before."""
    original = archive.article(known.path)
    assert original is not None
    if known.kind == "duplicate":
        archive.settle(article.capture.url, UrlState.DUPLICATE, known.path)
    elif known.kind == "reprint":
        archive.settle(article.capture.url, UrlState.REPRINT, known.story or known.path)
    return KnownText(article, original, story=known.story)


def _duplicate(archive: Archive, article: Article, keys: TextKeys, original: ArticleRow) -> KnownText:
    new = new_story_text(article, keys, archive.options.site_names.get(article.capture.source))
    around = texts_around(
        archive, _ids(archive.texts_with_digest(new.fingerprint), archive.texts_at_key(new.url))
    )
    stories = tell(archive, around, new)
    story = _story_of(new, stories)
    archive.add_duplicate(article, keys.fingerprint, of=original.path, story=story)
    row = _row(archive, new.key)
    place(archive, [*around, row], stories)
    stand_for_twins(archive, row)
    return KnownText(article, original, story=story)


def _new_text(
    archive: Archive, article: Article, keys: TextKeys, *, as_file: bool
) -> ArchivedArticle | KnownText:
    new = new_story_text(article, keys, archive.options.site_names.get(article.capture.source))
    versions = archive.texts_at_key(new.url)
    twins = archive.texts_with_digest(new.fingerprint)  # no articles, unless this is to be a version
    found: list[Likeness] = []
    crossing: tuple[int, ...] = ()
    if not twins:
        candidates = candidates_of(archive, keys.sketch)
        text = as_compared(new.key, article.headline, article.body)
        found, crossing = likenesses_of(archive, text, candidates.texts), candidates.crossing
    links = tuple(likeness.link_from(new.key) for likeness in found)
    linked = [likeness.row for likeness in found]  # a link that merges nothing may yet part others
    around = texts_around(archive, _ids(linked, versions, twins))
    stories = tell(archive, around, new, links)
    base = None if versions or as_file else _base_of(archive, keys, found, twins)
    filed = _file(archive, _flagged(article, found), keys, base, _story_of(new, stories))
    row = _row(archive, new.key)
    if not twins:
        archive.index.add(row.id, keys.sketch, keys.length)
    if links:
        archive.add_story_line(ComparedLine(new.key, COMPARISON_VERSION, links))
    if around:
        place(archive, [*around, row], stories)
    if twins:
        stand_for_twins(archive, row)
    drop_crossed(archive, crossing)
    return filed


def _file(
    archive: Archive, article: Article, keys: TextKeys, base: _Base | None, story: str | None
) -> ArchivedArticle | KnownText:
    if base is None:
        return archive.add_article(article, keys.fingerprint, story=story, compared=COMPARISON_VERSION)
    original = archive.article(base.path)
    assert original is not None
    archive.add_reprint(
        article,
        keys.fingerprint,
        of=base.path,
        relation=base.relation,
        story=story,
        compared=COMPARISON_VERSION,
    )
    return KnownText(article, original, base.relation, is_exact=False, story=story)


def _base_of(
    archive: Archive, keys: TextKeys, found: Iterable[Likeness], twins: Iterable[TextRow]
) -> _Base | None:
    """Return the seed file that a text adds nothing to, the one it is most like; None when it adds something."""
    within = [
        likeness
        for likeness in found
        if likeness.comparison.one_story
        and likeness.comparison.relation in ("same", "part_of")
        and (1 - likeness.comparison.ours) * keys.length < ADDED_MIN
    ]
    ranked = sorted(
        within,
        key=lambda one: (one.comparison.relation != "same", one.row.kind != "article", one.row.key),
    )
    for row, relation in (
        *((twin, "same") for twin in twins),
        *((likeness.row, likeness.comparison.relation) for likeness in ranked),
    ):
        if row.kind == "article":
            return _Base(row.path, relation)
        of = getattr(archive.line_of(row), "relation", "same")  # what it is to its own seed file
        return _Base(row.path, "same" if relation == of == "same" else "part_of")
    return None


def _flagged(article: Article, found: Iterable[Likeness]) -> Article:
    if any(likeness.comparison.relation == "variant" for likeness in found):
        return replace(article, flags=tuple(sorted({*article.flags, VARIANT})))
    return article


def drop_crossed(archive: Archive, crossing: tuple[int, ...]) -> None:
    """Drop the links that only rest on what has become crowded, and tell the stories of their texts anew."""
    dropped = crossed_links(archive, crossing)
    if not dropped:
        return
    texts = texts_around(archive, _ids(_rows(archive, dropped)))
    archive.add_story_line(UnlinkedLine(tuple((link.ours, link.theirs) for link in dropped)))
    place(archive, texts, tell(archive, texts))


def _row(archive: Archive, key: str) -> TextRow:
    row = archive.text(key)
    assert row is not None
    return row


def _story_of(new: StoryText, stories: Iterable[Story]) -> str | None:
    for story in stories:
        if len(story.members) > 1 and any(member.key == new.key for member in story.members):
            return story.id
    return None


def _rows(archive: Archive, links: Iterable[TextLink]) -> list[TextRow]:
    keys = {key for link in links for key in (link.ours, link.theirs)}
    return [row for key in sorted(keys) if (row := archive.text(key))]


def _ids(*rows: Iterable[TextRow]) -> set[int]:
    return {row.id for some in rows for row in some}
