"""Visits as sites see them: one crawl of many small sites, and two more after it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from newscrawl.storage import Catalog
from tests.conftest import Scrapy
from tests.visits.online import Answer, Sites, article, is_article, listing, number_of, sites_online

DELAY = 0.03
SLOW = 0.25


def section(name: str) -> str:
    return f'<a href="/{name}/">社会</a>'


@dataclass
class Scripts:
    """The sites, and what the test changes between the crawls."""

    news: bool = False
    """Whether the lists have one article more."""
    refusals: Counter[str] = field(default_factory=Counter)

    def plain(self, path, headers):
        """A list and its articles; ``tagged`` and ``dated`` send validators, ``mute`` none."""
        return Answer(article(number_of(path))) if is_article(path) else None

    def tagged(self, path, headers):
        if path != "/":
            return self.plain(path, headers)
        if headers.get("If-None-Match") == '"one"':
            return Answer(status=304)
        return Answer(listing(range(1, 4)), headers={"ETag": '"one"'})

    def dated(self, path, headers):
        if path != "/":
            return self.plain(path, headers)
        day = "Sun, 01 Nov 2026 08:00:00 GMT"
        if headers.get("If-Modified-Since") == day:
            return Answer(status=304)
        return Answer(listing(range(11, 14)), headers={"Last-Modified": day})

    def mute(self, path, headers):
        return Answer(listing(range(21, 24))) if path == "/" else self.plain(path, headers)

    def liar(self, path, headers):
        """Says for ever that nothing has changed."""
        if path != "/":
            return self.plain(path, headers)
        if "If-None-Match" in headers:
            return Answer(status=304)
        return Answer(listing(range(31, 34 + self.news)), headers={"ETag": '"same"'})

    def growing(self, path, headers):
        """Two sections, one of them with three pages; an article comes into the other."""
        if path == "/":
            return Answer(listing([], section("sh") + section("jy")))
        if path == "/sh/":
            if headers.get("If-None-Match") == '"sh"':
                return Answer(status=304)
            more = '<a href="/sh/index_2.html">下一页</a>'
            return Answer(listing(range(41, 44), more), headers={"ETag": '"sh"'})
        if path == "/sh/index_2.html":
            return Answer(listing(range(44, 47), '<a href="/sh/index_3.html">下一页</a>'))
        if path == "/sh/index_3.html":
            return Answer(listing(range(47, 49)))
        if path == "/jy/":
            return Answer(listing(range(51, 53 + self.news)))
        return self.plain(path, headers)

    def weary(self, path, headers):
        """Asks for a second of rest once, and is itself again."""
        if path == "/":
            return Answer(listing(range(61, 65)))
        if is_article(path) and not self.refusals["weary"]:
            self.refusals["weary"] += 1
            return Answer("busy", 503, {"Retry-After": "1"})
        return self.plain(path, headers)

    def closed(self, path, headers):
        """Answers everything but its front page with 429."""
        if path == "/":
            return Answer(listing(range(71, 79)))
        return Answer("no", 429) if is_article(path) else None

    def gone(self, path, headers):
        """Links to a section that is not there."""
        return Answer(listing(range(81, 83), section("old"))) if path == "/" else self.plain(path, headers)

    def moved(self, path, headers):
        target = f"http://elsewhere.localhost:{headers['Host'].rpartition(':')[2]}/"
        return Answer("", 301, {"Location": target}) if path == "/" else None

    def leading(self, path, headers):
        """Has one article under three addresses."""
        if path == "/":
            items = "".join(
                f'<li><a href="/go/{n}.html">老城区供热管网改造今日全面开工建设</a></li>'
                for n in (1001, 1002)
            )
            return Answer(listing([91], f"<ul>{items}</ul>"))
        if path.startswith("/go/"):
            return Answer("", 302, {"Location": "/2026/1101/91.html"})
        return self.plain(path, headers)

    def twin(self, path, headers):
        """The desktop site and its mobile twin."""
        port = headers["Host"].rpartition(":")[2]
        if path == "/":
            mobile = f'<ul><li><a href="http://m.twin.localhost:{port}/list/">手机版</a></li></ul>'
            return Answer(listing(range(101, 106 + self.news), mobile))
        return Answer(listing(range(101, 106 + self.news))) if path == "/list/" else self.plain(path, headers)

    def hurried(self, path, headers):
        """Wants a quarter of a second between two requests, by its robots.txt."""
        if path == "/robots.txt":
            return Answer(f"User-agent: *\nCrawl-delay: {SLOW}\n", headers={"Content-Type": "text/plain"})
        return Answer(listing(range(121, 125))) if path == "/" else self.plain(path, headers)

    def mapped(self, path, headers):
        """Has an article that only a sitemap names, and the sitemap only robots.txt."""
        base = f"http://{headers['Host']}"
        if path == "/robots.txt":
            return Answer(f"Sitemap: {base}/map.xml\n", headers={"Content-Type": "text/plain"})
        if path == "/map.xml":
            return Answer(f"<urlset><url><loc>{base}/2026/1101/132.html</loc></url></urlset>")
        return Answer(listing([131])) if path == "/" else self.plain(path, headers)

    def shy(self, path, headers):
        """Does not want this kept, nor that followed."""
        if path == "/":
            more = '<ul><li><a rel="nofollow" href="/2026/1101/143.html">区里的便民服务大厅延长了开放时间</a></li></ul>'
            return Answer(listing([141, 142], more + section("inner")))
        if path == "/inner/":
            return Answer(listing([144], head='<meta name="robots" content="nofollow">'))
        if path.endswith("/142.html"):
            return Answer(article(142, head='<meta name="robots" content="noarchive">'))
        return self.plain(path, headers)

    def large(self, path, headers):
        """Has more than its budget allows."""
        return Answer(listing(range(151, 181))) if path == "/" else self.plain(path, headers)


NAMES = [
    name
    for name, value in vars(Scripts).items()
    if callable(value) and not name.startswith("_") and name != "plain"
]
MORE = {"large": "budget = 6", "slow": f"delay = {SLOW}"}


def write_source(folder, sites, name):
    lines = [f'id = "{name}"', f'name = "{name}"', f'start = "{sites.url(name)}"', "local = true"]
    if name == "twin":
        lines += [f'scope = ["twin.localhost:{sites.port}", "m.twin.localhost:{sites.port}"]']
    lines += ["[fetch]"]
    lines += [MORE[name]] if name in MORE else []
    lines += [] if "delay" in MORE.get(name, "") else [f"delay = {DELAY}"]
    (folder / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")


@dataclass
class Crawled:
    sites: Sites
    scrapy: Scrapy
    marks: list[int]
    """Requests before each crawl."""
    reports: list[dict[str, Any]]
    states: list[dict[str, tuple[str, str]]]

    def in_crawl(self, host: str, crawl: int) -> list[str]:
        end = [*self.marks[1:], None][crawl]
        with self.sites.lock:
            asked = self.sites.asked[self.marks[crawl] : end]
        return [one.path for one in asked if one.host == host and one.path != "/robots.txt"]

    def account(self, name: str, crawl: int = 0) -> dict[str, Any]:
        return self.reports[crawl]["sources"][name]


def move_clock(scrapy: Scrapy, name: str, by: timedelta) -> None:
    """Let it be long ago that a source's lists were seen in full."""
    with sqlite3.connect(scrapy.archive / "catalog.sqlite3") as db:
        for key, text in db.execute(
            "SELECT url_key, history FROM fronts WHERE source = ?", (name,)
        ).fetchall():
            history = json.loads(text)
            history["full_at"] = (datetime.now(UTC) - by).isoformat()
            db.execute("UPDATE fronts SET history = ? WHERE url_key = ?", (json.dumps(history), key))
    db.close()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    scripts = Scripts()
    folder = tmp_path_factory.mktemp("sources")
    with sites_online() as sites:
        for name in NAMES:
            sites.hosts[name] = getattr(scripts, name)
            write_source(folder, sites, name)
        sites.hosts["m.twin"] = scripts.twin
        sites.hosts["slow"] = lambda path, headers: (
            Answer(listing(range(181, 185))) if path == "/" else scripts.plain(path, headers)
        )
        write_source(folder, sites, "slow")
        scrapy = Scrapy(tmp_path_factory.mktemp("crawl"), folder)
        command = ("crawl", "news", "-a", f"sources={','.join([*NAMES, 'slow'])}")
        found = Crawled(sites, scrapy, [], [], [])
        for visit in ([], ["-a", "visit=all"], ["-a", "visit=all"]):
            found.marks.append(len(sites.asked))
            process = scrapy(
                *command, *visit, AUTOTHROTTLE_ENABLED=False, RETRY_ENABLED=False, DOWNLOAD_DELAY=DELAY
            )
            assert "Traceback" not in process.stderr, process.stderr[-3000:]
            runs = (scrapy.archive / "runs.jsonl").read_text(encoding="utf-8").splitlines()
            found.reports.append(json.loads(runs[-1]))
            with sqlite3.connect(f"file:{scrapy.archive / 'catalog.sqlite3'}?mode=ro", uri=True) as db:
                rows = db.execute("SELECT url, state, reason FROM urls").fetchall()
            found.states.append({url: (state, reason) for url, state, reason in rows})
            scripts.news = True
            move_clock(scrapy, "liar", timedelta(hours=0 if len(found.marks) == 1 else 13))
        yield found


