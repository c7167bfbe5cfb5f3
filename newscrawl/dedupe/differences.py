"""What stands in one text and not in the other, read off the gaps of their alignment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from newscrawl.dedupe.alignment import Gap
from newscrawl.dedupe.facts import Fact, agree, find_facts, is_credit, is_dateline, is_name, length_to_suffix
from newscrawl.dedupe.relations import Difference, DifferenceKind
from newscrawl.text.comparing import comparing_pieces

_ORDER: tuple[DifferenceKind, ...] = ("amount", "figure", "date", "name", "place", "words")
_LONGEST_FACT = 24
_AROUND = 6
_REWRITTEN = 24  # characters
_SHOWN = 60  # characters of a difference that are kept

_UP = ("上涨", "上升", "增长", "增加", "提高", "上调", "扩大", "盈利", "同意", "恢复", "开通")
_DOWN = ("下跌", "下降", "减少", "降低", "降至", "下调", "缩小", "亏损", "反对", "暂停", "关闭")
_NOT = frozenset("不未没无非")
_NUMERALS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两")


@dataclass(frozen=True, slots=True)
class FormedText:
    """A text as it is compared: its form, and the facts in it by where they stand."""

    form: str = field(repr=False)
    facts: tuple[Fact, ...] = field(repr=False)

    def facts_in(self, start: int, end: int) -> list[Fact]:
        """Return the facts that reach into a span; of an empty span those that it splits."""
        return [fact for fact in self._facts_near(start, end) if fact.end > start and fact.start < end]

    def facts_at(self, start: int, end: int, *, before: bool, after: bool) -> list[Fact]:
        """Return the facts that end where a span begins, or begin where it ends."""
        near = self._facts_near(start, end)
        return [fact for fact in near if (before and fact.end == start) or (after and fact.start == end)]

    def _facts_near(self, start: int, end: int) -> list[Fact]:
        first = bisect_left(self.facts, start - _LONGEST_FACT, key=lambda fact: fact.start)
        last = bisect_right(self.facts, end, lo=first, key=lambda fact: fact.start)
        return list(self.facts[first:last])


@dataclass(frozen=True, slots=True)
class GapReading:
    """What a gap says: its differences, and how many of them are facts that contradict one another."""

    differences: tuple[Difference, ...]
    conflicts: tuple[Difference, ...] = ()
    is_reworded: bool = False
    """Whether words stand for words and no fact for another; a byline is no wording."""


def form_text(body: str, boilerplate: frozenset[str] = frozenset()) -> FormedText:
    """Return a body as it is compared, without the lines whose comparing form is in ``boilerplate``."""
    pieces: list[str] = []
    for line in body.split("\n"):
        of_line = comparing_pieces(line)
        if not boilerplate or "".join(of_line) not in boilerplate:
            pieces += of_line
    return FormedText("".join(pieces), find_facts(tuple(pieces)))


def read_gap(gap: Gap, ours: FormedText, theirs: FormedText) -> GapReading:
    """Return what stands in a gap of ``ours`` and in that of ``theirs``."""
    if _is_other_passage(gap, ours, theirs):
        return GapReading(())
    our_text, their_text = ours.form[slice(*gap.ours)], theirs.form[slice(*gap.theirs)]
    our_facts, their_facts = _facts_of_both(gap, ours, theirs)
    only_ours = _missing(our_facts, their_facts, theirs, gap.theirs)
    only_theirs = _missing(their_facts, our_facts, ours, gap.ours)
    credited = _is_credit(ours.form, gap.ours[0]) and _is_credit(theirs.form, gap.theirs[0])
    found: list[Difference] = []
    conflicts: list[Difference] = []
    for left, right in _paired(only_ours, only_theirs):
        found.append(_difference(left, right))
        if left and right and not (credited and found[-1].kind == "name"):
            conflicts.append(found[-1])
    if not found:
        found, conflicts = _of_words(our_text, their_text, credited=credited)
    elif not conflicts and not credited and (renamed := _renamed(found, gap, ours, theirs)):
        found = conflicts = [renamed]
    replaced = (
        our_text not in their_text and their_text not in our_text
    )  # 岱东网 became 据岱东网消息: added to
    reworded = replaced and not conflicts and not credited
    return GapReading(tuple(found), tuple(conflicts), is_reworded=reworded)


def _is_credit(form: str, start: int) -> bool:
    """Return whether a gap begins where a text says who reports: every site has its own words there."""
    return is_credit(form, start) or is_dateline(form, start)


def _facts_of_both(gap: Gap, ours: FormedText, theirs: FormedText) -> tuple[list[Fact], list[Fact]]:
    """Return the facts of both sides; of 1台 and 14台, where only the 4 is new, the 1 as well."""
    sides = ((ours, gap.ours), (theirs, gap.theirs))
    inside = [text.facts_in(*span) for text, span in sides]
    before = any(
        fact.start < span[0] for (_, span), facts in zip(sides, inside, strict=True) for fact in facts
    )
    after = any(fact.end > span[1] for (_, span), facts in zip(sides, inside, strict=True) for fact in facts)
    left, right = (
        sorted({*facts, *text.facts_at(*span, before=before, after=after)}, key=lambda fact: fact.start)
        for (text, span), facts in zip(sides, inside, strict=True)
    )
    return left, right


def _missing(facts: list[Fact], others: list[Fact], other: FormedText, gap: tuple[int, int]) -> list[Fact]:
    """Return the facts that the other text does not have in its gap, as a fact or as a word."""
    around = other.form[max(0, gap[0] - _AROUND) : gap[1] + _AROUND]
    return [
        fact
        for fact in facts
        if not any(agree(fact, each) for each in others)
        and not (fact.kind in ("name", "place") and fact.value in around)
    ]


def _is_other_passage(gap: Gap, ours: FormedText, theirs: FormedText) -> bool:
    """Return whether the sides have nothing to do with each other: a new lede contradicts no fact of the old.

    So does what only one has before or after the other. Inside a text both sides must be long for that: what
    fills a template's slot is other text as well.
    """
    left, right = ours.form[slice(*gap.ours)], theirs.form[slice(*gap.theirs)]
    at_edge = (
        0 in (*gap.ours, *gap.theirs) or gap.ours[1] == len(ours.form) or gap.theirs[1] == len(theirs.form)
    )
    if at_edge and not (left and right):
        return True
    if (max if at_edge else min)(len(left), len(right)) < _REWRITTEN:
        return False
    one, other = set(pairwise(left)), set(pairwise(right))
    return len(one & other) < (0.25 if at_edge else 0.1) * min(len(one), len(other))


def _paired(ours: list[Fact], theirs: list[Fact]) -> list[tuple[Fact | None, Fact | None]]:
    """Return the facts of both sides in pairs: of one kind first, then whatever is left, then alone."""
    pairs: list[tuple[Fact | None, Fact | None]] = []
    rest = list(theirs)
    unpaired = []
    for fact in ours:
        mate = next((other for other in rest if _kin(fact) == _kin(other)), None)
        if mate is None:
            unpaired.append(fact)
        else:
            rest.remove(mate)
            pairs.append((fact, mate))
    both = min(len(unpaired), len(rest))
    pairs += zip(unpaired[:both], rest[:both], strict=True)
    pairs += ((fact, None) for fact in unpaired[both:])
    pairs += ((None, fact) for fact in rest[both:])
    return pairs


def _kin(fact: Fact) -> str:
    return "figure" if fact.kind == "amount" else fact.kind


def _difference(ours: Fact | None, theirs: Fact | None) -> Difference:
    kind = min((fact.kind for fact in (ours, theirs) if fact), key=_ORDER.index)
    return Difference(kind, ours.shown if ours else "", theirs.shown if theirs else "")


def _of_words(ours: str, theirs: str, *, credited: bool) -> tuple[list[Difference], list[Difference]]:
    """Return a gap without facts: words for words, unless it turns the sense round or is a name after all."""
    left, right = _trimmed(ours, theirs)
    found = Difference("words", left[:_SHOWN], right[:_SHOWN])
    if credited:
        return [found], []
    if _NUMERALS.issuperset(ours + theirs):  # 一号老街 and 一一号老街
        found = Difference("figure", ours, theirs)
        return [found], [found]
    if is_name(ours) and is_name(theirs):
        found = Difference("name", ours, theirs)
        return [found], [found]
    return [found], [found] if _turns_round(left, right) else []


def _trimmed(ours: str, theirs: str) -> tuple[str, str]:
    """Return both without what they begin and end with alike: a passage at the edge may be too short to align."""
    start = _alike(ours, theirs)
    end = _alike(ours[start:][::-1], theirs[start:][::-1])
    return ours[start : len(ours) - end], theirs[start : len(theirs) - end]


def _alike(ours: str, theirs: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(ours, theirs, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(ours), len(theirs)))


def _turns_round(ours: str, theirs: str) -> bool:
    if not (ours and theirs):
        return len(ours + theirs) == 1 and ours + theirs in _NOT
    up, down = (
        (any(w in ours for w in _UP), any(w in theirs for w in _UP)),
        (
            any(w in ours for w in _DOWN),
            any(w in theirs for w in _DOWN),
        ),
    )
    return (up[0] and down[1] and not up[1]) or (down[0] and up[1] and not down[1])


def _renamed(found: list[Difference], gap: Gap, ours: FormedText, theirs: FormedText) -> Difference | None:
    """Return the difference when a name or place gave way to a word of its length that was not taken for one."""
    left, right = (end - start for start, end in (gap.ours, gap.theirs))
    named = next((each for each in found if each.kind in ("name", "place")), None)
    if named is None or not (0 < left <= 3 and 0 < right <= 3):
        return None
    rest = 0 if named.kind == "name" else length_to_suffix(ours.form, gap.ours[1])
    if rest is None:
        return None
    return Difference(
        named.kind,
        named.ours or ours.form[gap.ours[0] : gap.ours[1] + rest],
        named.theirs or theirs.form[gap.theirs[0] : gap.theirs[1] + rest],
    )
