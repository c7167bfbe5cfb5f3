"""A hundred small news sites on one port, in a process of their own: ``python -m tests.benchmarks._news FOLDER SITES PAGES``.

Each site has a front that lists its articles. Writes a source file for each into FOLDER, says its port, and serves
until its standard input ends.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newscrawl.text.characters import is_hanzi
from tests.conftest import ROOT
from tests.hostile import articles

WORDS = tuple(
    text[start : start + 3]
    for path in sorted((ROOT / "newscrawl" / "demo" / "articles").glob("*.txt"))
    for text in ["".join(filter(is_hanzi, path.read_text(encoding="utf-8")))]
    for start in range(0, len(text) - 3, 3)
)
"""Pieces of news, three hanzi each: what is put together of them looks like Chinese to whoever counts characters."""
_SOURCE = """id = "site-{number}"
name = "第{number}新闻网"
start = ["http://site{number}.localhost:{port}/"]
kind = "portal"
level = "city"
local = true

[fetch]
delay = 0.001
"""


class Site(BaseHTTPRequestHandler):
    """Answers for every site; the host says for which."""

    protocol_version = "HTTP/1.1"
    pages = 0

    def do_GET(self) -> None:
        site = int(self.headers["Host"].partition(".")[0].removeprefix("site"))
        body = self._body(site).encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self, site: int) -> str:
        if self.path == "/":
            return front(range(site * self.pages, (site + 1) * self.pages))
        if self.path.startswith("/2024/0507/"):
            return page(int(self.path[11:-5]))
        return ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def page(number: int) -> str:
    """Return the page of an article that is like no other: what is like another is compared with it, at a cost of its own."""
    chance = random.Random(number)
    paragraphs = "".join(f"<p>{''.join(chance.choices(WORDS, k=30))}。</p>" for _ in range(4))
    return articles.PAGE.format(title=articles.title_of(number), paragraphs=paragraphs, more="")


def front(numbers: range) -> str:
    """Return a front that lists articles."""
    links = "".join(f'<li><a href="/2024/0507/{n}.html">{articles.title_of(n)}</a></li>' for n in numbers)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>新闻</title></head><body><ul>{links}</ul></body></html>'


@contextmanager
def local_news(folder: Path, *, sites: int, pages: int) -> Iterator[str]:
    """Serve sites of so many pages each, their source files in ``folder``; give the ids of the sources, with commas."""
    command = [sys.executable, "-m", __name__, str(folder), str(sites), str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield ",".join(f"site-{number}" for number in range(sites))
        finally:
            process.stdin.close()


def main(folder: str, sites: str, pages: str) -> None:
    Site.pages = int(pages)
    with Server(("127.0.0.1", 0), Site) as server:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for number in range(int(sites)):
            text = _SOURCE.format(number=number, port=server.server_port)
            (Path(folder) / f"site-{number}.toml").write_text(text, encoding="utf-8")
        threading.Thread(target=server.serve_forever).start()
        print(server.server_port, flush=True)
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
