"""The densest box behind the headline: a candidate of our own.

The published idea (Sun, Song and Liao 2011, CETD; Chen 2017 with punctuation) scores every node by its share of
text and punctuation and takes the best one of the page. On short news the best node of the page is some
other article. So it is anchored here: the box must hold the first paragraph behind the headline, every line
counts its length in characters for or against the box, and the smallest of the boxes worth most wins.
"""

from __future__ import annotations

from newscrawl.extract.blocks import Box
from newscrawl.extract.body import BRIEF, PARAGRAPHS, Body, Values
from newscrawl.extract.headline import FoundHeadline
from newscrawl.extract.info_line import is_info_line
from newscrawl.extract.trim import best_run, trimmed
from newscrawl.extract.view import View

_BOX_LIMIT = 200  # spans around one paragraph; real pages have under 40
_LINES_TO_BODY = 12
_BRIEF_LENGTH = 20  # characters
_TEASER_WORTH = 120.0  # characters
_LIST_LINKS = 4
_LINKS_PER_PROSE = 0.5  # a body with a link behind every third paragraph stays whole; Yahoo's teasers have 1
_SLACK = 1.02  # a larger box must be worth this much more


def find_by_density(view: View, values: Values, headline: FoundHeadline | None) -> Body | None:
    """Return the body around the first paragraph behind the headline."""
    anchor = _anchor(view, values, headline)
    first = next((index for index in range(anchor, len(values.prose)) if values.prose[index]), None)
    brief = _brief(view, values, anchor, first) if headline is not None and headline.line >= 0 else ()
    if first is None and not brief:
        return _above_the_headline(view, values, anchor)
    if first is None or (brief and not _goes_on(values, first)):
        return Body(brief, BRIEF) if brief else None
    box = _worthiest_box(view, values, first, anchor)
    return trimmed(view, values, (max(box.start, anchor), box.end), headline)


def _above_the_headline(view: View, values: Values, end: int) -> Body | None:
    """Return the body on a page that shows its headline below it, in a line about reprinting for one."""
    first = next((index for index in range(end) if values.prose[index]), None)
    if first is None:
        return None
    box = _worthiest_box(view, values, first, 0)
    return trimmed(view, values, (box.start, min(box.end, end)), None)


def _anchor(view: View, values: Values, headline: FoundHeadline | None) -> int:
    """Return the line behind which the body begins: the headline's, else the last with date and outlet before prose."""
    if headline is not None and headline.line >= 0:
        return headline.line + 1
    first = next((index for index, is_prose in enumerate(values.prose) if is_prose), 0)
    for index in range(first - 1, max(-1, first - 1 - _LINES_TO_BODY), -1):
        if not values.listed[index] and is_info_line(view.lines.blocks[index].text):
            return index + 1
    return 0


def _brief(view: View, values: Values, anchor: int, first: int | None) -> tuple[int, ...]:
    """Return the lines that a photo story has instead of sentences: between the info line and the first ending."""
    limit = len(values.prose) if first is None else first
    info = next(
        (
            one
            for one in range(anchor, min(limit, anchor + _LINES_TO_BODY))
            if is_info_line(view.lines.blocks[one].text)
        ),
        None,
    )
    end = next((one for one in range(anchor, limit) if values.endings[one]), limit)
    if info is None or (first is not None and end == limit):
        return ()
    lines = [one for one in range(info + 1, end) if values.single[one] >= 0.0 and not values.debris[one]]
    length = sum(len(view.lines.blocks[one].text) for one in lines)
    return tuple(lines) if length >= _BRIEF_LENGTH else ()


def _goes_on(values: Values, first: int) -> bool:
    """Return whether a body begins at a line of prose behind the heading of a list: it is longer than a teaser."""
    end = min(len(values.prose), first + _LINES_TO_BODY)
    worth, end = best_run(values, first, end)
    return worth >= _TEASER_WORTH and not _is_list(values, first, end)


def _worthiest_box(view: View, values: Values, first: int, anchor: int) -> Box:
    best, best_worth, best_end = _container(view, first), values.single[first], first + 1
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


def _container(view: View, first: int) -> Box:
    """Return the box of a paragraph and those beside it: a salutation and a signature are no sentences."""
    element = view.lines.blocks[first].element
    if element is not None and element.tag in PARAGRAPHS and element.getparent() is not None:
        element = element.getparent()
    return view.boxes.get(element) or Box(view.tree, first, first + 1)


def _is_list(values: Values, start: int, end: int) -> bool:
    """Return whether the lines that a larger box adds are other articles: a link for every teaser or so."""
    links = sum(values.listed[start:end])
    return links >= _LIST_LINKS and links > _LINKS_PER_PROSE * sum(values.prose[start:end])
