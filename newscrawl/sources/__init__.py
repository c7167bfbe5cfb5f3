"""TOML file -> ``Source``: the sites that are crawled, one file each, in a folder a province.

    folders -> load_sources -> {id: Source} -> find_source, sources_in_region, shard

``schema`` says what a file may hold, ``loader`` reads the files, ``lines`` and ``wording`` tell an author
what is wrong and where, ``choosing`` picks some of the sources. A new source is one file, never code.
"""

from __future__ import annotations

from newscrawl.sources.choosing import find_source, owner_of, shard, site_of, sources_in_region
from newscrawl.sources.loader import BUILT_IN, load_sources, parse_source
from newscrawl.sources.schema import Column, Example, Source

__all__ = [
    "BUILT_IN",
    "Column",
    "Example",
    "Source",
    "find_source",
    "load_sources",
    "owner_of",
    "parse_source",
    "shard",
    "site_of",
    "sources_in_region",
]
