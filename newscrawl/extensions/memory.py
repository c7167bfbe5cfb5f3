"""Scrapy's memory watch, told of the memory that is used now."""

from __future__ import annotations

import resource
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_STATM = Path("/proc/self/statm")


class ResidentMemory(MemoryUsage):
    """Stops a crawl that uses more than MEMUSAGE_LIMIT_MB, as Scrapy's own does, and not one that once did.

    Scrapy asks for the peak (``ru_maxrss``), which Linux hands down through fork and exec: a crawl that was
    started by a program of 900 MB was stopped in its first second.
    """

    def get_virtual_size(self) -> int:
        """Return the resident memory in bytes; the peak where the system tells no more."""
        try:
            return int(_STATM.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
        except (OSError, ValueError, IndexError):
            return super().get_virtual_size()
