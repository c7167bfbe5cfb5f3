"""The WARC files of an archive: the one that is written to, and when the next is begun.

A file is begun when there is none, when the last one has reached its size, and when what its first record
says of the crawler is no longer true. Names carry a serial number that the catalog counts, so a clock that
jumps back can never make one name twice.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from newscrawl.items import WarcPointer
from newscrawl.storage.articles import Articles, CaptureRow
from newscrawl.storage.captures import capture_of
from newscrawl.storage.database import Database
from newscrawl.storage.exchange import Exchange
from newscrawl.storage.layout import WARC_FOLDER, warc_name
from newscrawl.storage.ledgers import Ledgers
from newscrawl.storage.warc_members import Member
from newscrawl.storage.warc_write import WrittenExchange, write_exchange, write_warcinfo


class WarcFiles:
    """Appends exchanges to the WARC files of the archive in ``folder``."""

    def __init__(self, folder: Path, database: Database, ledgers: Ledgers) -> None:
        self._folder = folder
        self._db = database
        self._ledgers = ledgers
        self._articles = Articles(database)
        self.info: Mapping[str, str] = {}
        """What the first record of each file says of the crawler."""
        self.max_bytes = 1 << 30

    @property
    def current(self) -> str | None:
        """Path of the file that is written to, relative to the archive."""
        return self._db.meta("warc_file")

    def writing_of(self, exchange: Exchange) -> Callable[[], WrittenExchange]:
        """Return the part of ``append`` that needs no archive: hashing and packing the body, 80 ms for 4 MB."""
        return partial(write_exchange, exchange, self._articles.last_visit(exchange.url))

    def append(self, exchange: Exchange, written: WrittenExchange | None = None) -> WarcPointer:
        """Append an exchange, and its row to the catalog; a revisit when its payload is that of the last time."""
        path = self._file_to_write()
        written = written or self.writing_of(exchange)()
        row = CaptureRow(
            warc=WarcPointer(Path(path).name, self._ledgers.length(path), written.record_id),
            length=len(written.members),
            sha256=hashlib.sha256(written.members).hexdigest(),
            kind=written.kind,
            url=exchange.url,
            captured_at=exchange.fetched_at,
            status=0 if exchange.converted_from else exchange.status,
            payload_digest=written.payload_digest,
        )
        self._append(path, written.members, row)
        return row.warc

    def _append(self, path: str, members: bytes, row: CaptureRow) -> None:
        with self._db.savepoint():
            self._articles.insert_capture(row)
            self._ledgers.add(path, members)

    def _file_to_write(self) -> str:
        path = self.current
        if path is not None and self._is_good(path):
            return path
        return self._begin_file()

    def _is_good(self, path: str) -> bool:
        if self._ledgers.length(path) >= self.max_bytes or self._db.meta("warc_info") != self._info_text():
            return False
        # somebody may have moved it to another disk
        return self._ledgers.is_staged(path) or (self._folder / path).exists()

    def _begin_file(self) -> str:
        now = datetime.now(UTC)
        serial = int(self._db.meta("warc_serial") or 0) + 1
        name = warc_name(now, serial)
        path = f"{WARC_FOLDER}/{name}"
        member = write_warcinfo(name, self.info)
        with self._db.savepoint():
            self._db.put_meta("warc_serial", str(serial))
            self._db.put_meta("warc_file", path)
            self._db.put_meta("warc_info", self._info_text())
            row = capture_of(name, Member(0, len(member), gzip.decompress(member)), member)
            self._append(path, member, row)
        return path

    def _info_text(self) -> str:
        return json.dumps(dict(self.info), sort_keys=True)