def test_each_article_is_fetched_once(crawled):
    counts = Counter(
        (one.host, one.path) for one in crawled.sites.asked if is_article(one.path) and one.status == 200
    )
    assert {key: n for key, n in counts.items() if n > 1} == {}


@pytest.mark.parametrize("name", ["tagged", "dated", "mute"])
def test_a_list_that_has_not_changed_costs_one_request(crawled, name):
    assert sorted(crawled.in_crawl(name, 0)) == [
        "/",
        *(
            f"/2026/1101/{n}.html"
            for n in {"tagged": (1, 2, 3), "dated": (11, 12, 13), "mute": (21, 22, 23)}[name]
        ),
    ]
    assert crawled.in_crawl(name, 1) == ["/"]
    assert crawled.account(name, 1)["unchanged"] == 1


def test_it_is_asked_whether_it_has_changed(crawled):
    mark = crawled.marks[1]
    second = crawled.sites.of("tagged", mark) + crawled.sites.of("dated", mark)
    assert {one.status for one in second} == {304}


def test_nothing_is_asked_before_its_time(crawled):
    mark = len(crawled.sites.asked)
    process = crawled.scrapy("crawl", "growing", AUTOTHROTTLE_ENABLED=False, DOWNLOAD_DELAY=DELAY)
    assert (process.returncode, process.stderr) == (0, "")
    assert crawled.sites.paths("growing", mark) == []


