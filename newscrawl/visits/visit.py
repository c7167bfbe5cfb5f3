"""One source in one run: what is left to ask it for, and how much of it may be."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.sources import Source
from newscrawl.text.urls import url_key
from newscrawl.visits.calls import TRIAL, ArticleCall, Call, ListCall
from newscrawl.visits.hosts import hostname_of
from newscrawl.visits.lanes import Lane
from newscrawl.visits.lessons import Lessons
from newscrawl.visits.sidebars import Sidebars

if TYPE_CHECKING:
    from scrapy import Request


@dataclass(frozen=True, slots=True)
class Budget:
    """What a source may be asked for in one run."""

    lists: int
    articles: int
    requests: int | None = None
    """Of both kinds together."""


@dataclass(slots=True)
class Visit:
    """A source while it is visited. ``take`` gives what is asked for next; nothing here fetches or writes."""

    source: Source
    budget: Budget
    lessons: Lessons
    """What its addresses were, from this run and earlier ones."""
    has_more: bool = True
    """The catalog may hold more of its articles than the lanes."""
    list_count: int = 0
    article_count: int = 0
    passed_over: list[ListCall] = field(default_factory=list)
    """Lists that were found to be of a trap while they waited."""
    on_event: Callable[[str, int], None] = lambda event, times: None
    """Is told what the report should say: ``over_budget``, ``trap/fan_out``."""
    sidebars: Sidebars = field(default_factory=Sidebars)
    _lanes: OrderedDict[str, Lane] = field(default_factory=OrderedDict)
    _asked: set[str] = field(default_factory=set)
    """Keys of the lists of this run."""

    def put_list(self, call: ListCall) -> bool:
        """Queue a page of a list, once a run; return whether it was new to the run."""
        key = url_key(call.url)
        if key in self._asked:
            return False
        self._asked.add(key)
        if self._may_ask(self.list_count, self.budget.lists):
            self._lane_of(call.url).put_list(call)
        else:
            self.on_event("over_budget", 1)
        return True

    def put_articles(self, calls: Iterable[ArticleCall]) -> None:
        """Queue leased articles."""
        for call in calls:
            self._lane_of(call.url).articles.append(call)

    def put_begun(self, request: Request) -> None:
        """Queue a request that goes on with what was begun; it is no new call on the budget."""
        self._lane_of(request.url).begun.append(request)

    def was_asked(self, url: str) -> bool:
        """Return whether a list was asked for in this run, or is about to be."""
        return url_key(url) in self._asked

    @property
    def waiting_count(self) -> int:
        """Leased articles that were not handed out."""
        return sum(len(lane.articles) for lane in self._lanes.values())

    @property
    def articles_left(self) -> int:
        """How many more articles may be leased."""
        left = self.budget.articles - self.article_count
        if self.budget.requests is not None:
            left = min(left, self.budget.requests - self.list_count - self.article_count)
        return max(left - self.waiting_count, 0)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to ask for."""
        return not self._lanes

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that something is wanted of."""
        return tuple(self._lanes)

    def take(self, is_free: Callable[[str], bool]) -> Request | Call | None:
        """Return what is asked for next of a host that is free; its hosts take turns."""
        for host in list(self._lanes):
            if not is_free(host):
                continue
            lane = self._lanes[host]
            taken = self._take_of(lane)
            if lane.is_empty:
                del self._lanes[host]
            else:
                self._lanes.move_to_end(host)
            if taken is not None:
                return taken
        return None

    def close(self) -> None:
        """Begin nothing more; what was begun goes on."""
        self.budget = Budget(0, 0)

    def leave(self, host: str) -> None:
        """Ask a host for nothing new; what was begun there goes on."""
        if lane := self._lanes.get(host):
            lane.drop_lists()
            lane.drop_articles()

    def drop(self, host: str) -> None:
        """Ask a host for nothing more in this run; the catalog keeps what was wanted of it."""
        self._lanes.pop(host, None)

    def _take_of(self, lane: Lane) -> Request | Call | None:
        lists = self._may_ask(self.list_count, self.budget.lists)
        articles = self._may_ask(self.article_count, self.budget.articles)
        if not lists and (dropped := lane.drop_lists()):
            self.on_event("over_budget", dropped)
        if not articles:
            lane.drop_articles()
        taken = lane.take(lists=lists, articles=articles)
        while isinstance(taken, ListCall) and taken.rank == TRIAL and self._is_trap(taken):
            taken = lane.take(lists=lists, articles=articles)
        self.list_count += isinstance(taken, ListCall)
        self.article_count += isinstance(taken, ArticleCall)
        return taken

    def _is_trap(self, call: ListCall) -> bool:
        name = self.lessons.fan_out.trap_of(call.url)
        if name is not None:
            self.passed_over.append(call)
            self.on_event(f"trap/{name}", 1)
        return name is not None

    def _may_ask(self, count: int, limit: int) -> bool:
        total = self.list_count + self.article_count
        return count < limit and (self.budget.requests is None or total < self.budget.requests)

    def _lane_of(self, url: str) -> Lane:
        return self._lanes.setdefault(hostname_of(url), Lane())
