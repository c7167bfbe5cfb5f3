"""The version of the rules, apart from them: who only writes it down need not load them."""

from __future__ import annotations

RULES_VERSION = "1"
"""Changes whenever a rule would repair any text differently; stands beside every repaired text."""
