"""Everything that a page which lists articles leads to, whatever system made it.

redirect | digital newspaper | Hanweb datastore | ordinary list -> articles, further lists, the next page
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from lxml.html import HtmlElement

from newscrawl.discover.datastores import Datastore, find_datastores, first_part_url, parse_datastore
from newscrawl.discover.feeds import find_feeds
from newscrawl.discover.links import Link, find_links
from newscrawl.discover.paging import next_page_of_list
from newscrawl.discover.papers import is_paper_page, read_paper_page
from newscrawl.discover.redirects import redirect_of
from newscrawl.discover.shape_memory import ShapeMemory
from newscrawl.discover.sorting import SiteRules, SortedLinks, sort_links
from newscrawl.text.urls import is_in_scope, url_key


@dataclass(frozen=True, slots=True)
class Front:
    """What a section front leads to."""

    links: SortedLinks = field(default_factory=SortedLinks)
    next_url: str | None = None
    """The next page of the list, or the address of its next part; within the scope."""
    feeds: tuple[str, ...] = ()
    """Feeds that the page names, within the scope."""
    redirect: str | None = None
    """Where the page sends its reader at once; then it has nothing else."""


def read_front(
    tree: HtmlElement,
    url: str,
    rules: SiteRules,
    *,
    memory: ShapeMemory | None = None,
    now: datetime | None = None,
) -> Front:
    """Return what the section front at ``url`` leads to."""
    target = redirect_of(tree, url)
    if target and is_in_scope(target, rules.scope):
        return Front(redirect=target)
    feeds = tuple(feed for feed in find_feeds(tree, url) if is_in_scope(feed, rules.scope))
    if is_paper_page(tree, url):
        return Front(_paper_links(tree, url, rules), feeds=feeds)
    store = find_datastores(tree, url, now=now)
    links = sort_links(_together(find_links(tree, url, now=now), store), rules, memory=memory)
    following = (
        next_page_of_list(tree, url) or store.next_url or (None if store.links else first_part_url(tree, url))
    )
    return Front(links, _inside(following, rules), feeds)


def read_datastore(body: bytes, url: str, rules: SiteRules, *, memory: ShapeMemory | None = None) -> Front:
    """Return what an answer of Hanweb's ``dataproxy.jsp`` leads to."""
    store = parse_datastore(body, url)
    return Front(sort_links(store.links, rules, memory=memory), _inside(store.next_url, rules))


def is_datastore_url(url: str) -> bool:
    """Tell whether an address answers with a datastore instead of a page."""
    return "/dataproxy.jsp?" in url


def _inside(url: str | None, rules: SiteRules) -> str | None:
    return url if url and is_in_scope(url, rules.scope) else None


def _together(links: tuple[Link, ...], store: Datastore) -> tuple[Link, ...]:
    """Return the links of the page and the entries of its script, each page once."""
    known = {url_key(link.url) for link in links}
    return links + tuple(link for link in store.links if url_key(link.url) not in known)


def _paper_links(tree: HtmlElement, url: str, rules: SiteRules) -> SortedLinks:
    """Return the articles of a newspaper page as articles and the other pages of its issue as lists.

    An article of the map may have any address: the day and the map are evidence enough.
    """
    page = read_paper_page(tree, url)
    return SortedLinks(articles=_wanted(page.articles, rules), lists=_wanted(page.pages, rules))


def _wanted(links: tuple[Link, ...], rules: SiteRules) -> tuple[Link, ...]:
    return tuple(
        link
        for link in links
        if is_in_scope(link.url, rules.scope) and not (rules.skip_url and rules.skip_url.search(link.url))
    )
