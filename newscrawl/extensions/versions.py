"""Which programs made an article: same versions in, same bytes out."""

from __future__ import annotations

import platform
from importlib.metadata import version

from newscrawl.repair import RULES_VERSION

LIBRARIES = ("newscrawl", "scrapy", "trafilatura", "pypinyin", "lxml")
"""What has a say in a text: the rules, the extractor, the readings, the parser."""


def versions() -> dict[str, str]:
    """Return the versions of Python, of the libraries that have a say in a text, and of the repair rules."""
    libraries = {name: version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), **libraries, "rules": RULES_VERSION}
