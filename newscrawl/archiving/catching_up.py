"""Texts that were archived before they could be compared, and catalogs that were rebuilt, brought up to date.

Goes on where it was stopped: what is done is committed every ``BATCH`` texts. Nothing but links is ever added, and
no file of a text is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from newscrawl.archiving.filing import drop_crossed
from newscrawl.archiving.likenesses import candidates_of, compared_text, likenesses_of, standing_for
from newscrawl.archiving.placing import place, tell, texts_around
from newscrawl.archiving.standing import stand_for_twins
from newscrawl.dedupe import COMPARISON_VERSION, SKETCH_VERSION, text_keys
from newscrawl.storage import Archive, ComparedLine, TextLink, TextRow
from newscrawl.text.comparing import COMPARING_VERSION

BATCH = 200
"""Texts that are committed together."""
INDEX_VERSION = f"{SKETCH_VERSION}.{COMPARING_VERSION}"

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class CaughtUp:
    """What was done."""

    indexed: int = 0
    """Texts that were compared earlier and are in the index now."""
    compared: int = 0
    links: Counter[str] = field(default_factory=Counter)
    """Found, by relation."""
    unread: list[str] = field(default_factory=list)
    """What could not be read, and why."""


def begin_index(archive: Archive) -> bool:
    """Have an index of today's version; return whether all texts are in it."""
    archive.index.begin(INDEX_VERSION)
    return archive.index.is_whole


def catch_up(archive: Archive, progress: Progress = lambda done, of: None, *, keep: bool = True) -> CaughtUp:
    """Index, compare and place every text of an archive that was not; without ``keep`` nothing is committed.

    Raises:
        ArchiveError: the disk is full or refuses; what was committed stays.
    """
    done = CaughtUp()
    archive.take_in_older_texts()
    begin_index(archive)
    total, commit = archive.count_texts(), archive.commit if keep else lambda: 0
    for number, row in enumerate(_each(archive.unindexed_texts), 1):
        done.indexed += _index(archive, row)
        if number % BATCH == 0:
            progress(min(number, total), total)
            commit()
    _place_all(archive)
    commit()
    for number, row in enumerate(_each(archive.uncompared_texts), 1):
        links = _compare(archive, row)
        if links is not None:
            done.compared += 1
            done.links.update(link.relation for link in links)
        if number % BATCH == 0:
            progress(min(done.indexed + number, total), total)
            commit()
    archive.index.is_whole = True
    commit()
    progress(total, total)
    return done


def _each(rows_after: Callable[[int], list[TextRow]]) -> Iterator[TextRow]:
    """Yield rows, asking for more behind the last one."""
    last = 0
    while rows := rows_after(last):
        yield from rows
        last = rows[-1].id


def _index(archive: Archive, row: TextRow) -> bool:
    """Put a text into the index unless a twin of it is there by now."""
    text = compared_text(archive, row)
    if text is None or _has_indexed_twin(archive, row):
        return False
    keys = text_keys(text.body, headline=text.headline)
    archive.index.add(row.id, keys.sketch, keys.length)
    return True


def _compare(archive: Archive, row: TextRow) -> tuple[TextLink, ...] | None:
    """Compare a text with all others; None when it cannot be read."""
    text = compared_text(archive, row)
    if text is None:
        return None
    links: tuple[TextLink, ...] = ()
    crossing: tuple[int, ...] = ()
    linked: set[int] = set()
    if not _has_indexed_twin(archive, row):
        text = compared_text(archive, standing_for(archive, row)) or text
        keys = text_keys(text.body, headline=text.headline)
        candidates = candidates_of(archive, keys.sketch)
        found = likenesses_of(archive, text, candidates.texts)
        links, crossing = tuple(each.link_from(text.key) for each in found), candidates.crossing
        linked = {each.row.id for each in found}
        archive.index.add(row.id, keys.sketch, keys.length)
    archive.add_story_line(ComparedLine(row.key, COMPARISON_VERSION, links))
    around = texts_around(archive, {row.id, *linked})
    if len(around) > 1:
        place(archive, around, tell(archive, around))
    stand_for_twins(archive, row)
    drop_crossed(archive, crossing)
    return links


def _has_indexed_twin(archive: Archive, row: TextRow) -> bool:
    return bool(archive.index.sizes(twin.id for twin in archive.texts_with_digest(row.digest)))


def _place_all(archive: Archive) -> None:
    """Tell all stories anew from the links that are known."""
    placed: set[int] = set()
    for text in archive.linked_texts():
        if text not in placed:
            rows = texts_around(archive, [text])
            placed.update(row.id for row in rows)
            place(archive, rows, tell(archive, rows), is_news=False)
