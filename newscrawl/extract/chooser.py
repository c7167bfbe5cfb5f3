"""Which candidate is the article, and why."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.extract.body import Body, Values
from newscrawl.extract.headline import FoundHeadline, headline_key
from newscrawl.extract.view import View
from newscrawl.items import Candidate

_TRUST = {"source": 3.0, "memory": 1.5, "known": 0.25, "density": 0.2, "trafilatura": 0.0}
"""What a candidate is worth by its kind: the source's word is an order unless it finds no prose; trafilatura
alone keeps related lists and comments on 89 of 126 pages, so it votes but seldom wins."""
_HEADLINE_BONUS = 0.2  # the headline's words stand in the body
_AGREEMENT_WEIGHT = 1.0
_CLEANNESS_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates, best first, with the lines of the best."""

    body: Body
    candidates: tuple[Candidate, ...]


def chosen(
    view: View, values: Values, bodies: dict[str, Body], headline: FoundHeadline | None
) -> Choice | None:
    """Return the best of the candidates, by name; None when there is none."""
    if set(bodies) <= {"trafilatura"}:
        return None  # where no other finds a sentence, it has found a list or a form
    scored = []
    for name, body in bodies.items():
        others = [other for key, other in bodies.items() if key != name]
        agreement = sum(_overlap(view, body, other) for other in others) / len(others) if others else 0.0
        prose = _cleanness(view, values, body)
        overlap = _headline_overlap(view, body, headline)
        trust = _TRUST[name] if any(values.prose[index] for index in body.lines) else 0.0
        score = trust + _AGREEMENT_WEIGHT * agreement + _CLEANNESS_WEIGHT * prose + _HEADLINE_BONUS * overlap
        reasons: tuple[str, ...] = (
            f"agreement {agreement:.2f}",
            f"prose {prose:.2f}",
            f"headline {overlap:.2f}",
        )
        if body.reason:
            reasons = (body.reason, *reasons)
        scored.append((score, Candidate(name, body.text(view.lines), round(score, 3), reasons), body))
    scored.sort(key=lambda one: -one[0])
    return Choice(scored[0][2], tuple(candidate for _, candidate, _ in scored))


def _overlap(view: View, one: Body, other: Body) -> float:
    """Return the F1 of the characters that two candidates share."""
    first, second = set(one.lines), set(other.lines)
    shared = sum(len(view.lines.blocks[index].text) for index in first & second)
    whole = sum(len(view.lines.blocks[index].text) for index in one.lines) + sum(
        len(view.lines.blocks[index].text) for index in other.lines
    )
    return 2 * shared / whole if whole else 0.0


def _cleanness(view: View, values: Values, body: Body) -> float:
    """Return the share of the text that is prose, debris counted against it."""
    total = sum(len(view.lines.blocks[index].text) for index in body.lines)
    return max(-1.0, sum(values.single[index] for index in body.lines) / total) if total else -1.0


def _headline_overlap(view: View, body: Body, headline: FoundHeadline | None) -> float:
    """Return the share of the headline's pairs of characters that the body has."""
    key = headline_key(headline.text) if headline else ""
    pairs = {key[index : index + 2] for index in range(len(key) - 1)}
    text = headline_key(body.text(view.lines)[:3_000])
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
