"""From a section front, a feed or a sitemap to the links worth following."""

from __future__ import annotations

from newscrawl.discover.feeds import Feed, find_feeds, parse_feed
from newscrawl.discover.links import Link, find_links
from newscrawl.discover.paging import next_page_of_article, next_page_of_list
from newscrawl.discover.robots import RobotsPolicy, policy_of
from newscrawl.discover.sitemaps import Sitemap, parse_sitemap
from newscrawl.discover.sorting import SortedLinks, sort_links

__all__ = [
    "Feed",
    "Link",
    "RobotsPolicy",
    "Sitemap",
    "SortedLinks",
    "find_feeds",
    "find_links",
    "next_page_of_article",
    "next_page_of_list",
    "parse_feed",
    "parse_sitemap",
    "policy_of",
    "sort_links",
]
