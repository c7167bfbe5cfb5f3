from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from newscrawl.terminal.timetable import Timetable, crontab, rotation, units

TABLE = Timetable(
    Path("/srv/news crawl 100%"), ("/srv/.venv/bin/scrapy",), settings=("CRAWL_CONTACT=a@b.example",)
)


def starts(line):
    """Return the minutes of a day at which a line of a crontab starts something."""
    minutes, hours, *_ = line.split()
    every = range(24) if hours == "*" else map(int, hours.split(","))
    return {60 * hour + int(minute) for hour in every for minute in minutes.split(",")}


@pytest.mark.parametrize(
    ("every", "shards"), [(30, 1), (15, 1), (60, 1), (60, 4), (30, 3), (120, 2), (1440, 6), (240, 3)]
)
def test_shards_take_turns(every, shards):
    table = Timetable(Path("/srv"), ("scrapy",), every=every, shards=shards)
    assert table.mistake() is None
    crawls = [line for line in crontab(table).splitlines() if " crawl " in line]
    rounds = [starts(line) for line in crawls]
    assert sorted(minute for one in rounds for minute in one) == list(range(0, 1440, every // shards))
    assert all(f"minutes={every // shards - 2}" in line for line in crawls)


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": 7},
        {"every": 0},
        {"every": 90},
        {"shards": 0},
        {"every": 15, "shards": 8},
        {"minutes": 30},
        {"minutes": 0},
    ],
    ids=str,
)
def test_what_cannot_be_kept_is_told(wrong):
    assert Timetable(Path("/srv"), ("scrapy",), **wrong).mistake()


def test_a_crontab_can_be_run_by_a_shell(tmp_path):
    folder = tmp_path / "news crawl 100%"
    folder.mkdir()
    scrapy = folder / "scrapy"
    scrapy.write_text('#!/bin/sh\necho "$PWD $@"\nexit 6\n', encoding="utf-8")
    scrapy.chmod(0o755)
    table = Timetable(folder, (str(scrapy),), settings=("ARCHIVE_DIR=my archive",), log="crawl.log")
    said = [
        subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False).stdout
        for line in crontab(table).splitlines()[1:]
        for command in [line.split(maxsplit=5)[5].replace(r"\%", "%")]
    ]
    assert said == [
        f"{folder} crawl news -a minutes=28 -L INFO --logfile crawl.log -s ARCHIVE_DIR=my archive\n",
        f"{folder} status --alarms -s ARCHIVE_DIR=my archive\n",
        f"{folder} verify -s ARCHIVE_DIR=my archive\n",
    ]


def test_the_log_is_rotated_where_it_is():
    table = Timetable(Path("/srv/newscrawl"), ("scrapy",), log="crawl.log")
    assert '"/srv/newscrawl/crawl.log" {' in rotation(table)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not there to ask")
@pytest.mark.parametrize(("every", "shards"), [(30, 1), (60, 4), (240, 2)])
def test_systemd_takes_the_units(tmp_path, every, shards):
    folder = tmp_path / "news crawl 100%"
    folder.mkdir()
    table = Timetable(
        folder, (shutil.which("true") or "", 'a "b" $c %d'), every=every, shards=shards, user="root"
    )
    for name, text in units(table).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = sorted(map(str, [*tmp_path.glob("*.service"), *tmp_path.glob("*.timer")]))
    assert len(files) == 2 * (shards + 2)
    checked = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    for path in tmp_path.glob("*.timer"):
        times = path.read_text("utf-8").split("OnCalendar=")[1].splitlines()[0]
        assert (
            subprocess.run(
                ["systemd-analyze", "calendar", times], capture_output=True, check=False
            ).returncode
            == 0
        )
