"""Names of a package that are imported when they are asked for.

trafilatura and pypinyin take as long to load as all of Scrapy, and the process of a crawl reads no page: its
workers do. So the packages that hold them load nothing until somebody wants it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def names_of(package: str, **modules: tuple[str, ...]) -> Callable[[str], Any]:
    """Return a package's ``__getattr__`` (PEP 562): for each of its modules, the names that come from there.

    >>> names_of("newscrawl", repair=("repair_text",))("repair_text")("新闻\u200b联播").text
    '新闻联播'
    """
    home = {name: module for module, names in modules.items() for name in names}

    def get(name: str) -> Any:  # noqa: ANN401
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{home[name]}"), name)

    return get
