"""The container that the source's file names."""

from __future__ import annotations

from lxml import etree

from newscrawl.extract.body import Body, Values
from newscrawl.extract.headline import FoundHeadline
from newscrawl.extract.trim import trimmed
from newscrawl.extract.view import View


def find_by_source(view: View, values: Values, headline: FoundHeadline | None) -> Body | None:
    """Return the body in the first box that the source's XPath finds, without what its drop XPaths find."""
    hints = view.parsed.page.hints
    if not hints.body_xpath:
        return None
    boxes = [view.boxes[element] for element in _elements(view, hints.body_xpath) if element in view.boxes]
    if not boxes:
        return None
    dropped = {
        index
        for xpath in hints.drop_xpaths
        for element in _elements(view, xpath)
        if element in view.boxes
        for index in range(view.boxes[element].start, view.boxes[element].end)
    }
    body = trimmed(view, values, (boxes[0].start, boxes[-1].end), headline)
    return Body(tuple(index for index in body.lines if index not in dropped), f"XPath {hints.body_xpath}")


def _elements(view: View, xpath: str) -> list[object]:
    try:
        found = view.tree.xpath(xpath)
    except etree.XPathError:
        return []  # the source's file was checked when it was loaded; a page cannot mend it
    return found if isinstance(found, list) else []
