"""Where a text stands in another one: the passages that both have, and what stands between them.

Passages are found as a compressor finds them: each shingle of the one is looked up in the other and the match
is made as long as it goes. So paragraphs may stand in another order, and the time is linear in the texts,
whatever is in them. Rejected: ``difflib`` on whole texts (quadratic, and an order changed is half the text
lost); sentence by sentence (one mirror in eight changes or drops the marks that end a sentence).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_SHINGLE = 5
"""Characters. Shorter ones meet by chance, longer ones are broken by every second spun word."""

_POSITIONS = 16
"""Places at which a shingle that stands in the other text more often is tried: rows of a table, hostile repeats."""

_NEAR = 60
"""Characters between two passages that still follow one another."""

_SHIFT = 15
"""Characters by which a gap may be longer in one text than in the other for what follows to be in its place."""

_LOOK = 40
"""Characters further on in which a text may go on in its order before a passage is taken from elsewhere."""

_ALONE = 10
"""Characters of a passage that counts without a neighbour; a stock phrase is shorter."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters ``ours`` to ``ours + length`` of the first text, which stand at ``theirs`` in the second."""

    ours: int
    theirs: int
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two passages in the one text and in the other; one side may be empty."""

    ours: tuple[int, int]
    theirs: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The passages that two texts share, in the order of the first, and the gaps that can be paired."""

    passages: tuple[Passage, ...]
    gaps: tuple[Gap, ...]

    def chains(self) -> Iterator[list[Passage]]:
        """Yield the passages that follow one another in both texts, together."""
        chain: list[Passage] = []
        for each in self.passages:
            if chain and not _follows(chain[-1], each):
                yield chain
                chain = []
            chain.append(each)
        if chain:
            yield chain

    def covered(self) -> tuple[int, int]:
        """Return how many characters of the first and of the second text stand in a passage."""
        done, theirs = 0, 0
        for start, length in sorted((each.theirs, each.length) for each in self.passages):
            theirs += max(0, start + length - max(start, done))
            done = max(done, start + length)
        return sum(each.length for each in self.passages), theirs


def align(ours: str, theirs: str) -> Alignment:
    """Return the passages that two comparing forms share and the gaps between them.

    >>> align("全市共有孤困儿童1035名其中城区200名", "全市共有孤困儿童1053名其中城区200名").gaps
    (Gap(ours=(10, 12), theirs=(10, 12)),)
    """
    passages = _without_chance(list(_find_passages(ours, theirs)))
    return Alignment(tuple(passages), tuple(_gaps(passages, len(ours), len(theirs))))


def _find_passages(ours: str, theirs: str) -> Iterator[Passage]:
    index: dict[str, list[int]] = {}
    for at in range(len(theirs) - _SHINGLE + 1):
        places = index.setdefault(theirs[at : at + _SHINGLE], [])
        if len(places) < _POSITIONS:
            places.append(at)
    at = done = ahead = 0  # ``ahead``: where the second text goes on after the last passage
    while at <= len(ours) - _SHINGLE:
        places = index.get(ours[at : at + _SHINGLE], [])
        if not places:
            at += 1
            continue
        start, length = _longest(ours, theirs, at, places, ahead + at - done)
        if abs(start - ahead - at + done) > _SHIFT:
            found = _ahead(ours, theirs, index, at, ahead - done)
            if found and 2 * found[2] >= length:
                at, start, length = found
        back = 0
        while at - back > done and start > back and ours[at - back - 1] == theirs[start - back - 1]:
            back += 1
        yield Passage(at - back, start - back, length + back)
        at = done = at + length
        ahead = start + length


def _ahead(
    ours: str, theirs: str, index: dict[str, list[int]], at: int, shift: int
) -> tuple[int, int, int] | None:
    """Return where the text goes on in its order a little further on, if it does: ours, theirs, length.

    What stands twice in the other text would be taken from its other place, and a name altered in it would not
    be seen.
    """
    for place in range(at + 1, at + _LOOK):
        for start in index.get(ours[place : place + _SHINGLE], ()):
            if (
                abs(start - place - shift) <= _SHIFT
                and (length := _length_of_match(ours, theirs, place, start)) >= _ALONE
            ):
                return place, start, length
    return None


def _longest(ours: str, theirs: str, at: int, places: list[int], expected: int) -> tuple[int, int]:
    """Return the best place and its length: one that follows the last passage, or else the longest."""
    if len(places) == 1:
        return places[0], _length_of_match(ours, theirs, at, places[0])
    matches = [(place, _length_of_match(ours, theirs, at, place)) for place in places]
    return max(
        matches,
        key=lambda match: (
            match[1] + _NEAR * (abs(match[0] - expected) <= _SHIFT),
            -abs(match[0] - expected),
        ),
    )


def _length_of_match(ours: str, theirs: str, at: int, place: int) -> int:
    length, step = _SHINGLE, 64
    while step:
        chunk = ours[at + length : at + length + step]
        if len(chunk) == step and theirs.startswith(chunk, place + length):
            length += step
            step = min(step * 2, 4096)
        else:
            step //= 2
    return length


def _follows(before: Passage, after: Passage) -> bool:
    ours = after.ours - before.ours - before.length
    theirs = after.theirs - before.theirs - before.length
    return 0 <= ours <= _NEAR and 0 <= theirs <= _NEAR


def _without_chance(passages: list[Passage]) -> list[Passage]:
    """Return the passages without short ones that stand alone: 新闻发布会 is in every second text."""
    last = len(passages) - 1
    return [
        each
        for place, each in enumerate(passages)
        if each.length >= _ALONE
        or (place and _follows(passages[place - 1], each))
        or (place < last and _follows(each, passages[place + 1]))
    ]


def _gaps(passages: list[Passage], ours: int, theirs: int) -> Iterator[Gap]:
    """Yield the gaps between passages that follow one another, and before the first and after the last."""
    if not passages:
        return
    first, last = passages[0], passages[-1]
    edges = [Passage(0, 0, 0), *passages, Passage(ours, theirs, 0)]
    if not _follows(edges[0], first):
        edges = edges[1:]
    if not _follows(last, edges[-1]):
        edges = edges[:-1]
    for before, after in pairwise(edges):
        if _follows(before, after):
            gap = Gap(
                (before.ours + before.length, after.ours), (before.theirs + before.length, after.theirs)
            )
            if gap.ours[0] < gap.ours[1] or gap.theirs[0] < gap.theirs[1]:
                yield gap
