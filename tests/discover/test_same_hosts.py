from __future__ import annotations

import pytest

from newscrawl.discover import SameHosts
from newscrawl.discover.same_hosts import LEAST_TWINS


def learn(hosts, one, other, count=LEAST_TWINS):
    return [hosts.add(f"http://{one}/2023/{n}.html", f"http://{other}/2023/{n}.html") for n in range(count)]


@pytest.mark.parametrize(
    ("one", "other", "dropped"),
    [
        ("m.zbnews.net", "www.zbnews.net", "m.zbnews.net"),
        ("www.zbnews.net", "m.zbnews.net", "m.zbnews.net"),
        ("zbnews.net", "wap.zbnews.net", "wap.zbnews.net"),
        ("zbnews.net", "www.zbnews.net", "zbnews.net"),
        ("zibo.iqilu.com", "linyi.iqilu.com", None),  # channels of one paper: each has more of its own
        ("m.a.cn", "www.b.cn", None),
    ],
)
def test_twins_are_learnt_from_articles_that_both_have(one, other, dropped):
    hosts = SameHosts({})
    assert learn(hosts, one, other)[-1] == dropped
    assert hosts.twins == ({dropped} if dropped else set())


def test_the_host_of_the_start_page_stands_for_the_other():
    hosts = SameHosts({}, starts=["m.a.cn"])
    learn(hosts, "m.a.cn", "www.a.cn")
    assert hosts.canonical("https://www.a.cn/1.html?x=1") == "https://m.a.cn/1.html?x=1"


def test_other_paths_are_no_evidence():
    hosts = SameHosts({})
    assert not any(hosts.add(f"http://m.a.cn/wap/{n}", f"http://www.a.cn/{n}.html") for n in range(9))


def test_what_was_learnt_is_kept():
    hosts = SameHosts({})
    learn(hosts, "m.a.cn", "www.a.cn")
    assert SameHosts({}, counts=hosts.counts).twins == {"m.a.cn"}
    assert SameHosts({}, counts={"m.a.cn www.a.cn": LEAST_TWINS - 1}).twins == set()


def test_ports_are_kept():
    hosts = SameHosts({"m.a.cn": "www.a.cn"})
    assert hosts.canonical("http://m.a.cn:8080/1.html") == "http://www.a.cn:8080/1.html"
