from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from newscrawl.storage import Archive, Catalog, FoundUrl, Front, UrlState
from tests.storage.making import NOON


def found(number: int, source: str = "linyi-news", **more: object) -> FoundUrl:
    return FoundUrl(url=f"http://{source}.cn/{number}.html", source=source, **more)


def urls(leased):
    return [one.url for one in leased]


def test_what_is_found_is_new_once(open_archive):
    archive = open_archive()
    assert archive.discover([found(1), found(2), found(1)]) == [found(1), found(2)]
    assert archive.discover([found(2), found(3)]) == [found(3)]
    same = FoundUrl(url="https://linyi-news.cn/3.html#top", source="linyi-news")
    assert archive.discover([same]) == []


def test_what_was_found_is_remembered(open_archive):
    archive = open_archive()
    one = found(1, kind="list", priority=7, link_text="更多", found_on="http://linyi-news.cn/")
    archive.discover([one], now=NOON)
    known = archive.url(one.url)
    assert (known.url, known.source, known.kind) == (one.url, "linyi-news", "list")
    assert (known.priority, known.link_text, known.found_on) == (7, "更多", "http://linyi-news.cn/")
    assert (known.state, known.tries, known.discovered_at) == (UrlState.PENDING, 0, NOON)
    assert archive.url("http://linyi-news.cn/unknown") is None


def test_the_most_wanted_are_leased_first(open_archive):
    archive = open_archive()
    archive.discover([found(1), found(2, priority=5)], now=NOON)
    archive.discover([found(3)], now=NOON - timedelta(days=1))
    archive.discover([found(4, "zibo-news", priority=9)])
    assert urls(archive.lease(2, source="linyi-news")) == [found(2).url, found(3).url]
    assert urls(archive.lease(9)) == [found(4, "zibo-news").url, found(1).url]
    assert archive.lease(9) == []
    assert archive.url(found(1).url).state is UrlState.FETCHING


def test_what_failed_comes_again_when_its_time_has_come(open_archive):
    archive = open_archive()
    archive.discover([found(1)])
    for tries in (1, 2):
        (leased,) = archive.lease(1, now=NOON + timedelta(days=tries))
        assert leased.tries == tries - 1
        archive.settle(leased.url, "failed", "timeout", next_try_at=NOON + timedelta(days=tries, hours=5))
        assert archive.lease(1, now=NOON + timedelta(days=tries, hours=4)) == []
    assert archive.url(found(1).url).tries == 2
    archive.lease(1, now=NOON + timedelta(days=3))
    archive.settle(found(1).url, UrlState.FAILED, "http_500")
    assert archive.lease(1, now=NOON + timedelta(days=999)) == []


def test_a_url_nobody_found_can_be_settled(open_archive):
    archive = open_archive()
    archive.settle("http://a.cn/given", UrlState.GONE, "http_410", source="a")
    known = archive.url("http://a.cn/given")
    assert (known.state, known.reason, known.source) == (UrlState.GONE, "http_410", "a")
    assert known.settled_at is not None


def test_an_unknown_state(open_archive):
    with pytest.raises(ValueError, match="'lost'"):
        open_archive().settle("http://a.cn/", "lost")


STRANGE = ["javascript:alert(1)", "", "http://[", "http://a.cn/\ud800", "mailto:a@b.cn", "x" * 5000]


@pytest.mark.parametrize("url", STRANGE, ids=["javascript", "empty", "bracket", "surrogate", "mail", "long"])
def test_strange_urls_have_a_state_too(folder, url):
    with Archive.open(folder) as archive:
        assert len(archive.discover([FoundUrl(url=url, source="a")])) == 1
        archive.settle(url, "quarantined", "bad \ud800 url")
    with Catalog.open_readonly(folder) as catalog:
        assert catalog.url(url).state is UrlState.QUARANTINED


def test_leases_of_a_dead_run_are_given_back(folder):
    archive = Archive.open(folder)
    archive.discover([found(n) for n in range(3)])
    archive.lease(2)
    archive.commit()
    archive._let_go()  # what a kill leaves: nothing is closed in order
    with Archive.open(folder) as archive:
        assert archive.recovery.released_urls == 2
        assert archive.url_counts() == {"linyi-news": {UrlState.PENDING: 3}}


