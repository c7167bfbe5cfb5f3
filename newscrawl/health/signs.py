"""What is wrong with a source, read from what its visits brought lately and before.

Each rule looks at one thing and gives a `Sign` or None. An alarm is for a person; a notice explains another sign,
or mends itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from newscrawl.health.days import DayOfVisits


class Sign(NamedTuple):
    """Something that is not as it should be."""

    name: str
    detail: str
    is_alarm: bool = True


RECENT = timedelta(days=7)
"""Before the last visit: every list is looked at once in it, however seldom it brings something."""
_ANSWERLESS_DAYS = 2
"""Days with visits and no answer; what is shorter, the runs themselves have said."""
_FEW = 3
"""Pages; with fewer it may be chance."""
_COPIES = 5
_PAGES_BEFORE = 10
_REFUSALS = frozenset(
    {f"failed/http_{status}" for status in (401, 403, 405, 412, 418, 429, 451, 521)}
    | {"quarantined/blocked", "quarantined/login_wall", "quarantined/javascript_shell"}
)
"""What crawlers that are not wanted get: 412 and 521 are the challenge pages of two Chinese makers of firewalls."""
_BROUGHT = ("kept", "duplicates", "reprints")
_LOST = ("quarantined/", "failed/", "gone/")


def signs_of(visits: Sequence[DayOfVisits], *, has_articles: bool) -> Iterator[Sign]:
    """Yield what the visits of a source show, its days in order; ``has_articles`` whether it ever brought one."""
    if not visits:
        return
    lately = _summed([visit for visit in visits if _is_recent(visit, visits)])
    before = _summed([visit for visit in visits if not _is_recent(visit, visits)])
    found = (
        _no_answer(visits),
        _moved(lately),
        _blocked(lately),
        _nothing_kept(lately, has_articles=has_articles),
        _all_duplicates(lately),
        _template_changed(lately),
        _charset_changed(lately, before),
    )
    yield from (sign for sign in found if sign)


def outcomes_of(visits: Sequence[DayOfVisits]) -> dict[str, int]:
    """Return how many pages were kept, had the text of another, became no article or could not be had, in the last week of visits."""
    lately = _summed([visit for visit in visits if _is_recent(visit, visits)])
    return {
        "kept": lately["kept"],
        "copies": lately["duplicates"] + lately["reprints"],
        "quarantined": _sum_of(lately, "quarantined/"),
        "failed": _sum_of(lately, "failed/"),
    }


def _is_recent(visit: DayOfVisits, visits: Sequence[DayOfVisits]) -> bool:
    return visit.day > visits[-1].day - RECENT


def _sum_of(counts: Mapping[str, int], prefix: str) -> int:
    return sum(times for event, times in counts.items() if event.startswith(prefix))


def _no_answer(visits: Sequence[DayOfVisits]) -> Sign | None:
    last = visits[-_ANSWERLESS_DAYS:]
    has_answered = any(visit.answered_at for visit in visits)
    if any(visit.answered_at for visit in last) or (has_answered and len(last) < _ANSWERLESS_DAYS):
        return None
    if _summed(last)["failed/robots_forbidden"]:
        return Sign("robots_closed", "robots.txt forbids it")
    since = next((visit.day for visit in reversed(visits) if visit.answered_at), None)
    reason = last[-1].error or "no reason is known"
    return Sign("no_answer", f"{f'since {since}' if since else 'never yet'}: {reason}")


def _moved(lately: Counter[str]) -> Sign | None:
    hosts = {event: times for event, times in lately.items() if event.startswith("moved/") and times}
    return Sign("moved", f"its start page leads outside it, to {_commonest(hosts)}") if hosts else None


def _blocked(lately: Counter[str]) -> Sign | None:
    refused = {event: times for event, times in lately.items() if event in _REFUSALS and times}
    total = sum(refused.values())
    if total < _FEW or 2 * total < lately["fetched"]:
        return None
    return Sign("blocked", f"{total} of {lately['fetched']} answers: {_commonest(refused)}")


def _nothing_kept(lately: Counter[str], *, has_articles: bool) -> Sign | None:
    if any(lately[event] for event in _BROUGHT):
        return None
    lost = {event: times for event, times in lately.items() if event.startswith(_LOST) and times}
    if lately["links_new"] and sum(lost.values()) >= _FEW:
        return Sign("nothing_kept", f"{lately['links_new']} new links, none kept: {_commonest(lost)}")
    if not has_articles and lately["answered"] and not lately["links_new"]:
        return Sign("no_links", "it answers, and no link to an article was ever found on its lists")
    return None


def _all_duplicates(lately: Counter[str]) -> Sign | None:
    if lately["duplicates"] < _COPIES or lately["kept"] or lately["reprints"]:
        return None
    return Sign("all_duplicates", f"all of {lately['duplicates']} pages had texts that the archive has")


def _template_changed(lately: Counter[str]) -> Sign | None:
    if not lately["template_changed"]:
        return None
    return Sign("template_changed", "its pages are not built as before; they are learnt anew", is_alarm=False)


def _charset_changed(lately: Counter[str], before: Counter[str]) -> Sign | None:
    now, then = (_charset(counts) for counts in (lately, before))
    if now is None or then is None or now == then:
        return None
    return Sign("charset_changed", f"from {then} to {now}", is_alarm=False)


def _charset(counts: Counter[str]) -> str | None:
    """Return the encoding that most pages declared, None for too few of them."""
    charsets = {event: times for event, times in counts.items() if event.startswith("charset/")}
    if sum(charsets.values()) < _PAGES_BEFORE:
        return None
    return max(charsets, key=lambda event: charsets[event]).removeprefix("charset/")


def _commonest(counts: Mapping[str, int]) -> str:
    reasons = Counter({event.partition("/")[2]: times for event, times in counts.items()})
    return ", ".join(f"{reason} {times}" for reason, times in reasons.most_common(2))


def _summed(visits: Sequence[DayOfVisits]) -> Counter[str]:
    total: Counter[str] = Counter()
    for visit in visits:
        total.update(visit.counts)
    return total
