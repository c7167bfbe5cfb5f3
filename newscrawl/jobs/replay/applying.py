"""Puts what a replay has found into an archive: new versions beside the old ones, and nothing twice."""

from __future__ import annotations

from dataclasses import replace

from newscrawl.archiving import archive_article
from newscrawl.exceptions import SeedFormatError
from newscrawl.items import ArchivedArticle, Article, Capture
from newscrawl.jobs.replay.changes import Change, Verdict
from newscrawl.jobs.replay.inputs import Task
from newscrawl.storage import Archive, read_exchange

BATCH = 100
"""Changes that are put on disk together; a run that dies has lost at most so many, and finds them again."""


class Applier:
    """Writes changes to an archive, in batches.

    A page of another archive is copied with its capture, so that every text still goes back to a record here.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._staged: set[str] = set()
        """Paths of seed files, and a key for everything else."""

    def apply(self, task: Task, change: Change) -> Change:
        """Stage a change; return it, or what it is after all when the seed format cannot hold the text.

        Raises:
            ArchiveError: the disk is full or refuses.
        """
        applied = self._apply(task, change)
        if len(self._staged) >= BATCH:
            self.commit()
        return applied

    def settle(self, path: str) -> None:
        """See to it that the line of an article is on the disk before it is looked at."""
        if path in self._staged:
            self.commit()

    def commit(self) -> None:
        """Put what is staged on the disk."""
        self._staged.clear()
        self._archive.commit()

    def _apply(self, task: Task, change: Change) -> Change:
        if change.verdict is Verdict.OTHER_REASON:
            self._quarantine(task, change)
        elif change.article is not None:
            try:
                self._put(task, change, change.article)
            except SeedFormatError as error:
                return replace(change, verdict=Verdict.REFUSED, article=None, reason=f"seed_format: {error}")
        return change

    def _put(self, task: Task, change: Change, article: Article) -> None:
        if task.is_foreign:
            article = replace(article, capture=self._own_capture(task, change))
        archived = archive_article(
            self._archive, article, as_version=change.verdict is Verdict.CHANGED and not change.is_line
        )
        self._staged.add(str(archived.path) if isinstance(archived, ArchivedArticle) else article.capture.url)

    def _own_capture(self, task: Task, change: Change) -> Capture:
        """Return the capture of a page of another archive, as it stands in this one."""
        capture = change.capture
        is_version = change.verdict is Verdict.CHANGED and not change.is_line
        known = self._archive.article(change.path) if is_version else None
        if known is not None and known.warc is not None:
            return replace(capture, warc=known.warc)
        assert capture.warc is not None
        return replace(capture, warc=self._archive.record(read_exchange(task.folders, capture.warc)))

    def _quarantine(self, task: Task, change: Change) -> None:
        capture, detail = change.capture, change.reason.partition(": ")[2]
        if task.is_foreign and capture.warc is not None:
            detail = f"{detail} ({capture.warc.file}, byte {capture.warc.offset})".strip()
            capture = replace(capture, warc=None)
        reason = change.reason.partition(": ")[0]
        self._staged.add(capture.url)
        self._archive.quarantine(capture.url, capture.source, reason, detail, capture=capture)
