"""Which texts are one story: a function of the set of texts and links, whatever came first.

Texts are taken from the shortest to the longest, and each joins the stories that it holds or repeats. A text
that would join stories which nothing else joins is a digest, or two articles that a template glued: it is
linked to all of them and merges none. A long original stands in the same place to its own excerpts (a teaser
and a copy without its lead have no word in common), but those bear one headline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise

from newscrawl.dedupe.story import Link, StoryText
from newscrawl.text.comparing import comparing_form

_ONE_HEADLINE = 0.5
"""Share of the pairs of characters of the shorter headline. Two headlines of one county share .1 to .3."""

_BRIEF = 0.25
"""Of a text: what else it holds may be that much for it to be a reprint with a brief at its end, no digest."""

_MOST = 0.6
"""Of a text: what is one story with that much of it is what the text is about."""

Links = Mapping[str, Mapping[str, Link]]


def links_by_text(links: Iterable[Link]) -> dict[str, dict[str, Link]]:
    """Return each text's links by the text at the other end, seen from it; a pair has one link."""
    of_pairs: dict[tuple[str, str], Link] = {}
    for link in links:
        pair = (link.ours, link.theirs) if link.ours < link.theirs else (link.theirs, link.ours)
        other = of_pairs.setdefault(pair, link)
        if other != link:
            of_pairs[pair] = min(link, other, key=lambda each: (each.ours, repr(each)))
    found: dict[str, dict[str, Link]] = defaultdict(dict)
    for (ours, theirs), link in of_pairs.items():
        if ours != theirs:
            found[ours][theirs] = link.seen_from(ours)
            found[theirs][ours] = link.seen_from(theirs)
    return found


def group_texts(texts: Mapping[str, StoryText], links: Links) -> list[list[str]]:
    """Return the keys of the texts by story, each story sorted, the stories by their first key.

    ``links`` may lead to texts that are not in ``texts``.
    """
    groups = _Groups(texts)
    for group in _by_url_and_form(texts):
        groups.join(*group)
    done: set[str] = set()
    bridges: set[str] = set()
    for text in sorted(texts.values(), key=lambda each: (each.length, each.key)):
        own = links.get(text.key, {})
        partners = [other for other in sorted(own) if own[other].one_story and other in texts]
        near = [other for other in partners if other in done]
        held = [other for other in near if other not in bridges]
        mine = _held_of_one_story(text, held, groups, texts)
        if mine is None or _has_other_news(text, [texts[each] for each in partners], links):
            bridges.add(text.key)
            mine = [each for each in near if each in bridges and own[each].relation == "same"]
        groups.join(text.key, *mine)
        done.add(text.key)
    return groups.all()


def _by_url_and_form(texts: Mapping[str, StoryText]) -> Iterable[list[str]]:
    """Return the texts of one URL (versions of an article) and those of one fingerprint."""
    by_url, by_form = defaultdict(list), defaultdict(list)
    for key, text in sorted(texts.items()):
        by_url[text.url].append(key)
        by_form[text.fingerprint].append(key)
    return [*by_url.values(), *by_form.values()]


def _held_of_one_story(
    text: StoryText, held: list[str], groups: _Groups, texts: Mapping[str, StoryText]
) -> list[str] | None:
    """Return which of the ``held`` texts are of one story with ``text``; None when it is a digest of several."""
    sets: dict[str, list[str]] = defaultdict(list)
    for key in held:
        sets[groups.root(key)].append(key)
    if len(sets) < 2:
        return held
    subjects = _subjects(text, sets, groups, texts)
    if len({subjects.root(root) for root in sets}) < 2:
        return held
    main = [root for root in sets if subjects.root(root) == subjects.root("")]
    rest = sum(max(texts[key].length for key in sets[root]) for root in sets if root not in main)
    if main and rest <= _BRIEF * text.length:
        return [key for root in main for key in sets[root]]
    return None


def _has_other_news(text: StoryText, partners: list[StoryText], links: Links) -> bool:
    """Return whether a text that is mostly other news shares a passage with one that no partner knows."""
    if not partners or max(each.length for each in partners) >= _MOST * text.length:
        return False
    if any(_are_one(_headlines([text]), _headlines([each])) for each in partners):
        return False
    return any(
        link.relation in ("overlaps", "extends")
        and not link.one_story
        and not any(other in links.get(each.key, {}) for each in partners)
        for other, link in links.get(text.key, {}).items()
    )


def _subjects(
    text: StoryText, sets: Iterable[str], groups: _Groups, texts: Mapping[str, StoryText]
) -> _Groups:
    """Return the sets, and the text itself as ``""``, joined where they bear one headline."""
    own = groups.root(text.key)
    bearing = {"": _headlines([text])}
    for root in sets:
        bearing[root] = _headlines(texts[key] for key in texts if groups.root(key) == root)
    subjects = _Groups(bearing)
    if own in bearing:  # another version, or a copy under another URL
        subjects.join("", own)
    for one, other in combinations(bearing, 2):
        if _are_one(bearing[one], bearing[other]):
            subjects.join(one, other)
    return subjects


def _headlines(texts: Iterable[StoryText]) -> set[frozenset[str]]:
    """Return the distinct headlines as pairs of characters."""
    forms = {comparing_form(text.headline or "") for text in texts}
    return {frozenset(map("".join, pairwise(form))) for form in forms if len(form) > 1}


def _are_one(ours: set[frozenset[str]], theirs: set[frozenset[str]]) -> bool:
    return any(len(a & b) >= _ONE_HEADLINE * min(len(a), len(b)) for a in ours for b in theirs)


class _Groups:
    """Disjoint sets of keys: which were joined, directly or through others."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._above = {key: key for key in keys}

    def root(self, key: str) -> str:
        """Return the key that stands for the set: its smallest, whoever was joined first."""
        while self._above[key] != key:
            self._above[key] = self._above[self._above[key]]
            key = self._above[key]
        return key

    def join(self, first: str, *others: str) -> None:
        """Make one set of those that the keys are in."""
        for other in others:
            low, high = sorted((self.root(first), self.root(other)))
            self._above[high] = low

    def all(self) -> list[list[str]]:
        """Return the sets, sorted, by their first keys."""
        sets: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._above):
            sets[self.root(key)].append(key)
        return list(sets.values())
