"""The golden pages with a part of what extraction leans on taken away, and with accidents of transport."""

from __future__ import annotations

import random
import re
import statistics

import pytest

from newscrawl.exceptions import PageError
from newscrawl.extract import extract_page
from newscrawl.items import Page
from tests.extract.pages import article_html, capture_of, expected_text
from tests.pages.golden import body_f1, golden_pages

GOLDEN = [golden for golden in golden_pages() if golden.reason is None]
_NAMES = re.compile(rb"""\s(?:class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""")
_TITLE = re.compile(rb"<title[^>]*>.*?</title>", re.DOTALL | re.IGNORECASE)
_META = re.compile(rb"<meta[^>]*>", re.IGNORECASE)
_HEADING = re.compile(rb"<(/?)h[1-6]\b", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<(/?)p\b", re.IGNORECASE)

LOSSES = {
    "class and id": (lambda html: _NAMES.sub(b"", html), 0.02),
    "headings": (lambda html: _HEADING.sub(rb"<\1div", html), 0.02),
    "the title": (lambda html: _TITLE.sub(b"", html), 0.02),
    "the metas": (lambda html: _META.sub(b"", html), 0.02),
    "paragraphs": (lambda html: _PARAGRAPH.sub(rb"<\1div", html), 0.02),
}
"""What is taken away, and how much of the mean F1 of the body may go with it; measured .01 at most. What farms
did to a body is still in it here, so the mean itself says nothing."""
ALONE: list[float] = []


@pytest.mark.parametrize(("lose", "allowed"), LOSSES.values(), ids=LOSSES)
def test_no_single_witness_is_needed(lose, allowed):
    if not ALONE:
        ALONE.append(statistics.mean(f1_of(golden, golden.html) for golden in GOLDEN))
    assert statistics.mean(f1_of(golden, lose(golden.html)) for golden in GOLDEN) >= ALONE[0] - allowed


def f1_of(golden, html: bytes) -> float:
    account = golden.account
    try:
        found = extract_page(Page(capture_of(account["url"]), html, account["content_type"]))
    except PageError:
        return 0.0
    return body_f1(found.text, golden.body, account["optional"])


@pytest.mark.parametrize("seed", range(60))
def test_damaged_bytes_give_an_article_or_a_reason(seed):
    """Nothing but a PageError is raised, and no text that is not on the page comes out."""
    chance = random.Random(seed)
    html = bytearray(
        article_html(
            head="<style>.a{display:none}</style>", after="<ul><li><a href=/1>别的事</a></ul>"
        ).encode()
    )
    for _ in range(chance.choice((1, 5, 50, 400))):
        place = chance.randrange(len(html))
        damage = chance.randrange(4)
        if damage == 0:
            html[place] = chance.randrange(256)
        elif damage == 1:
            del html[place : place + chance.randrange(1, 40)]
        elif damage == 2:
            html[place:place] = html[place : place + chance.randrange(1, 200)]
        else:
            html[place:place] = chance.choice(
                (b"<", b">", b"</div>", b"<!--", b"&#", b'"', b"<table>", b"\x00", b"<script>", b"</p>")
            )
    try:
        found = extract_page(Page(capture_of(), bytes(html)))
    except PageError as refused:
        assert refused.reason != "error"  # noqa: PT017  a refusal is right, a failure is not
        return
    assert found.text.strip()


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
def test_a_page_that_was_cut_short_is_never_mixed(share):
    html = article_html().encode()
    try:
        found = extract_page(Page(capture_of(), html[: int(len(html) * share)]))
    except PageError as refused:
        assert refused.reason != "error"  # noqa: PT017
        return
    assert expected_text().startswith(found.text.rstrip("\ufffd")[:40])
