"""A container trimmed to its article: what stands before the first paragraph and behind the last goes."""

from __future__ import annotations

from newscrawl.extract.body import Body, Values
from newscrawl.extract.debris import is_control
from newscrawl.extract.headline import FoundHeadline, headline_key
from newscrawl.extract.info_line import is_info_line
from newscrawl.extract.view import View

_LINES_OF_A_LIST = 6  # behind the heading of a list at least one of so many lines is a link


def trimmed(view: View, values: Values, span: tuple[int, int], headline: FoundHeadline | None) -> Body:
    """Return the lines of a span that are the article: from behind the headline to before the tail."""
    start, end = span
    if headline is not None and start <= headline.line < end:
        start = headline.line + 1
    start = _past_the_head(view, values, start, end, headline)
    end = _best_end(values, start, hard_end(values, start, end))
    end = _before_the_tail(view, values, start, end)
    return Body(tuple(index for index in range(start, end) if _stays(view, values, index)))


def _past_the_head(view: View, values: Values, start: int, end: int, headline: FoundHeadline | None) -> int:
    """Return where the lines end that only repeat the headline, or say date, outlet and controls."""
    key = headline_key(headline.text) if headline else ""
    blocks = view.lines.blocks
    first = next((index for index in range(start, end) if values.prose[index]), end)
    for index in range(first - 1, start - 1, -1):  # the last line of the head that is no body for sure
        block = blocks[index]
        if (
            is_info_line(block.text)
            or is_control(block.text)
            or (key and headline_key(block.text) == key)
            or (block.link_length * 2 > len(block.text))
        ):
            return index + 1
    return start


def hard_end(values: Values, start: int, end: int) -> int:
    """Return where other articles begin for sure: a tail heading behind prose, and links among the next lines."""
    seen = False
    for index in range(start, end):
        if values.tails[index] and seen:
            following = range(index + 1, min(end, index + 1 + _LINES_OF_A_LIST))
            if not following or any(values.listed[one] or values.tails[one] for one in following):
                return index
        seen = seen or values.prose[index]
    return end


def _best_end(values: Values, start: int, end: int) -> int:
    """Return where the run of lines that begins at ``start`` is worth most."""
    base, best, best_end = values.sums[start], 0.0, start
    for index in range(start, end):
        worth = values.sums[index + 1] - base
        if worth > best or (worth == best and values.single[index] == 0.0 and best_end == index):
            best, best_end = worth, index + 1
    if best_end == start:
        return end
    while best_end < end and values.single[best_end] >= 0.0 and not values.tails[best_end]:
        best_end += 1
    return best_end


def _before_the_tail(view: View, values: Values, start: int, end: int) -> int:
    """Return the end without controls, links and headings of nothing that close the run."""
    while end > start and values.single[end - 1] < 0.0:
        end -= 1
    return end


def _stays(view: View, values: Values, index: int) -> bool:
    return values.single[index] >= -3.0 or values.prose[index]
