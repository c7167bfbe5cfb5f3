"""The catalog's rows of what is archived: captures, articles, duplicates, quarantined pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from newscrawl.items import Capture, Region, WarcPointer
from newscrawl.storage.keys import key_of, sayable
from newscrawl.storage.layout import MANIFEST
from newscrawl.storage.manifest import ArticleEntry, DuplicateEntry, QuarantineEntry
from newscrawl.storage.schema import stamp
from newscrawl.storage.texts import Texts
from newscrawl.storage.warc_write import Visit

_HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What the catalog knows of an archived article; the manifest line knows the rest."""

    path: str
    """Of the seed file, relative to the archive."""
    source: str
    url: str
    captured_at: datetime
    headline: str | None
    sha256: str
    text_fingerprint: str
    story: str | None
    date_published: str | None
    """ISO 8601, a day or a time."""
    source_outlet: str | None
    region: str | None
    """``山东省/淄博市``."""
    previous: str | None
    warc: WarcPointer | None
    line_offset: int = field(repr=False)
    """Of its line in the manifest beside it."""

    @property
    def manifest(self) -> str:
        """Path of the manifest that has its line."""
        return str(PurePosixPath(self.path).with_name(MANIFEST))


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """The records of one exchange: where they stand, and the SHA-256 of their bytes as they are on disk."""

    warc: WarcPointer
    length: int
    sha256: str
    kind: str
    """``response``, ``revisit``, or ``warcinfo`` for the first record of a file."""
    url: str
    captured_at: datetime
    status: int
    payload_digest: str


_ARTICLE = (
    "path, source, url, captured_at, headline, sha256, text_fingerprint, story, date_published, "
    "source_outlet, region, previous, warc_file, warc_offset, record_id, line_offset"
)


