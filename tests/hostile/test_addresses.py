"""Where a page, a feed, a sitemap, a redirect or a robots.txt may not lead: this machine's files, networks not public."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.hostile import articles
from tests.hostile.server import NOT_FOUND, hostile_server, redirect, response
from tests.hostile.test_pages import WatchedScrapy, outcomes_of

SETTINGS = {
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 5,
}
LOOPBACK = (
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "017700000001", "127.1", "①②⑦.⓪.⓪.①", "[::ffff:127.0.0.1]",
    "[::1]", "127.0.0.1.", "inside.localhost", "0.0.0.0", "0",
)  # fmt: skip
"""This machine, as attackers write it."""
PRIVATE = (
    "10.0.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "[fe80::1]",
    "100.64.0.1",
    "metadata.google.internal",
)
LOCAL = (
    "file:///etc/hostname", "file://front.localhost/etc/hostname", "data:text/html,<h1>1</h1>", "ftp://127.0.0.1/1.html",
    "s3://bucket/1.html", "gopher://127.0.0.1:70/1", "about:blank", "view-source:http://127.0.0.1/", "FILE:///etc/hostname",
)  # fmt: skip
BAD = (
    "javascript:void(0)", "javascript:;//2024/0506/1.html", "mailto:bjb@yihe.example", "tel:0539", "", "#", "http://[", "http://",
    "http:///1.html", "//", "http://a:b@front.localhost/2024/0506/1.html", "http://front.localhost:99999/2024/0506/1.html",
    "http://front.localhost:-1/", "http://front.localhost:x/1.html", "\x00", "http://" + "a" * 300 + "/1.html", "/2024/" + "9" * 5_000 + ".html",
    "http://xn--/1.html", "http://%zz/1.html", "http://a..b/1.html", "http://\u202e.cn/1.html", "&#xD83D;", "http://front.localhost\\@evil.cn/",
)  # fmt: skip
"""None of them may cost the links behind it."""
LIST = '<html><head><meta charset="utf-8"><title>社会新闻</title></head><body><h2>社会</h2><ul>{items}</ul>{more}</body></html>'
GOOD = 4  # articles that every list ends with


def items(urls) -> str:
    return "".join(
        f'<li><a href="{url}">城区第{articles.spelt(n)}条老街排水管网开工改造</a> 2024-05-06</li>'
        for n, url in enumerate(urls)
    )


class Front:
    """A site of one host whose every list is full of addresses that must not be asked."""

    def __init__(self, server, name: str) -> None:
        self.name = name
        self.base = server.url(name, "")
        forms = [f"http://{form}:{server.port}" for form in (*LOOPBACK, *PRIVATE)]
        self.wrong = [f"{form}/2024/0506/{n}.html" for n, form in enumerate(forms)] + list(LOCAL) + list(BAD)
        self.lists = [f"{form}/sh/index.html" for form in forms] + list(LOCAL)
        self.redirects = {
            f"/2024/0506/{700 + n}.html": url for n, url in enumerate(self.wrong) if url.isprintable()
        }
        self.list_redirects = {f"/l{n}/": url for n, url in enumerate(self.lists)}

    def good(self, family: int) -> list[str]:
        return [f"{self.base}/2024/0507/{family * 100 + n}.html" for n in range(GOOD)]

    def __call__(self, path: str) -> bytes:
        match path:
            case "/":
                feeds = "".join(
                    f'<link rel="alternate" type="application/rss+xml" href="{url}">' for url in self.lists
                )
                more = feeds + "".join(
                    f'<a href="{url}">更多</a>' for url in (*self.lists, *self.list_redirects)
                )
                urls = (*self.wrong, *self.redirects, *self.good(1))
                return response(
                    LIST.format(items=items(urls), more=f'{more}<a href="{self.lists[0]}">下一页</a>')
                )
            case "/rss.xml":
                entries = "".join(
                    f"<item><title>城区老街{n}排水管网开工改造</title><link>{url}</link></item>"
                    for n, url in enumerate((*map(as_xml, self.wrong), *self.good(2)))
                )
                return response(
                    f'<rss version="2.0"><channel>{entries}</channel></rss>', "Content-Type: text/xml"
                )
            case "/sitemap.xml":
                urls = "".join(
                    f"<url><loc>{url}</loc></url>" for url in (*map(as_xml, self.wrong), *self.good(3))
                )
                return response(f"<urlset>{urls}</urlset>", "Content-Type: text/xml")
            case "/index.xml":
                maps = "".join(
                    f"<sitemap><loc>{as_xml(url)}</loc></sitemap>"
                    for url in (*self.lists, self.base + "/more.xml")
                )
                return response(f"<sitemapindex>{maps}</sitemapindex>", "Content-Type: text/xml")
            case "/more.xml":
                urls = "".join(f"<url><loc>{url}</loc></url>" for url in self.good(4))
                return response(f"<urlset>{urls}</urlset>", "Content-Type: text/xml")
        if path in self.redirects or path in self.list_redirects:
            return redirect(
                (self.redirects | self.list_redirects)[path].encode("utf-8", "replace").decode("latin-1")
            )
        if path.startswith("/2024/0507/"):
            number = int(path[11:-5])
            wrong = self.lists[number % len(self.lists)]
            refresh = f'<meta http-equiv="refresh" content="0;url={wrong}">'
            further = f'<a href="{wrong}">下一页</a><a href="{wrong.replace("index", f"{number}_2")}">2</a>'
            return response(
                articles.page(50_000 + number, more=further).replace("<title>", refresh + "<title>")
            )
        return NOT_FOUND


def as_xml(url: str) -> str:
    return (
        url.replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "").encode("utf-8", "replace").decode()
    )


def source_file(name: str, base: str, *, local: bool, scope: tuple[str, ...] = ()) -> str:
    lines = [f'id = "{name}"', f'name = "{name}"', f'start = "{base}/"', f'feeds = ["{base}/rss.xml"]']
    lines += [f'sitemaps = ["{base}/sitemap.xml", "{base}/index.xml"]', f"local = {str(local).lower()}"]
    lines += [f"scope = {list(scope)}"] if scope else []
    return "\n".join([*lines, "[fetch]", "delay = 0.01"])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Crawl a site of the usual scope, one whose scope holds every form of this machine, and some robots.txt."""
    scrapy = WatchedScrapy(tmp_path_factory.mktemp("addresses"), tmp_path_factory.mktemp("sources"))
    with hostile_server() as server:
        fronts = [Front(server, "front"), Front(server, "wide")]
        for front in fronts:
            server.sites[front.name] = front
        hosts = tuple(
            f"{form}:{server.port}"
            for form in (*LOOPBACK, *PRIVATE)
            if re.fullmatch(r"[\w.]*\w", form, re.ASCII)
        )
        files = {
            "front": source_file("front", fronts[0].base, local=True),
            "wide": source_file(
                "wide", fronts[1].base, local=True, scope=(f"wide.localhost:{server.port}", *hosts)
            ),
            "shut": source_file("shut", server.url("shut", ""), local=False),
        }
        targets = [*(f"http://{form}:{server.port}/robots.txt" for form in LOOPBACK), *LOCAL]
        for number, target in enumerate(targets):
            name = f"robots{number}"
            files[name] = source_file(name, server.url(name, ""), local=True)
            server.sites[name] = lambda path, target=target: (
                redirect(target.encode().decode("latin-1"))
                if path == "/robots.txt"
                else response(articles.page(1))
            )
        for name, text in files.items():
            (scrapy.sources / f"{name}.toml").write_text(text, encoding="utf-8")
        process = scrapy("crawl", "news", "-a", f"sources={','.join(files)}", **SETTINGS)
        return scrapy, process, server, fronts


