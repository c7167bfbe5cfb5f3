"""A server that answers whatever it is told to, byte by byte: what real servers do when they break, or want to break us.

Every host under ``.localhost`` is a site of its own on the one port, so that a crawl asks many at once.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

Reply = bytes | Callable[[], Iterable[bytes]]
"""What is sent before the connection is closed; an endless one ends when the client hangs up, and one that raises
ConnectionResetError resets the connection."""
Site = Callable[[str], Reply]
"""Path -> reply, for one host."""

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def response(body: bytes | str, *headers: str, status: str = "200 OK", length: int | None = -1) -> bytes:
    """Return a whole answer; ``length`` -1 for the true one, None for no Content-Length at all."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    if not any(line.lower().startswith("content-type") for line in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    if length is not None:
        lines.append(f"Content-Length: {len(content) if length == -1 else length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content


def redirect(target: str) -> bytes:
    """Return a redirect."""
    return response(b"", f"Location: {target}", status="302 Found")


class HostileServer:
    """Serves sites by their host name; remembers what it was asked."""

    def __init__(self) -> None:
        self.sites: dict[str, Site] = {}
        self.requests: list[tuple[str, str]] = []
        """Host and path, in order."""
        self.heads: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self._closing = threading.Event()
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}.localhost:{self.port}{path}"

    def asked(self, host: str) -> list[str]:
        """Return the paths that a host was asked for."""
        return [path for one, path in self.requests if one == host]

    def counts(self) -> Counter[str]:
        """Return how often each host was asked for something."""
        return Counter(host for host, _ in self.requests)

    def close(self) -> None:
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._connections.add(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                data = connection.recv(65_536)
                if not data:
                    break
                head += data
            if head:
                self._answer(connection, head)
        with self._lock:
            self._connections.discard(connection)

    def _answer(self, connection: socket.socket, head: bytes) -> None:
        line, _, rest = head.partition(b"\r\n")
        path = line.split(b" ")[1].decode("latin-1")
        host = next(
            (h[5:].strip().decode() for h in rest.split(b"\r\n") if h.lower().startswith(b"host:")), ""
        )
        name = host.partition(":")[0].removesuffix(".localhost")
        with self._lock:
            self.requests.append((name, path))
            self.heads.append(head)
        site = self.sites.get(name)
        reply = site(path) if site else NOT_FOUND
        try:
            for part in [reply] if isinstance(reply, bytes) else reply():
                connection.sendall(part)
        except ConnectionResetError:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def dripping(self, content: bytes, seconds: float = 0.2) -> Iterator[bytes]:
        """Yield a byte at a time, and so slowly that it never comes to an end."""
        for position in range(len(content)):
            yield content[position : position + 1]
            if self.wait(seconds):
                return

    def wait(self, seconds: float) -> bool:
        """Wait for so long, or until the server is closed: returns whether it is."""
        return self._closing.wait(seconds)


@contextmanager
def hostile_server():
    server = HostileServer()
    try:
        yield server
    finally:
        server.close()
