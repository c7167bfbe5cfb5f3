from __future__ import annotations

import pytest

from newscrawl.discover.robots import DELAY_LIMIT, SIZE_LIMIT, policy_of

AGENT = "newscrawl/0.1 (+mailto:editor@example.org)"
RULES = b"User-agent: *\nDisallow: /neibu/\nCrawl-delay: 3\nSitemap: http://a.example/sitemap.xml\n"


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, RULES, False),
        (200, b"", True),
        (204, b"", True),
        (200, b"User-agent: newscrawl\nDisallow: /\n", False),
        (200, b"User-agent: NEWSCRAWL\nDisallow: /neibu\n", False),
        (200, b"User-agent: othercrawl\nDisallow: /\n", True),
        (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", False),
        (200, "User-agent: *\nDisallow: /neibu/ # 内部\n".encode("gb18030"), False),
        (200, b"User-agent: *\r\nDisallow: /neibu/\r\n", False),
        (200, b"User-agent: *\nDisallow: /neibu/\nAllow: /neibu/1.html\n", True),
        (200, b"<html><body>not found</body></html>", True),
        (301, b"", True),
        (404, RULES, True),
        (403, RULES, True),
        (410, b"", True),
        (429, b"", False),
        (500, RULES, False),
        (503, b"", False),
        (None, b"", False),
    ],
)
def test_what_is_allowed(status, body, allowed):
    assert policy_of(status, body).allows("http://a.example/neibu/1.html", AGENT) is allowed


def test_rules_behind_the_limit_are_not_read_and_a_cut_line_is_dropped():
    filler = b"# " + b"x" * 97 + b"\n"
    body = b"User-agent: *\n" + filler * (SIZE_LIMIT // len(filler))
    cut = body[: SIZE_LIMIT - 12] + b"\nDisallow: /neibu/\n"
    assert policy_of(200, cut).allows("http://a.example/neibu/1.html", AGENT)
    assert policy_of(200, cut).allows("http://a.example/", AGENT)
    early = b"User-agent: *\nDisallow: /neibu/\n" + filler * (SIZE_LIMIT // 50)
    assert not policy_of(200, early).allows("http://a.example/neibu/1.html", AGENT)


def test_crawl_delay():
    assert policy_of(200, RULES).crawl_delay(AGENT) == 3
    assert policy_of(200, b"").crawl_delay(AGENT) == 0
    assert policy_of(None, b"").crawl_delay(AGENT) == 0
    assert policy_of(200, b"User-agent: *\nCrawl-delay: 86400\n").crawl_delay(AGENT) == DELAY_LIMIT


def test_sitemaps():
    assert policy_of(200, RULES).sitemaps == ("http://a.example/sitemap.xml",)
    assert policy_of(404, RULES).sitemaps == ()