class Articles(Texts):
    """The rows of what is archived, in a database."""

    def find_fingerprint(self, text_fingerprint: str) -> ArticleRow | None:
        """Return the article with this text fingerprint that was archived first, staged ones included."""
        return self._article(
            "WHERE text_fingerprint = ? ORDER BY captured_at, path LIMIT 1", text_fingerprint
        )

    def article(self, path: str) -> ArticleRow | None:
        """Return the article whose seed file has this path."""
        return self._article("WHERE path = ?", path)

    def articles_of(self, url: str) -> list[ArticleRow]:
        """Return every version of a URL's article, oldest first."""
        return list(self._articles("WHERE url_key = ? ORDER BY captured_at, ordinal", key_of(url)))

    def articles_named(self, digest16: str) -> list[ArticleRow]:
        """Return the articles whose SHA-256 begins with these hex digits."""
        return list(
            self._articles(
                "WHERE sha256 >= ? AND sha256 < ? ORDER BY captured_at, path", digest16, f"{digest16}g"
            )
        )

    def all_articles(self, source: str | None = None) -> Iterator[ArticleRow]:
        """Yield the articles, of one source or of all, in the order they were archived."""
        if source is None:
            return self._articles("ORDER BY captured_at, path")
        return self._articles("WHERE source = ? ORDER BY captured_at, path", source)

    def duplicate_count(self, path: str) -> int:
        """Return how many pages were found to have the text of this article."""
        row = self._db.row("SELECT count(*) FROM duplicates WHERE duplicate_of = ?", (path,))
        return int(row[0]) if row else 0

    def duplicate_of(self, capture: Capture) -> str | None:
        """Return the path of the article that a captured page was found to be a duplicate or reprint of."""
        row = self._db.row(
            "SELECT duplicate_of FROM duplicates WHERE url_key = ? AND captured_at = ? "
            "ORDER BY manifest, line_offset DESC LIMIT 1",
            (key_of(capture.url), stamp(capture.captured_at)),
        )
        if row:
            return str(row[0])
        texts = (text for text in self.texts_at(capture.url) if text.kind == "reprint")
        return next((text.path for text in texts if text.captured_at == capture.captured_at), None)

    def quarantine_reason(self, capture: Capture) -> str | None:
        """Return why a captured page became no article, in one word; None when it was never in the quarantine."""
        row = self._db.row(
            "SELECT reason FROM quarantine WHERE url_key = ? AND captured_at = ? ORDER BY line_offset DESC LIMIT 1",
            (key_of(capture.url), stamp(capture.captured_at)),
        )
        return row[0] if row else None

    def last_visit(self, url: str) -> Visit | None:
        """Return the last capture of a URL that has a payload of its own."""
        row = self._db.row(
            "SELECT url, captured_at, payload_digest, warc_file, warc_offset, record_id FROM captures "
            "WHERE url_key = ? AND kind = 'response' AND status = ? ORDER BY captured_at DESC LIMIT 1",
            (key_of(url), _HTTP_OK),
        )
        return Visit(row[0], datetime.fromisoformat(row[1]), row[2], WarcPointer(*row[3:])) if row else None

    def capture_bytes_by_source(self) -> dict[str, int]:
        """Return how much the captures of pages take in WARC files, by source; of lists nobody notes it."""
        pages = " UNION ".join(
            f"SELECT source, warc_file, warc_offset FROM {table}" for table in ("texts", "quarantine")
        )
        return dict(
            self._db.rows(
                f"SELECT source, sum(length) FROM ({pages}) JOIN captures USING (warc_file, warc_offset) GROUP BY source"
            )
        )

    def capture_bytes_by_day(self) -> dict[str, int]:
        """Return how much was added to WARC files, by day in China."""
        return dict(
            self._db.rows(
                "SELECT date(captured_at, '+8 hours') AS day, sum(length) FROM captures GROUP BY day ORDER BY day"
            )
        )

    def next_ordinal(self, source: str, day: str) -> int:
        """Return the number that the next seed file of this folder gets."""
        row = self._db.row("SELECT max(ordinal) FROM articles WHERE source = ? AND day = ?", (source, day))
        return 0 if row is None or row[0] is None else int(row[0]) + 1

    def insert_article(self, entry: ArticleEntry, line_offset: int) -> None:
        """Add the row of an article whose line begins at ``line_offset`` of its manifest."""
        source, day, _ = PurePosixPath(entry.path).parts
        found = entry.metadata
        self._insert(
            "articles",
            path=entry.path,
            source=source,
            day=day,
            ordinal=entry.ordinal,
            sha256=entry.sha256,
            text_fingerprint=entry.text_fingerprint,
            **_url_columns(entry.capture),
            headline=sayable(entry.headline) if entry.headline else None,
            date_published=found.date_published.isoformat() if found.date_published else None,
            source_outlet=sayable(found.source_outlet) if found.source_outlet else None,
            region=str(found.region) if isinstance(found.region, Region) else None,
            story=entry.story,
            previous=entry.previous,
            line_offset=line_offset,
        )
        self.insert_text(entry, f"{source}/{day}/{MANIFEST}", line_offset)

    def insert_duplicate(self, entry: DuplicateEntry, manifest: str, line_offset: int) -> None:
        """Add the row of a page whose article was there already."""
        self._insert(
            "duplicates",
            manifest=manifest,
            line_offset=line_offset,
            duplicate_of=entry.duplicate_of,
            text_fingerprint=entry.text_fingerprint,
            source=entry.capture.source,
            **_url_columns(entry.capture),
        )
        self.insert_text(entry, manifest, line_offset)

    def insert_quarantine(self, entry: QuarantineEntry, line_offset: int) -> None:
        """Add the row of a page that could not become an article."""
        self._insert(
            "quarantine",
            line_offset=line_offset,
            reason=sayable(entry.reason),
            detail=sayable(entry.detail),
            source=entry.capture.source,
            **_url_columns(entry.capture),
        )

    def insert_capture(self, row: CaptureRow) -> None:
        """Add the row of an exchange, or of the first record of a WARC file."""
        self._insert(
            "captures",
            warc_file=row.warc.file,
            warc_offset=row.warc.offset,
            length=row.length,
            sha256=row.sha256,
            kind=row.kind,
            record_id=row.warc.record_id,
            url=sayable(row.url),
            url_key=key_of(row.url) if row.url else "",
            captured_at=stamp(row.captured_at),
            status=row.status,
            payload_digest=row.payload_digest,
        )

    def _insert(self, table: str, **columns: Any) -> None:  # noqa: ANN401
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        self._db.write(f"INSERT INTO {table} ({names}) VALUES ({marks})", columns.values())

    def _article(self, where: str, *values: object) -> ArticleRow | None:
        return next(self._articles(where, *values), None)

    def _articles(self, where: str, *values: object) -> Iterator[ArticleRow]:
        for row in self._db.execute(f"SELECT {_ARTICLE} FROM articles {where}", values):
            warc = WarcPointer(*row[12:15]) if row[12] is not None else None
            columns = (*row[:3], datetime.fromisoformat(row[3]), *row[4:12], warc, row[15])
            yield ArticleRow(*columns)


def _url_columns(capture: Capture) -> dict[str, Any]:
    warc = capture.warc
    return {
        "url": sayable(capture.url),
        "url_key": key_of(capture.url),
        "captured_at": stamp(capture.captured_at),
        "warc_file": warc.file if warc else None,
        "warc_offset": warc.offset if warc else None,
        "record_id": warc.record_id if warc else None,
    }
