"""Some of the sources: by name, by region, by share of several machines, by the page they own."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from newscrawl.exceptions import UnknownSource
from newscrawl.sources.schema import Source
from newscrawl.text.urls import host_of

Sources = Mapping[str, Source]

_SUFFIX = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|地区|省|市|盟|区|县)$")
_SHARD = re.compile(r"([0-9]+)/([1-9][0-9]*)\Z", re.ASCII)
_SECOND_LEVEL = frozenset({"com", "net", "org", "gov", "edu", "ac"})


def find_source(sources: Sources, name: str) -> Source:
    """Return the source with the id or the Chinese name ``name``.

    Raises:
        UnknownSource: nobody has it; with the ids that look like it.
    """
    if name in sources:
        return sources[name]
    for source in sources.values():
        if source.name == name:
            return source
    raise UnknownSource(name, _near(sources, name))


def _near(sources: Sources, name: str) -> tuple[str, ...]:
    """Return at most three ids that resemble ``name``, by id, by a part of it, or by Chinese name."""
    by_id = difflib.get_close_matches(name.lower(), sources, n=3, cutoff=0.6)
    by_part = [one for one in sources if len(name) >= 3 and name.lower() in one]
    names = {source.name: one for one, source in sources.items()}
    by_name = [names[one] for one in difflib.get_close_matches(name, names, n=2, cutoff=0.5)]
    return tuple(dict.fromkeys([*by_id, *by_part, *by_name]))[:3]


def sources_in_region(sources: Sources, region: str) -> tuple[Source, ...]:
    """Return the sources of ``region`` and of every region within it; ``山东省/淄博市`` is ``山东/淄博``.

    Raises:
        UnknownSource: no source is there; with the regions that look like it.
    """
    wanted = _region_parts(region)
    regions = {one.id: _region_parts(one.region or "") for one in sources.values()}
    found = tuple(
        sources[name] for name, parts in regions.items() if wanted and parts[: len(wanted)] == wanted
    )
    if not found:
        known = sorted({one.region for one in sources.values() if one.region})
        raise UnknownSource(region, tuple(difflib.get_close_matches(region, known, n=3, cutoff=0.4)))
    return found


def _region_parts(region: str) -> tuple[str, ...]:
    parts = (part.strip() for part in region.split("/"))
    return tuple(_SUFFIX.sub("", part) if len(part) > 2 else part for part in parts if part)


def shard(sources: Sources, share: str) -> tuple[Source, ...]:
    """Return the share ``"0/4"`` (the first of four) of the sources; the shares together are all of them.

    Sources of one site always fall into one share, so that two machines never ask one site at once.

    Raises:
        ValueError: ``share`` is not such as ``0/4``.
    """
    match = _SHARD.match(share)
    if match is None or int(match[1]) >= int(match[2]):
        raise ValueError(f"shard {share!r}: write such as 0/4, the first of four; the last is 3/4")
    return tuple(one for one in sources.values() if _lot(site_of(one)) % int(match[2]) == int(match[1]))


def _lot(site: str) -> int:
    return int.from_bytes(hashlib.sha256(site.encode()).digest()[:8], "big")


def site_of(source: Source) -> str:
    """Return the site that a source is a part of: ``iqilu.com`` for zibo.iqilu.com, ``zibo.gov.cn`` for www.zibo.gov.cn."""
    host = urlsplit(f"//{host_of(source.start[0])}").hostname or ""
    labels = host.split(".")
    if host.replace(".", "").isdigit():
        return host
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:])


def owner_of(sources: Sources, url: str) -> Source | None:
    """Return the source whose scope fits ``url`` closest: zibo.iqilu.com before iqilu.com; None outside all."""
    owners = [one for one in sources.values() if one.owns(url)]
    return max(owners, key=lambda one: max(map(len, one.scope)), default=None)
