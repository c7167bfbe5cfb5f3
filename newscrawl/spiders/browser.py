"""Which sources want a browser, and that there is one before anything is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from newscrawl.exceptions import RenderingUnavailable
from newscrawl.sources import Source

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_MIDDLEWARE = {"newscrawl.middlewares.render.RenderMiddleware": 580}


def wants_browser(sources: Iterable[Source]) -> bool:
    """Tell whether pages of a source are empty without JavaScript.

    Raises:
        RenderingUnavailable: they are, and the extra is not installed.
    """
    wanting = tuple(source.id for source in sources if source.fetch.render)
    if wanting and find_spec("scrapy_playwright") is None:
        raise RenderingUnavailable(wanting)
    return bool(wanting)


def add_browser(crawler: Crawler, sources: Iterable[Source]) -> None:
    """Let a spider without archive render pages too, when a source wants it; others load nothing for it."""
    if wants_browser(sources):
        middlewares = {**crawler.settings["DOWNLOADER_MIDDLEWARES"], **_MIDDLEWARE}
        crawler.settings.set("DOWNLOADER_MIDDLEWARES", middlewares, priority="spider")
