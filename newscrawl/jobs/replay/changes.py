"""What a page gives today beside what the archive has of it: the same, or what is different and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum

from newscrawl.archiving import fingerprint_of
from newscrawl.exceptions import PageError
from newscrawl.items import Article, Capture, Cut, Metadata
from newscrawl.storage import ArticleEntry, ArticleRow, Catalog, UrlState
from newscrawl.storage.options import seed_text
from newscrawl.storage.texts import TextRow, digest_of, text_key

_GIVEN_LATER = frozenset({"variant"})
"""Flags of archived articles that come from other articles, not from the page."""


class Verdict(StrEnum):
    """What a page gives today, seen from what the archive has."""

    SAME = "same"
    CHANGED = "changed"
    """Its article differs from the version that was archived last."""
    NEW = "new"
    """It is an article, and was none."""
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
    """Of these cuts; ``extraction`` when the text differs and none does; ``metadata.…`` and ``flag.…`` beside;
    ``text`` for a reprint or duplicate whose text is another."""
    is_line: bool = False
    """Whether what is archived of the page is a line beside another's seed file."""


class Comparison:
    """Compares what pages give today with an archive; each page by itself, in any order.

    A page that has a seed file is the same when nothing at all of its article is different; one that is told in a line
    beside another's seed file, when its text is, but for what the comparing form leaves out.
    """

    def __init__(self, catalog: Catalog, settle: Callable[[str], None] = lambda path: None) -> None:
        self._catalog = catalog
        self._settle = settle
        """Is told the path of an article before its line is looked at: it may only be staged."""

    def of(self, capture: Capture, result: Article | PageError) -> Change:
        """Return what is different about a page."""
        archived = self._archived(capture)
        if archived is not None and isinstance(result, Article):
            return self._against_file(result, archived)
        lines = self._lines(capture)
        if isinstance(result, PageError):
            path = archived.path if archived else next((line.path for line in lines), None)
            return self._refused(capture, result, path)
        if lines:
            return self._against_lines(result, lines)
        if self._catalog.text(text_key(capture.url, fingerprint_of(result))):
            return Change(Verdict.SAME, capture)  # the page was fetched again, and said what it had said
        return Change(Verdict.NEW, capture, result, now=result.text)

    def _archived(self, capture: Capture) -> ArticleRow | None:
        rows = self._catalog.articles_of(capture.url)
        return next((row for row in reversed(rows) if row.captured_at == capture.captured_at), None)

    def _lines(self, capture: Capture) -> list[TextRow]:
        """Return the reprints or duplicates that a page was, what was found last first."""
        rows = (row for row in self._catalog.texts_at(capture.url) if row.captured_at == capture.captured_at)
        return sorted(rows, key=lambda row: -row.id)

    def _refused(self, capture: Capture, error: PageError, path: str | None) -> Change:
        reason = f"{error.reason}: {error.detail}" if error.detail else error.reason
        if path is not None:
            return Change(Verdict.REFUSED, capture, path=path, reason=reason)
        is_same = error.reason in {self._catalog.quarantine_reason(capture), self._url_reason(capture)}
        return Change(Verdict.SAME if is_same else Verdict.OTHER_REASON, capture, reason=reason)

    def _url_reason(self, capture: Capture) -> str | None:
        """Return why the URL is in the quarantine: a run that died has read the page, and the next one read it again."""
        known = self._catalog.url(capture.url)
        return known.reason if known is not None and known.state is UrlState.QUARANTINED else None

    def _against_file(self, article: Article, archived: ArticleRow) -> Change:
        self._settle(archived.path)
        entry, before = self._catalog.entry_of(archived), self._catalog.text_of(archived.path)
        return _compared(article, archived.path, entry, before) or Change(
            Verdict.SAME, article.capture, path=archived.path
        )

    def _against_lines(self, article: Article, lines: list[TextRow]) -> Change:
        line = lines[0]
        if digest_of(fingerprint_of(article)) in {one.digest for one in lines}:
            return Change(Verdict.SAME, article.capture, path=line.path)
        before = self._catalog.whole_text(line)
        return Change(
            Verdict.CHANGED, article.capture, article, line.path,
            before=before, now=article.text, rules=frozenset({"text"}), is_line=True,
        )  # fmt: skip


def _compared(article: Article, path: str, entry: ArticleEntry, before: str) -> Change | None:
    """Return how an article differs from what is archived of its page, None when it does not."""
    now = seed_text(article, entry.edition)
    metadata = set(_metadata_differences(entry.metadata, article.metadata))
    flags = (set(entry.flags) ^ set(article.flags)) - _GIVEN_LATER
    if (now, article.cuts) == (before, entry.cuts) and not metadata and not flags:
        return None
    cuts = _cut_differences(entry.cuts, article.cuts)
    rules = {cut.rule for cut, _ in cuts} or ({"extraction"} if now != before else set())
    rules |= {f"metadata.{name}" for name in metadata} | {f"flag.{flag}" for flag in flags}
    return Change(
        Verdict.CHANGED, article.capture, article, path,
        before=before, now=now, cuts=cuts, rules=frozenset(rules or {"cuts"}),
    )  # fmt: skip


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
