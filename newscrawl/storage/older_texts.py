"""The texts of an archive from before there were stories, taken from its manifests into the catalog."""

from __future__ import annotations

from pathlib import Path

from newscrawl.storage.articles import Articles
from newscrawl.storage.database import Database
from newscrawl.storage.layout import MANIFEST
from newscrawl.storage.lines import BadLine, read_lines
from newscrawl.storage.manifest import QuarantineEntry, parse_entry

_ALL = "texts"
"""Named value of a catalog that has a row for every text."""


def has_all_texts(database: Database) -> bool:
    """Return whether the catalog has a row for every text of the archive."""
    return database.meta(_ALL) is not None


def take_in_older_texts(folder: Path, database: Database) -> None:
    """Add the texts that the manifests of an archive name, and note that all are there."""
    articles = Articles(database)
    for path, length in database.rows("SELECT path, length FROM ledgers ORDER BY path"):
        if path.rpartition("/")[2] != MANIFEST:
            continue
        for line in read_lines(folder / path, length):
            try:
                entry = None if line.values is None or line.problem else parse_entry(line.values)
            except BadLine:
                continue  # verify tells of it
            if entry is not None and not isinstance(entry, QuarantineEntry):
                articles.insert_text(entry, path, line.offset)
    database.put_meta(_ALL, "all")
