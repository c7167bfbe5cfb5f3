"""Whole sites of the content management systems, walked from their start URL alone."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml.html import document_fromstring

from newscrawl.discover.fronts import Front, is_datastore_url, read_datastore, read_front
from newscrawl.text.urls import url_key

SECTIONS = ("要闻", "社会", "民生", "县区", "教育")
PLACES = ("兰山区", "费县", "张店区", "桓台县", "博山区", "沂水县", "罗庄区")
EVENTS = (
    "开展防汛演练提升应急能力",
    "启用新校区迎来首批学生",
    "夜市开街方便群众生活",
    "举行秋季招聘会",
    "老旧小区改造全部完工",
    "农机手忙抢收",
)
FIRST = date(2023, 8, 10)


@dataclass(frozen=True)
class Rules:
    scope: tuple[str, ...] = ("a.cn",)
    article_url: re.Pattern[str] | None = None
    list_url: re.Pattern[str] | None = None
    skip_url: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Manner:
    """How one system writes its addresses."""

    article: Callable[[int, int, date], str]
    """Of article number, section number and day."""
    listing: Callable[[int, int, int], str]
    """Of section number, page from 1 and pages in all."""
    pager: str = "numbers"
    size: int = 20


def word(number: int) -> str:
    """Return a number in letters: addresses that hold no digit."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def first_or(first: str, other: str) -> Callable[[int, int, int], str]:
    return lambda s, p, n: (first if p == 1 else other).format(s=s, p=p, z=p - 1, down=n - p + 1)


MANNERS = {
    "TRS": Manner(lambda a, s, d: f"/c{s}/{d:%Y%m}/t{d:%Y%m%d}_{4000 + a}.htm", first_or("/c{s}/", "/c{s}/index_{z}.htm")),
    "TRS by script": Manner(lambda a, s, d: f"/c{s}/{d:%Y%m}/t{d:%Y%m%d}_{4000 + a}.htm", first_or("/c{s}/", "/c{s}/index_{z}.htm"), "script"),
    "Founder": Manner(lambda a, s, d: f"/content/{d:%Y-%m/%d}/content_{70000 + a}.htm", first_or("/node_{s}.htm", "/node_{s}_{p}.htm")),
    "enorth": Manner(lambda a, s, d: f"/system/{d:%Y/%m/%d}/{37000000 + a:09}.shtml", first_or("/s{s}/index.shtml", "/s{s}/index_{p}.shtml"), "words"),
    "Hanweb": Manner(lambda a, s, d: f"/art/{d.year}/{d.month}/{d.day}/art_9{s}_{3000 + a}.html", first_or("/col/col9{s}/index.html", "/col/col9{s}/index.html?uid=31&pageNum={p}"), "datastore"),
    "VSB": Manner(lambda a, s, d: f"/info/104{s}/{3000 + a}.htm", first_or("/xw{s}/list.htm", "/xw{s}/list/{down}.htm"), "words"),
    "UCAP": Manner(lambda a, s, d: f"/zw{s}/content/post_{420000 + a}.html", first_or("/zw{s}/index.html", "/zw{s}/index_{p}.html")),
    "Dede": Manner(lambda a, s, d: f"/s{s}/{d:%Y/%m%d}/{a}.html", first_or("/s{s}/", "/s{s}/list_{s}_{p}.html"), "words"),
    "Dede, dynamic": Manner(lambda a, s, d: f"/plus/view.php?aid={a}", first_or("/plus/list.php?tid={s}", "/plus/list.php?tid={s}&TotalResult=99&PageNo={p}")),
    "Empire": Manner(lambda a, s, d: f"/n{s}/{d:%Y-%m-%d}/{a}.html", first_or("/n{s}/", "/n{s}/index_{p}.html"), "words"),
    "Empire, dynamic": Manner(lambda a, s, d: f"/e/action/ShowInfo.php?classid={s}&id={a}", first_or("/e/action/ListInfo/?classid={s}", "/e/action/ListInfo/index.php?page={z}&classid={s}&totalnum=99")),
    "PHPCMS": Manner(lambda a, s, d: f"/show-{s}-{a}-1.html", first_or("/list-{s}-1.html", "/list-{s}-{p}.html")),
    "PHPCMS, dynamic": Manner(
        lambda a, s, d: f"/index.php?m=content&c=index&a=show&catid={s}&id={a}",
        first_or("/index.php?m=content&c=index&a=lists&catid={s}", "/index.php?m=content&c=index&a=lists&catid={s}&page={p}"), "words",
    ),
    "PHPCMS, bare": Manner(lambda a, s, d: f"/{d:%Y}/sh{s}_{d:%m%d}/{a}.html", first_or("/sh{s}/", "/sh{s}/{p}.html")),
    "Z-Blog": Manner(lambda a, s, d: f"/post/{a}.html", first_or("/category-{s}.html", "/category-{s}_{p}.html"), size=10),
    "WordPress": Manner(lambda a, s, d: f"/{d:%Y/%m/%d}/linyi-fangxun-{a}/", first_or("/category/c{s}/", "/category/c{s}/page/{p}/"), "words", 10),
    "WordPress, names": Manner(lambda a, s, d: f"/linyi-fangxun-{word(a)}/", first_or("/category/c{s}/", "/category/c{s}/page/{p}/"), "words", 10),
    "iqilu": Manner(lambda a, s, d: f"/zb{s}/{d:%Y/%m%d}/{588000 + a}.shtml", first_or("/list/list_1{s}_1.shtml", "/list/list_1{s}_{p}.shtml")),
    "sdchina": Manner(lambda a, s, d: f"/show/{48000 + a}.html", first_or("/list/120{s}.html", "/list/120{s}.html?page={p}"), "words"),
    "rednet": Manner(lambda a, s, d: f"/content/6468{s}/52/{1411 + a}.html", first_or("/channel/73{s}.html", "/channel/73{s}.html?page={p}")),
    "scol": Manner(lambda a, s, d: f"/gg{s}/{d:%Y%m}/{57900 + a}.html", first_or("/gg{s}/", "/gg{s}/index_{p}.html")),
    "southcn": Manner(lambda a, s, d: f"/node_54a44f01a{s}/{a * 2654435761 % 2**40:010x}a1.shtml", first_or("/node_54a44f01a{s}", "/node_54a44f01a{s}?page={p}")),
    "query": Manner(lambda a, s, d: f"/newsview.php?id={a}", first_or("/news.php?typeid={s}", "/news.php?typeid={s}&page={p}"), "words"),
}  # fmt: skip


