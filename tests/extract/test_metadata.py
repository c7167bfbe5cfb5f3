from __future__ import annotations

import pytest

from newscrawl.extract import extract_page
from newscrawl.extract.images import http_url
from tests.extract.pages import HEADLINE, PARAGRAPHS, article_html, page_of


def metadata(**parts):
    return extract_page(page_of(article_html(**parts))).metadata


OUTLETS = {
    "label": ("2026-05-06 来源：鲁山日报", "鲁山日报"),
    "label and link": ("2026-05-06 来源：<a href=/x>鲁山日报</a>", "鲁山日报"),
    "padded": ("来 源：鲁山日报　　作 者：赵明", "鲁山日报"),
    "glued controls": ("<span>来源：鲁山日报</span><span>分享到：</span>", "鲁山日报"),
    "without colon": ("2026-05-06| 120次阅读| 来源鲁山日报| 作者赵明", "鲁山日报"),
    "behind the date": ("2026-05-06 09:12 鲁山日报", "鲁山日报"),
    "before the date": ("鲁山日报 (2026-05-06 09:12)", "鲁山日报"),
    "before the date, with a writer": ("鲁山快报/赵明 2026年05月06日 09:12", "鲁山快报"),
    "on the line before the date": ("<div>鲁山日报</div><div>2026-05-06 09:12</div>", "鲁山日报"),
    "a class of its own": ("2026-05-06 <em class='source'>鲁山日报</em> 09:12 x", "鲁山日报"),
    "two outlets in one": ("来源：鲁山网－鲁山日报 2026-05-06", "鲁山网-鲁山日报"),
    "from": ("2026-05-06 | 来自: 鲁山社区报 |", "鲁山社区报"),
    "unknown": ("2026-05-06 来源：未知", None),
    "the net is none": ("2026-05-06 来源：网络", None),
    "none": ("2026-05-06 09:12", None),
}


@pytest.mark.parametrize(("info", "outlet"), OUTLETS.values(), ids=OUTLETS)
def test_the_outlet(info, outlet):
    assert metadata(info=info).source_outlet == outlet


@pytest.mark.parametrize(
    "parts",
    [
        {"head": '<meta name="ContentSource" content="鲁山日报">'},
        {"after": '<span id="source_baidu">来源：<a href=/>鲁山日报</a></span>'},
        {
            "head": '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"鲁山日报"}}</script>'
        },
        {"paragraphs": (*PARAGRAPHS, "（来源：鲁山日报）")},
    ],
    ids=["government meta", "Baidu's id", "JSON-LD", "end of the body"],
)
def test_the_outlet_elsewhere(parts):
    assert metadata(**({"info": "2026-05-06 09:12"} | parts)).source_outlet == "鲁山日报"


def test_people_of_every_kind():
    found = metadata(
        info="2026-05-06 来源：鲁山日报 责任编辑：赵明",
        paragraphs=(*PARAGRAPHS, "（鲁山日报记者 钱进 通讯员 孙立 李响）"),
    )
    assert (found.reporters, found.correspondents, found.editors) == (("钱进",), ("孙立", "李响"), ("赵明",))


def test_keywords_column_and_language():
    head = '<meta name="keywords" content="口袋公园,鲁山，绿化"><meta name="ColumnName" content="要闻">'
    found = metadata(head=head)
    assert (found.keywords, found.column, found.in_language) == (
        ("口袋公园", "鲁山", "绿化"),
        "要闻",
        "zh-Hans",
    )


def test_the_original_headline():
    assert (
        metadata(paragraphs=("原标题：十二处口袋公园建成！", *PARAGRAPHS)).alternative_headline
        == "十二处口袋公园建成!"
    )


def test_the_headline_says_where_it_was_found():
    assert metadata().provenance["headline"].raw == HEADLINE
    assert metadata().provenance["headline"].where == "h1"


def test_pictures_and_captions():
    picture = '<figure><img src="/x/icon.png" width=20><img data-src="../../p/1.jpg"><figcaption>公园一角。（赵明 摄）</figcaption></figure>'
    html = article_html().replace('<div class="zw">', f'<div class="zw">{picture}')
    found = extract_page(page_of(html)).metadata
    assert found.main_image == "http://www.lushan.example/p/1.jpg"
    assert found.captions == ("公园一角。(赵明 摄)",)


def test_the_picture_of_the_head_when_the_body_has_none():
    assert (
        metadata(head='<meta property="og:image" content="//img.example/1.jpg">').main_image
        == "http://img.example/1.jpg"
    )


def test_the_canonical_address():
    head = '<link rel="canonical" href="/xinwen/202605/t20260506_4719.htm">'
    assert metadata(head=head).canonical_url == "http://www.lushan.example/xinwen/202605/t20260506_4719.htm"


@pytest.mark.parametrize(
    "reference",
    [
        "javascript:alert(1)",
        "data:image/png;base64,x",
        "",
        None,
        "http://[",
        "a b",
        "file:///etc/passwd",
        "x" * 3_000,
    ],
)
def test_what_is_no_address(reference):
    assert http_url("http://a.cn/", reference) is None
