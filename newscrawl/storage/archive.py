"""The archive as a run writes to it: everything staged, then all of it on the medium, or none.

    record, add_article, add_duplicate, quarantine, settle …   staged: nothing is written to the disk yet
    commit                                                     acknowledged (`staging` has the steps)

What a dead run leaves is mended by the next one that opens the archive (`recovery`). Numbers come from the
catalog, never from a listing.

Not taken: writing only WARC and catalog durably and making the text files from them later. It needs two
syncs a batch instead of one an article and was twice as fast in a trial, but a reader could meet an empty
file under a final name after a power cut; a polite crawl writes one to twenty articles a second, and the
way above makes several hundred.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from newscrawl.exceptions import ArchiveError, DiskFull
from newscrawl.items import ArchivedArticle, Article, Capture, WarcPointer
from newscrawl.storage.catalog import Catalog
from newscrawl.storage.changes import changes_between
from newscrawl.storage.database import Database, told_plainly
from newscrawl.storage.disk import Disk
from newscrawl.storage.exchange import Exchange
from newscrawl.storage.frontier import UrlState
from newscrawl.storage.keys import key_of
from newscrawl.storage.layout import MANIFEST, MOVED, QUARANTINE, READINGS, RUNS, STORIES, folder_of
from newscrawl.storage.lines import FORMAT, parse_line, write_line
from newscrawl.storage.lock import Lock, take_lock
from newscrawl.storage.manifest import (
    ArticleEntry,
    DuplicateEntry,
    QuarantineEntry,
    ReprintEntry,
    write_entry,
)
from newscrawl.storage.moved import MovedWarc, write_moved
from newscrawl.storage.older_texts import has_all_texts, take_in_older_texts
from newscrawl.storage.opening import mark_closed, mark_open, open_database
from newscrawl.storage.options import ArchiveOptions
from newscrawl.storage.readings import ReadingEntry, write_reading
from newscrawl.storage.recovery import Recovery
from newscrawl.storage.seed_file import decode_seed, encode_seed, seed_name, sha256_of
from newscrawl.storage.staging import Staging
from newscrawl.storage.story_lines import StoryLine, write_story_line
from newscrawl.storage.warc_files import WarcFiles
from newscrawl.storage.warc_write import WrittenExchange


class Archive(Catalog):
    """The archive in ``folder``, locked, for the one run that writes to it. Make one with `Archive.open`.

    One thread may use it at a time. Start worker processes whenever you like: they do not share the lock.
    """

    def __init__(self, folder: Path, database: Database, lock: Lock, disk: Disk) -> None:
        super().__init__(folder, database)
        self._lock = lock
        self._disk = disk
        self._staging = Staging(folder, disk, database, lock)
        self._ledgers = self._staging.ledgers
        self._warc = WarcFiles(folder, database, self._ledgers)
        self.options = ArchiveOptions()
        self._closed = False
        self._lack: DiskFull | None = None
        """Why no more pages are taken in, once there is less room than is to stay free."""
        self.recovery = Recovery()

    @classmethod
    def open(cls, folder: Path, *, disk: Disk | None = None, **options: Any) -> Self:  # noqa: ANN401
        """Open the archive in ``folder``, made if there is none; mend what a dead run left behind.

        Args:
            folder: the archive.
            disk: what writes; another one in tests.
            options: those of `ArchiveOptions`.

        Raises:
            ArchiveLocked: another run is writing there.
            DiskFull: no room, or it cannot be written to.
            ArchiveDamaged: what was acknowledged is not there.
        """
        disk = disk or Disk()
        chosen = ArchiveOptions(**options)
        folder = folder.absolute()
        with told_plainly(folder):
            disk.make_folder(folder)
            lock = take_lock(folder)
            try:
                database = open_database(folder, disk)
            except BaseException:
                lock.release()
                raise
            archive = cls(folder, database, lock, disk)
            try:
                archive._set_up(chosen)
            except BaseException:
                archive._let_go()
                raise
        return archive

    def _set_up(self, options: ArchiveOptions) -> None:
        self.options = options
        self._warc.info = options.warcinfo()
        self._warc.max_bytes = options.warc_max_bytes
        self._look_for_room()
        self.recovery = mark_open(self.folder, self._disk, self._db, self._lock)

    def writing_of(self, exchange: Exchange) -> Callable[[], WrittenExchange]:
        """Return the slow part of ``record``, which another thread may do."""
        return self._warc.writing_of(exchange)

    def record(self, exchange: Exchange, written: WrittenExchange | None = None) -> WarcPointer:
        """Stage an exchange for the WARC and return where its response will stand.

        A page whose payload is that of the last time becomes a
        revisit. On error the records staged before are as they were.

        Raises:
            DiskFull: no room, or less than ``free_min_bytes``; what is staged can be committed if it fits.
        """
        with self._writing():
            if self._lack is not None:
                raise self._lack
            return self._warc.append(exchange, written)

    def add_article(
        self, article: Article, text_fingerprint: str, *, story: str | None = None, compared: int = 0
    ) -> ArchivedArticle:
        """Stage an article: its seed file, its line, its row; its URL is archived.

        Raises:
            SeedFormatError: its text is not in the seed format; nothing is staged.
            ValueError: its source's id cannot be the name of a folder; nothing is staged.
        """
        content = encode_seed(self.options.text_of(article))
        folder = folder_of(article.capture)
        with self._writing():
            ordinal = self.next_ordinal(*folder.split("/"))
            entry = ArticleEntry(
                capture=article.capture,
                path=f"{folder}/{seed_name(ordinal, content)}",
                sha256=sha256_of(content),
                text_fingerprint=text_fingerprint,
                headline=article.headline,
                metadata=article.metadata,
                cuts=article.cuts,
                flags=article.flags,
                edition=self.options.edition,
                site=self.options.site_names.get(article.capture.source),
                story=story,
                compared=compared,
                previous=next((row.path for row in reversed(self.articles_of(article.capture.url))), None),
                versions=self.options.versions,
            )
            self._stage_article(entry, f"{folder}/{MANIFEST}", len(content))
            self._staging.files.stage(entry.path, content)
        return ArchivedArticle(article, text_fingerprint, ordinal, Path(entry.path), story)

    def _stage_article(self, entry: ArticleEntry, manifest: str, size: int) -> None:
        line = write_entry(entry)
        with self._db.savepoint():
            self.insert_article(entry, self._ledgers.length(manifest))
            self.note_text(entry, size=size)
            self.settle(entry.capture.url, UrlState.ARCHIVED, source=entry.capture.source)
            self._ledgers.add(manifest, line)

    def add_duplicate(
        self, article: Article, text_fingerprint: str, of: str, *, story: str | None = None
    ) -> None:
        """Stage a page whose article is archived already, under the path ``of``.

        Nothing is written when that is the article of the same URL: the page was fetched again, that is all.
        """
        original = self.article(of)
        if original is None:
            raise ValueError(f"{of!r} is not the path of an archived article")
        if key_of(original.url) == key_of(article.capture.url):
            return
        text = self.options.text_of(article)
        entry = DuplicateEntry(
            capture=article.capture,
            duplicate_of=of,
            text_fingerprint=text_fingerprint,
            headline=article.headline,
            metadata=article.metadata,
            changes=changes_between(self.text_of(of), text),
            sha256=sha256_of(encode_seed(text)),
            cuts=article.cuts,
            flags=article.flags,
            site=self.options.site_names.get(article.capture.source),
            story=story,
        )
        self._stage_line(entry, UrlState.DUPLICATE, of)

    def add_reprint(
        self,
        article: Article,
        text_fingerprint: str,
        *,
        of: str,
        relation: str,
        **told: Any,  # noqa: ANN401
    ) -> None:
        """Stage a text that adds nothing to that of the seed file ``of``: a line, with its changes against it.

        Args:
            article: as it was read.
            text_fingerprint: of its text.
            of: path of the seed file.
            relation: what it is to the text there, ``same`` or ``part_of``.
            told: ``story`` and ``compared``, as the line shall have them.
        """
        text = self.options.text_of(article)
        entry = ReprintEntry(
            capture=article.capture,
            path=of,
            relation=relation,
            changes=changes_between(self.text_of(of), text),
            sha256=sha256_of(encode_seed(text)),
            text_fingerprint=text_fingerprint,
            headline=article.headline,
            metadata=article.metadata,
            cuts=article.cuts,
            flags=article.flags,
            edition=self.options.edition,
            site=self.options.site_names.get(article.capture.source),
            versions=self.options.versions,
            **told,
        )
        self._stage_line(entry, UrlState.REPRINT, entry.story or of)

    def _stage_line(self, entry: DuplicateEntry | ReprintEntry, state: UrlState, reason: str) -> None:
        manifest = f"{folder_of(entry.capture)}/{MANIFEST}"
        line = write_entry(entry)
        with self._writing(), self._db.savepoint():
            offset = self._ledgers.length(manifest)
            if isinstance(entry, DuplicateEntry):
                self.insert_duplicate(entry, manifest, offset)
            else:
                self.insert_text(entry, manifest, offset)
            self.note_text(entry)
            self.settle(entry.capture.url, state, reason, source=entry.capture.source)
            self._ledgers.add(manifest, line)

    def take_in_older_texts(self) -> None:
        """Stage the rows of texts from before there were any, if this archive has such."""
        with self._writing():
            if not has_all_texts(self._db):
                take_in_older_texts(self.folder, self._db)

    def add_story_line(self, line: StoryLine) -> None:
        """Stage what became known of how texts hang together."""
        written = write_story_line(line)
        with self._writing(), self._db.savepoint():
            self.take_story_line(line, self._ledgers.length(STORIES))
            self._ledgers.add(STORIES, written)

    def quarantine(
        self, url: str, source: str, reason: str, detail: str = "", *, capture: Capture | None = None
    ) -> None:
        """Stage a page that could not become an article, with its reason: never silently dropped."""
        capture = capture or Capture(url, source, datetime.now(UTC))
        entry = QuarantineEntry(capture=capture, reason=reason, detail=detail)
        line = write_entry(entry)
        with self._writing(), self._db.savepoint():
            self.insert_quarantine(entry, self._ledgers.length(QUARANTINE))
            self.settle(url, UrlState.QUARANTINED, reason, source=source)
            self._ledgers.add(QUARANTINE, line)

    def add_reading(self, reading: ReadingEntry) -> None:
        """Stage that a page was read, and with what: a replay reads the pages in the same order."""
        with self._writing():
            self._ledgers.add(READINGS, write_reading(reading))

    def add_moved(self, moved: MovedWarc) -> None:
        """Stage where a WARC file is that was moved away."""
        with self._writing():
            self._ledgers.add(MOVED, write_moved(moved))

    @property
    def current_warc(self) -> str | None:
        """Path of the WARC file that is written to, relative to the archive."""
        return self._warc.current

    def acknowledged_length(self, path: str) -> int:
        """Return how much of an appended file is acknowledged."""
        return self._ledgers.acknowledged(path)

    def add_run(self, report: Mapping[str, Any]) -> None:
        """Stage the report of a run, a JSON object: one line of ``runs.jsonl``."""
        line = write_line({"format": FORMAT, "kind": "run", **report})
        with self._writing(), self._db.savepoint():
            self.insert_run(report, self._ledgers.length(RUNS))
            self.note_run(report)
            self._ledgers.add(RUNS, line)

    def text_of(self, path: str) -> str:
        """Return the text of a seed file, also of one that is only staged."""
        staged = self._staging.files.content(path)
        return super().text_of(path) if staged is None else decode_seed(staged)

    def _line_at(self, path: str, offset: int) -> Mapping[str, Any]:
        pending = self._ledgers.pending_line(path, offset)
        return super()._line_at(path, offset) if pending is None else parse_line(pending)

    def commit(self) -> int:
        """Put on the medium what is staged, and return how many seed files were acknowledged by it.

        Raises:
            DiskFull: no room; the disk is as the last commit left it, and so is the catalog.
            ArchiveError: the disk refused otherwise.
        """
        with self._writing():
            self.index.settle()
            count = self._staging.commit(keep_open=self._warc.current)
            self._look_for_room()
            return count

    @property
    def staged_bytes(self) -> int:
        """How much the next commit will append to files; it is in memory until then."""
        return self._ledgers.staged_bytes

    def rollback(self) -> None:
        """Forget what is staged since the last commit; the disk is as that left it."""
        self._staging.rollback()

    def close(self) -> None:
        """Commit what is staged and let go of the archive; a second time does nothing."""
        if self._closed:
            return
        try:
            if self._staging.failure is None:
                self.commit()
                self._ledgers.forget()
                with told_plainly(self.folder):
                    mark_closed(self.folder, self._disk, self._db)
        finally:
            self._let_go()

    def _look_for_room(self) -> None:
        wanted = self.options.free_min_bytes
        if wanted and (free := shutil.disk_usage(self.folder).free) < wanted:
            self._lack = DiskFull(
                self.folder, f"{free >> 20} MB are free, {wanted >> 20} MB are to stay free"
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._staging.failure is not None:
            raise self._staging.failure
        if self._closed:
            raise ArchiveError(self.folder, "is closed")
        with told_plainly(self.folder):
            yield

    def _let_go(self) -> None:
        self._closed = True
        with suppress(OSError):
            self._ledgers.forget()
        with suppress(sqlite3.Error):
            self._db.connection.close()
        self._lock.release()

    def __exit__(self, *exception: object) -> None:
        if any(exception) and not self._closed and self._staging.failure is None:
            self.rollback()
        self.close()
