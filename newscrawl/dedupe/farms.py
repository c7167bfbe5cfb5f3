"""Whether a site's text is other people's news, and how much of a site is: what tells a reprinter from a paper."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.text.comparing import comparing_form


def names_another(outlet: str | None, own_names: Iterable[str]) -> bool:
    """Return whether a credit line names an outlet that is none of the names a site has for itself.

    >>> names_another("大众网", ["沂泉新闻网"]), names_another("沂泉新聞網-沂泉日报", ["沂泉新闻网"])
    (True, False)
    """
    form = comparing_form(outlet or "")
    own = [name for each in own_names if len(name := comparing_form(each)) > 1]
    return bool(form) and not any(name in form or form in name for name in own)


def borrowed_share(text_count: int, borrowed_count: int) -> float:
    """Return the share of a site's texts that are not its own, from 0 to 1.

    >>> borrowed_share(4, 3), borrowed_share(0, 0)
    (0.75, 0.0)
    """
    return round(borrowed_count / text_count, 2) if text_count else 0.0
