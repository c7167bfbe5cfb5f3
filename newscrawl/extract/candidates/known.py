"""The containers that common CMSs give an article's body."""

from __future__ import annotations

import re

from newscrawl.extract.blocks import Box
from newscrawl.extract.body import Body, Values
from newscrawl.extract.headline import FoundHeadline
from newscrawl.extract.markup import MARKED_BODY_CLASS
from newscrawl.extract.trim import trimmed
from newscrawl.extract.view import View

_IDS = frozenset(
    [
        "zoom",
        "ozoom",
        "endtext",
        "artibody",
        "artibody",
        "rwb_zw",
        "p-detail",
        "js_content",
        "main_content",
        "cnt-main-article-qq",
        "news-con",
        "txaarticle",
        "contentarea",
        "article-content",
        "articlecontent",
        "article_content",
        "news_content",
        "newscontent",
        "nr_content",
        "contenttext",
    ]
)
_CLASSES = frozenset(
    [
        "trs_editor",
        "trs_uep_editor",
        "entry-content",
        "single-content",
        "post-body",
        "article-content",
        "article-main",
        "content-article",
        "article_content",
        "newdetatext",
        "newsdetatext",
        "founder-content",
        "post_body",
        "rm_txt_con",
        "info_text",
        "viewbox",
    ]
) | {MARKED_BODY_CLASS}
_PREFIXES = re.compile(r"^(?:vsb_content|postmessage_)")
_TAGS = frozenset({"ucapcontent", "founder-content"})
"""Named in November 2026 by 303 site configurations, and by the CMSs' own sources."""

_LINK_LIMIT = 0.4  # of the characters: TRS_Editor also wraps lists of links


def find_known(view: View, values: Values, headline: FoundHeadline | None) -> Body | None:
    """Return the body in a well-known container: of several, the one with most prose."""
    boxes = [box for box in view.lines.boxes if box.end > box.start and _is_known(box)]
    worths = [(_prose_length(view, values, box), -(box.end - box.start), box) for box in boxes]
    worths = [one for one in worths if one[0] > 0 and _link_ratio(view, one[2]) < _LINK_LIMIT]
    if not worths:
        return None
    _, _, box = max(worths, key=lambda one: one[:2])
    body = trimmed(view, values, (box.start, box.end), headline)
    name = box.element.get("id") or box.element.get("class") or box.element.tag
    return Body(body.lines, f"container {name}")


def _is_known(box: Box) -> bool:
    element = box.element
    identity = (element.get("id") or "").lower()
    if identity in _IDS or _PREFIXES.match(identity) or element.tag in _TAGS:
        return True
    return not _CLASSES.isdisjoint((element.get("class") or "").lower().split())


def _prose_length(view: View, values: Values, box: Box) -> int:
    return sum(
        view.lines.blocks[index].plain_length for index in range(box.start, box.end) if values.prose[index]
    )


def _link_ratio(view: View, box: Box) -> float:
    blocks = view.lines.blocks[box.start : box.end]
    return sum(block.link_length for block in blocks) / max(1, sum(len(block.text) for block in blocks))
