from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.storage import Archive


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def open_archive(folder: Path) -> Callable[..., Archive]:
    """Open the archive, as often as the test likes; whatever is open at its end is closed."""
    opened: list[Archive] = []

    def open_one(**options: object) -> Archive:
        opened.append(Archive.open(folder, **options))
        return opened[-1]

    yield open_one
    for archive in opened:
        archive._let_go()
