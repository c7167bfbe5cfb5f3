"""Pages two, three … of one article: their text without headline and pager, in order."""

from __future__ import annotations

import re

from newscrawl.extract.headline import headline_key

_PAGER = re.compile(
    r"^[\W\d]*(?:(?:上|下|前|后|末|尾|首)一?[页頁]|第?\d{1,3}[页頁]|共\d{1,3}[页頁]|全文|余下全文|单页阅读|[\W\d])*[\W\d]*$"
)
_PAGE_NUMBER = re.compile(r"[(\[【]\s?\d{1,2}\s?[)\]】]$|第[\d一二三四五六七八九十]{1,3}页$")


def joined(first: str, further: list[str], headline: str | None) -> str:
    r"""Return one text from the texts of an article's pages.

    A page's repeated headline and pager lines go, and so do lines that the page before has ended with.

    >>> joined("第一段。", ["夜市开张(2)\n第二段。\n上一页 1 2 下一页"], "夜市开张")
    '第一段。\n第二段。'
    """
    lines = [line for line in first.split("\n") if not is_pager(line)]
    key = headline_key(headline or "")
    seen = set(lines)
    for text in further:
        for line in text.split("\n"):
            repeated = key and headline_key(_PAGE_NUMBER.sub("", line)) == key
            if not repeated and not is_pager(line) and not (len(line) > 20 and line in seen):
                lines.append(line)
        seen.update(text.split("\n"))
    return "\n".join(lines)


def is_pager(line: str) -> bool:
    """Return whether a line only leads to other pages of the article.

    >>> is_pager("上一页 1 2 3 下一页"), is_pager("第3页讲的是水利")
    (True, False)
    """
    return (
        len(line) <= 60 and _PAGER.match(line) is not None and re.search(r"\d|[页頁]|全文", line) is not None
    )
