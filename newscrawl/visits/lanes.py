"""What one source wants of one host, in order: an article that was begun, lists that are due, articles, other lists."""

from __future__ import annotations

import heapq
from collections import deque
from typing import TYPE_CHECKING

from newscrawl.discover import score_of
from newscrawl.visits.calls import KNOWN, ArticleCall, Call, ListCall

if TYPE_CHECKING:
    from scrapy import Request

ARTICLES_A_LIST = 3
"""Articles that are asked for between two lists that can wait. A first visit has its first articles after a
minute, and still tries 200 lists while it fetches 600."""


class Lane:
    """A queue for one host; ``take`` gives the next thing to ask for."""

    def __init__(self) -> None:
        self.begun: deque[Request] = deque()
        """What was asked for and has to go on: the next page of an article, a redirect, a second try."""
        self.articles: deque[ArticleCall] = deque()
        self._lists: list[tuple[int, float, int, int, ListCall]] = []
        self._count = 0
        self._articles_in_row = 0

    def put_list(self, call: ListCall) -> None:
        """Add a page of a list; the most promising comes first."""
        record = call.walk.record
        self._count += 1
        heapq.heappush(self._lists, (call.rank, -score_of(record), record.depth, self._count, call))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask for."""
        return not (self.begun or self.articles or self._lists)

    def take(self, *, lists: bool, articles: bool) -> Request | Call | None:
        """Return what is asked for next, of what may still be asked for."""
        if self.begun:
            return self.begun.popleft()
        has_article = articles and bool(self.articles)
        if lists and self._lists and (not has_article or self._is_turn_of_list()):
            self._articles_in_row = 0
            return heapq.heappop(self._lists)[-1]
        if has_article:
            self._articles_in_row += 1
            return self.articles.popleft()
        return None

    def drop_lists(self) -> int:
        """Forget the lists; return how many there were."""
        count, self._lists = len(self._lists), []
        return count

    def drop_articles(self) -> int:
        """Forget the articles, which wait in the catalog; return how many there were."""
        count = len(self.articles)
        self.articles.clear()
        return count

    def _is_turn_of_list(self) -> bool:
        return self._lists[0][0] == KNOWN or self._articles_in_row >= ARTICLES_A_LIST