def test_urls_are_counted_by_source_and_state(open_archive):
    archive = open_archive()
    archive.discover([found(1), found(2), found(1, "zibo-news")])
    archive.settle(found(1).url, "gone")
    assert archive.url_counts() == {
        "linyi-news": {UrlState.GONE: 1, UrlState.PENDING: 1},
        "zibo-news": {UrlState.PENDING: 1},
    }


class EveryUrlInOneState(RuleBasedStateMachine):
    """Whatever is done to the frontier, committed or rolled back, it says what a dict would say."""

    def __init__(self):
        super().__init__()
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.archive = Archive.open(Path(self.folder.name) / "archive")
        self.staged: dict[str, str] = {}
        self.committed: dict[str, str] = {}

    numbers = st.integers(0, 8)

    @rule(numbers=st.lists(numbers, max_size=4))
    def discover(self, numbers):
        self.archive.discover([found(n) for n in numbers])
        for n in numbers:
            self.staged.setdefault(found(n).url, "pending")

    @rule(limit=st.integers(0, 3))
    def lease(self, limit):
        leased = urls(self.archive.lease(limit, now=datetime(2000, 1, 1, tzinfo=UTC)))
        pending = [url for url, state in self.staged.items() if state == "pending"]
        assert len(leased) == min(limit, len(pending))
        assert set(leased) <= set(pending)
        self.staged |= dict.fromkeys(leased, "fetching")

    @rule(number=numbers, state=st.sampled_from(UrlState))
    def settle(self, number, state):
        url = found(number).url
        self.archive.settle(url, state)
        if self.staged.get(url) != "archived":
            self.staged[url] = state.value

    @rule()
    def commit(self):
        self.archive.commit()
        self.committed = dict(self.staged)

    @rule()
    def roll_back(self):
        self.archive.rollback()
        self.staged = dict(self.committed)

    @invariant()
    def agrees(self):
        for number in range(9):
            known = self.archive.url(found(number).url)
            assert (known.state.value if known else None) == self.staged.get(found(number).url)

    def teardown(self):
        self.archive._let_go()
        self.folder.cleanup()


TestEveryUrlInOneState = EveryUrlInOneState.TestCase
TestEveryUrlInOneState.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)


# -- memory of sites -------------------------------------------------------------------------------------

FRONT = Front(
    url="http://a.cn/list.html",
    source="a",
    etag='W/"淄博"',
    last_modified="Wed, 27 May 2026 04:00:00 GMT",
    body_digest="sha1:X",
    visited_at=NOON,
    next_visit_at=NOON + timedelta(hours=2),
    history={"yields": [3, 0, 1]},
)


def test_a_front_is_remembered(folder):
    with Archive.open(folder) as archive:
        assert archive.front(FRONT.url) is None
        archive.put_front(Front(url=FRONT.url, source="a"))
        archive.put_front(FRONT)
    with Catalog.open_readonly(folder) as catalog:
        assert catalog.front("https://a.cn/list.html") == FRONT
        assert catalog.fronts("a") == [FRONT]
        assert catalog.fronts("b") == []


def test_site_memory_is_replaced(open_archive):
    archive = open_archive()
    assert archive.site_memory("a") is None
    archive.put_site_memory("a", {"container": "//div", "seen": [1, 2]})
    archive.put_site_memory("a", {"container": "//section"})
    assert archive.site_memory("a") == {"container": "//section"}


def test_counts_of_hosts_add_up(open_archive):
    archive = open_archive()
    archive.count("a.cn", {"documents": 1, "pinyin_documents": 1})
    archive.count("a.cn", {"documents": 2})
    assert archive.host_counts("a.cn") == {"documents": 3, "pinyin_documents": 1}
    assert archive.host_counts("b.cn") == {}


def test_memory_is_rolled_back_too(open_archive):
    archive = open_archive()
    archive.put_front(FRONT)
    archive.put_site_memory("a", 1)
    archive.count("a.cn", {"documents": 1})
    archive.rollback()
    assert (archive.front(FRONT.url), archive.site_memory("a"), archive.host_counts("a.cn")) == (
        None,
        None,
        {},
    )
