"""A small newsroom served on localhost: the demo, and the site that the tests crawl.

Six outlets in the manner of real ones, told apart by the Host header on one port of 127.0.0.1: a city portal,
a government site, a province site with feed and sitemaps, a digital newspaper, a farm that reprints with
injected pinyin, and a portal with a related list of impossible stamps. Cities, outlets and people are
invented; the regions around them are real, so that they can be recognised.

    texts (articles/*.txt) + outlets (outlets/*.toml) -> Newsroom -> pages -> site -> server
                                                                  -> oracle: what an archive must say

>>> newsroom = Newsroom.load()
>>> len(expectations(newsroom, 8000)) >= 60
True
"""

from __future__ import annotations

from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.oracle import Expected, expectations
from newscrawl.demo.server import NewsroomServer, Request, serve
from newscrawl.demo.source_files import write_sources

__all__ = ["Expected", "Newsroom", "NewsroomServer", "Request", "expectations", "serve", "write_sources"]
