"""robots.txt over real HTTP: what cannot be had forbids everything, what is not there forbids nothing."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PAGE = """<html><head><meta charset="utf-8"><title>镇村公交新增两条线路</title></head><body><h1>镇村公交新增两条线路</h1>
<p>5月6日，记者从县交通运输局获悉，两条新开通的镇村公交线路已投入运行，沿线十一个村的村民出行更加方便。</p>
<p>线路全长四十六公里，每天往返八个班次，票价两元，六十五岁以上老人免费乘坐。</p></body></html>""".encode()


class Site(BaseHTTPRequestHandler):
    robots: tuple[int, bytes]

    def do_GET(self):
        status, body = self.robots if self.path == "/robots.txt" else (200, PAGE)
        self.send_response(status)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def serve():
    servers = []

    def start(status, body):
        handler = type("Handler", (Site,), {"robots": (status, body)})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}/2024/0506/1.html"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "refusal"),
    [
        (200, b"User-agent: *\nDisallow: /2024/\n", "robots_forbidden"),
        (200, b"User-agent: *\nDisallow: /neibu/\n", None),
        (404, b"User-agent: *\nDisallow: /\n", None),
        (503, b"", "robots_unavailable"),
        (429, b"", "robots_unavailable"),
    ],
    ids=["forbidden", "allowed", "there is none", "server error", "asks for rest"],
)
def test_robots(scrapy, serve, status, body, refusal):
    url = serve(status, body)
    process = scrapy("inspect", url, RETRY_ENABLED=False)
    if refusal is None:
        assert process.returncode == 0, process.stderr
        assert "镇村公交新增两条线路" in process.stdout
    else:
        assert process.returncode == 1
        assert process.stderr.splitlines() == [f"{url}: {refusal}"]
