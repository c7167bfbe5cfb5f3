"""The catalog: what is archived, every URL's state, what is remembered of sites. An index, never the truth."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from newscrawl.exceptions import ArchiveDamaged, ArchiveError
from newscrawl.storage.articles import ArticleRow, Articles
from newscrawl.storage.changes import with_changes
from newscrawl.storage.database import Database, told_plainly
from newscrawl.storage.days import Days
from newscrawl.storage.frontier import Frontier
from newscrawl.storage.lines import BadLine, line_at
from newscrawl.storage.manifest import ArticleEntry, QuarantineEntry, TextEntry, parse_entry
from newscrawl.storage.memory import Memory
from newscrawl.storage.robots import RobotsAnswers
from newscrawl.storage.schema import CATALOG, SCHEMA_VERSION, connect_readonly, schema_version
from newscrawl.storage.seed_file import decode_seed
from newscrawl.storage.shingles import ShingleIndex
from newscrawl.storage.stories import Stories
from newscrawl.storage.texts import TextRow


class Catalog(Articles, Stories, Frontier, Memory, Days, RobotsAnswers):
    """The catalog of the archive in ``folder``, for those who read; the writer's is `Archive`."""

    def __init__(self, folder: Path, database: Database) -> None:
        super().__init__(database)
        self.folder = folder
        self.index = ShingleIndex(database)

    @classmethod
    def open_readonly(cls, folder: Path) -> Self:
        """Open the catalog for reading, also while a run is writing.

        Raises:
            ArchiveError: there is none, or it cannot be read.
        """
        path = folder / CATALOG
        if not path.exists():
            raise ArchiveError(
                folder, f"there is no {CATALOG}; is this an archive? (scrapy rebuild makes one)"
            )
        with told_plainly(folder):
            connection = connect_readonly(path)
            try:
                check_version(folder, connection)
            except BaseException:
                connection.close()
                raise
        return cls(folder, Database(connection, folder))

    def entry_of(self, row: ArticleRow) -> ArticleEntry:
        """Return the manifest's account of an article.

        Raises:
            ArchiveDamaged: the line is not there or not whole.
        """
        manifest = self.folder / row.manifest
        try:
            entry = parse_entry(line_at(manifest, row.line_offset))
        except BadLine as error:
            raise ArchiveDamaged(manifest, f"byte {row.line_offset}: {error}") from error
        if not isinstance(entry, ArticleEntry) or entry.path != row.path:
            raise ArchiveDamaged(manifest, f"byte {row.line_offset}: not the line of {row.path}")
        return entry

    def text_of(self, path: str) -> str:
        """Return the text of a seed file.

        Raises:
            ArchiveError: it cannot be read.
            SeedFormatError: it is not in the format.
        """
        with told_plainly(self.folder):
            return decode_seed((self.folder / path).read_bytes())

    def whole_text(self, row: TextRow) -> str:
        """Return the text of a row, headline first: its seed file, or the one that its changes make of another.

        Raises:
            ArchiveError: it cannot be read.
            ArchiveDamaged: the line is not there or not whole, or it does not fit the seed file.
        """
        text = self.text_of(row.path)
        if row.kind == "article":
            return text
        try:
            entry = self.line_of(row)
            return text if isinstance(entry, ArticleEntry) else with_changes(text, entry.changes)
        except ValueError as error:
            raise ArchiveDamaged(self.folder / row.manifest, f"byte {row.line_offset}: {error}") from error

    def line_of(self, row: TextRow) -> TextEntry:
        """Return the manifest's account of a text.

        Raises:
            ArchiveDamaged: the line is not there or not whole.
        """
        try:
            entry = parse_entry(self._line_at(row.manifest, row.line_offset))
        except BadLine as error:
            raise ArchiveDamaged(self.folder / row.manifest, f"byte {row.line_offset}: {error}") from error
        if isinstance(entry, QuarantineEntry):
            raise ArchiveDamaged(self.folder / row.manifest, f"byte {row.line_offset}: no text's line")
        return entry

    def _line_at(self, path: str, offset: int) -> Mapping[str, Any]:
        return line_at(self.folder / path, offset)

    def close(self) -> None:
        """Let go of the catalog."""
        self._db.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def check_version(folder: Path, connection: sqlite3.Connection) -> None:
    """Insist that the tables are those of this version.

    Raises:
        ArchiveError: they are not.
    """
    version = schema_version(connection)
    if version < SCHEMA_VERSION:
        raise ArchiveError(
            folder,
            f"the catalog is of version {version}, and this is read: {SCHEMA_VERSION}; "
            "the next scrapy crawl brings it up to date in place, scrapy rebuild as well",
        )
    if version > SCHEMA_VERSION:
        raise ArchiveError(
            folder,
            f"the catalog is of version {version}, and this newscrawl knows them up to {SCHEMA_VERSION}; "
            "use the newscrawl that wrote it, or a later one",
        )
