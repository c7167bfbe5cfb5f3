from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from newscrawl.demo import Newsroom, NewsroomServer, serve


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return Newsroom.load()


@pytest.fixture(scope="session")
def server(newsroom) -> Iterator[NewsroomServer]:
    with serve(newsroom) as running:
        yield running


@pytest.fixture(scope="session")
def get(server) -> Callable[..., Answer]:
    """Fetch a URL of the newsroom from 127.0.0.1, its host in the Host header, as a crawler's resolver does."""

    def fetch(url: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Host": parts.netloc, **named})
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    return fetch
