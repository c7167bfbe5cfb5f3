from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest

from newscrawl.demo import NewsroomServer, expectations, serve


def test_every_resource_is_served(server, get):
    for (host, path), resource in server.site.items():
        answer = get(server.url(host, path.replace("*", "/nowhere.htm")))
        assert (answer.status, answer.body) == (resource.status, resource.body), (host, path)
        assert answer.headers["Content-Type"] == resource.content_type


def test_every_expected_url_is_answered_as_its_fate_says(newsroom, server, get):
    for one in expectations(newsroom, server.port):
        assert get(one.url).status == (404 if one.fate == "gone" else 200), one.url
        for url in one.continuations:
            assert get(url).status == 200


def test_the_port_is_free_and_on_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1"
    assert server.port > 0
    assert server.url("keyi.localhost", "/post/1.html") == f"http://keyi.localhost:{server.port}/post/1.html"


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("yiquan.localhost", "/", 200),
        ("YIQUAN.localhost", "/", 200),
        ("yiquan.localhost", "/?from=weibo", 200),
        ("yiquan.localhost", "/yw/index_9.htm", 404),
        ("yiquan.localhost", "/../../etc/passwd", 404),
        ("nobody.localhost", "/", 404),
        ("ads.localhost", "/click?id=17", 404),
        ("127.0.0.1", "/", 404),
    ],
)
def test_statuses(server, get, host, path, status):
    assert get(server.url(host, path)).status == status


def test_lists_know_when_nothing_changed(server, get):
    url = server.url("daidong.localhost", "/sdyaowen/index.shtml")
    first = get(url)
    for headers in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_None_Match": f'"other", W/{first.headers["ETag"]}'},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        again = get(url, **headers)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_a_wrong_validator_gets_the_page(server, get):
    url = server.url("daidong.localhost", "/sdyaowen/index.shtml")
    first = get(url)
    assert get(url, If_None_Match='"other"').status == 200
    assert get(url, If_Modified_Since="Mon, 05 May 2025 00:00:00 GMT").status == 200
    both = get(url, If_None_Match='"other"', If_Modified_Since=first.headers["Last-Modified"])
    assert both.status == 200, "If-None-Match decides"


def test_articles_have_no_validators(newsroom, server, get):
    article = next(one for one in expectations(newsroom, server.port) if one.fate == "archived")
    assert "ETag" not in get(article.url).headers
    assert "Last-Modified" not in get(article.url).headers


def test_feeds_sitemaps_and_robots_have_validators(server, get):
    for path in ("/rss/news.xml", "/sitemap.xml", "/robots.txt"):
        assert get(server.url("daidong.localhost", path)).headers["ETag"]


def test_head_has_no_body(server, get):
    url = server.url("keyi.localhost", "/")
    answer = get(url, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(get(url).body)


def test_requests_are_kept(newsroom):
    with serve(newsroom) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        for path in ("/?a=1", "/nowhere"):
            connection.request(
                "GET", path, headers={"Host": f"keyi.localhost:{server.port}", "User-Agent": "test/1"}
            )
            connection.getresponse().read()
        connection.close()
        first, second = server.requests
    assert (first.host, first.path, first.status, first.user_agent) == (
        "keyi.localhost",
        "/?a=1",
        200,
        "test/1",
    )
    assert (second.path, second.status) == ("/nowhere", 404)
    assert first.at <= second.at <= datetime.now(UTC)


def test_many_connections_at_once(newsroom):
    answers: list[int] = []
    with serve(newsroom) as server:

        def ask() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
            for _ in range(5):
                connection.request("GET", "/", headers={"Host": "keyi.localhost"})
                response = connection.getresponse()
                response.read()
                answers.append(response.status)
            connection.close()

        threads = [threading.Thread(target=ask) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [200] * 80
        assert len(server.requests) == 80


def test_closing_ends_idle_connections_and_threads(newsroom):
    before = threading.active_count()
    with serve(newsroom) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/", headers={"Host": "keyi.localhost"})
        connection.getresponse().read()
    assert threading.active_count() == before
    assert connection.sock.recv(1) == b"", "the server has hung up"
    connection.close()
    server.close()


def test_a_taken_port_is_an_error(newsroom, server):
    before = threading.active_count()
    with pytest.raises(OSError, match="in use"):
        NewsroomServer(newsroom, port=server.port)
    assert threading.active_count() == before


def test_garbage_does_not_stop_the_server(newsroom):
    with serve(newsroom) as server:
        for garbage in (
            b"",
            b"\x16\x03\x01\x02\x00",
            b"GET\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: keyi.localhost\r\n",
        ):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
                raw.sendall(garbage)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/", headers={"Host": "keyi.localhost"})
        assert connection.getresponse().status == 200
        connection.close()


COMMAND = [sys.executable, "-m", "newscrawl.demo"]


def test_it_can_be_looked_at():
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
    assert said.count(".localhost:") == 6


@pytest.mark.parametrize("port", ["taken", "99999"])
def test_a_port_that_cannot_be_had_is_one_line(server, port):
    number = str(server.port) if port == "taken" else port
    done = subprocess.run(
        [*COMMAND, "--port", number], capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"port {number}: ")
    assert done.stderr.count("\n") == 1
