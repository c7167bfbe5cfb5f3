"""A container trimmed to its article: what stands before the first paragraph and behind the last goes."""

from __future__ import annotations

from newscrawl.extract.body import Body, Values
from newscrawl.extract.debris import is_control
from newscrawl.extract.headline import FoundHeadline, headline_key
from newscrawl.extract.info_line import is_info_line
from newscrawl.extract.view import View

_LINES_OF_A_LIST = 6  # behind the heading of a list at least one of so many lines is a link or a control
_KEPT_WORTH = -3.0  # characters: subheadings are kept, links and controls inside a body are not


def trimmed(view: View, values: Values, span: tuple[int, int], headline: FoundHeadline | None) -> Body:
    """Return the lines of a span that are the article: from behind the headline to before the tail."""
    start, end = span
    if headline is not None and start <= headline.line < end:
        start = headline.line + 1
    start = _past_the_head(view, values, (start, end), headline_key(headline.text) if headline else "")
    _, end = best_run(values, start, end)
    return Body(tuple(index for index in range(start, end) if values.single[index] >= _KEPT_WORTH))


def best_run(values: Values, start: int, end: int) -> tuple[float, int]:
    """Return what the best run of lines from ``start`` is worth, and where it ends."""
    worth = best = 0.0
    last = start
    for index in range(start, hard_end(values, start, end)):
        worth += values.single[index]
        if worth > best:
            best, last = worth, index + 1
    while (
        start < last < end
        and values.single[last] == 0.0
        and not values.endings[last]
        and _is_beside(values, last, -1)
    ):
        last += 1
    return best, last


def hard_end(values: Values, start: int, end: int) -> int:
    """Return where the article is over for sure: an ending behind prose, and signs of a list behind the ending."""
    seen = False
    for index in range(start, end):
        if values.stops[index] and seen:
            return index
        if values.endings[index] and seen:
            following = range(index + 1, min(end, index + 1 + _LINES_OF_A_LIST))
            if not any(values.prose[one] for one in following) or any(
                values.debris[one] for one in following
            ):
                return index
        seen = seen or values.prose[index]
    return end


def _past_the_head(view: View, values: Values, span: tuple[int, int], key: str) -> int:
    """Return where the lines end that only repeat the headline, or say date, outlet and controls."""
    start, end = span
    blocks = view.lines.blocks
    first = next((index for index in range(start, end) if values.prose[index]), end)
    for index in range(first - 1, start - 1, -1):  # the last line of the head that is no body for sure
        text = blocks[index].text
        if (
            values.listed[index]
            or is_info_line(text)
            or is_control(text)
            or (key and headline_key(text) == key)
        ):
            start = index + 1
            break
    while first > start and values.single[first - 1] >= _KEPT_WORTH and _is_beside(values, first - 1, 1):
        first -= 1
    return first if first < end else start


def _is_beside(values: Values, index: int, step: int) -> bool:
    """Return whether a line stands in the same container as the next one in the direction of the body."""
    return values.parents[index] == values.parents[index + step]
