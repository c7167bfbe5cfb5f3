"""Articles told from lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from newscrawl.discover.links import Link
from newscrawl.discover.shape_memory import (
    LEAST_REFUSED,
    LEAST_SEEN,
    PATTERN_LIMIT,
    ShapeMemory,
    pattern_of_url,
)
from newscrawl.discover.sorting import sort_links, verdict_on

HEADLINE = "临沂开展防汛演练提升应急能力"


@dataclass(frozen=True)
class Rules:
    scope: tuple[str, ...] = ("a.cn",)
    article_url: re.Pattern[str] | None = None
    list_url: re.Pattern[str] | None = None
    skip_url: re.Pattern[str] | None = None


@pytest.mark.parametrize(
    ("path", "text", "place", "verdict"),
    [
        ("/yw/202308/t20230810_123.htm", HEADLINE, "list", "article"),
        ("/yw/202308/t20230810_123.htm", "", "list", "article"),
        ("/yw/202308/t20230810_123.htm", "图片", "nav", "article"),
        ("/sh/123456.html", HEADLINE, "list", "article"),
        ("/sh/123456.html", "社会", "nav", "list"),
        ("/sh/123456.html", "更多>>", "list", "list"),
        ("/sh/123456.html", "人民网", "footer", "list"),
        ("/sh/", "社会", "nav", "list"),
        ("/sh/", HEADLINE, "nav", "list"),
        ("/linyi-fangxun/", HEADLINE, "list", "article"),
        ("/linyi-fangxun.html", HEADLINE, "list", "article"),
        ("/linyi.html", "临沂", "list", "list"),
        ("/", HEADLINE, "list", "list"),
        ("", HEADLINE, "list", "list"),
        ("/list_3_2.html", HEADLINE, "list", "list"),
        ("/about.html", "关于我们", "footer", "other"),
        ("/about.html", HEADLINE, "list", "other"),
        ("/bbs/thread-1-1-1.html", HEADLINE, "list", "other"),
        ("/x?y=z", HEADLINE, "list", "article"),
        ("/x?y=z", HEADLINE, "text", "other"),
        ("/x?y=z", "社会", "nav", "list"),
        ("/x?y=z", "社会", "footer", "other"),
        ("/x?y=z", "", "list", "other"),
        ("/linyi/", "", "feed", "article"),
        ("/", "网站首页", "feed", "list"),
        ("/2023.jpg", "图", "feed", "other"),
        ("/x?y=z", "查看社会新闻更多内容", "list", "article"),
        ("/index_2.html", "2", "paging", "paging"),
        ("/2023/0810/5_2.html", "2", "paging", "paging"),
    ],
)  # fmt: skip
def test_what_a_link_leads_to(path, text, place, verdict):
    assert verdict_on(Link("http://a.cn" + path, text, place), Rules()) == verdict


@pytest.mark.parametrize(
    "url", ["http://b.cn/202308/t20230810_1.htm", "http://a.cn.b.cn/", "http://a.cn:81/", "https://xa.cn/"]
)
def test_nothing_outside_the_scope_is_fetched(url):
    rules = Rules(article_url=re.compile("."))
    assert verdict_on(Link(url, HEADLINE), rules) == "outside"


def test_the_patterns_of_a_source_come_first():
    rules = Rules(article_url=re.compile(r"/p/"), list_url=re.compile(r"/l/"), skip_url=re.compile(r"/p/bbs"))
    verdicts = {path: verdict_on(Link("http://a.cn" + path, HEADLINE), rules) for path in
                ("/p/about.html", "/l/202308/t20230810_1.htm", "/202308/t20230810_1.htm", "/p/bbs/1", "/sh/list_3.html", "/sh/")}  # fmt: skip
    assert verdicts == {
        "/p/about.html": "article",
        "/l/202308/t20230810_1.htm": "list",
        "/202308/t20230810_1.htm": "other",
        "/p/bbs/1": "other",
        "/sh/list_3.html": "list",
        "/sh/": "other",
    }


def test_links_are_sorted_in_their_order():
    links = [
        Link("http://a.cn/sh/", "社会", "nav"),
        Link("http://a.cn/2023/0810/2.html", HEADLINE),
        Link("http://b.cn/2023/0810/2.html", HEADLINE),
        Link("http://a.cn/2023/0810/1.html", HEADLINE),
        Link("http://a.cn/index_1.html", "下一页", "paging"),
        Link("http://a.cn/login", "登录", "footer"),
    ]
    found = sort_links(links, Rules())
    assert found.lists == (links[0],)
    assert found.articles == (links[1], links[3])
    assert found.outside == (links[2],)
    assert found.paging == (links[4],)
    assert found.other == (links[5],)
    assert sort_links([], Rules()).articles == ()


def test_what_earlier_visits_showed_is_believed():
    memory = ShapeMemory()
    link = Link("http://a.cn/x?y=9", "社会", "nav")
    assert verdict_on(link, Rules(), memory=memory) == "list"
    for number in range(LEAST_SEEN):
        memory.add(f"http://a.cn/x?y={number}", is_article=True)
    assert verdict_on(link, Rules(), memory=memory) == "article"


def test_a_server_that_blocks_for_a_while_does_not_blind_us():
    memory = ShapeMemory()
    link = Link("http://a.cn/2023/0810/9.html", HEADLINE)
    for number in range(LEAST_REFUSED - 1):
        memory.add(f"http://a.cn/2023/0810/{number}.html", is_article=False)
    assert verdict_on(link, Rules(), memory=memory) == "article"
    memory.add("http://a.cn/2023/0810/99.html", is_article=False)
    assert memory.verdict_on("http://a.cn/2023/0810/77.html") is None
    memory.add("http://a.cn/2023/0811/8.html", is_article=False)
    assert verdict_on(link, Rules(), memory=memory) == "other"


def test_a_memory_is_plain_data():
    memory = ShapeMemory()
    memory.add("http://a.cn/1.html", is_article=True)
    again = ShapeMemory(memory.counts)
    assert again.counts == {"a.cn/9+.html": (1, 0)}


def test_a_memory_forgets_what_is_rare():
    memory = ShapeMemory()
    for _ in range(3):
        memory.add("http://a.cn/news/1.html", is_article=True)
    for number in range(2 * PATTERN_LIMIT):
        memory.add(f"http://a.cn/{'b' * (number % 100)}{'c' * (number // 100)}/", is_article=False)
    assert len(memory.counts) <= PATTERN_LIMIT
    assert memory.verdict_on("http://a.cn/news/8.html") == "article"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.cn/2023/0810/1.html", "http://a.cn/2024/1231/99917.html", True),
        ("http://a.cn/t20230810_1.htm", "http://a.cn/t20240810_81231.htm", True),
        ("http://a.cn/?id=3", "http://a.cn/?id=44", True),
        ("http://a.cn/?id=3&m=a", "http://a.cn/?m=a&id=44", True),
        ("http://a.cn/c/7rtKNyg6PU9", "http://a.cn/c/8SA7tRKNyg6", True),
        ("http://a.cn/sh/1.html", "http://a.cn/sz/1.html", False),
        ("http://a.cn/list_3.html", "http://a.cn/2023/list.html", False),
        ("http://a.cn/1.html", "http://b.cn/1.html", False),
    ],
)
def test_patterns_are_addresses_without_their_numbers(one, other, same):
    assert (pattern_of_url(one) == pattern_of_url(other)) is same


def test_a_pattern_that_was_given_up_is_tried_again_now_and_then():
    memory = ShapeMemory()
    for number in range(LEAST_REFUSED):
        memory.add(f"http://a.cn/2023/0810/{number}.html", is_article=False)
    urls = [f"http://a.cn/2023/0810/{number}.html" for number in range(100_000, 101_000)]
    tried = [url for url in urls if memory.verdict_on(url) is None]
    assert 30 < len(tried) < 100
    memory.add(tried[0], is_article=True)
    assert not [url for url in urls if memory.verdict_on(url) == "other"]
