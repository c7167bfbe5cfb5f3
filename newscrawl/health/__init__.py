"""Whether the sources are well: pure rules over the days that the archive has counted.

    days of articles -> rhythm -> silent or not            calendar, rhythm
    days of visits   -> signs, each with its reason        signs
    both             -> the health of a source             sources
                     -> a picture, lines for Prometheus    picture, exposition

Nothing is tuned for a source: what is usual is what it has done before.
"""

from __future__ import annotations

from newscrawl.health.exposition import exposition
from newscrawl.health.picture import sparkline
from newscrawl.health.rhythm import Rhythm, rhythm_of
from newscrawl.health.signs import Sign
from newscrawl.health.sources import ColumnHealth, History, SourceHealth, health_of, run_sign

__all__ = [
    "ColumnHealth",
    "History",
    "Rhythm",
    "Sign",
    "SourceHealth",
    "exposition",
    "health_of",
    "rhythm_of",
    "run_sign",
    "sparkline",
]
