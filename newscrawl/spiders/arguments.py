"""The arguments of a crawl (``scrapy crawl news -a region=山东/淄博``): which sources, which URLs, since when."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from newscrawl.discover import Span
from newscrawl.exceptions import NewscrawlError
from newscrawl.items import CHINA_TIME
from newscrawl.sources import Source, find_source, owner_of, shard, sources_in_region
from newscrawl.text.urls import host_of

_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


class ArgumentError(NewscrawlError, ValueError):
    """An argument of a crawl that cannot be meant; the message says what can be."""

    reason = "argument"


@dataclass(frozen=True, slots=True)
class CrawlArguments:
    """What stands behind ``-a``; None where nothing was said."""

    region: str | None = None
    """Sources of a region: 山东, 山东/淄博."""
    sources: str | None = None
    """Ids of sources, with commas."""
    url: str | None = None
    """One article, of whatever site."""
    urls_file: str | None = None
    """A file with the URLs of articles, one a line; # begins a comment."""
    since: str | None = None
    """YYYY-MM-DD: lists and archives are followed back to this day, and nothing that is known to be older is fetched."""
    until: str | None = None
    """YYYY-MM-DD: the last day of what ``since`` begins, today without it."""
    visit: str | None = None
    """``all``: every list is asked for now; without it those that are due."""
    shard: str | None = None
    """k/n: the k-th of n equal parts of the sources, counted from 0."""
    minutes: str | None = None
    """How long the crawl may take, as in the setting CRAWL_MINUTES."""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> CrawlArguments:
        """Return the arguments as given on the command line.

        Raises:
            ArgumentError: an unknown name, or values that contradict each other.

        >>> CrawlArguments.of({"regoin": "山东"})
        Traceback (most recent call last):
        newscrawl.spiders.arguments.ArgumentError: no argument 'regoin' - did you mean 'region'?
        """
        names = [field.name for field in fields(cls)]
        for name in given:
            if name not in names:
                near = difflib.get_close_matches(name, names, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
                raise ArgumentError(f"no argument {name!r} - {hint}")
        arguments = cls(**given)
        if (arguments.url or arguments.urls_file) and (
            arguments.region or arguments.sources or arguments.shard
        ):
            raise ArgumentError(
                "url and urls_file name the pages themselves: leave region, sources and shard away"
            )
        return arguments

    def span(self) -> Span | None:
        """Return the days of ``since`` and ``until``, None without ``since``.

        Raises:
            ArgumentError: one is no day, or ``until`` comes first or stands alone.
        """
        since, until = _day("since", self.since), _day("until", self.until)
        if since is None:
            if until is not None:
                raise ArgumentError("until needs since: the first of the days that are asked for")
            return None
        until = until or datetime.now(CHINA_TIME).date()
        if until < since:
            raise ArgumentError(f"until={until} comes before since={since}")
        return Span(since, until)

    def wants_everything(self) -> bool:
        """Return whether lists are asked for that are not due.

        Raises:
            ArgumentError: ``visit`` says something else.
        """
        if self.visit not in {None, "all", "due"}:
            raise ArgumentError(f"visit={self.visit!r}: write all, or due for what is asked for anyway")
        return self.visit == "all"

    def urls(self) -> tuple[str, ...]:
        """Return the URLs of ``url`` and ``urls_file``, in order, without repeats.

        Raises:
            ArgumentError: the file cannot be read, or a line is no http(s) URL.
        """
        lines = [("url", self.url)] if self.url else []
        if self.urls_file:
            try:
                text = Path(self.urls_file).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise ArgumentError(f"urls_file={self.urls_file}: {error}") from error
            lines += [(f"{self.urls_file}:{n}", line) for n, line in enumerate(text.splitlines(), 1)]
        return tuple(
            dict.fromkeys(_checked(where, url) for where, line in lines if (url := _without_comment(line)))
        )

    def choose(self, every: Mapping[str, Source]) -> dict[str, Source]:
        """Return the sources that are meant, of all that there are; a shard may be empty.

        Raises:
            UnknownSource: an id or a region that no source has.
            ArgumentError: the shard cannot be read.
        """
        if self.url or self.urls_file:
            return {source.id: source for url in self.urls() for source in [source_for(url, every)]}
        chosen = dict(every)
        if self.sources:
            names = [name for part in self.sources.split(",") if (name := part.strip())]
            chosen = _by_id(find_source(every, name) for name in names)
        if self.region:
            chosen = _by_id(sources_in_region(chosen, self.region))
        try:
            return _by_id(shard(chosen, self.shard)) if self.shard else chosen
        except ValueError as error:
            raise ArgumentError(str(error)) from error


def source_for(url: str, every: Mapping[str, Source]) -> Source:
    """Return the source that a URL belongs to, or one made up for its host.

    The operator named the page himself, so a host in his own network is allowed for it.
    """
    owner = owner_of(every, url)
    if owner is not None:
        return owner
    host = host_of(url)
    return Source(id=_NOT_IN_IDS.sub("-", host).strip("-"), name=host, start=url, local=True)


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentError(f"{name}={text!r} is no day; write it as 2026-11-01") from error


def _by_id(sources: Iterable[Source]) -> dict[str, Source]:
    return {source.id: source for source in sources}


def _without_comment(line: str | None) -> str:
    text = (line or "").strip()
    return "" if text.startswith("#") else text


def _checked(where: str, url: str) -> str:
    if not re.match(r"https?://[^/\s]+", url):
        raise ArgumentError(f"{where}: {url!r} is no http(s) URL")
    return url
