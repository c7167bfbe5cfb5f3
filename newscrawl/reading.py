"""A page's bytes to a repaired article: the extraction and the repair, one after the other.

Knows no network and no disk, so that it can run in a notebook as well as in a crawl.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.exceptions import NotAnArticle
from newscrawl.extract import extract_page
from newscrawl.items import Article, Capture, Page
from newscrawl.repair import SiteHistory, repair_extraction
from newscrawl.text.comparing import comparing_form

if TYPE_CHECKING:
    from newscrawl.extract import SiteMemory


def read_page(
    html: bytes, *, url: str, content_type: str | None = None, site_memory: SiteMemory | None = None
) -> Article:
    """Return the repaired article that stands on a page, from the bytes of the page.

    ``content_type`` is the header as it was sent; ``site_memory`` is what other pages of the site have shown.

    Raises:
        PageError: the page is no article, or cannot be read; ``.reason`` says why in one word.

    >>> html = '''<html><head><meta charset="utf-8"><title>鲁山县新建口袋公园12处_鲁山新闻网</title></head><body>
    ... <h1>鲁山县新建口袋公园12处</h1><div>2024-05-06 来源：鲁山日报</div><div class="content">
    ... <p>鲁山日报5月6日讯 记者从县住建局获悉，今年以来，鲁山县利用边角地块，新建口袋公园12处，面积共3.6万平方米。</p>
    ... <p>这些公园建在老旧小区旁，配有健身器材、座椅和儿童沙坑，居民出门十分钟就能走到。</p></div></body></html>'''
    >>> article = read_page(html.encode(), url="http://lushan.example/2024/0506/1.html")
    >>> article.headline, article.source_outlet, article.date_published.isoformat()[:10]
    ('鲁山县新建口袋公园12处', '鲁山日报', '2024-05-06')
    """
    capture = Capture(url=url, source="", captured_at=datetime.now(UTC))
    return read_article(Page(capture=capture, html=html, content_type=content_type), memory=site_memory)


def read_article(
    page: Page, *, memory: SiteMemory | None = None, history: SiteHistory | None = None
) -> Article:
    """Return the repaired article of a captured page; memory and history are what other pages of its site showed.

    Raises:
        PageError: see ``read_page``.
    """
    extraction = extract_page(page, memory=memory)
    article = repair_extraction(extraction, history=_with_memory(history or SiteHistory(), memory))
    if article.headline is None:  # a seed file begins with its headline; none is better than a wrong one
        raise NotAnArticle("no_headline", page.capture.url, "neither the page nor its lists name one")
    return article


def _with_memory(history: SiteHistory, memory: SiteMemory | None) -> SiteHistory:
    """Return the history with what the memory of the site has seen on its other pages."""
    if memory is None:
        return history
    return replace(
        history,
        headlines=history.headlines | {_form(headline) for headline in memory.headlines()},
        boilerplate=history.boilerplate | {_form(line) for line in memory.boilerplate()},
    )


_form = lru_cache(maxsize=1 << 16)(comparing_form)  # the same headlines come with every page of a site
