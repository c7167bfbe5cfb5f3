"""Exit codes and messages of ``scrapy crawl``, as cron and a person meet them."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newscrawl.storage import ArticleEntry, read_entries

ARTICLE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a></div>
<h1>{title}</h1><div class="info">2024-05-06 09:30 来源：沂河日报</div>
<div class="content"><p>沂河日报5月6日讯 记者从市水务局获悉，{title}，工程总投资一千二百万元，涉及沿线三个街道。</p>
<p>项目负责人介绍，施工期间将错峰作业，尽量减少对居民出行的影响，预计今年九月底前全部完工。</p>
<p>市水务局提醒，施工路段请减速慢行，如有疑问可拨打服务热线咨询。</p></div>
<div class="footer">版权所有 沂河新闻网</div></body></html>"""
GBK = ARTICLE.format(title="城区两条老街排水管网改造开工")


class Pages(BaseHTTPRequestHandler):
    """Good pages and bad ones."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, content_type, body = self.page()
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def page(self):
        html = "text/html; charset=utf-8"
        match self.path:
            case "/good.html":
                return 200, html, ARTICLE.format(title="沂河沿岸三座人行桥开工加固").encode()
            case "/control.html":
                return 200, html, ARTICLE.format(title="老城区十处停车场下月开放").encode()
            case "/gbk.html":  # the bytes are GBK, header and meta say UTF-8
                return 200, html, GBK.encode("gb18030")
            case "/binary.html":
                return 200, "text/html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
            case "/empty.html":
                return 200, "text/html", b""
            case "/huge.html":
                return 200, "text/html", b"<html><body>" + b"<p>x</p>" * (20 * 1024 * 1024 // 8)
            case "/gone.html":
                return 404, html, b"<html><body>404</body></html>"
            case "/angry.html":
                return 503, html, b"<html><body>later</body></html>"
            case "/robots.txt":
                return 404, "text/plain", b""
        return 404, html, b""

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port that refuses: bound, so that nobody else gets it, and never listening."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


QUICK = {"DOWNLOAD_DELAY": 0.01, "AUTOTHROTTLE_ENABLED": False, "RETRY_ENABLED": False}


def write_source(folder, name, start, **more):
    lines = [
        f'id = "{name}"',
        f'name = "{name}"',
        f'start = "{start}"',
        "local = true",
        *(f"{k} = {v}" for k, v in more.items()),
    ]
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text("\n".join([*lines, "[fetch]", "delay = 0.01"]), encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["iqilu-zib"], "did you mean 'iqilu-zibo'"),
        (["news", "-a", "regoin=山东"], "did you mean 'region'"),
        (["news", "-a", "sources=iqilu-zib"], "did you mean"),
        (["news", "-a", "since=gestern"], "is no day"),
        (["news", "-a", "urls_file=none.txt"], "none.txt"),
        ([], "name one source"),
        (["iqilu-zibo", "iqilu-linyi"], "name one source"),
    ],
)
def test_usage_is_answered_before_anything_starts(scrapy, arguments, says):
    process = scrapy("crawl", *arguments)
    assert process.returncode == 2
    assert says in process.stderr
    assert "Traceback" not in process.stderr
    assert not scrapy.archive.exists()


def test_mistakes_in_source_files_are_told_all_at_once(scrapy, tmp_path):
    folder = tmp_path / "mine"
    write_source(folder, "one", "http://one.example/", obey_robot="false")
    write_source(folder, "two", "http://two.example/", regoin='"山东"')
    (folder / "three.toml").write_text('id = "three\n', encoding="utf-8")
    process = scrapy("crawl", "news", SOURCES_DIRS=folder)
    assert process.returncode == 1
    for words in (
        "one.toml:5: [one] obey_robot",
        "two.toml:5: [two] regoin: did you mean 'region'?",
        "three.toml:1:",
    ):
        assert words in process.stderr
    assert "Traceback" not in process.stderr


def test_an_unreachable_site_is_an_error(scrapy, tmp_path, dead_port):
    write_source(tmp_path / "mine", "dead", f"http://127.0.0.1:{dead_port}/")
    process = scrapy("crawl", "dead", SOURCES_DIRS=tmp_path / "mine", **QUICK)
    assert process.returncode == 3
    assert process.stderr == "no answer from 1 of 1 sources (dead: robots_unavailable)\n"


def test_one_dead_site_of_two_is_told(scrapy, tmp_path, dead_port, site):
    write_source(tmp_path / "mine", "dead", f"http://127.0.0.1:{dead_port}/")
    write_source(tmp_path / "mine", "alive", f"{site}/good.html")
    process = scrapy("crawl", "news", "-a", "sources=dead,alive", SOURCES_DIRS=tmp_path / "mine", **QUICK)
    assert process.returncode == 4
    assert process.stderr == "no answer from 1 of 2 sources (dead: robots_unavailable)\n"


def test_a_second_run_is_refused_while_the_first_holds_the_archive(scrapy, site):
    scrapy.archive.mkdir()
    with (scrapy.archive / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = scrapy("crawl", "news", "-a", f"url={site}/good.html", **QUICK)
    assert process.returncode == 5
    assert len(process.stderr.splitlines()) == 1
    assert process.stderr.startswith(str(scrapy.archive))


def test_a_folder_that_cannot_be_is_told(scrapy, site):
    scrapy.archive.write_text("a file stands in the way")
    process = scrapy("crawl", "news", "-a", f"url={site}/good.html", **QUICK)
    assert process.returncode == 6
    assert str(scrapy.archive) in process.stderr
    assert "Traceback" not in process.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to read-only folders")
def test_a_read_only_folder_is_told(scrapy, site):
    scrapy.archive.mkdir(mode=0o555)
    process = scrapy("crawl", "news", "-a", f"url={site}/good.html", **QUICK)
    assert process.returncode == 6
    assert "Traceback" not in process.stderr


def test_the_disk_is_not_filled_to_the_brim(scrapy, site):
    process = scrapy("crawl", "news", "-a", f"url={site}/good.html", ARCHIVE_FREE_MIN_BYTES=1 << 60, **QUICK)
    assert process.returncode == 6
    assert process.stderr.endswith("are to stay free\n")
    assert len(process.stderr.splitlines()) == 1


def test_bad_pages_lose_no_good_one(scrapy, site, tmp_path):
    names = "good binary empty huge gbk gone angry control".split()
    urls = tmp_path / "urls.txt"
    urls.write_text("\n".join(f"{site}/{name}.html" for name in names))
    process = scrapy("crawl", "news", "-a", f"urls_file={urls}", **QUICK)
    assert (process.returncode, process.stderr) == (0, "")
    entries = [e for path in scrapy.archive.glob("*/*/manifest.jsonl") for e in read_entries(path)]
    assert {e.headline for e in entries if isinstance(e, ArticleEntry)} == {
        "沂河沿岸三座人行桥开工加固",
        "老城区十处停车场下月开放",
        "城区两条老街排水管网改造开工",
    }
    reasons = {
        e.capture.url.rpartition("/")[2]: e.reason for e in read_entries(scrapy.archive / "quarantine.jsonl")
    }
    assert reasons == {"binary.html": "not_html", "empty.html": "empty", "huge.html": "too_large"}


def test_the_run_is_on_record(scrapy, site):
    assert scrapy("crawl", "news", "-a", f"url={site}/good.html", **QUICK).returncode == 0
    (run,) = [json.loads(line) for line in (scrapy.archive / "runs.jsonl").read_text().splitlines()]
    (account,) = run["sources"].values()
    assert (account["fetched"], account["kept"]) == (1, 1)
    assert run["finish_reason"] == "finished"
    assert {"newscrawl", "scrapy", "trafilatura", "pypinyin"} <= set(run["versions"])


def test_new_articles_can_be_had_as_rows(scrapy, site, tmp_path):
    rows = tmp_path / "new.jsonl"
    command = ("crawl", "news", "-a", f"url={site}/good.html", "-O", str(rows))
    assert scrapy(*command, **QUICK).returncode == 0
    (row,) = map(json.loads, rows.read_text(encoding="utf-8").splitlines())
    assert row["headline"] == "沂河沿岸三座人行桥开工加固"
    assert row["articleBody"].startswith("沂河日报5月6日讯")
    assert row["datePublished"] == "2024-05-06T09:30:00+08:00"
    assert (row["sourceOutlet"], row["url"]) == ("沂河日报", f"{site}/good.html")
    assert (scrapy.archive / row["path"]).exists()


def test_a_page_that_links_inwards_leads_nowhere(scrapy, site, tmp_path):
    """A source that is not local may not reach this machine, whatever its name resolves to."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "sly.toml").write_text(
        f'id = "sly"\nname = "sly"\nstart = "{site}/good.html"\n', encoding="utf-8"
    )
    process = scrapy("crawl", "sly", SOURCES_DIRS=folder, **QUICK)
    assert process.returncode == 3
    assert not list(scrapy.archive.glob("sly/*/*.txt"))
