"""New source files: a draft of what is known of a site -> the TOML that a person looks over and keeps.

The standard library reads TOML and does not write it. Only what a source file needs is written here: text,
lists of text, dates and tables of those; what was written is read again by the same schema.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from newscrawl.text.urls import host_of

_PLAIN_LABEL = re.compile(r"[^a-z0-9]+", re.ASCII)
_ENDINGS = frozenset({"com", "net", "org", "cn", "cc", "tv", "info", "top", "www", "hk", "tw"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What is known of a site that is to become a source; empty is unknown and is not written."""

    id: str
    name: str
    start: tuple[str, ...]
    region: str = ""
    kind: str = ""
    level: str = ""
    adcode: str = ""
    family: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    note: str = ""
    charset: str = ""
    article_url: str = ""
    checked_on: date | None = None
    local: bool = False


def toml_of(draft: SourceDraft) -> str:
    """Return the source file of a draft.

    >>> print(toml_of(SourceDraft("zbnews", "淄博新闻网", ("https://www.zbnews.net/",), region="山东/淄博")), end="")
    id = "zbnews"
    name = "淄博新闻网"
    start = "https://www.zbnews.net/"
    region = "山东/淄博"
    """
    top = {
        "id": draft.id,
        "name": draft.name,
        "start": draft.start[0] if len(draft.start) == 1 else draft.start,
        "region": draft.region,
        "kind": draft.kind,
        "level": draft.level,
        "adcode": draft.adcode,
        "family": draft.family,
        "feeds": draft.feeds,
        "sitemaps": draft.sitemaps,
        "note": draft.note,
    }
    lines = [f"{key} = {_value(value)}" for key, value in top.items() if value]
    lines += ["local = true"] if draft.local else []
    if draft.charset:
        lines += ["", "[fetch]", f"charset = {_value(draft.charset)}"]
    if draft.article_url:
        lines += ["", "[article]", f"url = {_value(draft.article_url)}"]
    if draft.checked_on:
        lines += ["", "[checked]", f"on = {draft.checked_on.isoformat()}"]
    return "\n".join(lines) + "\n"


def _value(value: str | Iterable[str]) -> str:
    if isinstance(value, str):
        return _text(value)
    parts = [_text(one) for one in value]
    return (
        "[\n" + "".join(f"  {part},\n" for part in parts) + "]" if len(parts) > 1 else f"[{''.join(parts)}]"
    )


def _text(value: str) -> str:
    """Return a TOML string; a pattern with backslashes stands between single quotes, as it is."""
    if "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    escaped = "".join(_ESCAPES.get(one) or (one if one.isprintable() else _code_point(one)) for one in value)
    return f'"{escaped}"'


def _code_point(character: str) -> str:
    return f"\\U{ord(character):08x}" if not 0xD800 <= ord(character) <= 0xDFFF else "\\ufffd"


def id_of_url(url: str, taken: Container[str] = ()) -> str:
    """Return an id for the site at ``url`` that is not ``taken``: its host, the site before the channel.

    >>> id_of_url("https://zibo.iqilu.com/"), id_of_url("http://www.zibo.gov.cn/"), id_of_url("http://a.cn/", {"a"})
    ('iqilu-zibo', 'zibo-gov', 'a-2')

    Raises:
        ValueError: what is given is no http(s) URL.
    """
    host = urlsplit(f"//{host_of(url)}").hostname or ""
    labels = [label for label in host.split(".") if label not in _ENDINGS and label != "gov"] or host.split(
        "."
    )
    words = [*reversed(labels), *(["gov"] if "gov" in host.split(".")[1:] else [])]
    if host.replace(".", "").isdigit():
        words = host.split(".")
    name = _PLAIN_LABEL.sub("-", "-".join(words)).strip("-")[:50].strip("-") or "source"
    number = 2
    found = name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found
