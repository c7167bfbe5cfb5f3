"""A page to an extraction: parse, look, find candidates, choose, read the metadata."""

from __future__ import annotations

from collections.abc import Callable

from lxml.html import HtmlElement

from newscrawl.exceptions import NotAnArticle, PageError, UnreadablePage
from newscrawl.extract.body import Body, Values, values_of
from newscrawl.extract.candidates.by_trafilatura import find_by_trafilatura
from newscrawl.extract.candidates.density import find_by_density
from newscrawl.extract.candidates.known import find_known
from newscrawl.extract.candidates.source_xpath import find_by_source
from newscrawl.extract.chooser import Choice, chosen
from newscrawl.extract.continuations import joined
from newscrawl.extract.debris import is_furniture
from newscrawl.extract.head_lines import head_lines_of
from newscrawl.extract.headline import FoundHeadline, headline_of
from newscrawl.extract.images import canonical_url_of, captions_of, main_image_of
from newscrawl.extract.memory import SiteMemory
from newscrawl.extract.outlet import outlet_of
from newscrawl.extract.parse import ParsedPage, parse_page
from newscrawl.extract.people import with_credits
from newscrawl.extract.published import modified_of, published_of
from newscrawl.extract.verdicts import check_body, check_page
from newscrawl.extract.view import View, view_of
from newscrawl.items import Extraction, Metadata, Page

_CANDIDATES: dict[str, Callable[[View, Values, FoundHeadline | None], Body | None]] = {
    "source": find_by_source,
    "known": find_known,
    "density": find_by_density,
    "trafilatura": find_by_trafilatura,
}
"""The ways to find a body; a new one is a module in ``candidates`` and a line here and in the chooser's trust."""


def extract_page(page: Page, *, memory: SiteMemory | None = None) -> Extraction:
    """Return the article that stands on a page, as it stands there.

    Raises:
        PageError: the page cannot be read or is no article; nothing else is raised, whatever the bytes.
    """
    return _guarded(page, lambda: extract_parsed(parse_page(page), memory=memory))


def extract_parsed(parsed: ParsedPage, *, memory: SiteMemory | None = None) -> Extraction:
    """Return the article of a page that is parsed already; ``extract_page`` for those who need the tree too.

    Raises:
        PageError: the page is no article.
    """
    return _guarded(parsed.page, lambda: _extracted(parsed, memory))


def _guarded(page: Page, work: Callable[[], Extraction]) -> Extraction:
    try:
        return work()
    except PageError:
        raise
    except (RecursionError, MemoryError) as error:
        raise UnreadablePage("parse_limit", page.capture.url, type(error).__name__) from error


def _extracted(parsed: ParsedPage, memory: SiteMemory | None) -> Extraction:
    del memory
    view = view_of(parsed)
    check_page(view)
    headline = headline_of(view, link_text=parsed.page.hints.link_text)
    values = values_of(view.lines, headline.text if headline else None)
    choice = _choice(view, values, headline)
    body = check_body(view, values, choice.body if choice else None, headline)
    text = body.text(view.lines) if headline else _with_what_follows(view, body)
    further = [_continuation(one, headline) for one in parsed.page.continuations]
    return Extraction(
        capture=parsed.page.capture,
        headline=headline.text if headline else None,
        text=joined(text, further, headline.text if headline else None) if further else text,
        metadata=_metadata(view, headline, body),
        candidates=choice.candidates if choice else (),
        flags=_flags(parsed, text),
    )


def _choice(view: View, values: Values, headline: FoundHeadline | None) -> Choice | None:
    found = {name: find(view, values, headline) for name, find in _CANDIDATES.items()}
    return chosen(view, values, {name: body for name, body in found.items() if body is not None}, headline)


def _with_what_follows(view: View, body: Body) -> str:
    """Return the body with everything behind it: on a page without headline its list may name the article."""
    blocks = view.lines.blocks
    end = next(
        (
            index + 1
            for index in range(len(blocks) - 1, body.lines[-1], -1)
            if not is_furniture(blocks[index])
        ),
        body.lines[-1] + 1,
    )
    return view.lines.text_of(body.lines[0], end)


def _continuation(page: Page, headline: FoundHeadline | None) -> str:
    """Return the text of a further page of an article.

    Raises:
        PageError: the page cannot be read: half an article is not archived as a whole one.
    """
    parsed = parse_page(page)
    view = view_of(parsed)
    own = headline_of(view) or headline
    values = values_of(view.lines, own.text if own else None)
    choice = _choice(view, values, own)
    if choice is None:
        raise NotAnArticle("too_short", page.capture.url, "a further page of an article has no text")
    return choice.body.text(view.lines)


def _metadata(view: View, headline: FoundHeadline | None, body: Body) -> Metadata:
    container = _container_of(view, body)
    metadata = Metadata(
        main_image=main_image_of(view, container),
        captions=captions_of(container),
        canonical_url=canonical_url_of(view),
    )
    head = head_lines_of(view, headline.line if headline else -1, body.lines[0])
    published = published_of(view, head, body.lines)
    if published is not None:
        metadata = metadata.with_found(
            "date_published", published.value, raw=published.raw, where=published.where
        )
    modified = modified_of(view)
    if modified is not None:
        metadata = metadata.with_found(
            "date_modified", modified.value, raw=modified.raw, where=modified.where
        )
    outlet = outlet_of(view, head, body.lines)
    if outlet is not None:
        metadata = metadata.with_found("source_outlet", outlet.value, raw=outlet.raw, where=outlet.where)
    return with_credits(metadata, view, head, body.lines)


def _container_of(view: View, body: Body) -> HtmlElement | None:
    """Return the smallest box that holds the body."""
    first, last = body.lines[0], body.lines[-1]
    return next((box.element for box in view.lines.boxes if box.start <= first and last < box.end), None)


def _flags(parsed: ParsedPage, text: str) -> tuple[str, ...]:
    flags = set()
    if "\ufffd" in text:
        flags.add("characters_lost")
    if any("\ue000" <= character <= "\uf8ff" for character in text):
        flags.add("private_use")
    return tuple(sorted(flags))
