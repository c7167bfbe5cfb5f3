"""A container trimmed to its article: what stands before the first paragraph and behind the last goes."""

from __future__ import annotations

from newscrawl.extract.body import Body, Values
from newscrawl.extract.debris import is_control
from newscrawl.extract.headline import FoundHeadline, headline_key
from newscrawl.extract.view import View
from newscrawl.text.credits import find_credits, is_credit_line
from newscrawl.text.dates import find_date

_INFO_LENGTH = 120  # characters of the line that names date and outlet under a headline


def trimmed(view: View, values: Values, span: tuple[int, int], headline: FoundHeadline | None) -> Body:
    """Return the lines of a span that are the article: from behind the headline to before the tail."""
    start, end = span
    if headline is not None and start <= headline.line < end:
        start = headline.line + 1
    start = _past_the_head(view, values, start, end, headline)
    end = _best_end(values, start, end)
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


def is_info_line(text: str) -> bool:
    """Return whether a line says when and where an article was published, and little else.

    >>> is_info_line("2023-08-10 18:40 来源:大众网"), is_info_line("8月10日,大会召开。")
    (True, False)
    """
    if len(text) > _INFO_LENGTH or text.endswith(("。", "?", "!")):
        return False
    found = find_date(text)
    if found is not None and len(text) - (found.end - found.start) <= 60 and found.start <= 30:
        return True
    return is_credit_line(text) and any(
        credit.kind in {"source_outlet", "date_published"} for credit in find_credits(text)
    )


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
