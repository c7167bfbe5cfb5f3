"""The health of the sources as Prometheus reads it, for the textfile collector of its node exporter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from newscrawl.health.sources import SourceHealth

_METRICS = (
    (
        "newscrawl_last_article_timestamp_seconds",
        "When the source had its last new article.",
        lambda s: _time(s.last_article_at),
    ),
    (
        "newscrawl_last_visit_timestamp_seconds",
        "When the source was last asked for something.",
        lambda s: _time(s.visited_at),
    ),
    ("newscrawl_quiet_days", "Days without news, holidays left out.", lambda s: s.gap),
    (
        "newscrawl_quiet_limit_days",
        "Days without news that are usual at most.",
        lambda s: s.rhythm and s.rhythm.limit,
    ),
    (
        "newscrawl_articles_30_days",
        "New articles, reprints and duplicates of the last 30 days.",
        lambda s: sum(s.day_counts),
    ),
    ("newscrawl_wrong", "1 for a source that somebody should look at.", lambda s: int(s.is_wrong)),
)


def exposition(sources: Sequence[SourceHealth], *, last_run_at: datetime | None) -> str:
    """Return all values in the text format, version 0.0.4; what is not known is left out."""
    return "\n".join([*_lines(sources, last_run_at), ""])


def _lines(sources: Sequence[SourceHealth], last_run_at: datetime | None) -> Iterator[str]:
    for name, helps, value_of in _METRICS:
        values = [(source, value_of(source)) for source in sources]
        yield from _metric(name, helps, ((f'source="{_escaped(s.source)}"', v) for s, v in values))
    pages = (
        (f'source="{_escaped(source.source)}",outcome="{name}"', times)
        for source in sources
        for name, times in source.outcomes.items()
    )
    yield from _metric("newscrawl_pages_7_days", "Pages of the last week of visits, by outcome.", pages)
    signs = ((source, sign) for source in sources for sign in source.signs)
    labels = (
        (f'source="{_escaped(source.source)}",sign="{_escaped(sign.name)}"', 1) for source, sign in signs
    )
    yield from _metric("newscrawl_sign", "What is not as it should be.", dict(labels).items())
    yield from _metric(
        "newscrawl_last_run_timestamp_seconds", "When the last run ended.", [("", _time(last_run_at))]
    )


def _metric(name: str, helps: str, values: Iterable[tuple[str, float | None]]) -> Iterator[str]:
    yield f"# HELP {name} {helps}"
    yield f"# TYPE {name} gauge"
    for labels, value in values:
        if value is not None:
            yield f"{name}{{{labels}}} {value:.10g}" if labels else f"{name} {value:.10g}"


def _time(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


def _escaped(label: str) -> str:
    r"""Return a label's value as the format wants it.

    >>> print(_escaped('a"b\\'))
    a\"b\\
    """
    return label.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