def test_no_address_was_asked_that_is_not_ours(crawled):
    _, _, server, _ = crawled
    assert {name for name, _ in server.requests if not name.startswith("robots")} == {"front", "wide"}


def test_all_good_articles_are_there(crawled):
    """Whatever stood before them in the list, feed, sitemap or index, and whatever stands on their own pages."""
    scrapy, process, _, fronts = crawled
    found = outcomes_of(scrapy.archive)
    wanted = [url for front, family in itertools.product(fronts, range(1, 5)) for url in front.good(family)]
    lost = [url for url in wanted if not (url in found and not found[url].reason)]
    assert not lost, process.stderr[-2000:]


def test_nothing_of_this_machine_is_in_the_archive(crawled):
    scrapy, _, _, _ = crawled
    urls = {url for url, outcome in outcomes_of(scrapy.archive).items()}
    assert all(url.partition("://")[2].startswith(("front.localhost:", "wide.localhost:")) for url in urls)


def test_a_robots_txt_that_leads_inside_forbids_everything(crawled):
    _, _, server, _ = crawled
    asked = {name: server.asked(name) for name, _ in server.requests if name.startswith("robots")}
    assert asked
    assert all(set(paths) == {"/robots.txt"} for paths in asked.values()), asked


def test_the_log_has_no_traceback(crawled):
    _, process, _, _ = crawled
    assert process.returncode == 4  # the site that is not local, and those whose robots.txt leads inside
    assert "Traceback" not in process.stderr, process.stderr[-3000:]
