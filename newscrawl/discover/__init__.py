"""From a section front, a feed or a sitemap to the links worth following. Pure: nothing here fetches.

page  -> read_front -> articles, lists, next page, feeds
bytes -> parse_feed, parse_sitemap, read_datastore -> links
visits -> pace_after_visit, rank_fronts, trap_of_url, ShapeMemory -> when, what first, what never
"""

from __future__ import annotations

from newscrawl.discover.archives import entries_between, entry_of_day
from newscrawl.discover.directives import directives_of
from newscrawl.discover.families import family_of
from newscrawl.discover.feeds import Feed, find_feeds, parse_feed
from newscrawl.discover.fronts import Front, is_datastore_url, read_datastore, read_front
from newscrawl.discover.links import Link, find_links
from newscrawl.discover.paging import next_page_of_article, next_page_of_list
from newscrawl.discover.papers import PaperPage, is_paper_page, read_paper_page
from newscrawl.discover.ranking import front_records, rank_fronts, score_of
from newscrawl.discover.records import FrontKind, FrontRecord
from newscrawl.discover.redirects import redirect_of
from newscrawl.discover.revisit import Pace, next_visit_in, pace_after_failure, pace_after_visit
from newscrawl.discover.robots import RobotsPolicy, policy_of
from newscrawl.discover.same_hosts import SameHosts
from newscrawl.discover.shape_memory import ShapeMemory
from newscrawl.discover.sitemaps import Sitemap, parse_sitemap
from newscrawl.discover.sorting import SiteRules, SortedLinks, sort_links
from newscrawl.discover.traps import FanOut, trap_of_url
from newscrawl.discover.walking import PageOfList, Span, Walk, after_missing_page, next_page

__all__ = [
    "FanOut",
    "Feed",
    "Front",
    "FrontKind",
    "FrontRecord",
    "Link",
    "Pace",
    "PageOfList",
    "PaperPage",
    "RobotsPolicy",
    "SameHosts",
    "ShapeMemory",
    "SiteRules",
    "Sitemap",
    "SortedLinks",
    "Span",
    "Walk",
    "after_missing_page",
    "directives_of",
    "entries_between",
    "entry_of_day",
    "family_of",
    "find_feeds",
    "find_links",
    "front_records",
    "is_datastore_url",
    "is_paper_page",
    "next_page",
    "next_page_of_article",
    "next_page_of_list",
    "next_visit_in",
    "pace_after_failure",
    "pace_after_visit",
    "parse_feed",
    "parse_sitemap",
    "policy_of",
    "rank_fronts",
    "read_datastore",
    "read_front",
    "read_paper_page",
    "redirect_of",
    "score_of",
    "sort_links",
    "trap_of_url",
]
