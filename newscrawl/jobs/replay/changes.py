"""What a page gives today beside what the archive has of it: the same, or what is different and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum

from newscrawl.archiving import fingerprint_of
from newscrawl.exceptions import PageError
from newscrawl.items import Article, Capture, Cut, Metadata
from newscrawl.storage import ArticleRow, Catalog
from newscrawl.storage.keys import key_of
from newscrawl.storage.options import seed_text


class Verdict(StrEnum):
    """What a page gives today, seen from what the archive has."""

    SAME = "same"
    CHANGED = "changed"
    """Its article differs from the version that was archived last."""
    NEW = "new"
    """It is an article, and was none."""
    DUPLICATE = "duplicate"
    """Its article is that of another page, and was none of it."""
    REFUSED = "refused"
    """It is no article any more; what is archived stays."""
    OTHER_REASON = "other_reason"
    """It is no article, as before, for another reason."""
    UNREAD = "unread"
    """It could not be read again: its WARC file or record is not there, nobody knows its source."""


@dataclass(frozen=True, slots=True)
class Change:
    """One page, and what became of it."""

    verdict: Verdict
    capture: Capture
    article: Article | None = field(default=None, repr=False)
    """What the page gives today, where that is to be archived."""
    path: str = ""
    """Of the version that was archived last, or of the article that it is, or was, a duplicate of."""
    reason: str = ""
    """Why it is no article today, or could not be read."""
    before: str = field(default="", repr=False)
    """The text that is archived of it."""
    now: str = field(default="", repr=False)
    """The text that would be archived of it."""
    cuts: tuple[tuple[Cut, bool], ...] = field(default=(), repr=False)
    """Those that are not the same in both: made today and not before (True), or the other way round."""
    rules: frozenset[str] = frozenset()
    """Of these cuts; ``extraction`` when the text differs and none does; ``metadata.…`` and ``flag.…`` beside."""


class Comparison:
    """Compares what pages give today with an archive.

    Keeps the fingerprints of what would be archived anew, so that its reprints are known for what they are even
    when nothing is written.
    """

    def __init__(self, catalog: Catalog, settle: Callable[[str], None] = lambda path: None) -> None:
        self._catalog = catalog
        self._settle = settle
        """Is told the path of an article before its line is looked at: it may only be staged."""
        self._new_texts: dict[str, str] = {}
        """URL keys by text fingerprint."""

    def is_same(self, capture: Capture, result: Article | PageError) -> bool:
        """Return whether a page gives exactly what is archived of it; whatever other pages give."""
        archived = self._archived(capture)
        if isinstance(result, PageError):
            return archived is None and self._catalog.quarantine_reason(capture) == result.reason
        return archived is not None and self._change(result, archived) is None

    def of(self, capture: Capture, result: Article | PageError) -> Change:
        """Return what is different about a page; asked page after page, in order."""
        archived = self._archived(capture)
        if isinstance(result, PageError):
            return self._refused(capture, result, archived)
        if archived is None:
            return self._new(result)
        change = self._change(result, archived)
        if change is None:
            return Change(Verdict.SAME, capture, path=archived.path)
        self._new_texts.setdefault(fingerprint_of(result), key_of(capture.url))
        return change

    def _archived(self, capture: Capture) -> ArticleRow | None:
        rows = self._catalog.articles_of(capture.url)
        return next((row for row in reversed(rows) if row.captured_at == capture.captured_at), None)

    def _refused(self, capture: Capture, error: PageError, archived: ArticleRow | None) -> Change:
        reason = f"{error.reason}: {error.detail}" if error.detail else error.reason
        path = archived.path if archived else self._catalog.duplicate_of(capture)
        if path is not None:
            before = self._catalog.text_of(path) if archived else ""
            return Change(Verdict.REFUSED, capture, path=path, reason=reason, before=before)
        is_same = self._catalog.quarantine_reason(capture) == error.reason
        return Change(Verdict.SAME if is_same else Verdict.OTHER_REASON, capture, reason=reason)

    def _change(self, article: Article, archived: ArticleRow) -> Change | None:
        """Return how an article differs from what is archived of its page, None when it does not."""
        self._settle(archived.path)
        entry, before = self._catalog.entry_of(archived), self._catalog.text_of(archived.path)
        now = seed_text(article, entry.edition)
        metadata, flags = set(_metadata_differences(entry.metadata, article.metadata)), set(entry.flags)
        flags ^= set(article.flags)
        if (now, article.cuts) == (before, entry.cuts) and not metadata and not flags:
            return None
        cuts = _cut_differences(entry.cuts, article.cuts)
        rules = {cut.rule for cut, _ in cuts} or ({"extraction"} if now != before else set())
        rules |= {f"metadata.{name}" for name in metadata} | {f"flag.{flag}" for flag in flags}
        return Change(
            Verdict.CHANGED, article.capture, article, archived.path,
            before=before, now=now, cuts=cuts, rules=frozenset(rules or {"cuts"}),
        )  # fmt: skip

    def _new(self, article: Article) -> Change:
        """Compare an article of which nothing is archived: it was a duplicate, or refused, or never seen."""
        fingerprint, own = fingerprint_of(article), key_of(article.capture.url)
        found = self._catalog.find_fingerprint(fingerprint)
        owner = key_of(found.url) if found else self._new_texts.get(fingerprint)
        known = self._catalog.duplicate_of(article.capture)
        if owner is None:
            self._new_texts[fingerprint] = own
            return Change(Verdict.NEW, article.capture, article, known or "", now=article.text)
        original = self._catalog.article(known) if known else None
        if owner == own or (original is not None and key_of(original.url) == owner):
            return Change(Verdict.SAME, article.capture, path=known or "")
        return Change(Verdict.DUPLICATE, article.capture, article, found.path if found else owner)


def _cut_differences(before: tuple[Cut, ...], now: tuple[Cut, ...]) -> tuple[tuple[Cut, bool], ...]:
    """Return the cuts that are in one of two accounts only, wherever in the text they stand."""

    def counted(cuts: tuple[Cut, ...]) -> Counter[Cut]:
        return Counter(Cut(0, cut.text, cut.rule, replacement=cut.replacement) for cut in cuts)

    more, fewer = counted(now) - counted(before), counted(before) - counted(now)
    return tuple((cut, is_new) for cuts, is_new in ((more, True), (fewer, False)) for cut in cuts.elements())


def _metadata_differences(before: Metadata, now: Metadata) -> Iterator[str]:
    for one in fields(Metadata):
        if one.name != "provenance" and getattr(before, one.name) != getattr(now, one.name):
            yield one.name
    for name in {*before.provenance, *now.provenance}:
        if before.provenance.get(name) != now.provenance.get(name):
            yield name
