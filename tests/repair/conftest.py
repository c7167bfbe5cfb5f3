"""Puts the injector beside the tests on the path: it is used by several of them, and by the benchmark."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
