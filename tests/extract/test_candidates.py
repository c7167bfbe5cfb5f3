from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from newscrawl.extract import extract_page, parse_page
from newscrawl.extract.body import Body, values_of
from newscrawl.extract.candidates.by_trafilatura import find_by_trafilatura, pruned_copy
from newscrawl.extract.candidates.density import find_by_density
from newscrawl.extract.candidates.known import find_known
from newscrawl.extract.chooser import chosen
from newscrawl.extract.headline import headline_of
from newscrawl.extract.paths import only_match, path_of
from newscrawl.extract.view import view_of
from tests.extract.pages import HEADLINE, PARAGRAPHS, article_html, expected_text, page_of

CONTAINERS = (
    'class="TRS_Editor"', 'id="zoom"', 'id="Zoom"', 'class="entry-content"', 'class="article-content fl"', 'id="vsb_content_501"', 'class="post-body"',
    'id="endText"', 'id="rwb_zw"', 'id="js_content" style="visibility:hidden"', 'class="founder-content"', 'id="p-detail"', 'id="artibody"', 'id="ozoom"',
)  # fmt: skip


def looked_at(html: str):
    view = view_of(parse_page(page_of(html)))
    headline = headline_of(view)
    return view, values_of(view.lines, headline.text if headline else None), headline


@pytest.mark.parametrize("container", CONTAINERS)
def test_well_known_containers(container):
    view, values, headline = looked_at(article_html(container=container))
    body = find_known(view, values, headline)
    assert body is not None
    assert body.text(view.lines) == expected_text()
    assert body.reason.startswith("container ")


def test_of_two_containers_the_one_with_prose_counts():
    links = (
        '<div class="TRS_Editor"><ul>'
        + "<li><a href=/1>鲁山县的另一条新闻，说别的事</a></li>" * 20
        + "</ul></div>"
    )
    view, values, headline = looked_at(article_html(container='class="TRS_Editor"', before=links))
    body = find_known(view, values, headline)
    assert body is not None
    assert body.text(view.lines) == expected_text()


@pytest.mark.parametrize(
    "marks", [("<!--enpcontent-->", "<!--/enpcontent-->"), ("<ucapcontent>", "</ucapcontent>")]
)
def test_a_body_that_a_system_marks(marks):
    html = (
        article_html().replace('<div class="zw">', marks[0]).replace("</p>\n</div>", f"</p>\n{marks[1]}", 1)
    )
    view, values, headline = looked_at(html)
    body = find_known(view, values, headline)
    assert body is not None
    assert body.text(view.lines) == expected_text()


def test_density_takes_the_first_article_of_several():
    """Pages that scroll on show article upon article; the headline says which is meant."""
    other = article_html(headline="另一篇文章的标题在这里", paragraphs=PARAGRAPHS * 3).split("<body>")[1]
    view, values, headline = looked_at(
        article_html(after=f"<h2>其他人也在看</h2><a href=/1>另一篇</a>{other}")
    )
    body = find_by_density(view, values, headline)
    assert body is not None
    assert body.text(view.lines) == expected_text()


def test_an_article_whose_headline_has_the_look_of_the_first_is_another():
    second = f'<h1 class="t">另一篇文章的标题在这里</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}另一篇。</p>'
    html = article_html(after=second).replace("<h1>", '<h1 class="t">', 1)
    assert extract_page(page_of(html)).text == expected_text()


def test_comments_of_readers_are_no_article():
    comments = "".join(
        f"<div class=c><span>用户{n}</span><p>第{n}位读者说，这件事办得好，大家都满意。</p><a href=#>回复</a> <a href=#>赞</a></div>"
        for n in range(30)
    )
    assert extract_page(page_of(article_html(after=f"<h3>网友评论</h3>{comments}"))).text == expected_text()


def test_trafilatura_gets_a_copy_without_hidden_text():
    tree = document_fromstring(
        "<body><section>一</section><p style='display:none'>二</p>三<div>四</div></body>"
    )
    copied = pruned_copy(tree, frozenset())
    assert copied is not None
    assert "".join(copied.itertext()) == "一三四"
    assert copied.find(".//section") is None
    assert tree.find(".//section") is not None


@pytest.mark.parametrize(
    "html", ["<div>" * 300, "<p>" + "<b>x</b>" * 3_000, "<br>" * 20_000], ids=["deep", "wide", "large"]
)
def test_trafilatura_never_gets_a_tree_that_it_chokes_on(html):
    assert pruned_copy(document_fromstring(f"<body>{html}</body>"), frozenset()) is None
    view, values, headline = looked_at(article_html(after=html))
    assert find_by_trafilatura(view, values, headline) is None


def test_trafilatura_alone_chooses_nothing():
    view, values, headline = looked_at(article_html())
    assert chosen(view, values, {"trafilatura": Body((3, 4))}, headline) is None
    assert chosen(view, values, {}, headline) is None


def test_agreement_decides_between_two():
    view, values, headline = looked_at(article_html(container='class="TRS_Editor"'))
    right = find_known(view, values, headline)
    assert right is not None
    wrong = Body((0, 1))
    choice = chosen(view, values, {"known": wrong, "density": right, "trafilatura": right}, headline)
    assert choice is not None
    assert choice.body is right
    assert [candidate.name for candidate in choice.candidates][-1] == "known"


def test_a_path_finds_its_element_again():
    tree = document_fromstring(
        "<body><div class='w7f3a'><p>a</p></div><div class='zw cf'><p>b</p><p>c</p></div><div id='x9'>d</div></body>"
    )
    for element in tree.iter("div", "p"):
        path = path_of(element)
        assert path is not None
        assert only_match(tree, path) is element


def test_a_path_that_finds_two_finds_none():
    assert only_match(document_fromstring("<body><p>a</p><p>b</p></body>"), "/html/body/p") is None


def test_the_headline_is_not_repeated_in_the_body():
    html = article_html().replace(
        '<div class="zw">', f'<div class="zw"><p>{HEADLINE}</p><p>2026-05-06 来源：鲁山日报</p>'
    )
    assert extract_page(page_of(html)).text == expected_text()
