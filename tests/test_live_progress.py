"""The crawl on a terminal: the log stays whole, the table is drawn below it, and a summary is left at the end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

from tests.conftest import TIMEOUT, Scrapy
from tests.terminal.screen import Screen
from tests.town import town_of

WIDTH, HEIGHT = 400, 24


def on_a_terminal(scrapy, *command, **settings):
    """Run a command on a terminal of its own; return the exit code and everything it wrote."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    environment = {**scrapy.environment(), "TERM": "xterm-256color"}
    process = subprocess.Popen(
        scrapy.command(*command, **settings),
        cwd=scrapy.folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 65536):
            parts.append(part)
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    return process.wait(TIMEOUT), b"".join(parts).decode()


def test_a_crawl_on_a_terminal(tmp_path):
    with town_of(2) as town:
        town.publish(12)
        scrapy = Scrapy(tmp_path, tmp_path / "sources")
        names = town.write_sources(scrapy.sources, delay=0.1)
        code, output = on_a_terminal(
            scrapy, "crawl", "news", "-a", f"sources={names}", AUTOTHROTTLE_ENABLED=False, CRAWL_WORKERS=0
        )
    assert code == 0
    drawn = [line for line in output.split("\n") if "a minute" in line]
    assert len(drawn) > 1

    screen = Screen(WIDTH)
    screen.feed(output)
    log = [line for line in screen.lines if re.search(r"\b(INFO|WARNING): ", line)]
    assert any("Spider opened" in line for line in log)
    assert any("Spider closed (finished)" in line for line in log)
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[[\w.]+\] (INFO|WARNING): ", line) for line in log)
    assert not [line for line in screen.lines if "a minute" in line or "2 sources" in line]
    summary = [line.split() for line in screen.lines if line.strip().startswith("town")]
    assert [(row[0], row[4]) for row in summary] == [("town00", "12"), ("town01", "12")]
