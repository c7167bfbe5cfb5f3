"""The two documents that newscrawl was begun for come out as they should, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl import repair_text
from newscrawl.storage import parse_seed_name

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FILES = sorted(SEEDS.glob("*.txt"))
pytestmark = pytest.mark.skipif(
    not FILES, reason=f"the seed documents are not at {SEEDS.name}/ beside the project"
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_repair_text(file):
    repaired = repair_text(file.read_text(encoding="utf-8"))
    assert repaired.text == (SEEDS / "expected" / f"{file.name[:3]}.txt").read_text(encoding="utf-8")
    assert repaired.restore() == file.read_text(encoding="utf-8")


def test_the_command_writes_them(scrapy, tmp_path):
    process = scrapy("repair", *map(str, FILES), "--out", str(tmp_path / "out"))
    assert process.returncode == 0, process.stderr
    written = {
        name.ordinal: path
        for path in (tmp_path / "out").glob("*.txt")
        if (name := parse_seed_name(path.name))
    }
    assert set(written) == {int(file.name[:3]) for file in FILES}
    for ordinal, path in written.items():
        assert path.read_bytes() == (SEEDS / "expected" / f"{ordinal:03}.txt").read_bytes()


def test_the_command_explains(scrapy):
    process = scrapy("repair", str(FILES[0]), "--explain")
    assert process.returncode == 0, process.stderr
    assert process.stdout.count("[-(") >= 116
