"""What trafilatura takes for the text, found again among the lines of the page."""

from __future__ import annotations

import copy
import logging
import unicodedata

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.body import Body, Values
from newscrawl.extract.headline import FoundHeadline
from newscrawl.extract.view import View
from newscrawl.extract.visibility import is_unseen

_ELEMENT_LIMIT = 15_000  # 40,000 spans in one paragraph take it 11 s
_CHILD_LIMIT = 2_000
_DEPTH_LIMIT = 200  # it recurses
_KEY_LENGTH = 24  # characters by which a paragraph is found again

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def find_by_trafilatura(view: View, values: Values, headline: FoundHeadline | None) -> Body | None:
    """Return the lines that trafilatura keeps; None when it keeps nothing or the page is not safe for it."""
    del headline
    tree = pruned_copy(view.tree, view.parsed.hidden)
    if tree is None:
        return None
    try:
        document = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    except Exception:
        return None
    text = getattr(document, "text", None)
    if not text:
        return None
    squashed = "".join(unicodedata.normalize("NFKC", text).split())
    kept = tuple(
        index
        for index, block in enumerate(view.lines.blocks)
        if len(block.text) >= 4 and "".join(block.text.split())[:_KEY_LENGTH] in squashed
    )
    return Body(kept) if kept else None


def pruned_copy(tree: HtmlElement, hidden: frozenset[str]) -> HtmlElement | None:
    """Return a copy of a tree as trafilatura reads it best: no hidden text, no ``section``; None when not safe."""
    if not _is_safe(tree):
        return None
    tree = copy.deepcopy(tree)
    for element in [
        one for one in tree.iter() if one.tag not in ("head", "title") and is_unseen(one, hidden)
    ]:
        parent = element.getparent()
        if parent is not None and element.tag not in ("meta", "link"):
            _remove(element, parent)
    for section in tree.iter("section"):
        section.tag = "div"
    return tree


def _is_safe(tree: HtmlElement) -> bool:
    depth = 0
    for count, (event, element) in enumerate(etree.iterwalk(tree, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if (
            depth > _DEPTH_LIMIT
            or count > 2 * _ELEMENT_LIMIT
            or (event == "start" and len(element) > _CHILD_LIMIT)
        ):
            return False
    return True


def _remove(element: HtmlElement, parent: HtmlElement) -> None:
    """Take an element out and leave the text behind it."""
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
