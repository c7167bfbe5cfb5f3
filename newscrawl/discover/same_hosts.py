"""Hosts that show the same pages: the mobile site and the desktop site, with and without ``www.``.

A source's file may state them. Where it does not, they are learnt: several articles whose text the archive had
already, under the same path of the other host. Only hosts that differ in a first label such as ``m.`` are
believed, because the city channels of one paper carry the same articles too, and each has more of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

LEAST_TWINS = 3
"""Articles under both hosts before the hosts are taken for one."""

_FIRST_LABELS = frozenset({"www", "m", "wap", "3g", "4g", "h5", "mobile", "touch", "mip", "amp"})
_PREFERRED = ("www", "")


class SameHosts:
    """The hosts of one source that stand for others. Plain data in and out.

    >>> hosts = SameHosts({"m.zbnews.net": "www.zbnews.net"})
    >>> hosts.canonical("http://m.zbnews.net/2023/1.html")
    'http://www.zbnews.net/2023/1.html'
    """

    def __init__(
        self, stated: Mapping[str, str], starts: Iterable[str] = (), counts: Mapping[str, int] | None = None
    ) -> None:
        self._mapping = dict(stated)
        self._starts = frozenset(starts)
        self._counts = Counter(dict(counts or {}))
        for pair in [pair for pair, count in self._counts.items() if count >= LEAST_TWINS]:
            self._believe(*pair.split(" "))

    @property
    def counts(self) -> dict[str, int]:
        """By pair of hosts: articles that both were seen to have. To be stored, and given to new ones."""
        return dict(self._counts)

    @property
    def twins(self) -> frozenset[str]:
        """The hosts that others stand for: nothing is asked of them."""
        return frozenset(self._mapping)

    def canonical(self, url: str) -> str:
        """Return the URL on the host that stands for its host; itself where none does."""
        if not self._mapping:
            return url
        parts = urlsplit(url)
        other = self._mapping.get(parts.hostname or "")
        if other is None:
            return url
        port = f":{parts.port}" if parts.port and ":" not in other else ""
        return parts._replace(netloc=f"{other}{port}").geturl()

    def add(self, url: str, other_url: str) -> str | None:
        """Note two URLs of one article; return the host that is not needed any more when that is learnt by it."""
        one, other = urlsplit(url), urlsplit(other_url)
        hosts = (one.hostname or "", other.hostname or "")
        if one[2:4] != other[2:4] or not _are_twins(*hosts) or self._mapping.keys() & set(hosts):
            return None
        pair = " ".join(sorted(hosts))
        self._counts[pair] += 1
        return self._believe(*hosts) if self._counts[pair] >= LEAST_TWINS else None

    def _believe(self, one: str, other: str) -> str:
        kept = min((one, other), key=self._rank)
        dropped = other if kept == one else one
        self._mapping.setdefault(dropped, kept)
        return dropped

    def _rank(self, host: str) -> tuple[bool, int, str]:
        """Return the place of a host: that of a start page first, then www, then the bare name."""
        label = _split(host)[0]
        place = _PREFERRED.index(label) if label in _PREFERRED else len(_PREFERRED)
        return host not in self._starts, place, host


def _are_twins(one: str, other: str) -> bool:
    """Tell whether two hosts are different, and differ in nothing but a first label of their kind."""
    return one != other and _split(one)[1] == _split(other)[1]


def _split(host: str) -> tuple[str, str]:
    """Return the first label, when it says for whom the site is made, and the rest."""
    label, _, rest = host.partition(".")
    return (label, rest) if label in _FIRST_LABELS and rest else ("", host)
