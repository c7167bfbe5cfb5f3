"""Serves the demo newsroom on one free port of 127.0.0.1; the outlets are told apart by the Host header.

Names under ``.localhost`` are loopback by RFC 6761. Every request is kept in ``requests``, so that a test
can ask what a crawler has fetched, when, and what it was told. Lists, feeds and sitemaps carry validators
and answer 304; articles carry none, as on the real sites.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType

from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.site import Resource, find_resource, render_site

IDLE_SECONDS = 30
"""How long a kept-alive connection may stay silent."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request that the newsroom has answered."""

    host: str
    """Without the port."""
    path: str
    """With the query."""
    at: datetime
    status: int
    user_agent: str


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    timeout = IDLE_SECONDS
    server: NewsroomServer

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        resource = find_resource(self.server.site, host, self.path)
        unchanged = self._is_unchanged(resource)
        status = 304 if unchanged else resource.status
        self.server.note(
            Request(host, self.path, datetime.now(UTC), status, self.headers.get("User-Agent", ""))
        )
        self.send_response(status)
        self._send_head(resource, length=0 if unchanged else len(resource.body))
        if not unchanged and self.command != "HEAD":
            self.wfile.write(resource.body)

    do_HEAD = do_GET  # noqa: N815 - the base class names it so

    def _is_unchanged(self, resource: Resource) -> bool:
        """Tell what RFC 9110 13.2.2 says: If-None-Match decides; If-Modified-Since only without it."""
        if not resource.etag:
            return False
        known = self.headers.get("If-None-Match")
        if known is not None:
            return resource.etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
        return self.headers.get("If-Modified-Since") == _http_date(resource.last_modified)

    def _send_head(self, resource: Resource, *, length: int) -> None:
        if resource.content_type:
            self.send_header("Content-Type", resource.content_type)
        self.send_header("Content-Length", str(length))
        if resource.etag:
            self.send_header("ETag", resource.etag)
            self.send_header("Last-Modified", _http_date(resource.last_modified))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the requests are kept instead."""


def _http_date(moment: datetime | None) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True) if moment else ""


class NewsroomServer(ThreadingHTTPServer):
    """A running newsroom. ``port`` is the port it got, ``requests`` what it was asked, oldest first."""

    daemon_threads = False  # close() ends the connections, so the threads can be waited for
    request_queue_size = 128

    def __init__(self, newsroom: Newsroom, *, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.newsroom = newsroom
        self.port: int = self.server_address[1]
        try:
            self.site: Mapping[tuple[str, str], Resource] = render_site(newsroom, self.port)
        except BaseException:
            self.server_close()
            raise
        self._requests: list[Request] = []
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="demo newsroom")
        self._thread.start()

    def server_bind(self) -> None:
        """Take the port. The base class also asks the name service for the host's name, which can stall."""
        TCPServer.server_bind(self)
        self.server_name = "127.0.0.1"
        self.server_port = self.server_address[1]

    @property
    def requests(self) -> list[Request]:
        """A copy of what was asked so far."""
        with self._lock:
            return list(self._requests)

    def note(self, request: Request) -> None:
        """Keep a request."""
        with self._lock:
            self._requests.append(request)

    def url(self, host: str, path: str = "/") -> str:
        """Return the URL of a path on one of the hosts.

        ``server.url("keyi.localhost", "/post/31.html")`` is ``http://keyi.localhost:PORT/post/31.html``.
        """
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        """Stop serving, end open connections and wait for every thread. A second call does nothing."""
        if not self._thread.is_alive():
            return
        self.shutdown()
        self._thread.join()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            _hang_up(connection)
        self.server_close()

    def __enter__(self) -> NewsroomServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """Accept a connection and remember it."""
        connection, address = super().get_request()
        with self._lock:
            self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close a connection and forget it."""
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a crawler that hung up in the middle of an answer."""


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serve(newsroom: Newsroom, *, port: int = 0) -> Iterator[NewsroomServer]:
    """Serve a newsroom as long as the block lasts; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    with NewsroomServer(newsroom, port=port) as server:
        yield server
