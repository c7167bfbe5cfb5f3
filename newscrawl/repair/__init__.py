"""Extraction -> Article: what farms and templates put into a text is taken out, with an account.

    repair_text(text) / repair_extraction(extraction)      articles.py   the ways in
      rules, one module each, in order                     rules.py
        find(draft) -> findings: spans, headline, flags    draft.py
      the spans are cut and accounted for in one place     engine.py, account.py

Rules find, the engine cuts; a rule that is unsure keeps the text and sets a flag. The only importer of pypinyin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.lazy import names_of

if TYPE_CHECKING:
    from newscrawl.repair.articles import repair_extraction, repair_text
    from newscrawl.repair.draft import SiteHistory
    from newscrawl.repair.rules import RULES
    from newscrawl.repair.version import RULES_VERSION

__all__ = ["RULES", "RULES_VERSION", "SiteHistory", "repair_extraction", "repair_text"]

__getattr__ = names_of(
    __name__,
    articles=("repair_extraction", "repair_text"),
    draft=("SiteHistory",),
    rules=("RULES",),
    version=("RULES_VERSION",),
)
