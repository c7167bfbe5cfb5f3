"""Page -> Extraction: isolates the article on a page.

    bytes -> charset, gate -> markup -> tree          parse_page: once, for everybody
    tree -> lines and boxes -> headline               what a reader sees, in order
    candidates -> chooser -> body -> metadata         source's XPath, site memory, known containers, trafilatura, density

A page that cannot become an article raises a `PageError` with its reason; nothing else is raised.
"""

from __future__ import annotations

from newscrawl.extract.memory import SiteMemory
from newscrawl.extract.page import extract_page, extract_parsed
from newscrawl.extract.parse import ParsedPage, parse_page

__all__ = ["ParsedPage", "SiteMemory", "extract_page", "extract_parsed", "parse_page"]