def test_a_server_that_says_for_ever_that_nothing_has_changed_is_asked_in_full_at_times(crawled):
    assert crawled.in_crawl("liar", 1) == ["/"]
    assert crawled.in_crawl("liar", 2) == ["/", "/2026/1101/34.html"]
    with Catalog.open_readonly(crawled.scrapy.archive) as catalog:
        front = catalog.front(crawled.sites.url("liar"))
    assert front is not None
    assert front.history["lying"]


def test_pages_of_a_list_are_followed_to_the_last_and_not_again(crawled):
    assert {"/sh/", "/sh/index_2.html", "/sh/index_3.html", "/jy/"} <= set(crawled.in_crawl("growing", 0))
    assert sorted(crawled.in_crawl("growing", 1)) == ["/", "/2026/1101/53.html", "/jy/", "/sh/"]


def test_a_list_of_many_pages_is_asked_whether_it_has_changed(crawled):
    second = [one for one in crawled.sites.of("growing", crawled.marks[1]) if one.path == "/sh/"]
    assert [one.status for one in second] == [304, 304]


def test_a_host_that_asks_for_rest_gets_it_and_is_asked_slower_from_then_on(crawled):
    asked = crawled.sites.of("weary")
    at = next(n for n, one in enumerate(asked) if one.status == 503)
    gaps = [later.began - one.ended for one, later in pairwise(asked[at : at + 4])]
    assert gaps[0] >= 1.0
    assert min(gaps[1:]) >= 2 * DELAY
    states = [state for url, (state, _) in crawled.states[0].items() if "//weary." in url]
    assert Counter(states) == {"archived": 3, "failed": 1}


