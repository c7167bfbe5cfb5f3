from __future__ import annotations

import pytest
from lxml.html import document_fromstring as fromstring

from newscrawl.extract import parse_page
from newscrawl.extract.blocks import line_of, place_of
from newscrawl.extract.walk import lines_of
from tests.extract.pages import page_of

CASES = {
    "paragraphs": ("<p>一</p><p>二</p>", ["一", "二"]),
    "inline elements stay in the line": ("<p>一<b>二</b><span>三</span>四</p>", ["一二三四"]),
    "breaks end a line": ("<div>一<br>二<br/><br/>三</div>", ["一", "二", "三"]),
    "text around a box": ("<div>一<p>二</p>三</div>", ["一", "二", "三"]),
    "a row of data is a line": (
        "<table><tr><td>姓名</td><td>年龄</td></tr><tr><th>张三</th><td>30</td></tr></table>",
        ["姓名 年龄", "张三 30"],
    ),
    "paragraphs in cells of data": (
        "<table><tr><td><p>姓名</p></td><td><p>年龄</p></td></tr></table>",
        ["姓名 年龄"],
    ),
    "a row of layout is not": (
        "<table><tr><td><div>导航</div></td><td>正文</td></tr></table>",
        ["导航", "正文"],
    ),
    "long cells are layout": (
        f"<table><tr><td>{'字' * 130}</td><td>短</td></tr></table>",
        ["字" * 130, "短"],
    ),
    "unknown elements end a line": ("<ucapcontent>一</ucapcontent><x-y>二</x-y>", ["一", "二"]),
    "Word's elements do not": ("<p>一<o:p>二</o:p><st1:chsdate>三</st1:chsdate></p>", ["一二三"]),
    "ruby keeps its base": ("<p><ruby>主题<rp>(</rp><rt>zhǔtí</rt><rp>)</rp></ruby>会</p>", ["主题会"]),
    "scripts and controls are unseen": (
        "<p>一<script>x</script><button>按</button><select><option>选</select>二</p>",
        ["一二"],
    ),
    "the text behind what is unseen stays": ("<div><style>x</style>一<iframe>y</iframe>二</div>", ["一二"]),
    "blank paragraphs are no lines": ("<p> </p><p>&nbsp;</p><p>\u3000</p><p>一</p>", ["一"]),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_lines_are_what_a_reader_sees(html, expected):
    assert [block.text for block in lines_of(fromstring(f"<body>{html}</body>")).blocks] == expected


WORDS = {
    "NFKC": ("１２月，会议（上午）：", "12月,会议(上午):"),
    "quotes and full stops stay": ("“好。”——他说、……", "“好。”——他说、......"),
    "white space collapses": ("\u3000\u3000一  二\t三\xa0四", "一 二 三 四"),
    "a wrapped source is one sentence": (
        "县政府\n    今天\r\n召开会议，\n研究防汛",
        "县政府今天召开会议,研究防汛",
    ),
    "a blank between Latin words stays": ("the\n end of\nit", "the end of it"),
}


@pytest.mark.parametrize(("words", "expected"), WORDS.values(), ids=WORDS)
def test_a_line_is_in_the_normal_form_of_the_archive(words, expected):
    assert line_of(words) == expected


def test_links_are_counted():
    (block,) = lines_of(fromstring('<body><p>见<a href="/1">相关<b>报道</b></a>。</p></body>')).blocks
    assert (block.link_length, block.plain_length) == (4, 2)


@pytest.mark.parametrize(
    "html",
    [
        "<a name=top>正文在锚点里面。</a>",
        f"<a href='/x'><p>{'这是正文。' * 200}</p></a>",
        "<a href='/x'><p>一句。</p><p>两句。</p><p>三句。</p><p>四句。</p></a>",
    ],
    ids=["an anchor", "a link that was never closed", "a link around four sentences"],
)
def test_what_is_no_link(html):
    assert all(block.link_length == 0 for block in lines_of(fromstring(f"<body>{html}</body>")).blocks)


def test_boxes_cover_their_lines_inner_before_outer():
    lines = lines_of(fromstring("<body><div id=a><p>一</p><p>二</p></div><p>三</p></body>"))
    spans = [(place_of(box.element), box.start, box.end) for box in lines.boxes]
    assert spans == [("p", 0, 1), ("p", 1, 2), ("div#a", 0, 2), ("p", 2, 3), ("body", 0, 3), ("html", 0, 3)]
    assert lines.text_of(0, 2) == "一\n二"


def test_headings_know_their_level():
    lines = lines_of(fromstring("<body><h1>一<span>二</span></h1><div><h4>三</h4>四</div></body>"))
    assert [(block.text, block.heading) for block in lines.blocks] == [("一二", 1), ("三", 4), ("四", 0)]


def test_depth_is_no_matter():
    tree = fromstring("<body>" + "<div>" * 200 + "深" + "</div>" * 200 + "</body>")
    lines = lines_of(tree)
    assert [block.text for block in lines.blocks] == ["深"]
    assert len(lines.boxes) == 202


def test_comments_leave_no_trace():
    parsed = parse_page(page_of("<body><p>一<!-- x -->二<?php y ?>三</p></body>"))
    assert [block.text for block in lines_of(parsed.tree).blocks] == ["一二三"]
