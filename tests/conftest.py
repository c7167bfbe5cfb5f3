"""What several folders of tests need: a newsroom, and Scrapy run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.demo import Newsroom, NewsroomServer, serve, write_sources

ROOT = Path(__file__).parents[1]
TIMEOUT = 120  # seconds; far above what any of these takes, so that a hang is a failure and not a wait


@dataclass(frozen=True)
class Scrapy:
    """Runs Scrapy commands in a folder of their own, as a process of its own."""

    folder: Path
    sources: Path
    timeout: float = TIMEOUT

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    def command(self, *arguments: str, **settings: object) -> list[str]:
        stated = {"SOURCES_DIRS": self.sources, "ARCHIVE_DIR": self.archive, **settings}
        pairs = [word for name, value in stated.items() for word in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "scrapy", *arguments, *pairs]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}

    def __call__(self, *arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments, **settings),
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=self.timeout,
            check=False,
        )

    def start(self, *arguments: str, **settings: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments, **settings),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(scope="session")
def newsroom() -> Iterator[NewsroomServer]:
    with serve(Newsroom.load()) as server:
        yield server


@pytest.fixture(scope="session")
def newsroom_sources(newsroom: NewsroomServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder, newsroom.port)
    return folder


@pytest.fixture
def scrapy(tmp_path: Path, newsroom_sources: Path) -> Scrapy:
    return Scrapy(tmp_path, newsroom_sources)