def test_a_host_that_refuses_everything_is_left_alone(crawled):
    assert [one.status for one in crawled.sites.of("closed")[:4]] == [200, 429, 429, 429]
    assert len(crawled.in_crawl("closed", 0)) == 4
    states = Counter(state for url, (state, _) in crawled.states[0].items() if "//closed." in url)
    assert states["failed"] == 3
    assert states["pending"] + states["fetching"] == 5
    assert crawled.account("closed")["left_alone"] == 1


def test_a_list_that_is_gone_is_told_and_left_for_a_month(crawled):
    assert [crawled.in_crawl("gone", n).count("/old/") for n in range(3)] == [1, 1, 1]
    assert crawled.account("gone", 2)["lists_gone"] == 1
    with Catalog.open_readonly(crawled.scrapy.archive) as catalog:
        front = catalog.front(crawled.sites.url("gone", "/old/"))
    assert front is not None
    assert front.next_visit_at is not None
    assert front.next_visit_at - datetime.now(UTC) > timedelta(days=29)


def test_a_site_that_has_moved_is_told_and_not_followed(crawled):
    assert crawled.account("moved")["moved"] == {"elsewhere.localhost": 1}
    assert crawled.sites.of("elsewhere") == []


def test_an_article_under_three_addresses_is_fetched_once(crawled):
    assert crawled.in_crawl("leading", 0).count("/2026/1101/91.html") == 1
    states = {
        url.rpartition("/")[2]: state for url, (state, _) in crawled.states[0].items() if "//leading." in url
    }
    assert states == {"91.html": "archived", "1001.html": "duplicate", "1002.html": "duplicate"}


def test_the_mobile_twin_is_noticed_and_left(crawled):
    assert crawled.account("twin")["same_host"] == {"m.twin.localhost": 1}
    assert crawled.in_crawl("m.twin", 1) == crawled.in_crawl("m.twin", 2) == []
    assert sorted(crawled.in_crawl("twin", 1)) == ["/", "/2026/1101/106.html", "/list/"]


def test_robots_txt_names_the_sitemap_and_is_asked_once_a_day(crawled):
    assert "/2026/1101/132.html" in crawled.in_crawl("mapped", 0)
    assert [one.path for one in crawled.sites.of("mapped", robots=True)].count("/robots.txt") == 1


def test_what_a_page_asks_of_robots_is_done(crawled):
    assert not {"/2026/1101/143.html", "/2026/1101/144.html"} & set(crawled.sites.paths("shy"))
    states = {url.rpartition("/")[2]: found for url, found in crawled.states[0].items() if "//shy." in url}
    assert states == {"141.html": ("archived", ""), "142.html": ("quarantined", "noarchive")}


def test_a_source_is_asked_no_more_than_its_budget(crawled):
    assert [len(crawled.in_crawl("large", n)) for n in range(3)] == [6, 6, 6]
    assert len(set(crawled.sites.paths("large")) - {"/"}) == 15


def test_one_request_at_a_time_and_never_under_the_delay(crawled):
    delays = {"slow": SLOW, "hurried": SLOW}
    for host in {one.host for one in crawled.sites.asked}:
        for mark, end in pairwise([*crawled.marks, None]):
            asked = [one for one in crawled.sites.asked[mark:end] if one.host == host]
            gaps = [later.began - one.ended for one, later in pairwise(asked)]
            assert all(gap >= delays.get(host, DELAY) for gap in gaps), (host, min(gaps))


def test_sources_take_turns(crawled):
    """While the slow hosts wait, the others are not kept from anything: nobody is finished before all have begun."""
    first = {}
    last = {}
    for n, one in enumerate(crawled.sites.asked[: crawled.marks[1]]):
        first.setdefault(one.host, n)
        last[one.host] = n
    begun_last = max(n for host, n in first.items() if host in NAMES and host != "m.twin")
    assert begun_last < max(last.values())
    assert begun_last < len(NAMES) * 6
