"""Which texts are the same text. Works on repaired text, in its comparing form; never on what is archived.

fingerprint   the text fingerprint: one value for all exact duplicates
"""

from __future__ import annotations

from newscrawl.dedupe.fingerprint import FINGERPRINT_VERSION, text_fingerprint

__all__ = ["FINGERPRINT_VERSION", "text_fingerprint"]
