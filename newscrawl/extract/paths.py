"""The place of an element as an XPath that finds it on the site's other pages too."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

_DEPTH_LIMIT = 60  # steps
_STABLE = re.compile(
    r"^[A-Za-z][A-Za-z_-]{1,40}$"
)  # a name with digits or a hash in it is of one page or one build
_TAG = re.compile(r"^[a-z][a-z0-9]{0,30}$")


def path_of(element: HtmlElement) -> str | None:
    """Return an XPath for an element, by tags and stable names; None when it nests too deep or is oddly named.

    >>> from lxml.html import fromstring
    >>> page = fromstring('<html><body><div class="w"></div><div id="zoom"><p id="p123">a</p></div></body></html>')
    >>> path_of(page.find(".//p"))
    "/html/body/div[@id='zoom']/p"
    >>> path_of(page.find(".//div"))
    '/html/body/div[1]'
    """
    steps: list[str] = []
    while element is not None:
        if len(steps) >= _DEPTH_LIMIT or not isinstance(element.tag, str) or not _TAG.match(element.tag):
            return None
        steps.append(_step(element))
        element = element.getparent()
    return "/" + "/".join(reversed(steps))


def only_match(tree: HtmlElement, path: str) -> HtmlElement | None:
    """Return the one element that an XPath finds; None when it finds none or several."""
    found = _compiled(path)(tree)
    return found[0] if isinstance(found, list) and len(found) == 1 else None


def _step(element: HtmlElement) -> str:
    identity = element.get("id", "")
    if _STABLE.match(identity):
        return f"{element.tag}[@id='{identity}']"
    name = next((one for one in element.get("class", "").split() if _STABLE.match(one)), None)
    if name is not None:
        return f"{element.tag}[contains(concat(' ',normalize-space(@class),' '),' {name} ')]"
    twins = (
        [one for one in parent if one.tag == element.tag]
        if (parent := element.getparent()) is not None
        else []
    )
    return str(element.tag) if len(twins) < 2 else f"{element.tag}[{twins.index(element) + 1}]"


@lru_cache(maxsize=512)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path)
