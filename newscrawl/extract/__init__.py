"""Page -> Extraction: isolates the article on a page.

    bytes -> charset, gate -> markup -> tree            parse_page: once, for everybody
    tree -> lines and boxes -> headline, values         walk, view: what a reader sees, in order
    candidates -> chooser -> body -> metadata           source's XPath, known containers, density, trafilatura
    site memory -> known template -> body -> metadata   the short way, for a site that has shown its template

A page that cannot become an article raises a `PageError` with its reason; nothing else is raised.

Every candidate is a choice of the page's own lines, so that they can be compared, and the text is always
written by us: trafilatura finds, but does not write. Tried and rejected in November 2026, on 63 annotated pages:
its text as it is has F1 .833; of its lines as a candidate that may win none was ever the best; pruning by class
words lost whole bodies (recall .996 -> .980), so classes only find headline, source and containers. Density
alone has .997, all candidates .998, and .997 when every class and id attribute is taken away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.lazy import names_of

if TYPE_CHECKING:
    from newscrawl.extract.memory import Lesson, SiteMemory, Template
    from newscrawl.extract.page import extract_page, extract_parsed
    from newscrawl.extract.parse import ParsedPage, parse_page

__all__ = ["Lesson", "ParsedPage", "SiteMemory", "Template", "extract_page", "extract_parsed", "parse_page"]

__getattr__ = names_of(
    __name__,
    memory=("Lesson", "SiteMemory", "Template"),
    page=("extract_page", "extract_parsed"),
    parse=("ParsedPage", "parse_page"),
)
