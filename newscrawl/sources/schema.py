"""What a source file may say. Three lines are enough; everything else overrides what is found out anyway.

    id = "zibo-news"
    name = "淄博新闻网"
    start = "https://www.zbnews.net/"

A source never leaves its scope: the hosts of its start URLs without ``www.``, and their subdomains,
unless ``scope`` lists others. What stands outside is neither fetched nor asked for its robots.txt.
"""

from __future__ import annotations

import codecs
import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from newscrawl.text.urls import default_scope, is_in_scope, url_key

_DURATION = re.compile(r"([1-9][0-9]{0,5})\s*([smhdw])\Z", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_CHARSETS = frozenset({"utf-8", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "utf-16", "utf-16-le"})
"""The codecs that Chinese pages were seen in; base64 or idna, which Python calls codecs too, are attacks."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = frozenset({"yyyy", "yy", "mm", "m", "dd", "d"})
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?(?::[0-9]{1,5})?\Z|\[[0-9a-f:]+\](?::[0-9]{1,5})?\Z"
)


def _url(value: str) -> str:
    url_key(_filled(value))
    return value


def _filled(template: str) -> str:
    return _PLACEHOLDER.sub("1", template)


def _template(value: str) -> str:
    names = _PLACEHOLDER.findall(value)
    wrong = sorted(set(names) - _PLACEHOLDERS)
    if wrong:
        raise ValueError(
            f"{{{wrong[0]}}} is no placeholder; there are {{yyyy}} {{yy}} {{mm}} {{m}} {{dd}} {{d}}"
        )
    if not {"d", "dd"} & set(names):
        raise ValueError("has no {dd}: it would give the same page for every day")
    return _url(value)


def _xpath(value: str) -> str:
    from lxml.etree import (
        XPath,
        XPathError,
    )  # only a few source files have an XPath: lxml stays unloaded for the others

    try:
        XPath(value)
    except XPathError as error:
        raise ValueError(f"{value!r} is no XPath ({error})") from error
    return value


def _pattern(value: Any) -> re.Pattern[str]:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, re.Pattern):
        return value
    if not isinstance(value, str):
        raise ValueError(f"a regular expression in quotes is needed, not {value!r}")
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression ({error})") from error


def _charset(value: str) -> str:
    try:
        name = codecs.lookup(value).name
    except (LookupError, ValueError):
        name = ""
    if name not in _CHARSETS:
        raise ValueError(f"{value!r} is no charset of Chinese pages; write gb18030, utf-8 or big5")
    return name


def _duration(value: Any) -> timedelta:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, timedelta):
        return value
    match = _DURATION.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f'{value!r} is no duration; write such as "30m", "2h" or "1d"')
    return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])


def _host(value: str) -> str:
    if not _HOST.match(value.lower()):
        raise ValueError(f'{value!r} is no host; write such as "zbnews.net" or "127.0.0.1:8000"')
    return value.lower()


def _without_www(host: str) -> str:
    return host.removeprefix("www.")


def _one_or_more(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    return (value,) if isinstance(value, str) else value


Url = Annotated[str, AfterValidator(_url)]
Template = Annotated[str, AfterValidator(_template)]
XPathText = Annotated[str, AfterValidator(_xpath)]
Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Charset = Annotated[str, AfterValidator(_charset)]
Host = Annotated[str, AfterValidator(_host)]
Scope = Annotated[Host, AfterValidator(_without_www)]
Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(strict=True, ge=1)]

Kind = Literal["official", "portal", "broadcaster", "gov", "epaper", "farm"]
Level = Literal["province", "city", "county"]


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
    interval: Duration = timedelta(hours=1)
    """Between the first visits to a list; later ones follow what it brings."""
    budget: Count | None = None
    """Requests in one run."""


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
    start: Annotated[tuple[Url, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
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
            return {**data, "scope": _scope_of(_one_or_more(data.get("start", ())))}
        return data

    @model_validator(mode="after")
    def _stay_inside(self) -> Self:
        named = [*self.start, *self.feeds, *self.sitemaps, *(one.url for one in self.columns)]
        named += [_filled(self.archive.template)] if self.archive else []
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
