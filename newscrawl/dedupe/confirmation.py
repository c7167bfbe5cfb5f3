"""The relation of two texts, confirmed on the texts themselves.

What counts is how much of each stands in the other, and whether the frame that they share says the same facts.
Many facts that contradict one another in one frame: a template, other news. A few: one text, altered. None: a
reprint, however little of it is left. A false match is worse than a missed one, so what is doubtful is a
``variant``, which is linked and never taken for the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from newscrawl.dedupe.alignment import Alignment, Passage, align
from newscrawl.dedupe.differences import FormedText, GapReading, form_text, read_gap
from newscrawl.dedupe.facts import Fact
from newscrawl.dedupe.relations import ComparedText, Comparison, Relation

COMPARISON_VERSION = 1
"""Changes whenever the relation of any two texts might; stored with every link."""

MAX_COMPARED = 100_000
"""Characters of a body that are compared."""

_REMEMBERED = 8_000
"""Characters of a body whose form is kept: a thousand long ones would be gigabytes."""

_WHOLE = 0.85
"""Share of a text that stands in the other for it to be all there; the rest is bylines and promotion."""

_MOST = 0.5
_LEAST_SHARED = 16
"""Characters: shorter texts are phrases."""

_PASSAGE = 40
"""Characters in a row, small gaps apart, that make a passage worth a link."""

_TELLING = 120
"""Characters that are news even without a fact, and anywhere in the text; what a site adds to it is shorter."""

_BYLINE = 30
"""Characters that may stand before what is still the opening of a text."""

_ONE_NEWS = 0.65
"""Of both texts, for two that only overlap to be one story; a digest has most of a brief, and much besides."""

_LONG_PASSAGE = 55
"""Characters, where other parts of the texts contradict one another."""

_PROSE = 100
"""Shared characters for each fact that is contradicted: there is a slot in every 10 to 30 of a template."""

_NOTICE = 240
"""Characters, which the notices of a template seldom have."""

_SLOTS = 3
"""Words replaced: as many as a template may have slots that are no facts, and fewer than a spun text has."""

_ALIKE = 0.6
_MANY = 6
"""Exact facts that all agree in number: no template has that many, and a spinning tool leaves figures alone."""

_FEW = 0.2
"""Facts that contradict one another, of those and the shared ones, in a passage that is news and no template."""

_WORD = 6
"""Characters."""

_DIFFERENCES = 50
"""Differences that are kept of two texts."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """The longest run of characters that both texts have, small gaps apart."""

    length: int = 0
    facts: tuple[Fact, ...] = ()
    is_of_a_template: bool = False
    """Whether facts contradict one another in what precedes or follows it, in one order in both texts."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the relation is decided by."""

    ours: float
    theirs: float
    shared: int
    shared_facts: int
    passage: _Passage
    conflicts: int
    contradictions: int
    """The conflicts with their repetitions."""
    number_conflicts: int
    date_conflicts: int
    reworded: int
    is_opening: bool
    """Whether the shorter text is the beginning of the longer one."""


def compare(a: ComparedText, b: ComparedText, *, boilerplate: frozenset[str] = frozenset()) -> Comparison:
    """Return the relation of ``a`` to ``b`` and what differs, not counting the lines known as boilerplate.

    >>> one = "8月9日,淄博市召开发布会,介绍孤困儿童保障工作。全市共有孤困儿童1035名,每人每月2178元。"
    >>> altered = one.replace("1035", "1053")
    >>> compare(ComparedText("a", None, one), ComparedText("b", None, altered)).differences
    (Difference(kind='figure', ours='1035', theirs='1053'),)
    """
    ours, theirs = _formed(a.body, boilerplate), _formed(b.body, boilerplate)
    if (len(ours.form), ours.form) > (len(theirs.form), theirs.form):
        return _compare(theirs, ours).mirrored()
    return _compare(ours, theirs)


def _formed(body: str, boilerplate: frozenset[str]) -> FormedText:
    if len(body) > _REMEMBERED:
        return form_text(body[:MAX_COMPARED], boilerplate)
    return _form_again(body, boilerplate)


_form_again = lru_cache(maxsize=1024)(form_text)  # 2 ms a text, twice what the rest takes; notices come back


def _compare(ours: FormedText, theirs: FormedText) -> Comparison:
    """Return the relation of the shorter text to the longer one."""
    if ours.form == theirs.form:
        return Comparison("same", (), 1.0, 1.0, one_story=bool(ours.form))
    alignment = align(ours.form, theirs.form)
    readings = [read_gap(gap, ours, theirs) for gap in alignment.gaps]
    evidence = _weigh(alignment, readings, ours, theirs)
    relation = _relation(evidence)
    if relation == "different":
        return Comparison("different", (), evidence.ours, evidence.theirs)
    differences = sorted({each for reading in readings for each in reading.differences})
    conflicts = sorted({each for reading in readings for each in reading.conflicts})
    listed = conflicts + [each for each in differences if each not in conflicts]
    return Comparison(
        relation,
        tuple(sorted(listed[:_DIFFERENCES])),
        round(evidence.ours, 4),
        round(evidence.theirs, 4),
        one_story=_is_one_story(relation, evidence),
    )


