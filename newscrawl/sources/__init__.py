"""TOML file -> ``Source``: the sites that are crawled, one file each, in a folder a province.

    folders -> load_sources -> {id: Source} -> find_source, sources_in_region, shard

``schema`` and ``values`` say what a file may hold, ``loader`` reads the files, ``lines`` and ``wording`` tell
an author what is wrong and where, ``choosing`` picks some of the sources, ``writing`` and ``spreadsheets``
make new files. A new source is one file, never code.
"""

from __future__ import annotations

from newscrawl.sources.choosing import find_source, owner_of, shard, site_of, sources_in_region
from newscrawl.sources.loader import BUILT_IN, load_sources, parse_source
from newscrawl.sources.schema import Column, Example, Source
from newscrawl.sources.spreadsheets import parse_csv, write_csv
from newscrawl.sources.writing import SourceDraft, id_of_url, toml_of

__all__ = [
    "BUILT_IN",
    "Column",
    "Example",
    "Source",
    "SourceDraft",
    "find_source",
    "id_of_url",
    "load_sources",
    "owner_of",
    "parse_csv",
    "parse_source",
    "shard",
    "site_of",
    "sources_in_region",
    "toml_of",
    "write_csv",
]
