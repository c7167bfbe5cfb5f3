from __future__ import annotations

from datetime import datetime

import pytest

from newscrawl.exceptions import NotAnArticle, UnreadablePage
from newscrawl.extract import extract_page, extract_parsed, parse_page
from newscrawl.items import CHINA_TIME, Page, PageHints
from tests.extract.pages import (
    CAPTURED_AT,
    HEADLINE,
    PARAGRAPHS,
    article_html,
    capture_of,
    expected_text,
    page_of,
)


def test_an_article_is_isolated():
    found = extract_page(page_of(article_html()))
    assert found.headline == HEADLINE
    assert found.text == expected_text()
    assert found.metadata.date_published == datetime(2026, 5, 6, 9, 12, tzinfo=CHINA_TIME)
    assert found.metadata.source_outlet == "鲁山日报"
    assert found.metadata.editors == ("赵明",)


def test_every_value_says_where_it_was_found():
    provenance = extract_page(page_of(article_html())).metadata.provenance
    assert provenance["source_outlet"].raw == "来源:鲁山日报"
    assert provenance["date_published"].where == "div.xx"


def test_a_parsed_page_gives_the_same():
    page = page_of(article_html())
    assert extract_parsed(parse_page(page)) == extract_page(page)


def test_the_tree_is_left_as_it_was():
    parsed = parse_page(page_of(article_html(after="<section><p style='display:none'>织梦</p></section>")))
    before = [(element.tag, element.text) for element in parsed.tree.iter()]
    extract_parsed(parsed)
    assert [(element.tag, element.text) for element in parsed.tree.iter()] == before


def test_the_chooser_gives_its_reasons():
    found = extract_page(page_of(article_html(container='class="TRS_Editor"')))
    assert {"known", "density"} <= {candidate.name for candidate in found.candidates}
    assert all(candidate.reasons for candidate in found.candidates)
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert found.candidates[0].text == found.text


def test_the_xpath_of_the_source_is_believed():
    html = article_html(
        after='<div id="own"><p>这一段是编者按，读者只要这一段，其余的都不要。</p><p class="x">这一行也不要，谢谢。</p></div>'
    )
    hints = PageHints(body_xpath="//div[@id='own']", drop_xpaths=("//p[@class='x']",))
    found = extract_page(page_of(html, hints=hints))
    assert found.candidates[0].name == "source"
    assert found.text == "这一段是编者按,读者只要这一段,其余的都不要。"


@pytest.mark.parametrize("xpath", ["//nothing", "//[", "count(//p)", "//p/text()"])
def test_an_xpath_that_finds_nothing_is_passed_over(xpath):
    assert extract_page(page_of(article_html(), hints=PageHints(body_xpath=xpath))).text == expected_text()


def test_pages_of_one_article_are_joined():
    pager = '<div class="page"><a href="t1.htm">上一页</a> 1 2 3 <a href="t2.htm">下一页</a></div>'
    first = article_html(paragraphs=PARAGRAPHS[:2], after=pager)
    second = article_html(paragraphs=PARAGRAPHS[2:3], after=pager, headline=HEADLINE + "(2)")
    third = article_html(paragraphs=PARAGRAPHS[3:], after=pager)
    page = Page(capture_of(), first.encode(), continuations=(page_of(second), page_of(third)))
    assert extract_page(page).text == expected_text()


def test_half_an_article_is_no_article():
    page = Page(capture_of(), article_html().encode(), continuations=(page_of("<p></p>"),))
    with pytest.raises(NotAnArticle):
        extract_page(page)


def test_twice_gives_the_same():
    page = page_of(article_html(), url="http://a.example/1.html")
    assert extract_page(page) == extract_page(page)
    assert page.capture.captured_at == CAPTURED_AT


def test_a_mistake_of_ours_is_logged_and_named(caplog):
    class Broken(PageHints):
        @property
        def link_text(self):
            raise KeyError("no such thing")

    page = page_of(article_html())
    broken = object.__new__(Broken)
    for name in ("body_xpath", "charset"):
        object.__setattr__(broken, name, None)
    object.__setattr__(broken, "drop_xpaths", ())
    with pytest.raises(UnreadablePage) as refused:
        extract_page(Page(page.capture, page.html, hints=broken))
    assert refused.value.reason == "error"
    assert "KeyError" in refused.value.detail
    assert "please report it" in caplog.text
