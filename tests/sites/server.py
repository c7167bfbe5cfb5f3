"""Serves the sites on one port of 127.0.0.1 by their host names, keeps a log, and has a clock that a test moves on."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

from tests.sites.pages import print_place
from tests.sites.site import Place, Site, plain_target

_TYPES = {
    "feed": "application/rss+xml",
    "sitemap": "application/xml",
    "robots": "text/plain",
    "part": "text/xml",
}


@dataclass(frozen=True)
class Asked:
    """A request that was answered."""

    site: str
    host: str
    kind: str
    """The kind of the place that was asked for."""
    path: str
    """Without session and origin."""
    status: int
    conditional: bool
    started_at: float
    """Seconds of a clock that only goes forward."""
    in_flight: int
    """Requests to this host that were being answered just then, this one among them."""


class Clock:
    """The time on all sites."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move(self, span: timedelta) -> None:
        self._now += span


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: SiteServer

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        with self.server.busy(host) as in_flight:
            started = time.monotonic()
            self.server.take_time()
            site = self.server.by_host.get(host)
            place = site.place_of(self.path) if site else Place("missing")
            body = site.encode(place, self.path, self.server.next_session()) if site else b""
            etag = (
                f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
                if site and site.has_validator(place)
                else ""
            )
            conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
            status = (
                304
                if etag and self.headers.get("If-None-Match") == etag
                else site.status_of(place)
                if site
                else 404
            )
        path = plain_target(self.path)
        self.server.note(
            Asked(site.key if site else "", host, place.kind, path, status, conditional, started, in_flight)
        )
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        if status == 304:
            body = b""
        else:
            charset = f"; charset={site.manner.encoding}" if site and place.kind in {"feed", "part"} else ""
            self.send_header("Content-Type", _TYPES.get(place.kind, "text/html") + charset)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the requests are kept instead."""


@dataclass
class SiteOnline(Site):
    """A site as bytes with a status."""

    def encode(self, place: Place, target: str, session: int) -> bytes:
        encoding = "utf-8" if place.kind in {"sitemap", "robots"} else self.manner.encoding
        return print_place(self, place, target, self.session(session)).encode(encoding, "xmlcharrefreplace")

    def status_of(self, place: Place) -> int:
        return 404 if place.kind == "missing" and not self.traits.soft_404 else 200

    def has_validator(self, place: Place) -> bool:
        return self.traits.validators and place.kind in {"home", "channel", "list", "feed", "sitemap", "part"}


class SiteServer(ThreadingHTTPServer):
    """All the sites, online."""

    daemon_threads = False
    request_queue_size = 256

    def __init__(self, keys: Iterable[str], *, since: datetime, seconds: float = 0, **options: int) -> None:
        """Serve sites with ``count`` articles ``since`` a time; answer after ``seconds``; the options are those of a site."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port: int = self.server_address[1]
        self.clocks = {key: Clock(since) for key in keys}
        options["port"] = self.port
        self.sites = {
            key: SiteOnline(key, since=since, now=clock.now, **options) for key, clock in self.clocks.items()
        }
        self.by_host = {name: site for site in self.sites.values() for name in _hosts(site)}
        self.seconds = seconds
        self.asked: list[Asked] = []
        self._busy: Counter[str] = Counter()
        self._count = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._connections: set[object] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))
        self._thread.start()

    def server_bind(self) -> None:
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a crawler that hung up."""

    def move(self, span: timedelta, keys: Iterable[str] | None = None) -> None:
        """Let time pass on some of the sites, or on all."""
        for key in keys if keys is not None else self.sites:
            self.clocks[key].move(span)

    def take_time(self) -> None:
        """Be as slow as a server that has to ask its database."""
        if self.seconds:
            self._closing.wait(self.seconds)

    @contextmanager
    def busy(self, host: str) -> Iterator[int]:
        """Count a request as long as its answer is being made."""
        with self._lock:
            self._busy[host] += 1
            found = self._busy[host]
        try:
            yield found
        finally:
            with self._lock:
                self._busy[host] -= 1

    def next_session(self) -> int:
        with self._lock:
            self._count += 1
            return self._count

    def note(self, asked: Asked) -> None:
        with self._lock:
            self.asked.append(asked)

    def since(self, mark: int) -> list[Asked]:
        """Return what was asked after the first ``mark`` requests."""
        with self._lock:
            return self.asked[mark:]

    def get_request(self):  # type: ignore[no-untyped-def]
        connection, address = super().get_request()
        with self._lock:
            self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request) -> None:  # type: ignore[no-untyped-def]
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def close(self) -> None:
        self._closing.set()
        self.shutdown()
        self._thread.join()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            try:
                connection.shutdown(2)  # type: ignore[attr-defined]
            except OSError:
                continue
        self.server_close()

    def write_sources(self, folder: Path) -> None:
        """Write a source file for each site: three lines, and that it stands on this machine."""
        folder.mkdir(parents=True, exist_ok=True)
        for site in self.sites.values():
            text = f'id = "{site.id}"\nname = "{site.key}"\nstart = "{site.base}/"\nlocal = true\n'
            (folder / f"{site.id}.toml").write_text(text, encoding="utf-8")


def _hosts(site: Site) -> tuple[str, ...]:
    bare = site.host.removeprefix("www.")
    return (site.host, bare, f"m.{bare}") if site.traits.twin else (site.host, bare)


@contextmanager
def site_server(keys: Iterable[str], **options: object) -> Iterator[SiteServer]:
    """Serve sites as long as the block lasts."""
    server = SiteServer(keys, **options)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.close()
