"""A page to an extraction: parse, look, find candidates, choose, read the metadata."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from newscrawl.exceptions import NotAnArticle, PageError, UnreadablePage
from newscrawl.extract.body import Body, Values, values_of
from newscrawl.extract.candidates.by_trafilatura import find_by_trafilatura
from newscrawl.extract.candidates.density import find_by_density
from newscrawl.extract.candidates.known import find_known
from newscrawl.extract.candidates.source_xpath import find_by_source
from newscrawl.extract.chooser import Choice, chosen
from newscrawl.extract.continuations import joined
from newscrawl.extract.debris import is_furniture
from newscrawl.extract.headline import FoundHeadline, headline_of
from newscrawl.extract.known_template import Reading, lesson_of, read_by_template
from newscrawl.extract.memory import SiteMemory, Template
from newscrawl.extract.metadata import metadata_of
from newscrawl.extract.parse import ParsedPage, parse_page
from newscrawl.extract.verdicts import check_body, check_page, is_announced
from newscrawl.extract.view import View, view_of
from newscrawl.items import Candidate, Extraction, Page

_CANDIDATES: dict[str, Callable[[View, Values, FoundHeadline | None], Body | None]] = {
    "source": find_by_source,
    "known": find_known,
    "density": find_by_density,
    "trafilatura": find_by_trafilatura,
}
"""The ways to find a body; a new one is a module in ``candidates`` and a line here and in the chooser's trust."""
_LAST = "trafilatura"
_log = logging.getLogger(__name__)
_BY_MEMORY = 1.0  # the score of the only candidate


@dataclass(frozen=True, slots=True)
class _Found:
    """A page's article, the candidates it was chosen from, and the template it was read by."""

    reading: Reading
    candidates: tuple[Candidate, ...]
    template: Template | None = None


def extract_page(page: Page, *, memory: SiteMemory | None = None) -> Extraction:
    """Return the article that stands on a page, as it stands there; the memory of its site learns from it.

    Raises:
        PageError: the page cannot be read or is no article; nothing else is raised, whatever the bytes.
            The reason ``error`` says that the extraction itself has failed.
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
    except Exception as error:  # a mistake of ours on one page must not cost the crawl; the log has it all
        _log.exception("%s: the extraction failed, please report it with the page", page.capture.url)
        raise UnreadablePage("error", page.capture.url, f"{type(error).__name__}: {error}"[:200]) from error


def _extracted(parsed: ParsedPage, memory: SiteMemory | None) -> Extraction:
    found = _found(parsed, memory)
    reading = found.reading
    headline = reading.headline.text if reading.headline else None
    text = reading.body.text(reading.view.lines)
    if headline is None and is_announced(reading.view, reading.body):
        text = _with_what_follows(reading)
    further = [_continuation(one, reading.headline) for one in parsed.page.continuations]
    if memory is not None:
        memory.learn(lesson_of(reading, was_full=found.template is None))
    return Extraction(
        capture=parsed.page.capture,
        headline=headline,
        text=joined(text, further, headline) if further else text,
        metadata=metadata_of(reading.view, reading.headline, reading.body),
        candidates=found.candidates,
        flags=_flags(text),
    )


def _found(parsed: ParsedPage, memory: SiteMemory | None) -> _Found:
    """Return the article by the site's template where there is one, else by all candidates."""
    if memory is None or parsed.page.hints.body_xpath:
        return _by_candidates(parsed, memory)
    known = read_by_template(parsed, memory)
    if known is None:
        return _by_candidates(parsed, memory)
    template, reading = known
    if not memory.wants_full():
        check_body(reading.view, reading.values, reading.body, reading.headline)
        text = reading.body.text(reading.view.lines)
        return _Found(reading, (Candidate("memory", text, _BY_MEMORY, (reading.body.reason,)),), template)
    full = _by_candidates(parsed, memory)
    if full.reading.body.text(full.reading.view.lines) != reading.body.text(reading.view.lines):
        memory.forget(template, parsed.url)
    return full


def _by_candidates(parsed: ParsedPage, memory: SiteMemory | None) -> _Found:
    view = view_of(parsed)
    check_page(view)
    headline = headline_of(view, link_text=parsed.page.hints.link_text)
    values = _values(view, headline, memory)
    choice = _choice(view, values, headline)
    body = check_body(view, values, choice.body if choice else None, headline)
    return _Found(Reading(view, values, headline, body), choice.candidates if choice else ())


def _values(view: View, headline: FoundHeadline | None, memory: SiteMemory | None) -> Values:
    text = headline.text if headline else None
    return (
        values_of(view.lines, text, knows_title=memory.knows_title) if memory else values_of(view.lines, text)
    )


def _choice(view: View, values: Values, headline: FoundHeadline | None) -> Choice | None:
    bodies: dict[str, Body] = {}
    for name, find in _CANDIDATES.items():
        if name == _LAST and len({body.lines for body in bodies.values()}) == 1 < len(bodies):
            break  # two that agree to the line need no third, which takes half of the time
        if (body := find(view, values, headline)) is not None:
            bodies[name] = body
    return chosen(view, values, bodies, headline)


def _with_what_follows(reading: Reading) -> str:
    """Return the body with everything behind it: on a page without headline its list may name the article."""
    blocks, last = reading.view.lines.blocks, reading.body.lines[-1]
    end = next(
        (index + 1 for index in range(len(blocks) - 1, last, -1) if not is_furniture(blocks[index])), last + 1
    )
    return reading.view.lines.text_of(reading.body.lines[0], end)


def _continuation(page: Page, headline: FoundHeadline | None) -> str:
    """Return the text of a further page of an article.

    Raises:
        PageError: the page cannot be read: half an article is not archived as a whole one.
    """
    view = view_of(parse_page(page))
    own = headline_of(view) or (replace(headline, line=-1) if headline else None)
    choice = _choice(view, _values(view, own, None), own)
    if choice is None:
        raise NotAnArticle("too_short", page.capture.url, "a further page of an article has no text")
    return choice.body.text(view.lines)


def _flags(text: str) -> tuple[str, ...]:
    flags = set()
    if "\ufffd" in text:
        flags.add("characters_lost")
    if any("\ue000" <= character <= "\uf8ff" for character in text):
        flags.add("private_use")
    return tuple(sorted(flags))
