"""The catalog's rows of texts: every article, every reprint that has only a line, every exact duplicate."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from newscrawl.storage.database import Database
from newscrawl.storage.keys import key_of, sayable
from newscrawl.storage.layout import MANIFEST
from newscrawl.storage.manifest import ArticleEntry, DuplicateEntry, ReprintEntry, TextEntry
from newscrawl.storage.schema import stamp

TextKind = Literal["article", "reprint", "duplicate"]

_KINDS: dict[type, TextKind] = {
    ArticleEntry: "article",
    ReprintEntry: "reprint",
    DuplicateEntry: "duplicate",
}
_DIGITS = 16
_TEXT = (
    "id, key, digest, kind, path, manifest, line_offset, source, site, url, captured_at, headline, outlet, published_at, "
    "compared, story, relation, against"
)


@dataclass(frozen=True, slots=True)
class TextRow:
    """What the catalog knows of a text."""

    id: int
    """In this catalog only."""
    key: str
    """Names the text wherever it stands: the key of its URL, ``#``, and 16 digits of its text fingerprint."""
    digest: str
    """Those digits."""
    kind: TextKind
    path: str
    """Of its seed file; for a text without one, of the seed file that its changes are against."""
    manifest: str
    """Of the manifest that has its line."""
    line_offset: int = field(repr=False)
    source: str
    site: str | None
    """What the site that printed it calls itself."""
    url: str
    captured_at: datetime
    headline: str | None
    outlet: str | None
    """来源 as the page names it."""
    published_at: str | None
    """ISO 8601, a day or a time."""
    compared: int
    """By which version of the comparison; 0 for a text that has not been compared with the others."""
    story: str | None
    """The id of its story; None while it is by itself."""
    relation: str | None
    against: int | None


def text_key(url: str, text_fingerprint: str) -> str:
    """Return the key of the text of a page.

    >>> text_key("https://a.cn/1.html", "1.1:b88b0d5c1f7a99e02d")
    'http://a.cn/1.html#b88b0d5c1f7a99e0'
    """
    return f"{key_of(url)}#{digest_of(text_fingerprint)}"


def as_list(ids: Iterable[int]) -> str:
    """Return ids as one value of a query, for ``json_each``."""
    return json.dumps(list(ids))


def digest_of(text_fingerprint: str) -> str:
    """Return the digits of a text fingerprint that stand in a key."""
    return text_fingerprint.rpartition(":")[2][:_DIGITS]


class Texts:
    """The rows of texts, in a database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def text(self, key: str) -> TextRow | None:
        """Return the text with a key."""
        return next(self._texts("WHERE key = ?", key), None)

    def texts_with_ids(self, ids: Iterable[int]) -> list[TextRow]:
        """Return texts by their ids, those that are there."""
        return list(self._texts("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", as_list(ids)))

    def texts_with_digest(self, digest: str) -> list[TextRow]:
        """Return the texts that are the same but for what the comparing form leaves out, first archived first."""
        return list(self._texts("WHERE digest = ? ORDER BY id", digest))

    def texts_at(self, url: str) -> list[TextRow]:
        """Return the texts that stood at a URL, oldest first."""
        return self.texts_at_key(key_of(url))

    def texts_at_key(self, key: str) -> list[TextRow]:
        """Return the same, given the key of the URL."""
        return list(self._texts("WHERE key > ? AND key < ? ORDER BY captured_at, key", f"{key}#", f"{key}$"))

    def texts_of_story(self, story: str) -> list[TextRow]:
        """Return the texts of a story, oldest capture first."""
        return list(self._texts("WHERE story = ? ORDER BY captured_at, key", story))

    def uncompared_texts(self, after: int = 0, limit: int = 1000) -> list[TextRow]:
        """Return texts that were not compared with the others, those behind the id ``after``."""
        where = "WHERE compared = 0 AND kind <> 'duplicate' AND id > ? ORDER BY id LIMIT ?"
        return list(self._texts(where, after, limit))

    def unindexed_texts(self, after: int = 0, limit: int = 1000) -> list[TextRow]:
        """Return texts that were compared, and that neither they nor a twin of theirs can be found by the index."""
        where = (
            "WHERE compared <> 0 AND id > ? AND NOT EXISTS (SELECT 1 FROM texts twin JOIN sketches "
            "ON sketches.text = twin.id WHERE twin.digest = texts.digest) ORDER BY id LIMIT ?"
        )
        return list(self._texts(where, after, limit))

    def count_texts(self) -> int:
        """Return how many texts there are."""
        return int(self._db.rows("SELECT count(*) FROM texts")[0][0])

    def all_texts(self) -> Iterator[TextRow]:
        """Yield every text, in the order of the catalog."""
        return self._texts("ORDER BY id")

    def insert_text(self, entry: TextEntry, manifest: str, line_offset: int) -> None:
        """Add the row of a text; of two with one key the one captured first is kept."""
        capture, found, digest = entry.capture, entry.metadata, digest_of(entry.text_fingerprint)
        warc = capture.warc
        beside = PurePosixPath(entry.path).with_name(MANIFEST) == PurePosixPath(manifest)
        self._db.write(
            "INSERT INTO texts (key, digest, kind, path, manifest, line_offset, source, site, url, captured_at, "
            "headline, outlet, published_at, warc_file, warc_offset, record_id, compared, story) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
            "kind = excluded.kind, path = excluded.path, manifest = excluded.manifest, "
            "line_offset = excluded.line_offset, source = excluded.source, site = excluded.site, url = excluded.url, "
            "captured_at = excluded.captured_at, headline = excluded.headline, outlet = excluded.outlet, "
            "published_at = excluded.published_at, warc_file = excluded.warc_file, "
            "warc_offset = excluded.warc_offset, record_id = excluded.record_id, compared = excluded.compared "
            "WHERE (excluded.captured_at, excluded.kind, excluded.path) < (captured_at, kind, path)",
            (
                text_key(capture.url, entry.text_fingerprint),
                digest,
                _KINDS[type(entry)],
                entry.path,
                None if beside and isinstance(entry, ArticleEntry) else manifest,
                line_offset,
                capture.source,
                sayable(entry.site) if entry.site else None,
                sayable(capture.url),
                stamp(capture.captured_at),
                sayable(entry.headline) if entry.headline else None,
                sayable(found.source_outlet) if found.source_outlet else None,
                found.date_published.isoformat() if found.date_published else None,
                warc.file if warc else None,
                warc.offset if warc else None,
                warc.record_id if warc else None,
                entry.compared,
                entry.story,
            ),
        )

    def _texts(self, where: str, *values: object) -> Iterator[TextRow]:
        for row in self._db.execute(f"SELECT {_TEXT} FROM texts {where}", values):
            columns = list(row)
            columns[5] = row[5] or str(PurePosixPath(row[4]).with_name(MANIFEST))
            columns[10] = datetime.fromisoformat(row[10])
            yield TextRow(*columns)
