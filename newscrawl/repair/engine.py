"""The one place that cuts: rules in order over a text, until the result repairs to itself.

A pass runs every rule once, each on what the rules before it left. Taking one thing out can uncover
another (a gloss in a related list, a byline below a comment box), so the result is repaired again as
if it had come from a file, and the passes end when nothing changes. That makes repairing twice the same
as repairing once by construction; on clean text there is one pass, on the seeds there are two.

Rejected: passing over rules with nothing to say before ``_with_findings`` is called; in three turns of 190 to
280 us a document neither was the quicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newscrawl.items import Metadata, RepairedText
from newscrawl.repair.account import Mark, apply_spans, cuts_of
from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, SiteHistory, Span
from newscrawl.text.normal import find_denormal, is_nfkc, to_nfkc

PASSES = 12
"""Passes at most, so that no text can keep the engine busy; debris takes two or three."""

_CARRIED = "carried"  # the headline that a later pass starts with: it stands in no source
NORMAL_FORM = "normal_form"


@dataclass(frozen=True, slots=True)
class State:
    """A draft, and the account of what is gone from it."""

    draft: Draft
    cuts: tuple[Mark, ...] = ()


def run_rules(
    text: str, rules: Sequence[Rule], *, headline: str | None = None, history: SiteHistory | None = None
) -> RepairedText:
    """Return ``text`` after the rules, with the account that leads back to its NFKC form.

    ``headline`` is one that is known apart from the text; without it the rules look for one in the text.
    Rules that only look (``cuts=False``) are asked once, when nothing is left to cut.
    """
    judges = [rule for rule in rules if not rule.cuts]
    rules = [rule for rule in rules if rule.cuts]
    source = to_nfkc(text)
    state = _pass(State(Draft(source, headline, history=history or SiteHistory())), rules)
    first = state.draft
    flags, metadata = first.flags, first.metadata
    is_as_found = headline is None and _file_text(first) == source
    for _ in range(0 if is_as_found else PASSES - 1):
        again = _again(state, rules)
        if again is None:
            break
        state = again
        flags |= state.draft.flags
        metadata = merged(metadata, state.draft.metadata)
    judged = Draft(state.draft.text, state.draft.headline, metadata, flags)
    for judge in judges:
        judged = _with_findings(State(judged), judge.find(judged), judge.name).draft
    flags, metadata = judged.flags, judged.metadata
    return RepairedText(
        headline=state.draft.headline,
        body=state.draft.text,
        cuts=cuts_of(state.cuts),
        flags=tuple(sorted(flags)),
        metadata=metadata,
    )


def _pass(state: State, rules: Sequence[Rule]) -> State:
    for rule in rules:
        state = _with_findings(state, rule.find(state.draft), rule.name)
    return state


def _with_findings(state: State, findings: Findings, rule: str) -> State:
    if findings is NOTHING or findings == NOTHING:
        return state
    draft, cuts = state.draft, state.cuts
    text = draft.text
    if findings.spans:
        text, cuts = apply_spans(text, cuts, findings.spans, rule)
        if not is_nfkc(text):  # what was cut had kept a letter and an accent apart
            spans = [Span(start, end, "", normal) for start, end, normal in find_denormal(text)]
            text, cuts = apply_spans(text, cuts, spans, NORMAL_FORM)
    headline = findings.headline or draft.headline
    metadata = findings.metadata or draft.metadata
    flags = draft.flags | findings.flags
    if text == draft.text:
        return State(_with_same_text(draft, headline, metadata, flags), cuts)
    return State(Draft(text, headline, metadata, flags, draft.history), cuts)


def _with_same_text(draft: Draft, headline: str | None, metadata: Metadata, flags: frozenset[str]) -> Draft:
    changed = Draft(draft.text, headline, metadata, flags, draft.history)
    for name in ("lines", "unusual"):  # the text is the same, and splitting it is half the time
        if name in draft.__dict__:
            changed.__dict__[name] = draft.__dict__[name]
    return changed


def _again(state: State, rules: Sequence[Rule]) -> State | None:
    """Return the state after one more pass over the result as a file would hold it; None if it is the same."""
    before = state.draft
    if not before.text and not before.headline:
        return None
    carried = f"{before.headline}\n" if before.headline else ""
    cuts = state.cuts
    if carried:
        moved = (Mark(at + len(carried), *rest) for at, *rest in cuts)
        cuts = (Mark(0, "", _CARRIED, "", carried), *moved)
    draft = Draft(carried + before.text, history=before.history)
    after = _pass(State(draft, cuts), rules)
    if _file_text(after.draft) == _file_text(before):
        return None
    return _without_carried(after)


def _without_carried(state: State) -> State:
    """Return the state with the carried headline, if it stands in the text still, as the headline again."""
    left = next((mark for mark in state.cuts if mark.rule == _CARRIED), None)
    if left is None or state.draft.headline:
        return state
    text, cuts = apply_spans(state.draft.text, state.cuts, [Span(0, len(left.replacement))], _CARRIED)
    return State(replace(state.draft, text=text, headline=left.replacement.strip() or None), cuts)


def _file_text(draft: Draft) -> str:
    return "\n".join(part for part in (draft.headline, draft.text) if part)


def merged(first: Metadata, second: Metadata) -> Metadata:
    """Return ``first`` with what only ``second`` knows."""
    missing = {
        name: getattr(second, name)
        for name in Metadata.__slots__
        if name != "provenance" and not getattr(first, name) and getattr(second, name)
    }
    if not missing:
        return first
    return replace(first, **missing, provenance={**second.provenance, **first.provenance})
