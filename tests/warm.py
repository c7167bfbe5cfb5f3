"""Crawls without the time that Python takes to load them: a process that has loaded everything and forks for each.

A fork is a crawl like any other, with its own reactor, its own archive and its own death; what it lacks is the second
that `scrapy crawl` takes before it begins. Killing many is affordable so.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import newscrawl

LATER = {"newscrawl.demo.__main__", "newscrawl.workers.__main__"}


class WarmScrapy:
    """Starts Scrapy commands in forks of one process; one at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, command: list[str], folder: Path) -> int:
        """Start ``scrapy`` with these words in a folder; return the id of the process."""
        self._say({"command": command, "folder": str(folder)})
        return int(self._hear())

    def wait(self) -> int:
        """Wait for the end of what was started; return its exit code, or minus the signal that ended it."""
        self._say({})
        return os.waitstatus_to_exitcode(int(self._hear()))

    def _say(self, message: dict) -> None:
        print(json.dumps(message), file=self._process.stdin, flush=True)

    def _hear(self) -> str:
        line = self._process.stdout.readline()
        assert line, "the process that forks has ended"
        return line


@contextmanager
def warm_scrapy(environment: dict[str, str]):
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield WarmScrapy(process)
        process.stdin.close()


def load_everything() -> None:
    import scrapy.cmdline
    import scrapy.core.engine
    import scrapy.crawler
    import scrapy.utils.reactor  # noqa: F401

    for module in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
        if module.name not in LATER:
            importlib.import_module(module.name)


def crawl(command: list[str], folder: str, answers: int) -> None:
    """Become the crawl: nothing of the process that forked is left but what it has loaded."""
    from scrapy.cmdline import execute

    os.dup2(2, 1)
    os.close(answers)
    os.chdir(folder)
    sys.argv = ["scrapy", *command]
    execute()


def main() -> None:
    load_everything()
    answers = os.dup(1)
    child = 0
    for line in sys.stdin:
        message = json.loads(line)
        if message:
            child = os.fork()
            if not child:
                sys.stdin.close()
                crawl(**message, answers=answers)
            os.write(answers, f"{child}\n".encode())
        else:
            os.write(answers, f"{os.waitpid(child, 0)[1]}\n".encode())


if __name__ == "__main__":
    main()
