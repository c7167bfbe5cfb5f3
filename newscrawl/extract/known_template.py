"""An article read by the template of its site: only the part of the page around headline and body."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.extract.body import Body, Values, values_of
from newscrawl.extract.headline import FoundHeadline, headline_of
from newscrawl.extract.memory import Lesson, SiteMemory, Template
from newscrawl.extract.parse import ParsedPage
from newscrawl.extract.paths import only_match, path_of
from newscrawl.extract.trim import trimmed
from newscrawl.extract.view import View, view_of

_EDGE_LINES = 2  # at the beginning of a body; one more at its end


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a page was read: what was looked at, and the body that was found in it."""

    view: View
    values: Values
    headline: FoundHeadline | None
    body: Body


def read_by_template(parsed: ParsedPage, memory: SiteMemory) -> tuple[Template, Reading] | None:
    """Return the article in a container that the site's pages agree on; None when it is not there or empty."""
    for template in memory.templates():
        frame = only_match(parsed.tree, template.frame)
        container = only_match(parsed.tree, template.container) if frame is not None else None
        if container is None:
            continue
        reading = _reading(view_of(parsed, frame), container, memory)
        if reading is not None:
            return template, reading
    return None


def _reading(view: View, container: object, memory: SiteMemory) -> Reading | None:
    headline = headline_of(view, link_text=view.parsed.page.hints.link_text)
    box = view.boxes.get(container)
    if headline is None or headline.line < 0 or box is None:
        return None
    values = values_of(view.lines, headline.text, knows_title=memory.knows_title)
    body = trimmed(view, values, (box.start, box.end), headline)
    if not any(values.prose[index] for index in body.lines):
        return None
    return Reading(view, values, headline, Body(body.lines, "container of the site's pages"))


def lesson_of(reading: Reading, *, was_full: bool) -> Lesson:
    """Return what a page shows of its site."""
    blocks, body = reading.view.lines.blocks, reading.body
    inside = set(body.lines)
    listed = reading.values.listed
    return Lesson(
        _template_of(reading) if was_full else None,
        was_full,
        reading.headline.text if reading.headline else "",
        tuple(block.text for index, block in enumerate(blocks) if listed[index] and index not in inside),
        tuple(
            blocks[index].text
            for index in dict.fromkeys((*body.lines[:_EDGE_LINES], *body.lines[-_EDGE_LINES - 1 :]))
        ),
    )


def _template_of(reading: Reading) -> Template | None:
    """Return where the article stands, if that place finds the same lines again."""
    view, headline, body = reading.view, reading.headline, reading.body
    if headline is None or not 0 <= headline.line <= body.lines[0]:
        return None
    container = view.smallest_box(body.lines[0], body.lines[-1])
    frame = view.smallest_box(headline.line, body.lines[-1])
    if container is None or frame is None:
        return None
    if trimmed(view, reading.values, (container.start, container.end), headline).lines != body.lines:
        return None
    paths = path_of(frame.element), path_of(container.element)
    if (
        paths[0] is None
        or paths[1] is None
        or any(only_match(view.tree, path) is None for path in paths if path)
    ):
        return None
    return Template(paths[0], paths[1])
