"""newscrawl crawls Chinese regional news, repairs what content farms did to it, and archives it as plain text.

    source (TOML) -> spiders -> capture -> [WARC]                       the edge, in Scrapy
    capture -> Page -> Extraction -> Article -> seed file + manifest    plain Python

====================================================  =================================================
folder                                                what it does
====================================================  =================================================
``text``                                              text in, text or spans out; knows no page and no disk
``extract``                                           Page -> Extraction: isolates the article
``repair``                                            Extraction -> Article: takes the debris out, with an account
``dedupe``                                            which texts are the same
``discover``                                          links worth following, on fronts, feeds and sitemaps
``sources``                                           the sites we crawl, one TOML file each
``storage``                                           seed files, manifests, WARC, catalog: bytes on disk
``spiders`` ``middlewares`` ``pipelines``             Scrapy's own places: adapters
``extensions`` ``commands``
``demo``                                              a small newsroom on localhost
====================================================  =================================================

Imports point one way: the last three rows -> the middle rows -> ``text`` -> ``items``, ``exceptions``.
Two functions are for use from Python: `read_page` and `repair_text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.lazy import names_of

if TYPE_CHECKING:
    from newscrawl.reading import read_page
    from newscrawl.repair import repair_text

__all__ = ["read_page", "repair_text"]
__version__ = "0.1.0"

__getattr__ = names_of(__name__, reading=("read_page",), repair=("repair_text",))
