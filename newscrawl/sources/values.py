"""The values that a source file holds, and what makes each of them wrong.

Every message names the remedy; the key and the line are added by ``wording`` and ``loader``.
"""

from __future__ import annotations

import codecs
import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from newscrawl.text.urls import url_key

_DURATION = re.compile(r"([1-9][0-9]{0,5})\s*([smhdw])\Z", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_CHARSETS = frozenset({"utf-8", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "utf-16", "utf-16-le"})
"""The codecs of Chinese pages; base64 or idna, which Python calls codecs too, are attacks."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = frozenset({"yyyy", "yy", "mm", "m", "dd", "d"})
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?(?::[0-9]{1,5})?\Z|\[[0-9a-f:]+\](?::[0-9]{1,5})?\Z"
)


def _url(value: str) -> str:
    url_key(filled(value))
    return value


def filled(template: str) -> str:
    """Return a template with something in its placeholders: a URL to look at, not to fetch."""
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


def one_or_more(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Return a single text as a list of one: ``start`` is mostly one URL."""
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
