"""The sources that a run knows: those that newscrawl comes with, and the operator's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.sources import BUILT_IN, Source, load_sources

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


def sources_of(settings: BaseSettings) -> dict[str, Source]:
    """Return the sources that newscrawl comes with and those of the setting SOURCES_DIRS, by id.

    The setting is a list of folders, or on a command line one string with ``os.pathsep`` between them.

    Raises:
        SourceError: mistakes in source files, all at once.
    """
    folders = settings.get("SOURCES_DIRS") or []
    if isinstance(folders, str):
        folders = folders.split(os.pathsep)
    return load_sources([BUILT_IN, *map(Path, folders)])
