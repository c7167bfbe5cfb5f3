"""The two documents that the project began with, and what the archive must say of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl.repair import repair_text

SEEDS = Path(__file__).parents[2] / "../shared/seeds"
NAMES = {"000": "000_706fea1e3bd90cf8.txt", "004": "004_f6c4166ffba20072.txt"}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside the repository")


@pytest.fixture(params=sorted(NAMES))
def seed(request):
    found = (SEEDS / NAMES[request.param]).read_text(encoding="utf-8")
    expected = (SEEDS / f"expected/{request.param}.txt").read_text(encoding="utf-8")
    facts = json.loads((SEEDS / f"expected/{request.param}.json").read_text(encoding="utf-8"))
    return found, expected, facts


def test_text_is_what_the_archive_must_say(seed):
    found, expected, _ = seed
    assert repair_text(found).text == expected


def test_nothing_is_lost(seed):
    found, _, _ = seed
    assert repair_text(found).restore() == found


def test_repairing_twice_changes_nothing(seed):
    found, expected, _ = seed
    assert repair_text(repair_text(found).text).text == expected


def test_facts(seed):
    found, _, facts = seed
    repaired = repair_text(found)
    metadata = repaired.metadata
    published = metadata.date_published
    assert repaired.headline == facts["headline"]
    assert metadata.provenance["reporters"].raw == facts["byline_raw"]
    assert list(metadata.reporters) == facts["reporters"]
    assert metadata.source_outlet == facts["source_outlet"]
    assert metadata.dateline == facts["dateline"]
    assert (published and published.isoformat()) == facts["date_published"]
    assert str(metadata.region) == facts["region"]
    assert repaired.flags == tuple(sorted(facts["flags"]))
    assert sum(cut.rule == "pinyin" for cut in repaired.cuts) == facts["pinyin_glosses_cut"]
