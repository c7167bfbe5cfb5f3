"""The densest box behind the headline: a candidate of our own.

The published idea (Sun, Song and Liao 2011, CETD; Chen 2017 with punctuation) scores every node by its share of
text and punctuation and takes the best one of the page. On short news the best node of the page is some
other article. So it is anchored here: the box must hold the first paragraph behind the headline, every line
counts its length in characters for or against the box, and the smallest of the boxes worth most wins.
"""

from __future__ import annotations

from newscrawl.extract.blocks import Box
from newscrawl.extract.body import Body, Values
from newscrawl.extract.headline import FoundHeadline
from newscrawl.extract.trim import best_run, trimmed
from newscrawl.extract.view import View

_BOX_LIMIT = 200  # spans around one paragraph; real pages have under 40
_LIST_LINKS = 4
_LINKS_PER_PROSE = 0.5  # a body with a link behind every third paragraph stays whole; Yahoo's teasers have 1
_SLACK = 1.02  # a larger box must be worth this much more


def find_by_density(view: View, values: Values, headline: FoundHeadline | None) -> Body | None:
    """Return the body around the first paragraph behind the headline."""
    anchor = headline.line + 1 if headline is not None else 0
    first = _first_paragraph(view, values, anchor)
    if first is None:
        return None
    box = _worthiest_box(view, values, first, anchor)
    return trimmed(view, values, (max(box.start, anchor), box.end), headline)


def _first_paragraph(view: View, values: Values, anchor: int) -> int | None:
    """Return the first line of prose behind the headline; before a tail heading, if there is one."""
    return next((index for index in range(anchor, len(values.prose)) if values.prose[index]), None)


def _worthiest_box(view: View, values: Values, first: int, anchor: int) -> Box:
    best, best_worth, best_end = Box(view.tree, first, first + 1), values.single[first], first + 1
    seen: set[tuple[int, int]] = set()
    for box in view.lines.boxes:  # inner before outer
        span = (max(box.start, anchor), box.end)
        if not box.start <= first < box.end or span in seen or len(seen) >= _BOX_LIMIT:
            continue
        seen.add(span)
        worth, end = best_run(values, *span)
        if worth > best_worth * _SLACK and not _is_list(values, best_end, end):
            best, best_worth, best_end = box, worth, end
    return best


def _is_list(values: Values, start: int, end: int) -> bool:
    """Return whether the lines that a larger box adds are other articles: a link for every teaser or so."""
    links = sum(values.listed[start:end])
    return links >= _LIST_LINKS and links > _LINKS_PER_PROSE * sum(values.prose[start:end])
