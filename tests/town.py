"""A town of small news sites on one port of 127.0.0.1, told apart by the Host header; they publish when they are told to.

Every text is its own: clauses of the demo newsroom's texts, drawn anew for each article.
"""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newscrawl.demo import Newsroom

_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a></div>{main}
<div class="footer">版权所有 {host}</div></body></html>"""
_ARTICLE = """<h1>{title}</h1><div class="info">2026-11-20 09:30 来源：沂河日报</div><div class="content">{body}</div>"""
_CLAUSES_A_PARAGRAPH, _PARAGRAPHS = 7, 4


@cache
def _clauses() -> tuple[str, ...]:
    lines = (line.text for text in Newsroom.load().texts.values() for line in text.lines)
    found = (clause.strip() for line in lines for clause in re.split("[，。；：、“”]", line))
    return tuple(dict.fromkeys(clause for clause in found if 8 <= len(clause) <= 24))


def article(host: str, number: int) -> tuple[str, str]:
    """Return headline and HTML of an article of a host."""
    chance = random.Random(f"{host}/{number}")
    drawn = chance.sample(_clauses(), _CLAUSES_A_PARAGRAPH * _PARAGRAPHS + 1)
    paragraphs = [drawn[n::_PARAGRAPHS] for n in range(_PARAGRAPHS)]
    body = "".join(f"<p>{'，'.join(clauses)}。</p>" for clauses in paragraphs)
    return drawn[-1], body


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Town

    def do_GET(self):
        host = self.headers.get("Host", "").partition(":")[0].removesuffix(".localhost")
        status, html = self.server.answer(host, self.path)
        body = html.encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # the crawl was killed
            self.close_connection = True

    def log_message(self, *arguments):
        pass


class Town(ThreadingHTTPServer):
    """The sites. ``asked`` counts the articles that each was asked for."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, hosts):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port = self.server_address[1]
        self.published = dict.fromkeys(hosts, 0)
        self.asked = Counter()
        self.open_doors = threading.Event()
        self.open_doors.set()
        self.has_asked = threading.Condition()

    def publish(self, count=1):
        """Have every site publish articles."""
        for host in self.published:
            self.published[host] += count

    def answer(self, host, path):
        if host not in self.published or path == "/robots.txt":
            return 404, ""
        found = re.fullmatch(r"/2026/1120/(\d+)\.shtml", path)
        if found is None:
            return 200, _PAGE.format(title=host, host=host, main=self._front(host))
        with self.has_asked:
            self.asked[host, int(found[1])] += 1
            self.has_asked.notify_all()
        self.open_doors.wait()
        title, body = article(host, int(found[1]))
        return 200, _PAGE.format(title=title, host=host, main=_ARTICLE.format(title=title, body=body))

    def _front(self, host):
        items = (
            f'<li><a href="/2026/1120/{n}.shtml">{article(host, n)[0]}</a><span>2026-11-20</span></li>'
            for n in range(1000, 1000 + self.published[host])
        )
        return f"<ul class='list'>{''.join(items)}</ul>"

    def wait_until_asked(self, count, timeout):
        """Wait until so many articles were asked for in all; return whether they were."""
        with self.has_asked:
            return self.has_asked.wait_for(lambda: self.asked.total() >= count, timeout)

    def write_sources(self, folder: Path, *, dead: int = 0, dead_port: int = 0, delay: float = 0.01):
        """Write a source file for every site, and so many for sites where nobody listens."""
        folder.mkdir(exist_ok=True)
        names = [(host, self.port) for host in self.published]
        names += [(f"dead{n:02}", dead_port) for n in range(dead)]
        for name, port in names:
            text = (
                f'id = "{name}"\nname = "{name}"\nstart = "http://{name}.localhost:{port}/"\nlocal = true\n'
            )
            (folder / f"{name}.toml").write_text(f"{text}[fetch]\ndelay = {delay}\n", encoding="utf-8")
        return ",".join(name for name, _ in names)


@contextmanager
def town_of(count: int) -> Iterator[Town]:
    """Serve a town of so many sites."""
    town = Town([f"town{n:02}" for n in range(count)])
    thread = threading.Thread(target=town.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield town
    finally:
        town.open_doors.set()
        town.shutdown()
        thread.join()
        town.server_close()
