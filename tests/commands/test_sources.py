"""``scrapy sources`` as a user runs it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.cmdline import execute

from newscrawl.sources import load_sources
from tests.conftest import Scrapy
from tests.sites.server import site_server

KEYS = ("trs", "dede", "hanweb")
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
    assert "3 of 4 sources are fine" in process.stdout


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


@pytest.fixture
def command(scrapy, monkeypatch, capsys):
    """Run a command that fetches nothing in this process; return its code and what it said."""

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", "sources", *words, "-s", f"SOURCES_DIRS={scrapy.sources}"])
        return ended.value.code, capsys.readouterr()

    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
    monkeypatch.chdir(scrapy.folder)
    return run


def test_tables_go_out_and_come_in(command, scrapy, tmp_path):
    code, _ = command("export", "all.csv", "--region", "山东/淄博")
    assert code == 0
    with (scrapy.folder / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "zbnews" in {row["id"] for row in rows}

    code, said = command("import", "all.csv", "--to", str(tmp_path))
    assert code == 1
    assert "all.csv:2" in said.err
    assert not list(tmp_path.iterdir())

    (scrapy.folder / "own.csv").write_text(
        "名称,网址,省份,城市\n鲁山新闻网,www.lushan.example,山东,淄博\n", encoding="gb18030"
    )
    code, _ = command("import", "own.csv", "--to", str(tmp_path))
    assert code == 0
    (source,) = load_sources([tmp_path]).values()
    assert (source.name, source.start, source.region) == (
        "鲁山新闻网",
        ("http://www.lushan.example/",),
        "山东/淄博",
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("check", "zbnewz"), 2, "did you mean"),
        (("check", "zbnews", "--pages", "nowhere"), 2, "no such folder"),
        (("check", "zbnews", "--region", "河南"), 2, "none of the sources that are named is in 河南"),
        (("import", "nowhere.csv"), 1, "nowhere.csv"),
        (("add",), 2, "name one URL"),
        (("chck",), 2, "say what to do"),
    ],
)
def test_mistakes_are_answered_before_anybody_is_asked(command, words, code, said):
    found, output = command(*words)
    assert found == code
    assert said in output.err