@dataclass
class Site:
    """A site that makes its pages when they are asked for."""

    manner: Manner
    count: int
    articles: list[list[str]] = field(default_factory=list)
    """By section, newest first."""

    def __post_init__(self) -> None:
        self.articles = [[] for _ in SECTIONS]
        for number in range(self.count):
            self.publish(number)

    def publish(self, number: int) -> str:
        section = number % len(SECTIONS)
        day = FIRST + timedelta(days=number // 20)
        path = self.manner.article(number, section + 1, day)
        self.articles[section].insert(0, path)
        return path

    def paths(self) -> set[str]:
        return {url_key(f"http://a.cn{path}") for section in self.articles for path in section}

    def page(self, url: str) -> bytes | None:
        """Return the page at ``url``; None when it is none that lists articles."""
        key = url_key(url)
        if key == "http://a.cn/":
            return self._front()
        if is_datastore_url(url):
            return self._part(url)
        for section, paths in enumerate(self.articles):
            pages = -(-len(paths) // self.manner.size)
            for page in range(1, pages + 1):
                if url_key(f"http://a.cn{self.manner.listing(section + 1, page, pages)}") == key:
                    return self._list(section, page, pages)
        return None

    def _front(self) -> bytes:
        blocks = []
        for section, name in enumerate(SECTIONS):
            more = self.manner.listing(section + 1, 1, 9)
            blocks.append(
                f"<div class='box'><h2><a href='{more}'>{name}</a></h2><ul>{self._items(section, 0, 5)}</ul><a href='{more}'>更多&gt;&gt;</a></div>"
            )
        return self._html("".join(blocks))

    def _list(self, section: int, page: int, pages: int) -> bytes:
        start = (page - 1) * self.manner.size
        if self.manner.pager == "datastore":
            return self._html(
                f"<div id='31'><script type='text/xml'>{self._store(section, 0)}</script></div>"
            )
        items = f"<ul class='newslist'>{self._items(section, start, start + self.manner.size)}</ul>"
        return self._html(items + self._pager(section, page, pages))

    def _store(self, section: int, start: int, end: int = 45) -> str:
        records = "".join(f"<record><![CDATA[{item}]]></record>" for item in self._each(section, start, end))
        following = f"/module/web/jpage/dataproxy.jsp?startrecord=46&endrecord=90&perpage=15&columnid=9{section + 1}&unitid=31"
        return (
            f"<datastore><totalrecord>{len(self.articles[section])}</totalrecord>"
            f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup><recordset>{records}</recordset></datastore>'
        )

    def _part(self, url: str) -> bytes:
        asked = parse_qs(urlsplit(url).query)
        first, last = int(asked["startrecord"][0]), int(asked["endrecord"][0])
        return self._store(int(asked["columnid"][0]) - 91, first - 1, last).encode("gbk")

    def _each(self, section: int, start: int, end: int) -> Iterator[str]:
        for number, path in enumerate(self.articles[section][start:end], start):
            title = f"{PLACES[number % 7]}{EVENTS[number % 6]}"
            yield f"<li><a href='{path.replace('&', '&amp;')}' title='{title}'>{title[:9]}...</a><span>2023-08-10</span></li>"

    def _items(self, section: int, start: int, end: int) -> str:
        return "".join(self._each(section, start, end))

    def _pager(self, section: int, page: int, pages: int) -> str:
        listing = self.manner.listing
        if self.manner.pager == "script":
            return f"<script>createPageHTML({pages}, {page - 1}, 'index', 'htm');</script>"
        links = [
            f"<a href='{listing(section + 1, n, pages)}'>{n}</a>"
            for n in range(max(1, page - 3), min(pages, page + 3) + 1)
            if n != page
        ]
        if self.manner.pager == "words":
            links = [
                f"<a href='{listing(section + 1, 1, pages)}'>首页</a>",
                f"<a href='{listing(section + 1, pages, pages)}'>尾页</a>",
            ]
            links += [f"<a href='{listing(section + 1, page + 1, pages)}'>下一页</a>"] if page < pages else []
            links += [f"<a href='{listing(section + 1, page - 1, pages)}'>上一页</a>"] if page > 1 else []
        return f"<div class='pages'>{' '.join(links)} 共{pages}页</div>"

    def _html(self, body: str) -> bytes:
        menu = "".join(
            f"<a href='{self.manner.listing(n + 1, 1, 9)}'>{name}</a>" for n, name in enumerate(SECTIONS)
        )
        hot = self._items(0, 0, 3)
        return f"""<html><head><meta charset="utf-8"><title>某某网</title></head><body>
            <div class="nav"><a href="/">首页</a>{menu}<a href="/login.php">登录</a><a href="javascript:;">收藏</a></div>
            {body}<div class="hot"><h3>热点</h3><ul>{hot}</ul><a href="/pic/1.jpg">图</a></div>
            <p>友情链接 <a href="http://www.people.com.cn/n1/2023/0810/c1-1.html">人民网评论员观察文章一篇</a></p>
            <div class="footer"><a href="/about.html">关于我们</a><a href="/contact.html">联系我们</a><a href="mailto:a@a.cn">信箱</a></div>
            </body></html>""".encode()


@dataclass
class Walk:
    """What one visit to a site found and cost."""

    found: set[str] = field(default_factory=set)
    list_fetches: int = 0
    wasted: list[str] = field(default_factory=list)


def read(site: Site, url: str) -> Front | None:
    body = site.page(url)
    if body is None:
        return None
    if is_datastore_url(url):
        return read_datastore(body, url, Rules())
    return read_front(document_fromstring(body.decode()), url, Rules())


def walk(site: Site, *, known: frozenset[str] = frozenset()) -> Walk:
    """Walk a site as a crawl does: every list once, its pages as long as they bring something new."""
    result, waiting, seen = Walk(), deque(["http://a.cn/"]), {"http://a.cn/"}
    while waiting:
        url = waiting.popleft()
        front = read(site, url)
        if front is None:
            result.wasted.append(url)
            continue
        result.list_fetches += 1
        keys = {url_key(link.url) for link in front.links.articles}
        following = [front.next_url] if front.next_url and keys - known - result.found else []
        result.found |= keys
        for target in [*(link.url for link in front.links.lists), *following]:
            if url_key(target) not in seen:
                seen.add(url_key(target))
                waiting.append(target)
    return result


def check_site(manner: Manner, count: int) -> None:
    site = Site(manner, count)
    first = walk(site)
    assert len(first.found & site.paths()) >= 0.99 * count
    assert len(first.found - site.paths()) <= 0.02 * count, first.found - site.paths()
    assert len(first.wasted) <= 0.02 * count, first.wasted

    again = walk(site, known=frozenset(first.found))
    assert again.list_fetches <= 1 + 3 * len(SECTIONS)
    assert again.found <= first.found

    fresh = {url_key(f"http://a.cn{site.publish(count + n)}") for n in range(7)}
    third = walk(site, known=frozenset(first.found))
    assert fresh <= third.found


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_every_article_is_found_from_the_start_url_alone(manner):
    check_site(manner, 300)


@pytest.mark.soak
@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_every_article_of_a_large_site_is_found(manner):
    check_site(manner, 2000)
