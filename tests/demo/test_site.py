"""Every page of every outlet, as served: its status, its bytes, its links, its text."""

from __future__ import annotations

import codecs
import re
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html as lxml_html

from newscrawl.demo import Newsroom, expectations
from newscrawl.demo.site import render_site

PORT = 8000
_NEWSROOM = Newsroom.load()
_SITE = render_site(_NEWSROOM, PORT)
_OUTLETS = {outlet.host: outlet for outlet in _NEWSROOM.outlets}
_PAGES = sorted(
    (host, path)
    for (host, path), resource in _SITE.items()
    if "html" in resource.content_type and resource.status == 200
)
_LISTS = [(host, path) for host, path in _PAGES if _SITE[host, path].etag]
_ELSEWHERE = {"ads", "app", "bbs", "beian", "casino", "gupiao", "hudong", "partner", "tv", "weather"}


def text_of(host, path):
    return _SITE[host, path].body.decode(_OUTLETS[host].encoding)


def hrefs(host, path):
    found = re.findall(r"""<(?:a|area)\b[^>]*?\bhref="([^"]+)\"""", text_of(host, path), re.IGNORECASE)
    return [urljoin(f"http://{host}:{PORT}{path}", href.replace("&amp;", "&")) for href in found]


def test_two_renderings_are_equal():
    assert render_site(Newsroom.load(), PORT) == _SITE


def test_every_outlet_has_a_front_lists_and_articles():
    for host in _OUTLETS:
        assert (host, "/") in _SITE
        assert sum(one == host for one, _ in _LISTS) >= 3


def test_most_outlets_page_their_lists():
    paged = {host for host, path in _LISTS if re.search(r"(_1|_2|_11_2)\.s?html?$", path)}
    assert {"yiquan.localhost", "yiquan-gov.localhost", "keyi.localhost", "kuaixun.localhost"} <= paged


@pytest.mark.parametrize(("host", "path"), _PAGES, ids="".join)
def test_a_page_is_whole(host, path):
    text = text_of(host, path)
    assert "{{" not in text
    assert "{%" not in text
    assert "Undefined" not in text
    assert (
        lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
        is not None
    )


@pytest.mark.parametrize(("host", "path"), _PAGES, ids="".join)
def test_a_page_declares_what_its_outlet_declares(host, path):
    body = _SITE[host, path].body
    found = re.search(rb"charset=\"?([a-z0-9-]+)", body)
    assert found is not None
    assert found[1].decode() == _OUTLETS[host].declared


def test_charsets_are_as_treacherous_as_outside():
    portal = _SITE["yiquan.localhost", "/xz/202505/t20250513_4719071.htm"].body
    with pytest.raises(UnicodeDecodeError):
        portal.decode("gb2312")
    with pytest.raises(UnicodeDecodeError):
        portal.decode("gbk")
    assert "王䶮" in portal.decode("gb18030")
    assert _SITE["yiquan-gov.localhost", "/"].body.startswith(codecs.BOM_UTF8)
    assert "ISO-8859-1" in _SITE["kuaixun.localhost", "/"].content_type
    assert b"charset=gbk" in _SITE["kuaixun.localhost", "/"].body


@pytest.mark.parametrize(("host", "path"), _LISTS, ids="".join)
def test_every_link_of_a_list_leads_somewhere(host, path):
    for url in hrefs(host, path):
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname not in _OUTLETS:
            assert (
                parts.scheme in {"javascript", "mailto", "file", "ftp"}
                or (parts.hostname or "").removesuffix(".localhost") in _ELSEWHERE
            ), url
        elif not parts.path.startswith(("/pdf/", "/tags-")):
            assert (parts.hostname, parts.path) in _SITE, f"{path} links to {url}"


def test_there_are_links_that_lead_out_of_scope():
    found = {urlsplit(url).scheme for host, path in _PAGES for url in hrefs(host, path)}
    assert {"http", "javascript", "mailto", "file", "ftp"} <= found
    hosts = {urlsplit(url).hostname for host, path in _PAGES for url in hrefs(host, path)}
    assert {f"{name}.localhost" for name in _ELSEWHERE} <= hosts


def test_every_article_linked_from_a_front_is_on_its_lists():
    linked = {url for host, path in _LISTS for url in hrefs(host, path)}
    for one in expectations(_NEWSROOM, PORT):
        assert (one.url in linked) == ("front" in one.linked_from), one.url


def test_every_list_is_reachable_from_the_start():
    for outlet in _NEWSROOM.outlets:
        waiting = list(outlet.start)
        seen = set(waiting)
        while waiting:
            for url in hrefs(outlet.host, waiting.pop()):
                parts = urlsplit(url)
                if (
                    parts.hostname == outlet.host
                    and (outlet.host, parts.path) in _LISTS
                    and parts.path not in seen
                ):
                    seen.add(parts.path)
                    waiting.append(parts.path)
        lists = {path for host, path in _LISTS if host == outlet.host}
        assert lists - seen <= {"/"}, "the entry page of a newspaper need not be linked"


def test_the_split_article_links_its_parts():
    first = next(one for one in expectations(_NEWSROOM, PORT) if one.continuations)
    for url in (first.url, *first.continuations):
        links = hrefs("daidong.localhost", urlsplit(url).path)
        assert {first.url, *first.continuations} - {url} <= set(links)


def test_the_broken_page_is_broken_and_has_its_article():
    path = "/xz/202505/t20250517_4719113.htm"
    text = text_of("yiquan.localhost", path)
    assert not text.rstrip().endswith("</html>")
    assert text.count("<p>") > text.count("</p>")
    assert all(line.text in text for line in _NEWSROOM.texts["teacher-letter"].lines)


def test_pages_without_a_text_say_nothing_of_one():
    shell = text_of("daidong.localhost", "/2025/0518/5541190.shtml")
    assert '<div id="app"></div>' in shell
    assert "<p>" not in shell
    assert "页面不存在" in text_of("yiquan-gov.localhost", "/art/2025/5/14/art_1203_55738.html")
    video = text_of("daidong.localhost", "/2025/0514/5541156.shtml")
    assert "<video" in video


def test_the_portal_prints_minute_and_second_for_a_clock():
    text = text_of("kuaixun.localhost", "/gd/2025/0511/308051.html")
    first = re.search(
        r'<ul class="xgyd">\s*<li><h3><a[^>]*>([^<]+)</a></h3><p>([^<]+)</p><span>([^<]+)</span>', text
    )
    assert first is not None
    assert first[1] == _NEWSROOM.texts["kx-tea"].headline
    assert first[2].startswith("实习记者顾南枝5月11日")
    assert first[3] == "25年05月11日 29:32"
    assert "<h1>" not in text
    assert text.count(first[1]) == 1, "the related list alone knows the headline"


def test_the_farm_repeats_and_glosses():
    text = text_of("keyi.localhost", "/post/2734.html")
    headline = _NEWSROOM.texts["press-elder-care"].headline
    assert f"<p>{headline}</p>" in text
    assert f"<p>{headline}沂泉新闻" in text
    assert text.count("(xiāofáng)") >= 2
    assert "你 发表评论:" in text


def test_the_newspaper_has_areas_and_a_record_of_each_article():
    front = text_of("wensi-paper.localhost", "/html/2025-05/14/node_2.htm")
    assert "<MAP name=PagePicMap>" in front
    assert front.count("<AREA") == 2
    article = text_of("wensi-paper.localhost", "/html/2025-05/14/content_201303.htm")
    assert "<!--enpproperty <articleid>201303</articleid>" in article
    assert "<!--enpcontent-->" in article
