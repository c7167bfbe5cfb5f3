"""How much the flags of a site's articles say that it is a content farm."""

from __future__ import annotations

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "pinyin_injected": 1.0,
    "spun": 0.9,
    "template_opening": 0.8,
    "digits_stripped": 0.8,
    "headline_stuffed": 0.7,
    "punctuation_doubled": 0.6,
    "traditional_mirror": 0.5,
    "headline_body_mismatch": 0.4,
    "body_repeated": 0.4,
    "characters_lost": 0.3,
    "headline_repeated": 0.1,
}
"""What one flag says on its own, from 0 to 1. Flags of mere templates say little, and those of rescue nothing."""
PRIOR_COUNT = 3.0
"""Clean articles that a site is given on trust, so that one bad page does not make it a farm."""


def farm_score(flag_counts: Mapping[str, int], article_count: int) -> float:
    """Return a site's score between 0 and 1: what share of its articles bears signs, weighed by the signs.

    ``flag_counts`` counts the articles with each flag.

    >>> farm_score({"headline_body_mismatch": 2}, 80)
    0.01
    >>> farm_score({"pinyin_injected": 60, "body_repeated": 50}, 80) > 0.5
    True
    """
    if article_count <= 0:
        return 0.0
    innocent = 1.0
    for flag, weight in WEIGHTS.items():
        share = min(1.0, flag_counts.get(flag, 0) / (article_count + PRIOR_COUNT))
        innocent *= 1.0 - weight * share
    return round(1.0 - innocent, 2)
