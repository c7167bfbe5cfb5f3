from __future__ import annotations

import pytest

from newscrawl.exceptions import UnreadablePage
from newscrawl.extract.gate import SIZE_LIMIT, TAG_LIMIT, check_bytes, check_text
from newscrawl.extract.markup import MARKED_BODY_CLASS, clean_markup
from newscrawl.extract.parse import parse_page
from newscrawl.extract.visibility import hiding_selectors
from tests.extract.pages import article_html, page_of

CASES = {
    "a reference to a control": ("<p>一&#11;二&#x1F;三", "<p>一二三"),
    "a reference to a surrogate": ("一&#xD800;&#55296;", "一"),
    "a reference beyond Unicode": ("一&#1114112;&#99999999;", "一"),
    "windows-1252 as browsers read it": ("一&#150;二&#x93;", "一–二“"),
    "other references stay": ("&#8212;&#x4e2d;&amp;&nbsp;&#9;", "&#8212;&#x4e2d;&amp;&nbsp;&#9;"),
    "controls": ("一\x00\x08\x0b\x1f\x7f\x85二\ufeff\ufffe", "一二"),
    "line ends stay": ("一\r\n\t二", "一\r\n\t二"),
    "doctypes": ("<!DOCTYPE html><!doctype x ////>一", "一"),
    "ends of the page": ("<p>一</p></body></HTML ><p>二</p>", "<p>一</p><p>二</p>"),
    "pasted pictures": (f'<img src="data:image/png;base64,{"iVBO" * 40}=">', '<img src="data:,">'),
    "what swallows markup": ("<noscript><p>x</p></noscript><xmp>", "<div hidden><p>x</p></div><div hidden>"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_markup_is_made_safe(source, expected):
    assert clean_markup(source) == expected


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<!--enpcontent-->", "<!--/enpcontent-->"),
        ("<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"),
        ("<!--<$[信息内容]>begin-->", "<!--<$[信息内容]>end-->"),
        ('<meta name="ContentStart">', '<meta name="ContentEnd">'),
    ],
)
def test_a_body_that_comments_mark_becomes_an_element(begin, end):
    assert (
        clean_markup(f"一{begin}<p>二</p>{end}三") == f'一<div class="{MARKED_BODY_CLASS}"><p>二</p></div>三'
    )


@pytest.mark.parametrize(
    "source",
    [
        "<!--enpcontent-->",
        "<!--/enpcontent--><!--enpcontent-->",
        "<!--enpcontent--><!--enpcontent-->x<!--/enpcontent-->",
    ],
)
def test_marks_that_are_not_a_pair_are_left(source):
    assert MARKED_BODY_CLASS not in clean_markup(source)


BYTES = {
    "empty": (b"", None, "empty"),
    "blank": (b"\xef\xbb\xbf \r\n", None, "empty"),
    "too large": (b"<p>" + b"x" * SIZE_LIMIT, None, "too_large"),
    "PDF": (b"%PDF-1.7", None, "not_html"),
    "a feed behind a declaration": (b'<?xml version="1.0"?>\n<!-- x --><rss>', "text/xml", "not_html"),
    "a picture by its header": (b"<p>x", "image/png", "not_html"),
    "JSON by its header": (b"<p>x", "application/json", "not_html"),
}


@pytest.mark.parametrize(("html", "content_type", "reason"), BYTES.values(), ids=BYTES)
def test_what_is_no_page_is_refused(html, content_type, reason):
    with pytest.raises(UnreadablePage) as refused:
        check_bytes(page_of(html, content_type=content_type))
    assert refused.value.reason == reason
    assert refused.value.url == page_of(b"").capture.url


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/html",
        "TEXT/HTML; charset=gbk",
        "application/xhtml+xml",
        "text/plain",
        "application/octet-stream",
    ],
)
def test_a_page_passes(content_type):
    check_bytes(page_of(article_html(), content_type=content_type))


TEXTS = {
    "no tags": ("1 < 2 或 3", "not_html"),
    "many tags": ("<b>" * (TAG_LIMIT + 1), "too_many_tags"),
    "a tag too long": (f'<p data-x="{"x" * 120_000}">', "huge_tag"),
    "a tag of attributes": (f"<p {' '.join(f'a{n}=1' for n in range(2_000))}>", "huge_tag"),
}


@pytest.mark.parametrize(("text", "reason"), TEXTS.values(), ids=TEXTS)
def test_what_exhausts_a_parser_is_refused(text, reason):
    with pytest.raises(UnreadablePage) as refused:
        check_text(text, "http://a.cn/")
    assert refused.value.reason == reason


def test_long_scripts_and_style_attributes_are_no_attack():
    check_text(f"<script>if (1 <{' 2' * 9_000}) x()</script><p style='{'x:1;' * 2_000}'>", "")


def test_the_tree_is_whole_and_knows_its_page():
    parsed = parse_page(page_of(article_html(head='<base href="/xinwen/">')))
    assert parsed.base_url == "http://www.lushan.example/xinwen/"
    assert (parsed.charset, parsed.lost_count) == ("utf-8", 0)
    assert parsed.tree.findtext(".//h1") == "鲁山县新建口袋公园12处"


@pytest.mark.parametrize("href", ["", "http://[", "javascript:x"])
def test_a_broken_base_does_no_harm(href):
    assert isinstance(parse_page(page_of(article_html(head=f'<base href="{href}">'))).base_url, str)


@pytest.mark.parametrize(
    ("css", "hidden"),
    [
        (".a1{display:none}", {".a1"}),
        ("p.a1 , #b2{ color:red; display : none !important }", {".a1", "#b2"}),
        (".a1 .b2{display:none}", set()),
        (".a1:hover{display:none}", set()),
        ("@media print{.a1{display:none}}", set()),
        (".a1{display:block}.b2{left:-9999px}", {".b2"}),
        ("{{{{}}}display:none", set()),
    ],
)
def test_what_a_page_hides_by_its_own_styles(css, hidden):
    from lxml.html import fromstring

    assert hiding_selectors(fromstring(f"<html><head><style>{css}</style></head></html>")) == hidden
