"""Which system a site runs on."""

from __future__ import annotations

import pytest

from newscrawl.discover.families import family_of


@pytest.mark.parametrize(
    ("urls", "markup", "family"),
    [
        (["/202308/t20230810_{n}.htm"], "", "trs"),
        (["/2023-08/10/content_{n}99.htm", "/node_{n}.htm"], "", "founder"),
        (["/art/2023/8/{n}/art_9_31.html", "/col/col{n}/index.html"], "", "hanweb"),
        (["/info/1042/{n}.htm"], "", "vsb"),
        (["/sh/list_3_{n}.html", "/2023/0810/{n}.html"], "", "dede"),
        (["/{n}99999.html"], '<div class="TRS_Editor">', "trs"),
        (["/{n}99999.html"], '<meta name="generator" content="Z-BlogPHP 1.7">', "zblog"),
        (["/{n}99999.html"], "", None),
        ([], "", None),
        ([], "wp-content/ dede_pages", None),
        (["/202308/t20230810_{n}.htm"], "<!--enpcontent-->", "founder"),
    ],
)
def test_families(urls, markup, family):
    assert family_of((f"http://a.cn{url.format(n=n)}" for url in urls for n in range(1, 9)), markup) == family
