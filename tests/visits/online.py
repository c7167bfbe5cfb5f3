"""Small sites on one port, told apart by their hosts, that answer what a test says and remember when they were asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What a page of a site answers."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One request, with the moments of a clock in seconds between which it was in flight."""

    host: str
    path: str
    began: float
    ended: float
    status: int
    headers: Mapping[str, str]


Site = Callable[[str, Message], Answer | None]
"""Path and headers to an answer; None for 404."""


class Sites(ThreadingHTTPServer):
    """Serves sites by host; ``asked`` grows by every request."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port = self.server_address[1]
        self.hosts: dict[str, Site] = {}
        self.asked: list[Asked] = []
        self.lock = threading.Lock()

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}.localhost:{self.port}{path}"

    def of(self, host: str, mark: int = 0, *, robots: bool = False) -> list[Asked]:
        """Return what a host was asked since a mark, in order."""
        with self.lock:
            found = [one for one in self.asked[mark:] if one.host == host]
        return [one for one in found if robots or one.path != "/robots.txt"]

    def paths(self, host: str, mark: int = 0) -> list[str]:
        return [one.path for one in self.of(host, mark)]


class _Handler(BaseHTTPRequestHandler):
    server: Sites

    def do_GET(self) -> None:
        began = time.monotonic()
        host = self.headers.get("Host", "").partition(":")[0].removesuffix(".localhost")
        site = self.server.hosts.get(host)
        answer = (site(self.path, self.headers) if site else None) or Answer(status=404)
        body = answer.body.encode()
        note = (host, self.path, began, time.monotonic(), answer.status, dict(self.headers.items()))
        with self.server.lock:
            self.server.asked.append(Asked(*note))
        self.send_response(answer.status)
        headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if answer.status != 304 else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def sites_online() -> Iterator[Sites]:
    server = Sites()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


PLACES = (
    "柳河镇",
    "青石街道",
    "马坡村",
    "南坪社区",
    "云岭乡",
    "白沙湾",
    "高桥镇",
    "东湖街道",
    "石门寨",
    "杨树屯",
)
EVENTS = (
    "敬老食堂开业",
    "灌溉渠道完成清淤",
    "图书室向学生开放",
    "举行消防演练",
    "公交线路延长",
    "果园喜获丰收",
)


def headline(number: int) -> str:
    return f"{PLACES[number % 10]}第{number}处{EVENTS[number % 6]}惠及周边群众"


def article(number: int, head: str = "") -> str:
    place, event = PLACES[number % 10], EVENTS[number % 6]
    return (
        f'<html><head><meta charset="utf-8">{head}<title>{headline(number)}</title></head><body>'
        f'<h1>{headline(number)}</h1><div class="info">2026-11-{number % 20 + 1:02} 09:30 来源：云岭日报</div>'
        f'<div class="content"><p>云岭日报讯 记者{number}日从{place}获悉，第{number}处{event}，当地居民纷纷前来，工作人员现场答疑，'
        f"前后共有{number * 7 + 20}人参加，{place}负责人介绍了下一步的打算。</p><p>据了解，{place}今年已投入{number + 31}万元用于此类项目，"
        f"明年还将安排{number * 3 + 12}项，覆盖全部村组，让更多群众在家门口得到实惠。</p></div></body></html>"
    )


def listing(numbers: Iterator[int] | range | list[int], more: str = "", head: str = "") -> str:
    items = "".join(f'<li><a href="/2026/1101/{n}.html">{headline(n)}</a></li>' for n in numbers)
    return f'<html><head><meta charset="utf-8">{head}<title>新闻</title></head><body><ul>{items}</ul>{more}</body></html>'


def number_of(path: str) -> int:
    return int(path.rpartition("/")[2].partition(".")[0])


def is_article(path: str) -> bool:
    return path.startswith("/2026/1101/")
