"""Bytes on disk and nothing else: seed files, manifests, WARC, the catalog.

    Exchange -> [WARC] -> WarcPointer            warc_write, warc_files; warc_members, warc_read, captures
    Article  -> seed file + manifest line        seed_file, manifest, lines; readings: in which order, with what
    both, and every URL's state -> the catalog   schema, catalog = articles + stories + frontier + memory + days
    texts that are alike                         shingles (the index), texts, stories, story_lines, changes
    all of it at once, or not at all             archive, staging = batch + ledgers, disk
    after a run that died, and for doubters      recovery, lost; verify, rebuild, reading_back, salvage

`Archive` is what a run writes to: one holder at a time, everything staged until ``commit()``, and nothing
acknowledged before it is on the medium. `Catalog` is what everybody else reads. The catalog is an index:
`rebuild` makes it anew from the rest.
"""

from newscrawl.storage.archive import Archive
from newscrawl.storage.articles import ArticleRow
from newscrawl.storage.catalog import Catalog
from newscrawl.storage.days import ArticleDay, VisitDay
from newscrawl.storage.disk import Disk, write_file
from newscrawl.storage.exchange import Exchange
from newscrawl.storage.frontier import FoundUrl, KnownUrl, UrlState
from newscrawl.storage.manifest import (
    ArticleEntry,
    DuplicateEntry,
    QuarantineEntry,
    ReprintEntry,
    TextEntry,
    read_entries,
)
from newscrawl.storage.memory import Front
from newscrawl.storage.moved import move_warc, moved_warcs, warc_folders
from newscrawl.storage.options import ArchiveOptions
from newscrawl.storage.reading_back import Finding
from newscrawl.storage.readings import ReadingEntry, read_readings
from newscrawl.storage.rebuild import Rebuilt, rebuild
from newscrawl.storage.recovery import Recovery
from newscrawl.storage.robots import RobotsAnswer
from newscrawl.storage.salvage import Salvaged, salvage
from newscrawl.storage.seed_file import (
    SeedName,
    decode_seed,
    encode_seed,
    parse_seed_name,
    seed_name,
    write_seed_file,
)
from newscrawl.storage.shingles import ShingleIndex
from newscrawl.storage.stories import LinkRow, Placed, StoryRow
from newscrawl.storage.story_lines import ComparedLine, RenamedLine, TextLink, UnlinkedLine
from newscrawl.storage.texts import TextRow, digest_of, text_key
from newscrawl.storage.verify import verify
from newscrawl.storage.warc_read import exchanges_in, read_exchange

__all__ = [
    "Archive",
    "ArchiveOptions",
    "ArticleDay",
    "ArticleEntry",
    "ArticleRow",
    "Catalog",
    "ComparedLine",
    "Disk",
    "DuplicateEntry",
    "Exchange",
    "Finding",
    "FoundUrl",
    "Front",
    "KnownUrl",
    "LinkRow",
    "Placed",
    "QuarantineEntry",
    "ReadingEntry",
    "Rebuilt",
    "Recovery",
    "RenamedLine",
    "ReprintEntry",
    "RobotsAnswer",
    "Salvaged",
    "SeedName",
    "ShingleIndex",
    "StoryRow",
    "TextEntry",
    "TextLink",
    "TextRow",
    "UnlinkedLine",
    "UrlState",
    "VisitDay",
    "decode_seed",
    "digest_of",
    "encode_seed",
    "exchanges_in",
    "move_warc",
    "moved_warcs",
    "parse_seed_name",
    "read_entries",
    "read_exchange",
    "read_readings",
    "rebuild",
    "salvage",
    "seed_name",
    "text_key",
    "verify",
    "warc_folders",
    "write_file",
    "write_seed_file",
]
