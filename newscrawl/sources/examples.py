"""The examples of a source file, held against what is read from their pages today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from newscrawl.items import Article
from newscrawl.sources.schema import Example
from newscrawl.text.comparing import comparing_form

_SHOWN = 40  # characters of a value that are told


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What became of one example."""

    url: str
    mistakes: tuple[str, ...] = ()
    """What is not as the example says, in words."""
    is_missing: bool = False
    """Whether its page is not at hand, so that nothing could be held against it."""

    @property
    def is_right(self) -> bool:
        """Tell whether nothing is known to be wrong."""
        return not self.mistakes


def check_example(example: Example, article: Article) -> ExampleResult:
    """Return in what the article that was read differs from what the example says of it.

    Headline, outlet and text are compared in the comparing form: white space and the width of punctuation are no mistake.
    """
    return ExampleResult(example.url, tuple(_differences(example, article)))


def _differences(example: Example, article: Article) -> Iterator[str]:
    published = article.date_published
    day = published.date() if isinstance(published, datetime) else published
    if example.published_on and day != example.published_on:
        yield f"date: {example.published_on} expected, {day or 'none'} read"
    for key, expected, found in (
        ("title", example.title, article.headline),
        ("source", example.source, article.source_outlet),
    ):
        if expected and comparing_form(expected) != comparing_form(found or ""):
            yield f"{key}: {_short(expected)} expected, {_short(found or 'nothing')} read"
    body = comparing_form(article.body)
    if example.body_starts and not body.startswith(comparing_form(example.body_starts)):
        yield f"body_starts: {_short(example.body_starts)} expected, {_short(article.body)} read"
    if example.body_ends and not body.endswith(comparing_form(example.body_ends)):
        yield f"body_ends: {_short(example.body_ends)} expected, {_short(article.body[-_SHOWN:])} read"


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
