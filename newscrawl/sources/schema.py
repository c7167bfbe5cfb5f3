"""What a source file may say. Three lines are enough; everything else overrides what is found out anyway.

    id = "zibo-news"
    name = "淄博新闻网"
    start = "https://www.zbnews.net/"

A source never leaves its scope: the hosts of its start URLs without ``www.``, and their subdomains,
unless ``scope`` lists others. What stands outside is neither fetched nor asked for its robots.txt.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from newscrawl.sources.values import (
    Charset,
    Count,
    Duration,
    Flag,
    Host,
    Kind,
    Level,
    Pattern,
    Scope,
    Template,
    Text,
    Url,
    XPathText,
    filled,
    one_or_more,
)
from newscrawl.text.urls import default_scope, is_in_scope


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Fetch(_Table):
    """``[fetch]``: how the source is asked."""

    delay: Annotated[float, Field(strict=True, gt=0, le=3600, allow_inf_nan=False)] | None = None
    """Seconds between two requests to one host; without it the setting DOWNLOAD_DELAY. Never 0: without a
    delay Scrapy forgets its limit a host."""
    charset: Charset | None = None
    """Only where detection fails."""
    render: Flag = False
    """The pages are empty without JavaScript."""
    obey_robots: Flag = True
    obey_nofollow: Flag | None = None
    obey_noarchive: Flag | None = None
    """Without them the settings CRAWL_OBEY_NOFOLLOW and CRAWL_OBEY_NOARCHIVE."""
    interval: Duration = timedelta(hours=1)
    """Between two visits to a list, where it is stated; otherwise as often as the list brings something."""
    budget: Count | None = None
    """Lists and articles in one run."""


class ArticleRules(_Table):
    """``[article]``: which addresses are articles, and where their text stands."""

    url: Pattern | None = None
    """Searched in the whole URL; where it is given, nothing else is an article."""
    body: XPathText | None = None
    drop: tuple[XPathText, ...] = ()
    next: XPathText | None = None
    """The link to the next page of an article that is split."""


class ListRules(_Table):
    """``[list]``: which addresses list articles, and how far they are paged back."""

    url: Pattern | None = None
    skip: Pattern | None = None
    """Addresses that are never fetched."""
    next: XPathText | None = None
    pages: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
    """Pages of one list in one visit, without it the setting CRAWL_LIST_PAGES; paging stops earlier where a
    whole page is known."""


class ArchiveRules(_Table):
    """``[archive]``: pages that can be named by their day, such as the front of a digital newspaper."""

    template: Template
    since: date | None = Field(default=None, alias="from")


class Column(_Table):
    """``[[column]]``: a list of articles that is visited on its own."""

    name: Text
    url: Url = Field(alias="list")
    interval: Duration | None = None
    newest_first: Flag = True
    expect_per_day: Annotated[float, Field(strict=True, gt=0)] | None = None


class Example(_Table):
    """``[[example]]``: an article and what must be read from it; replayed offline."""

    url: Url
    title: Text | None = None
    published_on: date | None = Field(default=None, alias="date")
    source: Text | None = None
    body_starts: Text | None = None
    body_ends: Text | None = None


class Checked(_Table):
    """``[checked]``: what is known of the source, and since when."""

    seen: Annotated[str, Field(pattern=r"^(19|20)\d\d(-\d\d)?$")] | None = None
    """The newest month (or year) of public evidence that it was as this file says."""
    on: date | None = None
    """The day on which it was last reached; a file without it was not checked live."""


class Source(_Table):
    """A site that is crawled: one TOML file."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    name: Text
    start: Annotated[tuple[Url, ...], BeforeValidator(one_or_more), Field(min_length=1)]
    region: Annotated[str, Field(pattern=r"^[^/\s]+(/[^/\s]+){0,3}$")] | None = None
    """From the province down: ``山东/淄博``."""
    kind: Kind = "official"
    local: Flag = False
    """Stands on this machine or in its network: private addresses may be asked for it."""
    scope: tuple[Scope, ...] = ()
    same_hosts: dict[Host, Host] = {}
    """Mobile hosts and the desktop hosts that show the same pages."""
    feeds: tuple[Url, ...] = ()
    sitemaps: tuple[Url, ...] = ()
    family: Text | None = None
    """The content management system, as far as known."""
    level: Level | None = None
    adcode: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    """GB/T 2260."""
    note: Text | None = None
    fetch: Fetch = Fetch()
    article: ArticleRules = ArticleRules()
    lists: ListRules = Field(default=ListRules(), alias="list")
    archive: ArchiveRules | None = None
    columns: tuple[Column, ...] = Field(default=(), alias="column")
    examples: tuple[Example, ...] = Field(default=(), alias="example")
    checked: Checked = Checked()

    @model_validator(mode="before")
    @classmethod
    def _derive_scope(cls, data: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
        if isinstance(data, dict) and not data.get("scope"):
            return {**data, "scope": _scope_of(one_or_more(data.get("start", ())))}
        return data

    @model_validator(mode="after")
    def _stay_inside(self) -> Self:
        named = [*self.start, *self.feeds, *self.sitemaps, *(one.url for one in self.columns)]
        named += [filled(self.archive.template)] if self.archive else []
        outside = [url for url in named if not is_in_scope(url, self.scope)]
        if outside:
            inside = ", ".join(self.scope)
            raise ValueError(f"{outside[0]} is outside the scope ({inside}): name its host in scope as well")
        return self

    @property
    def article_url(self) -> re.Pattern[str] | None:
        """The source's own rule for the addresses of articles."""
        return self.article.url

    @property
    def list_url(self) -> re.Pattern[str] | None:
        """The source's own rule for the addresses of lists."""
        return self.lists.url

    @property
    def skip_url(self) -> re.Pattern[str] | None:
        """Addresses that are never fetched."""
        return self.lists.skip

    def owns(self, url: str) -> bool:
        """Tell whether ``url`` is in the scope of this source: nothing else is fetched for it."""
        return is_in_scope(url, self.scope)


def _scope_of(urls: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever TOML holds
    """Return the scope that start URLs imply; what is no URL is left for the field to complain of."""
    hosts: list[str] = []
    for url in urls if isinstance(urls, (list, tuple)) else ():
        try:
            hosts.append(default_scope(url))
        except (ValueError, TypeError):
            continue
    return tuple(one for one in dict.fromkeys(hosts) if not any(one.endswith(f".{other}") for other in hosts))
