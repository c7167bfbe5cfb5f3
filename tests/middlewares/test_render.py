"""A site that shows nothing without JavaScript, crawled with Chromium; and what its scripts cannot reach."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from importlib.util import find_spec

import pytest

from newscrawl.storage import read_entries, read_exchange
from tests.conftest import Scrapy
from tests.hostile.server import NOT_FOUND, hostile_server, response

needs_browser = pytest.mark.skipif(
    not (find_spec("scrapy_playwright") and shutil.which("chromium")),
    reason="needs chromium and the extra newscrawl[js]",
)
SHELL = '<html><head><meta charset="utf-8"><title>鲁山新闻网</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>'
STORY = {
    "title": "鲁山县新建口袋公园十二处",
    "paragraphs": [
        "记者从县住建局获悉，今年以来，鲁山县利用边角地块，新建口袋公园12处，面积共3.6万平方米，总投资八百余万元。",
        "这些公园建在老旧小区旁，配有健身器材、座椅和儿童沙坑，居民出门十分钟就能走到，很受老人和孩子的欢迎。",
    ],
}
APP = """
const app = document.getElementById('app');
function reach(url) { fetch(url).catch(() => 0); new Image().src = url; try { new WebSocket(url.replace('http', 'ws')); } catch (e) {} }
reach('http://INTRANET/secret'); reach('http://127.0.0.1:PORT/secret'); reach('http://intranet.localhost:PORT/secret');
fetch('/hidden/by-robots.json').catch(() => 0);
fetch('/api' + location.pathname).then(r => r.json()).then(data => {
  if (data.list) app.innerHTML = '<ul>' + data.list.map(([u, t]) => `<li><a href="${u}">${t}</a> 2024-05-06</li>`).join('') + '</ul>';
  else app.innerHTML = `<h1>${data.title}</h1><div>2024-05-06 来源：鲁山日报</div><div class="content">` + data.paragraphs.map(p => `<p>${p}</p>`).join('') + '</div>';
});
"""
ENDLESS = "<html><head><title>x</title></head><body><script>for (;;) {}</script></body></html>"


def shop(port):
    """Return the answers of the site."""

    def answer(path):
        if path == "/robots.txt":
            return response("User-agent: *\nDisallow: /hidden/\n", "Content-Type: text/plain")
        if path == "/app.js":
            return response(
                APP.replace("INTRANET", f"other.localhost:{port}").replace("PORT", str(port)),
                "Content-Type: text/javascript",
            )
        if path == "/api/":
            return response(
                json.dumps({"list": [["/2024/0506/1.html", STORY["title"]]]}),
                "Content-Type: application/json",
            )
        if path.startswith("/api/2024"):
            return response(json.dumps(STORY), "Content-Type: application/json")
        return response(SHELL) if path == "/" or path.startswith("/2024") else NOT_FOUND

    return answer


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    scrapy = Scrapy(tmp_path_factory.mktemp("js"), tmp_path_factory.mktemp("js-sources"))
    with hostile_server() as server:
        server.sites["shop"] = shop(server.port)
        for name in ("other", "intranet", "127.0.0.1"):
            server.sites[name] = lambda path: response("secret")
        text = f'id = "shop"\nname = "s"\nstart = "{server.url("shop")}"\nlocal = true\n[fetch]\nrender = true\ndelay = 0.01\n'
        (scrapy.sources / "shop.toml").write_text(text, encoding="utf-8")
        process = scrapy("crawl", "shop", AUTOTHROTTLE_ENABLED=False)
        yield scrapy, process, server


@needs_browser
def test_what_the_scripts_show_is_archived(crawled):
    scrapy, process, _ = crawled
    assert process.returncode == 0, process.stderr
    (text,) = (path.read_text(encoding="utf-8") for path in scrapy.archive.glob("shop/*/*.txt"))
    assert text.split("\n")[0] == STORY["title"]
    assert text.endswith("很受老人和孩子的欢迎。")


@needs_browser
def test_scripts_reach_nothing_but_their_own_site(crawled):
    _, _, server = crawled
    assert set(server.counts()) == {"shop"}
    assert "/hidden/by-robots.json" not in server.asked("shop")


@needs_browser
def test_scripts_are_fetched_once_for_all_pages(crawled):
    _, _, server = crawled
    assert Counter(server.asked("shop")) == {
        "/robots.txt": 1,
        "/": 1,
        "/app.js": 1,
        "/api/": 1,
        "/2024/0506/1.html": 1,
        "/api/2024/0506/1.html": 1,
    }


@needs_browser
def test_the_archive_says_what_was_sent_and_what_was_made_of_it(crawled):
    scrapy, _, _ = crawled
    (manifest,) = scrapy.archive.glob("shop/*/manifest.jsonl")
    (entry,) = read_entries(manifest)
    rendered = read_exchange(scrapy.archive / "warc", entry.capture.warc)
    assert STORY["title"] in rendered.body.decode()
    assert rendered.converted_from
    (warc,) = (scrapy.archive / "warc").glob("*.warc.gz")
    from warcio.archiveiterator import ArchiveIterator

    with warc.open("rb") as file:
        records = {
            r.rec_headers["WARC-Record-ID"]: (
                r.rec_type,
                r.rec_headers["WARC-Target-URI"],
                r.content_stream().read(),
            )
            for r in ArchiveIterator(file)
        }
    kind, url, sent = records[rendered.converted_from]
    assert (kind, url) == ("response", rendered.url)
    assert sent == SHELL.encode()
    assert scrapy("verify").returncode == 0


@needs_browser
def test_a_look_at_the_source_uses_the_browser_too(crawled):
    scrapy, _, _ = crawled
    process = scrapy("sources", "check", "shop", AUTOTHROTTLE_ENABLED=False)
    assert process.returncode == 0, process.stderr
    assert STORY["title"] in process.stdout


@needs_browser
@pytest.mark.soak
def test_a_script_without_end_costs_its_page_only(tmp_path_factory):
    scrapy = Scrapy(tmp_path_factory.mktemp("js"), tmp_path_factory.mktemp("js-sources"), timeout=600)
    with hostile_server() as server:
        site = shop(server.port)
        server.sites["shop"] = lambda path: response(ENDLESS) if path == "/2024/0506/2.html" else site(path)
        urls = [server.url("shop", f"/2024/0506/{n}.html") for n in (2, 1)]
        text = f'id = "shop"\nname = "s"\nstart = "{server.url("shop")}"\nlocal = true\n[fetch]\nrender = true\ndelay = 0.01\n'
        (scrapy.sources / "shop.toml").write_text(text, encoding="utf-8")
        (scrapy.folder / "urls").write_text("\n".join(urls))
        process = scrapy("crawl", "news", "-a", "urls_file=urls", AUTOTHROTTLE_ENABLED=False)
    assert len(list(scrapy.archive.glob("shop/*/*.txt"))) == 1, process.stderr


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['scrapy_playwright'] = None\n")
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "shop.toml").write_text(
        'id = "shop"\nname = "s"\nstart = "http://shop.localhost:1/"\nlocal = true\n[fetch]\nrender = true\n'
    )

    class Bare(Scrapy):
        def environment(self):
            found = super().environment()
            return {**found, "PYTHONPATH": os.pathsep.join([str(tmp_path), found["PYTHONPATH"]])}

    process = Bare(tmp_path, sources)("crawl", "shop")
    assert process.returncode == 1, process.stderr
    assert "shop: render = true needs a browser: pip install 'newscrawl[js]'" in process.stderr
    assert "Traceback" not in process.stderr
