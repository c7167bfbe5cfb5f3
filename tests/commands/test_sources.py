"""``scrapy sources`` as a user runs it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.sources import load_sources
from tests.conftest import Scrapy
from tests.sites.server import site_server

KEYS = ("trs", "dede", "hanweb", "epaper")
QUICK = {"DOWNLOAD_DELAY": 0.02, "AUTOTHROTTLE_ENABLED": False, "CRAWL_WORKERS": 1}


@pytest.fixture(scope="module")
def sites():
    with site_server(KEYS, count=40, since=datetime.now(UTC) - timedelta(days=9)) as server:
        yield server


@pytest.fixture(scope="module")
def scrapy(sites, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    sites.write_sources(folder / "mine")
    (folder / "mine" / "silent.toml").write_text(
        'id = "silent"\nname = "s"\nstart = "http://silent.localhost:1/"\nlocal = true\n'
    )
    return Scrapy(folder, folder / "mine")


@pytest.fixture(scope="module")
def checked(scrapy, sites):
    mark = len(sites.asked)
    process = scrapy(
        "sources", "check", *(f"made-{key}" for key in KEYS), "silent", "--report", "report.jsonl", **QUICK
    )
    lines = (scrapy.folder / "report.jsonl").read_text(encoding="utf-8").splitlines()
    return process, {line["source"]: line for line in map(json.loads, lines)}, sites.since(mark)


def test_check_says_what_each_source_is_like(checked):
    process, report, _ = checked
    assert (process.returncode, process.stderr) == (4, "")
    for key in KEYS:
        line = report[f"made-{key}"]
        assert line["verdict"] == "ok", line
        assert line["proof"]["headline"] in process.stdout
        assert line["robots"] == "rules"
    assert report["made-dede"]["charset"] == "gb18030"
    assert report["made-dede"]["feed_count"] == 20
    assert [report[f"made-{key}"].get("family") for key in KEYS[:3]] == ["trs", "dede", "hanweb"]
    assert report["silent"]["verdict"] == "robots_unavailable"
    assert "4 of 5 sources are fine" in process.stdout


def test_check_asks_seldom_and_one_thing_at_a_time(checked):
    _, _, asked = checked
    for key in KEYS:
        mine = [one for one in asked if one.site == key]
        assert 3 <= len(mine) <= 8, [one.path for one in mine]
        assert max(one.in_flight for one in mine) == 1


def test_check_archives_nothing(checked, scrapy):
    assert not scrapy.archive.exists()


def test_add_prints_a_source_file(scrapy, sites, tmp_path):
    site = sites.sites["dede"]
    url = site.base.replace("www.", "new.") + "/"
    sites.by_host[f"new.{site.host.removeprefix('www.')}"] = site
    process = scrapy("sources", "add", "--local", url, **QUICK)
    assert process.returncode == 0, process.stderr
    (tmp_path / "new.toml").write_text(process.stdout, encoding="utf-8")
    (source,) = load_sources([tmp_path]).values()
    assert (source.start, source.name, source.family, source.local) == ((url,), site.name, "dede", True)
    assert source.checked.on


def test_tables_go_out_and_come_in(scrapy, tmp_path):
    process = scrapy("sources", "export", "all.csv", "--region", "山东/淄博")
    assert process.returncode == 0, process.stderr
    with (scrapy.folder / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "zbnews" in {row["id"] for row in rows}

    (scrapy.folder / "own.csv").write_text(
        "名称,网址,省份,城市\n鲁山新闻网,www.lushan.example,山东,淄博\n", encoding="gb18030"
    )
    process = scrapy("sources", "import", "own.csv", "--to", str(tmp_path))
    assert process.returncode == 0, process.stderr
    (source,) = load_sources([tmp_path]).values()
    assert (source.name, source.start, source.region) == (
        "鲁山新闻网",
        ("http://www.lushan.example/",),
        "山东/淄博",
    )


def test_a_mistake_is_answered_before_anybody_is_asked(scrapy):
    process = scrapy("sources", "check", "zbnewz")
    assert process.returncode == 2
    assert "did you mean" in process.stderr
