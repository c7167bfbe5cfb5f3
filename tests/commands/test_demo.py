from __future__ import annotations

import subprocess
import sys

from tests.conftest import TIMEOUT


def run(scrapy):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "demo"],
        cwd=scrapy.folder,
        env=scrapy.environment(),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


def test_the_demo_shows_what_it_did(scrapy):
    process = run(scrapy)
    assert process.returncode == 0, process.stderr
    for words in (
        "source",
        "kept",
        "duplicates",
        "reprints",
        "stories",
        "on several sites",
        "quarantined",
        "pinyin",
        "soft_404",
        "[-(",
        "scrapy crawl news",
    ):
        assert words in process.stdout
    archive = scrapy.folder / "demo-archive"
    assert str(archive) in process.stdout
    first = sorted(path.name for path in archive.glob("*/*/*.txt"))
    assert len(first) >= 40
    assert not scrapy.archive.exists()

    assert run(scrapy).returncode == 0  # into a fresh folder again
    assert sorted(path.name[4:] for path in archive.glob("*/*/*.txt")) == sorted(name[4:] for name in first)


def test_it_takes_nothing_away_that_it_did_not_make(scrapy):
    folder = scrapy.folder / "demo-archive"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    process = run(scrapy)
    assert process.returncode == 1
    assert "move it away" in process.stderr
    assert (folder / "letter.txt").read_text() == "mine"