def _weigh(
    alignment: Alignment, readings: list[GapReading], ours: FormedText, theirs: FormedText
) -> _Evidence:
    shared, covered = alignment.covered()
    reworded = [
        (gap.ours[1] - gap.ours[0], gap.theirs[1] - gap.theirs[0])
        for gap, reading in zip(alignment.gaps, readings, strict=True)
        if reading.is_reworded
    ]
    alike = [(left, right) for left, right in reworded if max(left, right) <= 4 * min(left, right) + 4]
    facts = _shared_facts(alignment, ours)
    conflicts = {each for reading in readings for each in reading.conflicts}
    return _Evidence(
        ours=min(1.0, (shared + sum(left for left, _ in alike)) / max(1, len(ours.form))),
        theirs=min(1.0, (covered + sum(right for _, right in alike)) / max(1, len(theirs.form))),
        shared=shared,
        shared_facts=len({fact.value for fact in facts if fact.is_exact}),
        passage=_longest_passage(alignment, readings, facts),
        conflicts=len(conflicts),
        contradictions=sum(len(reading.conflicts) for reading in readings),
        number_conflicts=sum(each.kind in ("figure", "amount", "date") for each in conflicts),
        date_conflicts=sum(each.kind == "date" for each in conflicts),
        reworded=len(reworded),
        is_opening=any(max(each.ours, each.theirs) <= _BYLINE for each in alignment.passages),
    )


def _shared_facts(alignment: Alignment, ours: FormedText) -> list[Fact]:
    """Return the facts that stand whole in a passage."""
    found, facts, at = [], ours.facts, 0
    for passage in alignment.passages:
        while at < len(facts) and facts[at].start < passage.ours:
            at += 1
        while at < len(facts) and facts[at].start < passage.ours + passage.length:
            if facts[at].end <= passage.ours + passage.length:
                found.append(facts[at])
            at += 1
    return found


def _longest_passage(alignment: Alignment, readings: list[GapReading], facts: list[Fact]) -> _Passage:
    conflicts = [
        gap.ours[1] for gap, reading in zip(alignment.gaps, readings, strict=True) if reading.conflicts
    ]
    best = _Passage()
    for chain in alignment.chains():
        first, last = chain[0].ours, chain[-1].ours + chain[-1].length
        contradicted = sum(first <= place <= last for place in conflicts)
        for start, end in _runs(chain):
            if end - start > best.length:
                inside = tuple(fact for fact in facts if start <= fact.start < end)
                exact = sum(fact.is_exact for fact in inside)
                best = _Passage(end - start, inside, contradicted > _FEW * (contradicted + exact))
    return best


def _runs(chain: list[Passage]) -> Iterator[tuple[int, int]]:
    """Yield the spans of passages that are no more than a word apart."""
    start, end = chain[0].ours, chain[0].ours + chain[0].length
    for before, after in pairwise(chain):
        if max(after.ours - end, after.theirs - before.theirs - before.length) > _WORD:
            yield start, end
            start = after.ours
        end = after.ours + after.length
    yield start, end


def _relation(seen: _Evidence) -> Relation:
    most = max(seen.ours, seen.theirs)
    if seen.shared < _LEAST_SHARED:
        return "different"
    if seen.conflicts:
        return _with_conflicts(seen, most)
    if most < _WHOLE and not _is_passage(seen):
        return "different"
    if most >= _MOST and _is_doubtful(seen):
        return "variant"
    if most < _WHOLE:
        return "overlaps"
    if min(seen.ours, seen.theirs) >= _WHOLE:
        return "same"
    return "part_of" if seen.ours >= _WHOLE else "extends"


def _is_doubtful(seen: _Evidence) -> bool:
    """Return whether the words that were replaced may fill a template's slot or be a name that nobody knows.

    A spinning tool replaces many, in a text of some length.
    """
    is_short = seen.shared < (_NOTICE if seen.shared_facts >= 2 else 300)
    return bool(seen.reworded) and (is_short or 0 < seen.reworded <= _SLOTS)


def _with_conflicts(seen: _Evidence, most: float) -> Relation:
    """Return ``variant`` for one text with some facts altered, ``different`` for two notices of a template."""
    share = seen.conflicts / (seen.conflicts + seen.shared_facts)
    is_spun = not seen.number_conflicts and seen.shared_facts >= _MANY
    is_prose = most >= _WHOLE and seen.conflicts * _PROSE <= seen.shared
    if most >= _ALIKE and (share <= 0.35 or is_spun or is_prose):
        return "variant"
    if _is_passage(seen) and not seen.passage.is_of_a_template:
        return "overlaps"
    return "different"


def _is_passage(seen: _Evidence) -> bool:
    """Return whether a passage of the news itself is shared; what a site says under every text has no day."""
    passage = seen.passage
    exact = {fact.value for fact in passage.facts if fact.is_exact}
    told = {fact.value for fact in passage.facts if fact.is_told}
    dated = any(fact.kind in ("date", "name") for fact in passage.facts)
    if seen.conflicts:
        return passage.length >= _LONG_PASSAGE and dated and len(told) >= 2
    return passage.length >= _PASSAGE and (len(exact) >= 2 or (dated and len(told) >= 2))


def _is_one_story(relation: Relation, seen: _Evidence) -> bool:
    least, most = sorted((seen.ours, seen.theirs))
    if relation in ("same", "part_of", "extends"):
        return seen.shared_facts >= 1 or seen.is_opening or seen.shared >= _TELLING
    if relation == "overlaps":
        return not seen.conflicts and seen.shared_facts >= 3 and least >= _ONE_NEWS
    if relation == "different" or most < _WHOLE or seen.date_conflicts > 1:
        return False
    if seen.shared < (400 if seen.date_conflicts else _NOTICE):
        return False
    if not seen.conflicts:
        return seen.shared_facts >= 3
    few = seen.shared_facts >= 8 and seen.contradictions <= max(2, seen.shared_facts // 10)
    return few or seen.contradictions * 2 * _PROSE <= seen.shared
