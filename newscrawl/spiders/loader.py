"""Turns every source file into a spider, so that ``scrapy list`` and ``scrapy crawl SOURCE`` know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.exceptions import UnknownSource
from newscrawl.sources import find_source
from newscrawl.spiders.known_sources import sources_of
from newscrawl.spiders.news import NewsSpider
from newscrawl.text.urls import is_in_scope

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


class SourceSpiderLoader:
    """A spider loader in which a source is a spider, and ``news`` the spider of them all."""

    def __init__(self, settings: BaseSettings) -> None:
        self._settings = settings

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SourceSpiderLoader:
        return cls(settings)

    def list(self) -> list[str]:
        """Return the ids of all sources, sorted."""
        return sorted(sources_of(self._settings))

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider of a source.

        Raises:
            KeyError: no source has that id; the message names those that look like it.
        """
        if spider_name == NewsSpider.name:
            return NewsSpider
        try:
            source = find_source(sources_of(self._settings), spider_name)
        except UnknownSource as unknown:
            raise KeyError(str(unknown)) from unknown
        return type("SourceSpider", (NewsSpider,), {"name": source.id, "chosen": (source.id,)})

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        """Return the ids of the sources that a URL is in the scope of."""
        return [
            name
            for name, source in sources_of(self._settings).items()
            if is_in_scope(request.url, source.scope)
        ]
