"""``scrapy status``, as a person, a monitor and cron ask for it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.exceptions import ArchiveError
from newscrawl.items import Capture, Metadata
from newscrawl.storage import Archive
from newscrawl.terminal.status import print_json, print_table, status_of
from tests.conftest import Scrapy
from tests.storage.making import make_article

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def scrapy(tmp_path_factory):
    """Two sources of an archive: one well, one silent; a third was never visited."""
    runner = Scrapy(tmp_path_factory.mktemp("status"), tmp_path_factory.mktemp("sources"))
    for name in ("lively", "quiet", "unseen"):
        text = f'id = "{name}"\nname = "{name}"\nstart = "http://{name}.example/"\n'
        (runner.sources / f"{name}.toml").write_text(text, encoding="utf-8")
    with Archive.open(runner.archive) as archive:
        for ago in range(40, -1, -1):
            for name in ("lively", *(["quiet"] if ago > 20 else [])):
                at = NOW - timedelta(days=ago)
                capture = Capture(f"http://{name}.example/{ago}.html", name, at)
                article = make_article(ago, capture=capture, metadata=Metadata(column="民生\x1b[2J"))
                archive.add_article(article, f"{name}:{ago}")
        account = {"answered": 3, "fetched": 3, "kept": 7, "reprints": 2, "quarantined": {"too_short": 4}}
        account["last_error"] = "http_500 http://lively.example/"
        archive.add_run({"finished_at": NOW.isoformat(), "sources": {"lively": account, "quiet": account}})
    return runner


def status(scrapy, *wanted):
    return status_of(scrapy.archive, wanted, now=NOW)


def test_cron_hears_of_what_is_wrong(scrapy):
    process = scrapy("status", "--alarms")
    assert process.returncode == 4
    assert re.fullmatch(r"quiet: silent: \d+ days without news, 2 can be\n", process.stdout)
    assert process.stderr == ""


def test_cron_hears_nothing_while_all_is_well(scrapy, tmp_path):
    process = scrapy("status", "--alarms", "lively", "--prometheus", str(tmp_path / "one.prom"))
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")
    lines = (tmp_path / "one.prom").read_text("utf-8").splitlines()
    assert 'newscrawl_wrong{source="lively"} 0' in lines
    assert 'newscrawl_pages_7_days{source="lively",outcome="copies"} 2' in lines
    assert all(re.fullmatch(r"# (HELP|TYPE) .+|\w+(\{[^}]+\})? [0-9.e+-]+", line) for line in lines)
    assert [path.name for path in tmp_path.iterdir()] == ["one.prom"]


def test_a_typo_is_told(scrapy):
    process = scrapy("status", "livly")
    assert process.returncode == 2
    assert "did you mean 'lively'" in process.stderr


def test_a_program_gets_everything(scrapy, capsys):
    print_json(status(scrapy, "lively", "quiet", "unseen"))
    told = json.loads(capsys.readouterr().out)
    assert (told["is_wrong"], told["run"], told["never_visited"]) == (True, None, ["unseen"])
    assert [(name, one["state"]) for name, one in told["sources"].items()] == [
        ("quiet", "silent"),
        ("lively", "ok"),
    ]
    (column,) = told["sources"]["lively"]["columns"].values()
    assert (column["is_silent"], column["count"]) == (False, 30)


@pytest.mark.parametrize(("width", "days"), [(80, 14), (120, 30)])
def test_a_person_sees_a_row_a_source_and_the_columns_of_one(scrapy, capsys, monkeypatch, width, days):
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(status(scrapy, "lively", "quiet", "unseen"), with_details=True)
    shown = capsys.readouterr().out
    rows = {line.split()[0]: line for line in shown.splitlines() if line.startswith((" lively", " quiet"))}
    assert f" {'█' * days} " in rows["lively"]
    assert rows["lively"].split()[-4:] == ["7", "2", "4", "ok"]
    assert rows["quiet"].split()[-1] == "silent"
    assert "lively: last error http_500 http://lively.example/" in shown
    assert "lively 民生<U+001B>[2J: 30, last " in shown
    assert "never visited: unseen" in shown
    assert "\x1b" not in shown


def test_a_catalog_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ArchiveError, match="scrapy rebuild"):
        status_of(tmp_path, ["lively"], now=NOW)
