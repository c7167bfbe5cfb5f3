"""robots.txt over real HTTP, as RFC 9309 says: one crawl over servers of every kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.conftest import Scrapy
from tests.hostile import articles
from tests.hostile.server import HostileServer, hostile_server, redirect, response

PAGE = "/2024/0506/1.html"
FORBIDDEN, CLOSED = "robots_forbidden", "robots_unavailable"
FIVE_HUNDRED_KIB = 500 * 1024


def rules(*lines: str, status: str = "200 OK", end: str = "\n") -> bytes:
    return response(end.join([*lines, ""]), "Content-Type: text/plain", status=status)


def reset():
    def reply():
        yield b"HTTP/1.1 200 OK\r\n"
        raise ConnectionResetError

    return reply


class Kind(NamedTuple):
    """A kind of server: what it answers to /robots.txt, and why the page is not fetched then."""

    reply: object
    refusal: str | None
    elsewhere: dict[str, bytes] | None = None
    """Other paths that its robots.txt leads to."""


def hops(count: int, last: bytes) -> dict[str, bytes]:
    return {f"/r{n}": redirect(f"/r{n + 1}") for n in range(1, count)} | {f"/r{count}": last}


FORBID = ("User-agent: *", "Disallow: /2024/")
KINDS = {
    "forbids": Kind(rules(*FORBID), FORBIDDEN),
    "allows": Kind(rules("User-agent: *", "Disallow: /neibu/"), None),
    "longest-match": Kind(rules(*FORBID, "Allow: /2024/0506/"), None),
    "equal-match": Kind(rules("User-agent: *", "Disallow: /2024/", "Allow: /2024/"), None),
    "own-group": Kind(rules("User-agent: *", "Allow: /", "", "User-agent: NewsCrawl", "Disallow: /"), FORBIDDEN),
    "other-group": Kind(rules("User-agent: Baiduspider", "Disallow: /", "", "User-agent: *", "Disallow:"), None),
    "merged-groups": Kind(rules("User-agent: *", "Disallow: /a/", "User-agent: *", "Disallow: /2024/"), FORBIDDEN),
    "wildcard": Kind(rules("User-agent: *", "Disallow: /*/0506/*.html$"), FORBIDDEN),
    "bom-and-crlf": Kind(rules("\ufeffUser-agent: * # all", "disallow: /2024/", end="\r\n"), FORBIDDEN),
    "empty": Kind(rules(), None),
    "html": Kind(response("<html><body>Disallow: /</body></html>"), None),
    "not-found": Kind(rules(*FORBID, status="404 Not Found"), None),
    "no-access": Kind(rules(*FORBID, status="403 Forbidden"), None),
    "server-error": Kind(rules(status="500 Internal Server Error"), CLOSED),
    "unavailable": Kind(rules(status="503 Service Unavailable"), CLOSED),
    "wants-rest": Kind(rules(status="429 Too Many Requests"), CLOSED),
    "reset": Kind(reset(), CLOSED),
    "five-hops": Kind(redirect("/r1"), FORBIDDEN, hops(5, rules(*FORBID))),
    "endless-hops": Kind(redirect("/robots.txt"), CLOSED),
    "other-local-host": Kind(redirect("http://allows.localhost:PORT/rules.txt"), CLOSED),  # nobody may point us there
    "within-limit": Kind(rules(*FORBID, "#" * (FIVE_HUNDRED_KIB + 10_000)), FORBIDDEN),
    "beyond-limit": Kind(rules("User-agent: *", "#" * FIVE_HUNDRED_KIB, "Disallow: /2024/"), None),
}  # fmt: skip


def site_of(server: HostileServer, number: int, kind: Kind) -> Callable[[str], object]:
    def answer(path: str) -> object:
        if path == PAGE:
            return response(articles.page(90_000 + number))
        reply = kind.reply if path == "/robots.txt" else (kind.elsewhere or {}).get(path)
        return (
            reply.replace(b"PORT", str(server.port).encode())
            if isinstance(reply, bytes)
            else reply or rules()
        )

    return answer


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("robots")
    scrapy = Scrapy(folder, folder)
    with hostile_server() as server:
        for number, (name, kind) in enumerate(KINDS.items()):
            server.sites[name] = site_of(server, number, kind)
        (folder / "urls.txt").write_text("\n".join(server.url(name, PAGE) for name in KINDS))
        settings = {"DOWNLOAD_DELAY": 0.01, "AUTOTHROTTLE_ENABLED": False, "RETRY_ENABLED": False}
        process = scrapy("crawl", "news", "-a", "urls_file=urls.txt", **settings)
        assert "Traceback" not in process.stderr, process.stderr[-3000:]
        with sqlite3.connect(f"file:{scrapy.archive / 'catalog.sqlite3'}?mode=ro", uri=True) as db:
            states = {url: tuple(row) for url, *row in db.execute("SELECT url, state, reason FROM urls")}
        yield server, states


@pytest.mark.parametrize("name", KINDS)
def test_robots(crawled, name):
    server, states = crawled
    refusal = KINDS[name].refusal
    assert states[server.url(name, PAGE)] == (("failed", refusal) if refusal else ("archived", ""))
    assert (PAGE in server.asked(name)) is (refusal is None)


def test_each_host_is_asked_before_anything_else(crawled):
    server, _ = crawled
    assert {server.asked(name)[0] for name in KINDS} == {"/robots.txt"}
