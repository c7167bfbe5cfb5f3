"""What the pages of one site have in common, learnt page by page.

A container that three pages agree on is tried first, and only its part of the page is read. One page in fifty
is read in full all the same: when the two readings differ the site was redesigned, and the container is
forgotten. Beside it stand the link texts and headlines of the site, because a line that is a headline
elsewhere is an entry of a related list here, and the lines that pages begin or end with.

The same pages in the same order teach the same; the state is JSON, for whoever stores it.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from typing import Any

_log = logging.getLogger(__name__)

AGREEING_PAGES = 3  # pages that must agree on a container before it is believed
FULL_EVERY = 50  # pages: one of so many is read in full
_CONTAINER_LIMIT = 40  # templates a site may have
_TITLE_LIMIT = 100_000  # link texts and headlines; 8 MB
_EDGE_LIMIT = 4_000  # lines at the ends of bodies
_EDGE_LENGTH = 200  # characters; a longer line is not remembered as one
_HEADLINE_LIMIT = 5_000
_BOILERPLATE_PAGES = 3  # pages that must end or begin with a line before it is the template's
_TITLE_LENGTHS = range(8, 80)  # characters
_STATE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Template:
    """Where the articles of one page template stand, as XPaths that found exactly one element each."""

    frame: str
    """The box around headline and body."""
    container: str
    """The box around the body."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one page shows of its site. Small, so that a worker can hand it back."""

    template: Template | None
    """Where its article was found; None where that place would not find it again."""
    was_full: bool
    """Whether the page was read in full, not by its template."""
    headline: str
    titles: tuple[str, ...] = field(default=(), repr=False)
    """Texts of the links outside the body."""
    edges: tuple[str, ...] = field(default=(), repr=False)
    """The first and last lines of the body."""


class SiteMemory:
    """Containers, titles and edge lines of one site. It learns in place; one for every source.

    >>> memory = SiteMemory()
    >>> template = Template("/html/body", "/html/body/div")
    >>> for number in range(3):
    ...     memory.learn(Lesson(template, was_full=True, headline=f"第{number}条新闻的标题"))
    >>> memory.templates()
    (Template(frame='/html/body', container='/html/body/div'),)
    """

    def __init__(self) -> None:
        self.page_count = 0
        self.last_lesson: Lesson | None = None
        """What the page before has taught; for a worker that keeps no memory of its own."""
        self._templates: dict[Template, int] = {}
        self._titles: dict[int, None] = {}
        self._headlines: dict[str, None] = {}
        self._edges: dict[str, int] = {}

    def templates(self) -> tuple[Template, ...]:
        """Return the templates that enough pages agree on, the commonest first."""
        known = [(count, template) for template, count in self._templates.items() if count >= AGREEING_PAGES]
        return tuple(template for _, template in sorted(known, key=lambda one: -one[0]))

    def wants_full(self) -> bool:
        """Return whether the next page is to be read in full, whatever is known."""
        return self.page_count % FULL_EVERY == FULL_EVERY - 1

    def knows_title(self, text: str) -> bool:
        """Return whether a line is a headline or the text of a link on another page of the site."""
        return len(text) in _TITLE_LENGTHS and _digest(text) in self._titles

    def headlines(self) -> tuple[str, ...]:
        """Return the headlines of the site's articles, the latest last."""
        return tuple(self._headlines)

    def boilerplate(self) -> tuple[str, ...]:
        """Return the lines that the bodies of several pages begin or end with."""
        return tuple(line for line, count in self._edges.items() if count >= _BOILERPLATE_PAGES)

    def learn(self, lesson: Lesson) -> None:
        """Take in what a page shows."""
        self.page_count += 1
        self.last_lesson = lesson
        if lesson.template is not None and lesson.was_full:
            _count(self._templates, lesson.template, _CONTAINER_LIMIT)
        for text in lesson.titles:
            if len(text) in _TITLE_LENGTHS:
                _put(self._titles, _digest(text), _TITLE_LIMIT)
        if lesson.headline and lesson.headline not in self._headlines:
            _put(self._headlines, lesson.headline, _HEADLINE_LIMIT)
            for text in lesson.edges:  # a page that is read again proves nothing
                if len(text) <= _EDGE_LENGTH:
                    _count(self._edges, text, _EDGE_LIMIT)

    def forget(self, template: Template, url: str) -> None:
        """Drop a template that a full reading of a page contradicts."""
        if self._templates.pop(template, None) is not None:
            _log.warning("%s: the page is not built as before, its template is learnt anew", url)

    def to_state(self) -> dict[str, Any]:
        """Return everything as a JSON value, for ``from_state``."""
        return {
            "version": _STATE_VERSION,
            "page_count": self.page_count,
            "templates": [[one.frame, one.container, count] for one, count in self._templates.items()],
            "titles": "".join(f"{title:016x}" for title in self._titles),
            "headlines": list(self._headlines),
            "edges": self._edges,
        }

    @classmethod
    def from_state(cls, state: Any) -> SiteMemory:  # noqa: ANN401
        """Return the memory that ``to_state`` wrote; an empty one from None or from another version."""
        memory = cls()
        if not isinstance(state, dict) or state.get("version") != _STATE_VERSION:
            return memory
        memory.page_count = int(state["page_count"])
        memory._templates = {
            Template(frame, container): count for frame, container, count in state["templates"]
        }
        titles = state["titles"]
        memory._titles = dict.fromkeys(
            int(titles[start : start + 16], 16) for start in range(0, len(titles), 16)
        )
        memory._headlines = dict.fromkeys(state["headlines"])
        memory._edges = dict(state["edges"])
        return memory


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _put(store: dict[Any, None], key: Any, limit: int) -> None:  # noqa: ANN401
    """Put a key at the end of a store, and let the oldest go when it is full."""
    store.pop(key, None)
    store[key] = None
    if len(store) > limit:
        del store[next(iter(store))]


def _count(store: dict[Any, int], key: Any, limit: int) -> None:  # noqa: ANN401
    """Count a key, put it at the end, and let the oldest go when the store is full."""
    store[key] = store.pop(key, 0) + 1
    if len(store) > limit:
        del store[next(iter(store))]
