"""Text in the cells of a spreadsheet: never a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for a formula at the beginning of a cell."""


def safe_cell(text: str) -> str:
    """Return the text of a cell, with an apostrophe before what a spreadsheet would calculate.

    >>> safe_cell("=HYPERLINK(A1)"), safe_cell("-3℃寒潮来袭"), safe_cell("3+2高考")
    ("'=HYPERLINK(A1)", "'-3℃寒潮来袭", '3+2高考')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
