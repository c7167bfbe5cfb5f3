"""The two ways into repair: a text as a file holds it, and an extraction as a page gave it."""

from __future__ import annotations

from dataclasses import replace

from newscrawl.items import Article, Extraction, Provenance, RepairedText
from newscrawl.repair.draft import SiteHistory
from newscrawl.repair.engine import merged, run_rules
from newscrawl.repair.rules import CHARACTER_RULES, RULES
from newscrawl.text.regions import region_of


def repair_text(
    text: str, *, headline: str | None = None, history: SiteHistory | None = None
) -> RepairedText:
    r"""Return ``text`` without debris, with its headline and an account of everything that was taken out.

    ``text`` is what a seed file holds, headline first; a ``headline`` that is known apart is given apart.
    ``.restore()`` of the result is the text in NFKC; repairing the text of the result changes nothing.

    >>> repaired = repair_text("社区办起“夜市办”\n社区办起“夜市办”\n6月1日,居民在夜市上就能办事。")
    >>> repaired.text
    '社区办起“夜市办”\n6月1日,居民在夜市上就能办事。'
    >>> repaired.flags
    ('headline_repeated',)
    """
    cleaned = _clean_headline(headline) if headline else None
    repaired = run_rules(text, RULES, headline=cleaned, history=history)
    metadata = repaired.metadata
    if headline and headline != repaired.headline and "headline" not in metadata.provenance:
        raw = Provenance(headline, "given headline")
        metadata = replace(metadata, provenance={**metadata.provenance, "headline": raw})
    if metadata.region is None and repaired.body:
        metadata = replace(metadata, region=region_of(repaired.headline, repaired.body))
    return replace(repaired, metadata=metadata)


def repair_extraction(extraction: Extraction, *, history: SiteHistory | None = None) -> Article:
    """Return the article that an extraction becomes: repaired, with the page's metadata and the text's.

    What the page says in its own fields wins; what only its text says fills what is missing.
    """
    repaired = repair_text(extraction.text, headline=extraction.headline, history=history)
    metadata = merged(extraction.metadata, repaired.metadata)
    return Article(
        headline=repaired.headline,
        body=repaired.body,
        cuts=repaired.cuts,
        flags=tuple(sorted({*extraction.flags, *repaired.flags})),
        metadata=metadata,
        capture=extraction.capture,
    )


def _clean_headline(headline: str) -> str | None:
    """Return a headline that is known apart as one line in NFKC without broken characters."""
    cleaned = run_rules(headline, CHARACTER_RULES).body
    return " ".join(cleaned.split("\n")) or None
