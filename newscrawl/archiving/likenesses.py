"""Which archived texts are like a text, and how. Candidates come from the index, the answer from the texts."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from newscrawl.dedupe import CROWD, ComparedText, Comparison, compare, may_match, shared_by_copies, to_read
from newscrawl.exceptions import ArchiveError, SeedFormatError
from newscrawl.storage import Archive, Catalog, TextLink, TextRow
from newscrawl.text.hanzi import to_simplified

logger = logging.getLogger(__name__)

COMPARED_MAX = 256
"""Texts that one text is compared with, those that share most first: some 100 ms."""
_READ_MAX = 20_000
"""Texts of crowded shingles that are looked at."""
_SMALL_SKETCH = 6
"""Numbers; below it one shared number may be enough: see `newscrawl.dedupe.candidates`."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """An archived text and what the text in question is to it."""

    row: TextRow
    comparison: Comparison

    def link_from(self, key: str) -> TextLink:
        """Return the link between the two, told from the side with the smaller key."""
        ours, theirs, found = key, self.row.key, self.comparison
        if theirs < ours:
            ours, theirs, found = theirs, ours, found.mirrored()
        differences = tuple((each.kind, each.ours, each.theirs) for each in found.differences)
        return TextLink(ours, theirs, found.relation, found.one_story, differences)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The texts that a sketch is to be compared with, and the shingles that become crowded with it."""

    texts: tuple[TextRow, ...]
    crossing: tuple[int, ...] = field(default=())


def likenesses_of(archive: Archive, text: ComparedText, rows: Iterable[TextRow]) -> list[Likeness]:
    """Return what a text is to each of the archived ones that it is not different from."""
    found = []
    for row in rows:
        other = compared_text(archive, row)
        if other is not None and (comparison := compare(text, other)).relation != "different":
            found.append(Likeness(row, comparison))
    return found


def compared_text(archive: Archive, row: TextRow) -> ComparedText | None:
    """Return an archived text as it is compared; None when it is damaged, which ``scrapy verify`` tells."""
    try:
        text = archive.whole_text(row)
    except (ArchiveError, SeedFormatError) as error:
        logger.warning("%s is compared with nothing: %s", row.key, error)
        return None
    body = text.removeprefix(row.headline).removeprefix("\n") if row.headline else text
    return as_compared(row.key, row.headline, body)


def as_compared(key: str, headline: str | None, body: str) -> ComparedText:
    """Return a text as it is compared: in simplified script, so that it does not matter which of two twins is."""
    return ComparedText(key, headline, to_simplified(body))


def candidates_of(archive: Archive, sketch: Sequence[int], *, itself: int | None = None) -> Candidates:
    """Return the texts that may be like one with this sketch.

    Args:
        archive: whose index is asked.
        sketch: of the text.
        itself: the id under which the sketch is in the index; if it is not, what it will make crowded counts as so.
    """
    telling: Counter[int] = Counter()
    crowded, crossing = [], []
    for shingle, holders in archive.index.holders(sketch, CROWD + 1):
        if len(holders) + (itself is None) <= CROWD:
            telling.update(holders)
            continue
        crowded.append(shingle)
        if len(holders) == CROWD:
            crossing.append(shingle)
    sure = {text for text, count in telling.items() if count > 1}
    sure.update(_doubtful(archive, sketch, telling, crowded))
    texts = archive.texts_with_ids(_best(archive, telling, sure - {itself}))
    return Candidates(tuple(standing_for(archive, row) for row in texts), tuple(crossing))


def standing_for(catalog: Catalog, row: TextRow) -> TextRow:
    """Return the text that is compared for all with this one's fingerprint: that with the smallest key.

    Twins may differ in punctuation, and so in what is read of them. Which of them came first must not matter.
    """
    return min(catalog.texts_with_digest(row.digest), key=lambda twin: twin.key)


def _best(archive: Archive, telling: Counter[int], texts: Collection[int]) -> Collection[int]:
    if len(texts) <= COMPARED_MAX:
        return sorted(texts)
    keys = {row.id: row.key for row in archive.texts_with_ids(texts)}
    return nsmallest(COMPARED_MAX, texts, lambda text: (-telling[text], keys[text]))


def _doubtful(
    archive: Archive, sketch: Sequence[int], telling: Counter[int], crowded: Sequence[int]
) -> Iterator[int]:
    """Yield the texts that share one telling shingle or none, and yet are to be compared."""
    ones = {text for text, count in telling.items() if count == 1}
    wanted = to_read(size=len(sketch), crowded=len(crowded))
    if wanted:
        lists = sorted((holders for _, holders in archive.index.holders(crowded, _READ_MAX)), key=len)
        for holders in lists[:wanted]:
            ones.update(holders)
    needs_more = len(sketch) >= _SMALL_SKETCH
    for text, (size, _) in archive.index.sizes(ones).items():
        if (
            needs_more
            and size >= _SMALL_SKETCH
            and len(crowded) + 1 < shared_by_copies(max(size, len(sketch)))
        ):
            continue  # whatever the crowded ones say
        shared = len({*archive.index.sketch_of(text)}.intersection(sketch))
        if may_match(telling=telling[text], shared=shared, size_a=len(sketch), size_b=size):
            yield text


def crossed_links(archive: Archive, crossing: Sequence[int]) -> list[TextLink]:
    """Return the links that only rest on what has become crowded: they are to be dropped."""
    if not crossing:
        return []
    holders = {text for _, texts in archive.index.holders(crossing, CROWD + 1) for text in texts}
    sketches = {
        standing_for(archive, row).id: frozenset(archive.index.sketch_of(row.id))
        for row in archive.texts_with_ids(holders)
    }
    crowd = _Crowd(archive)
    return [
        row.link
        for row in archive.links_among(sketches)
        if not crowd.may_match(sketches[row.ours], sketches[row.theirs])
    ]


class _Crowd:
    """Which shingles are crowded, each looked up once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[int, bool] = {}

    def may_match(self, ours: frozenset[int], theirs: frozenset[int]) -> bool:
        """Return whether two sketches are to be compared, as things are now."""
        shared, size = ours & theirs, max(len(ours), len(theirs))
        if len(shared) >= shared_by_copies(size):
            return True
        new = [shingle for shingle in shared if shingle not in self._known]
        for shingle, holders in self._archive.index.holders(new, CROWD + 1):
            self._known[shingle] = len(holders) > CROWD
        telling = sum(not self._known[shingle] for shingle in shared)
        return may_match(telling=telling, shared=len(shared), size_a=len(ours), size_b=len(theirs))
