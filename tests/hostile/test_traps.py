"""Sites without end: calendars, sessions, relative paths, fans of lists, sitemaps of sitemaps. A visit comes to an end."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from tests.hostile import articles
from tests.hostile.server import NOT_FOUND, hostile_server, redirect, response
from tests.hostile.test_pages import WatchedScrapy, outcomes_of

LISTS, ARTICLES = 25, 60  # of one source, in these tests
SETTINGS = {
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_ENABLED": False,
    "CONCURRENT_REQUESTS": 32,
    "CRAWL_LISTS_PER_SOURCE": LISTS,
    "CRAWL_ARTICLES_PER_SOURCE": ARTICLES,
}
GOOD = "/2024/0507/1.html"


def page_of_links(urls, *, more="") -> bytes:
    good = f'<li><a href="{GOOD}">城区一号老街排水管网开工改造</a> 2024-05-07</li>'
    links = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in urls)
    return response(
        f'<html><head><meta charset="utf-8"><title>社会</title></head><body><ul>{good}{links}</ul>{more}</body></html>'
    )


def number_in(path: str) -> int:
    return int((re.findall(r"\d+", path) or ["0"])[-1])


def calendar(path):
    """A list for every day, each with the day after it."""
    day = number_in(path)
    return page_of_links([(f"/calendar/?day={day + n}", "明天") for n in (1, 2, 3)])


def session(path):
    """The same lists under a new number each time."""
    token = f"{number_in(path) + 1:024d}"
    return page_of_links([(f"/sh/?phpsessid={token}", "社会"), (f"/yw/?phpsessid={token}", "要闻")])


def relative(path):
    """Links without a stroke at their beginning, so that each page has its lists one folder deeper."""
    return page_of_links([("sh/", "社会"), ("yw/index.html", "要闻"), ("../jk/sh/", "健康")])


def fan(path):
    """Every list has a hundred more."""
    base = number_in(path) * 100
    return page_of_links([(f"/tag/{base + n}/", "标签") for n in range(100)])


def articles_without_end(path):
    """Every article is there, and links to fifty more."""
    if path == "/" or path.startswith("/list"):
        base = number_in(path) * 50
        return page_of_links(
            [(f"/2024/0506/{base + n}.html", "城区老街排水管网今天开工改造") for n in range(50)],
            more=f'<a href="/list_{base // 50 + 1}.html">下一页</a>',
        )
    return response(articles.page(60_000 + number_in(path)))


def paging(path):
    """A list that always has a next page, with a new article each."""
    page = number_in(path) or 1
    return page_of_links(
        [(f"/2024/0508/{page}.html", "城区老街排水管网今天开工改造")],
        more=f'<a href="/index_{page + 1}.html">下一页</a>',
    )


def continued(path):
    """An article that always goes on."""
    page = int(path.partition("_")[2].partition(".")[0] or 1)
    further = f'<a href="/2024/0509/5_{page + 1}.html">下一页</a>'
    if path.startswith("/2024/0509/5"):
        return response(articles.page(70_000 + page, more=further))
    return page_of_links([("/2024/0509/5.html", "城区老街排水管网今天开工改造")])


def refreshing(path):
    """Every page sends its reader to itself, or to the front page."""
    page = articles.page(71_000 + number_in(path)).replace(
        "<title>", f'<meta http-equiv="refresh" content="0;url={path}"><title>'
    )
    return (
        response(page)
        if path.startswith("/2024")
        else page_of_links([("/2024/0506/3.html", "城区老街排水管网今天开工改造")])
    )


def looping(path):
    """Redirects in a circle, and one that never ends."""
    if path == "/":
        return page_of_links(
            [
                ("/a/2024/0506/1.html", "城区老街排水管网今天开工改造"),
                ("/c/2024/0506/0.html", "城区老街今天开工改造"),
            ]
        )
    if path.startswith("/c/"):
        return redirect(f"/c/2024/0506/{number_in(path) + 1}.html")
    return redirect({"a": "/b", "b": "/a"}.get(path[1], "/a") + "/2024/0506/1.html")


def sitemap_chain(path):
    """Sitemaps of sitemaps."""
    base = number_in(path) * 10
    maps = "".join(f"<sitemap><loc>http://HOST/sitemap_{base + n}.xml</loc></sitemap>" for n in range(1, 9))
    return f"<sitemapindex>{maps}</sitemapindex>"


def sitemap_of_thousands(path):
    """More articles in one sitemap than a visit has room for."""
    url = "<url><loc>http://HOST/2024/0506/{}.html</loc></url>"
    return "<urlset>" + "".join(url.format(n) for n in range(5_000)) + "</urlset>"


def sitemap_bomb(path):
    """Eight gigabytes of blanks behind the first address, packed twice."""
    return "<urlset><url><loc>http://HOST/2024/0507/1.html</loc></url>" + " " * 1_000


SITES = {
    one.__name__.replace("_", "-"): one
    for one in (
        calendar,
        session,
        relative,
        fan,
        articles_without_end,
        paging,
        continued,
        refreshing,
        looping,
    )
}
SITEMAPS = {
    one.__name__.replace("_", "-"): one for one in (sitemap_chain, sitemap_of_thousands, sitemap_bomb)
}


def site_of(name, make, number):
    def answer(path):
        if path == GOOD:
            return response(articles.page(80_000 + number))
        return NOT_FOUND if path == "/robots.txt" else make(path)

    return answer


def sitemap_site(server, name, make, number):
    def answer(path):
        if path == GOOD:
            return response(articles.page(80_000 + number))
        if not path.endswith(".xml"):
            return NOT_FOUND if path == "/robots.txt" or path.startswith("/2024") else page_of_links([])
        xml = make(path).replace("HOST", server.url(name, "")[7:]).encode()
        if make is sitemap_bomb:
            xml += gzip.compress(b"") and b" " * (64 << 20)
        return response(gzip.compress(xml, 1), "Content-Type: application/gzip")

    return answer


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    scrapy = WatchedScrapy(tmp_path_factory.mktemp("traps"), tmp_path_factory.mktemp("sources"))
    with hostile_server() as server:
        for number, (name, make) in enumerate((SITES | SITEMAPS).items()):
            base = server.url(name, "")
            if name in SITES:
                server.sites[name] = site_of(name, make, number)
            else:
                server.sites[name] = sitemap_site(server, name, make, number)
            lines = [f'id = "{name}"', f'name = "{name}"', f'start = "{base}/"', "local = true"]
            lines += [f'sitemaps = ["{base}/sitemap_0.xml"]'] if name in SITEMAPS else []
            (scrapy.sources / f"{name}.toml").write_text("\n".join([*lines, "[fetch]", "delay = 0.01"]))
        process = scrapy("crawl", "news", "-a", f"sources={','.join(SITES | SITEMAPS)}", **SETTINGS)
        return scrapy, process, server


def test_it_comes_to_an_end_and_says_nothing(crawled):
    _, process, _ = crawled
    assert process.returncode == 0, process.stderr[-3000:]
    assert "Traceback" not in process.stderr, process.stderr[-3000:]


@pytest.mark.parametrize("name", [*SITES, *SITEMAPS])
def test_no_site_is_asked_more_than_its_budget(crawled, name):
    _, _, server = crawled
    asked = server.counts()[name]
    assert asked <= LISTS + ARTICLES + 40, server.asked(name)[-10:]


@pytest.mark.parametrize("name", [*SITES, *SITEMAPS])
def test_the_good_article_of_every_site_is_there(crawled, name):
    scrapy, _, server = crawled
    if name in {"articles-without-end", "continued", "refreshing", "looping", *SITES, "sitemap-bomb"}:
        found = outcomes_of(scrapy.archive).get(server.url(name, GOOD))
        assert found is not None, server.asked(name)[:20]
        assert not found.reason


@pytest.mark.parametrize(
    ("name", "trap"),
    [
        ("calendar", "calendar"),
        ("relative", "repeated_path"),
        ("fan", "fan_out"),
        ("paging", "endless_paging"),
        ("sitemap-chain", "fan_out"),
    ],
)
def test_traps_are_told_by_name(crawled, name, trap):
    scrapy, _, _ = crawled
    run = json.loads((scrapy.archive / "runs.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert trap in run["sources"][name].get("trap", {}), run["sources"][name]


def test_a_page_that_refreshes_itself_is_read(crawled):
    scrapy, _, server = crawled
    assert outcomes_of(scrapy.archive)[
        server.url("refreshing", "/2024/0506/3.html")
    ].headline == articles.title_of(71_003)
    assert server.asked("refreshing").count("/2024/0506/3.html") == 1
