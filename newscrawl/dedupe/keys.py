"""The keys of a text: what others like it are found by."""

from __future__ import annotations

from newscrawl.dedupe.fingerprint import text_fingerprint
from newscrawl.dedupe.sketch import sketch_of
from newscrawl.items import TextKeys
from newscrawl.text.comparing import comparing_form


def text_keys(body: str, *, headline: str | None = None) -> TextKeys:
    """Return the keys of a repaired text.

    >>> keys = text_keys("8月9日,临沂市召开新闻发布会。" * 10, headline="发布会")
    >>> keys.length, len(keys.sketch)
    (140, 3)
    """
    form = comparing_form(body)
    return TextKeys(text_fingerprint(body, headline=headline), sketch_of(form), len(form))
