"""Text that the catalog can hold and compare."""

from __future__ import annotations

from functools import lru_cache

from newscrawl.text.urls import url_key


@lru_cache(maxsize=4096)  # a page's URL is asked for half a dozen times on its way
def key_of(url: str) -> str:
    """Return the key by which a URL is known; what is no URL that could be fetched is its own key.

    >>> key_of("https://a.cn/1.html#top"), key_of("javascript:1")
    ('http://a.cn/1.html', 'javascript:1')
    """
    try:
        return url_key(url)
    except ValueError:
        return sayable(url)


def sayable(text: str) -> str:
    r"""Return the text with lone surrogates written out: SQLite cannot hold them.

    >>> sayable("http://a.cn/\ud800")
    'http://a.cn/\\ud800'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
