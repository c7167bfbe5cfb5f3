"""The health of one source: its rhythm, its columns, what its visits show, and what of it is an alarm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from newscrawl.health.days import DayOfArticles, DayOfVisits
from newscrawl.health.rhythm import Rhythm, rhythm_of
from newscrawl.health.signs import Sign, outcomes_of, signs_of
from newscrawl.items import CHINA_TIME

PICTURE_DAYS = 30
_SIZED_LATELY, _SIZED_BEFORE = 10, 30
"""Articles whose mean length is compared."""
_LATELY = timedelta(days=14)
_NOT_VISITED = timedelta(days=9)
"""The longest pause between two visits of a list is a week."""
_NO_RUN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a source."""

    source: str
    articles: Sequence[DayOfArticles] = field(repr=False)
    """In the order of their days."""
    visits: Sequence[DayOfVisits] = field(repr=False)
    last_run_at: datetime | None = None
    """When the last run of all ended."""


@dataclass(frozen=True, slots=True)
class ColumnHealth:
    """The health of a column (栏目)."""

    name: str
    rhythm: Rhythm
    count: int
    """Texts in the days of the picture."""
    is_silent: bool


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source is."""

    source: str
    last_article_at: datetime | None
    rhythm: Rhythm | None
    gap: int | None
    """Newsroom days since the last news, as far as anybody has looked."""
    signs: tuple[Sign, ...]
    day_counts: tuple[int, ...]
    """New texts of the last `PICTURE_DAYS` days."""
    columns: tuple[ColumnHealth, ...] = field(repr=False)
    outcomes: Mapping[str, int]
    """Of the last week of visits: pages kept, copies of others, quarantined, failed."""
    visited_at: datetime | None
    error: str
    """The last one; empty without any."""

    @property
    def is_wrong(self) -> bool:
        """Whether somebody should look."""
        return any(sign.is_alarm for sign in self.signs)

    @property
    def state(self) -> str:
        """One word: the first alarm, else the first notice, else ``new`` while too little is known, else ``ok``."""
        first = sorted(self.signs, key=lambda sign: not sign.is_alarm)
        if first:
            return first[0].name
        return "ok" if self.rhythm and self.rhythm.limit is not None else "new"


def health_of(history: History, *, now: datetime, zone: timezone = CHINA_TIME) -> SourceHealth:
    """Return how a source is at ``now``, as far as the last visit that it answered can tell.

    A crawl that stands still makes no source silent: what is wrong then is the crawl.
    """
    today = now.astimezone(zone).date()
    seen = _last_seen(history, today, zone)
    rhythm = rhythm_of(sorted({day.day for day in history.articles}))
    columns = tuple(_columns(history.articles, seen, today))
    return SourceHealth(
        source=history.source,
        last_article_at=max((day.last_at for day in history.articles), default=None),
        rhythm=rhythm,
        gap=rhythm.gap_on(seen) if rhythm else None,
        signs=tuple(_signs(history, rhythm, columns, seen=seen, now=now)),
        day_counts=_day_counts(history.articles, today),
        columns=columns,
        outcomes=outcomes_of(history.visits),
        visited_at=history.visits[-1].visited_at if history.visits else None,
        error=next((visit.error for visit in reversed(history.visits) if visit.error), ""),
    )


def run_sign(last_run_at: datetime | None, *, now: datetime) -> Sign | None:
    """Return the sign that nobody crawls any more, None when somebody does."""
    if last_run_at is None:
        return Sign("no_run", "no run was ever reported")
    if now - last_run_at <= _NO_RUN:
        return None
    return Sign("no_run", f"the last run ended {(now - last_run_at).days} days ago")


def _last_seen(history: History, today: date, zone: timezone) -> date:
    """Return the last day on which the source was looked at and answered."""
    answers = [visit.answered_at for visit in history.visits if visit.answered_at]
    return min(max(answers).astimezone(zone).date(), today) if answers else today


def _signs(
    history: History, rhythm: Rhythm | None, columns: Sequence[ColumnHealth], *, seen: date, now: datetime
) -> Iterator[Sign]:
    yield from signs_of(history.visits, has_articles=bool(history.articles))
    if rhythm and rhythm.is_silent_on(seen):
        yield Sign("silent", f"{rhythm.gap_on(seen)} days without news, {rhythm.limit:.0f} can be")
    if halved := _halved(history.articles):
        yield halved
    if not (rhythm and rhythm.is_silent_on(seen)):
        for column in columns:
            if column.is_silent:
                yield Sign("column_silent", f"{column.name} since {column.rhythm.last_on}", is_alarm=False)
    visited_at = history.visits[-1].visited_at if history.visits else None
    if visited_at and history.last_run_at and history.last_run_at - visited_at > _NOT_VISITED:
        yield Sign("not_visited", f"by the runs since {visited_at:%Y-%m-%d}", is_alarm=False)


def _halved(articles: Sequence[DayOfArticles]) -> Sign | None:
    """Return the sign that articles have become much shorter, as they do when an extraction finds the teaser only."""
    sized = [day for day in articles if day.kept_count]
    if not sized:
        return None
    start = sized[-1].day - _LATELY
    lately = [day for day in sized if day.day > start]
    before = [day for day in sized if day.day <= start]
    if _kept(lately) < _SIZED_LATELY or _kept(before) < _SIZED_BEFORE:
        return None
    now, then = _mean_size(lately), _mean_size(before)
    if 2 * now >= then:
        return None
    return Sign("halved", f"articles have {now:.0f} bytes instead of {then:.0f}")


def _kept(days: Sequence[DayOfArticles]) -> int:
    return sum(day.kept_count for day in days)


def _mean_size(days: Sequence[DayOfArticles]) -> float:
    return sum(day.size for day in days) / _kept(days)


def _columns(articles: Sequence[DayOfArticles], seen: date, today: date) -> Iterator[ColumnHealth]:
    """Yield the columns of a source that has more than one, the one with the latest news first."""
    days: dict[str, list[DayOfArticles]] = {}
    for day in articles:
        if day.column:
            days.setdefault(day.column, []).append(day)
    found = []
    for name, own in days.items():
        rhythm = rhythm_of([day.day for day in own])
        assert rhythm is not None
        count = sum(_day_counts(own, today))
        found.append(ColumnHealth(name, rhythm, count, rhythm.is_silent_on(seen)))
    yield from sorted(found, key=lambda column: (-column.rhythm.last_on.toordinal(), column.name))


def _day_counts(articles: Sequence[DayOfArticles], today: date) -> tuple[int, ...]:
    counts = [0] * PICTURE_DAYS
    for day in articles:
        ago = (today - day.day).days
        if 0 <= ago < PICTURE_DAYS:
            counts[PICTURE_DAYS - 1 - ago] += day.count
    return tuple(counts)
