"""What a source's file, and the link that led to it, say about a page."""

from __future__ import annotations

from newscrawl.items import PageHints
from newscrawl.sources import Source


def hints_of(source: Source, *, link_text: str | None = None) -> PageHints:
    """Return the hints for a page of a source."""
    return PageHints(
        body_xpath=source.article.body,
        drop_xpaths=source.article.drop,
        charset=source.fetch.charset,
        link_text=link_text or None,
    )
