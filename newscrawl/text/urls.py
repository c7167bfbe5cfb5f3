"""URLs as text: absolute ones, their hosts, the scope of a source; beside it their keys, shapes and days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from newscrawl.text.url_dates import date_of_url
from newscrawl.text.url_keys import (
    DEFAULT_PORTS,
    INVISIBLE,
    PLAIN_URL,
    URL_LIMIT,
    parts_of_url,
    url_key,
    without_session,
)
from newscrawl.text.url_shapes import (
    UrlKind,
    UrlShape,
    is_media_url,
    kind_of_url,
    shape_of_url,
)

__all__ = [
    "UrlKind",
    "UrlShape",
    "absolute_url",
    "date_of_url",
    "default_scope",
    "host_of",
    "is_in_scope",
    "is_media_url",
    "kind_of_url",
    "shape_of_url",
    "url_key",
]

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.ASCII | re.IGNORECASE)


def absolute_url(href: str, base: str) -> str | None:
    """Return the http(s) URL that ``href`` means on the page ``base``, without fragment; None for anything else.

    The session of whoever fetched the page is left out: the same pages would come again under every new one.

    >>> absolute_url(" ../../2023/0810/1.shtml#top ", "http://zbnews.net/yw/a/")
    'http://zbnews.net/2023/0810/1.shtml'
    >>> absolute_url("javascript:void(0)", "http://zbnews.net/") is None
    True
    """
    whole = _root_of(base) + href if href.startswith("/") else href
    if PLAIN_URL.match(whole):
        return whole
    href = INVISIBLE.sub("", href).strip()
    if not href or href.startswith("#") or len(href) > URL_LIMIT:
        return None
    if not _SCHEME.match(href) or href[:4].lower() == "http":
        path, mark, query = href.partition("?")
        href = path.replace("\\", "/") + mark + query  # as browsers read it
    try:
        url = without_session(urljoin(base, href).partition("#")[0])
        parts_of_url(url)
    except ValueError:
        return None
    return url


@lru_cache(maxsize=256)
def _root_of(base: str) -> str:
    """Return scheme and host of a page's URL, nothing when it has none."""
    try:
        scheme, netloc, _, _, _ = urlsplit(base)
    except ValueError:
        return ""
    return f"{scheme}://{netloc}" if netloc else ""


def host_of(url: str) -> str:
    """Return the host of an http(s) URL in lower case and punycode, with its port unless that is the default.

    >>> host_of("http://WWW.Zibo.gov.cn:80/x"), host_of("http://127.0.0.1:8123/")
    ('www.zibo.gov.cn', '127.0.0.1:8123')

    Raises:
        ValueError: what is given is no absolute http(s) URL.
    """
    scheme, netloc, _, _ = parts_of_url(url)
    return netloc.removesuffix(f":{DEFAULT_PORTS[scheme]}")


def default_scope(start: str) -> str:
    """Return the scope that a start URL implies: its host without ``www.``, and with it every subdomain.

    Channels of one paper stand on subdomains (news., zibo., epaper.), so the host alone would miss most.

    >>> default_scope("https://www.zbnews.net/"), default_scope("http://zibo.iqilu.com/")
    ('zbnews.net', 'zibo.iqilu.com')
    """
    return host_of(start).removeprefix("www.")


def is_in_scope(url: str, scope: Iterable[str]) -> bool:
    """Tell whether ``url`` is http(s) on one of the hosts of ``scope`` or on a subdomain of one.

    A host without a port stands for the default ports only; ``host:port`` for that port alone.

    >>> is_in_scope("http://news.zbnews.net/1.html", ["zbnews.net"])
    True
    >>> is_in_scope("http://notzbnews.net/", ["zbnews.net"]), is_in_scope("http://zbnews.net:22/", ["zbnews.net"])
    (False, False)
    """
    try:
        host = host_of(url)
    except ValueError:
        return False
    return any(host == one or host.endswith(f".{one}") for one in scope)
