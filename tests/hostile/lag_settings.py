"""The settings of newscrawl, with a meter of what blocks the event loop."""

from __future__ import annotations

from newscrawl.settings import *  # noqa: F403
from newscrawl.settings import EXTENSIONS as _EXTENSIONS

EXTENSIONS = {**_EXTENSIONS, "tests.hostile.lag.LagMeter": 1}
LAG_FILE = "lag.json"
