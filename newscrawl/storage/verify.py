"""Every hash of every file, every line, every record, and the catalog against all of them. Changes nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from newscrawl.exceptions import ArchiveError
from newscrawl.storage.catalog import check_version
from newscrawl.storage.database import Database, Row
from newscrawl.storage.layout import CATALOG_DIGEST, WARC_FOLDER, sign_of_life
from newscrawl.storage.lock import commits_noted
from newscrawl.storage.moved import moved_warcs, path_of
from newscrawl.storage.reading_back import Finding, Progress, Reader
from newscrawl.storage.schema import CATALOG, bring_up_to_date, columns_of, connect_readonly

# What can be read back from the files, and so must be the same: table, columns that name a row.
_COMPARED = {
    "articles": "path",
    "duplicates": "manifest, line_offset",
    "quarantine": "line_offset",
    "captures": "warc_file, warc_offset",
    "runs": "line_offset",
    "story_renamings": "line_offset",
}
# The ids of texts differ from catalog to catalog, and which story a text is in follows from the rest.
_COMPARED_BY_KEY = {
    "texts": (
        1,
        "SELECT key, digest, kind, path, manifest, line_offset, source, site, url, captured_at, headline, "
        "outlet, published_at, warc_file, warc_offset, record_id, compared FROM texts ORDER BY key",
    ),
    "links": (
        2,
        "SELECT o.key, t.key, l.relation, one_story, differences FROM links l "
        "JOIN texts o ON o.id = ours JOIN texts t ON t.id = theirs ORDER BY o.key, t.key",
    ),
}

_DANGLING = {
    "articles": "SELECT path, record_id FROM articles a WHERE warc_file IS NOT NULL AND {unknown}",
    "texts": "SELECT manifest, record_id FROM texts a WHERE warc_file IS NOT NULL AND kind <> 'article' AND {unknown}",
    "quarantine": "SELECT 'quarantine.jsonl', record_id FROM quarantine a WHERE warc_file IS NOT NULL AND {unknown}",
}
_UNKNOWN_CAPTURE = (
    "NOT EXISTS (SELECT 1 FROM captures c WHERE c.warc_file = a.warc_file AND c.warc_offset = a.warc_offset "
    "AND c.record_id = a.record_id)"
)


def verify(folder: Path, progress: Progress | None = None) -> Iterator[Finding]:
    """Yield everything that is wrong with the archive in ``folder``; nothing when all is well.

    It may run while the archive is written to: only what is acknowledged is looked at. A bit that is altered
    anywhere in a seed file, a manifest, the quarantine, the runs, a WARC file or a catalog at rest is found.
    """
    folder = folder.absolute()
    noted = commits_noted(folder)  # before the catalog is looked at: a run may be writing
    try:
        catalog = _open_catalog(folder)
    except (OSError, sqlite3.Error) as error:
        # Without anything to find in it, it is an archive that was only just begun.
        is_damage = sign_of_life(folder) is not None
        yield Finding(CATALOG, "bad_catalog", f"{error}; scrapy rebuild makes it from the files", is_damage)
        yield from _verify(folder, None, progress)
        return
    with closing(catalog):
        commits = catalog.execute("SELECT value FROM meta WHERE name = 'commits'").fetchone()
        if commits is not None and int(commits[0]) < noted:
            yield Finding(
                CATALOG, "old_copy", f"{commits[0]} commits of {noted}; scrapy rebuild makes it anew"
            )
        yield from _verify(folder, catalog, progress)


def _open_catalog(folder: Path) -> sqlite3.Connection:
    if not (folder / CATALOG).exists():
        raise FileNotFoundError("there is none")
    catalog = connect_readonly(folder / CATALOG)
    try:
        catalog.execute("BEGIN")
        catalog.execute("SELECT * FROM ledgers").fetchall()
    except BaseException:
        catalog.close()
        raise
    return catalog


def _verify(folder: Path, catalog: sqlite3.Connection | None, progress: Progress | None) -> Iterator[Finding]:
    connection = sqlite3.connect("", isolation_level=None)  # a database of its own that spills to disk
    try:
        bring_up_to_date(connection)
        database = Database(connection, folder)
        known = None
        if catalog is not None:
            yield from _look_at_catalog(folder, catalog)
            known = dict(catalog.execute("SELECT path, length FROM ledgers").fetchall())
        yield from Reader(folder, database, known).read(progress)
        moved = moved_warcs(folder)
        gone = {path for path in known or () if not path_of(folder, path, moved).exists()}
        gone |= {f"{WARC_FOLDER}/{name}" for name, warc in moved.items() if not warc.path.exists()}
        yield from _dangling(database, gone)
        if catalog is not None:
            yield from _compared(folder, database, catalog, gone)
    finally:
        connection.close()


def _look_at_catalog(folder: Path, catalog: sqlite3.Connection) -> Iterator[Finding]:
    try:
        for (problem,) in catalog.execute("PRAGMA integrity_check(10)"):
            if problem != "ok":
                yield Finding(CATALOG, "bad_catalog", problem)
        clean = catalog.execute("SELECT value FROM meta WHERE name = 'clean'").fetchone()
    except sqlite3.Error as error:
        yield Finding(CATALOG, "bad_catalog", str(error))
        return
    digest_file = folder / CATALOG_DIGEST
    if clean == ("1",) and digest_file.exists():
        with (folder / CATALOG).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest_file.read_bytes() != f"{digest}  {CATALOG}\n".encode("ascii"):
            yield Finding(CATALOG, "altered_catalog", f"{CATALOG_DIGEST} names another SHA-256")


def _dangling(database: Database, gone: set[str]) -> Iterator[Finding]:
    for query in _DANGLING.values():
        statement = query.format(unknown=_UNKNOWN_CAPTURE) + _not_in(gone)
        for path, record_id in database.rows(statement):
            yield Finding(path, "no_capture", f"no WARC record {record_id} where its line says")
    for manifest, path in database.rows(
        "SELECT manifest, path FROM texts WHERE path NOT IN (SELECT path FROM articles)"
    ):
        yield Finding(manifest, "no_original", f"names {path}, which no manifest has")


def _not_in(gone: set[str]) -> str:
    names = ", ".join(f"'{Path(path).name}'" for path in sorted(gone) if path.startswith(f"{WARC_FOLDER}/"))
    return f" AND warc_file NOT IN ({names})" if names else ""


def _compared(
    folder: Path, database: Database, catalog: sqlite3.Connection, gone: set[str]
) -> Iterator[Finding]:
    try:
        check_version(folder, catalog)
    except ArchiveError as error:
        yield Finding(CATALOG, "other_version", error.message, is_damage=False)
    else:
        yield from _differences(database, catalog, gone)


def _differences(database: Database, catalog: sqlite3.Connection, gone: set[str]) -> Iterator[Finding]:
    for table, key in _COMPARED.items():
        names = key.split(", ")
        columns = ", ".join(
            (*names, *(name for name in columns_of(database.connection, table) if name not in names))
        )
        only = f" WHERE 1{_not_in(gone)}" if table == "captures" else ""
        query = f"SELECT {columns} FROM {table}{only} ORDER BY {key}"
        yield from _differing(database, catalog, table, (len(names), query))
    if catalog.execute("SELECT 1 FROM meta WHERE name = 'texts'").fetchone():
        for table, compared in _COMPARED_BY_KEY.items():
            yield from _differing(database, catalog, table, compared)
    else:
        yield Finding(CATALOG, "not_indexed", "older than stories; scrapy dedupe --apply finds them", False)
    lost = (
        "SELECT path FROM articles WHERE url_key NOT IN (SELECT url_key FROM urls WHERE state = 'archived')"
    )
    for (path,) in catalog.execute(lost):
        yield Finding(CATALOG, "wrong_state", f"the URL of {path} is not in state archived")


def _differing(
    database: Database, catalog: sqlite3.Connection, table: str, compared: tuple[int, str]
) -> Iterator[Finding]:
    width, query = compared
    try:
        for ours, theirs in _pairs(database.connection.execute(query), catalog.execute(query), width):
            yield _difference(table, ours, theirs)
    except (sqlite3.Error, TypeError) as error:
        yield Finding(CATALOG, "bad_catalog", f"{table}: {error}")


def _pairs(ours: Iterator[Row], theirs: Iterator[Row], width: int) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield the rows that are not the same in both, or only in one; both are sorted by their first columns."""
    mine, other = next(ours, None), next(theirs, None)
    while mine is not None or other is not None:
        if mine is not None and (other is None or mine[:width] < other[:width]):
            yield mine, None
            mine = next(ours, None)
        elif other is not None and (mine is None or other[:width] < mine[:width]):
            yield None, other
            other = next(theirs, None)
        else:
            if mine != other:
                yield mine, other
            mine, other = next(ours, None), next(theirs, None)


def _difference(table: str, ours: Row | None, theirs: Row | None) -> Finding:
    row = ours or theirs or ()
    where = f"{table}, {row[0]}"
    if theirs is None:
        return Finding(CATALOG, "not_in_catalog", f"{where} is in the files")
    if ours is None:
        return Finding(CATALOG, "only_in_catalog", f"{where} is in no file")
    return Finding(CATALOG, "altered_row", f"{where} is not what the files say")
