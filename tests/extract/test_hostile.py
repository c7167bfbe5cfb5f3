from __future__ import annotations

import time

import pytest

from newscrawl.exceptions import PageError
from newscrawl.extract import extract_page
from newscrawl.extract.blocks import line_of
from newscrawl.items import Extraction, Page
from tests.extract.hostile import SPAM, Hostile, hostile_pages
from tests.extract.pages import HEADLINE, capture_of

PAGES = list(hostile_pages())
CPU_LIMIT = 8.0  # seconds, what a worker gives a page


def squashed(text: str) -> str:
    return "".join(line_of(text).split())


def read_or_refused(case: Hostile) -> Extraction | PageError:
    try:
        return extract_page(Page(capture_of(), case.html, case.content_type))
    except PageError as refused:
        return refused


def judge(case: Hostile) -> None:
    found = read_or_refused(case)
    if isinstance(found, PageError):
        assert not case.whole, found
        assert found.reason != "error", found
        assert not case.reasons or found.reason in case.reasons, found
        return
    assert not case.reasons, f"taken for an article: {found.text[:60]}"
    assert found.headline == HEADLINE
    text = squashed(found.text)
    missing = [paragraph for paragraph in case.paragraphs if squashed(paragraph) not in text]
    assert not missing, f"{len(missing)} paragraphs are missing of {len(case.paragraphs)}: {missing[0]}"
    assert SPAM[:8] not in text
    assert len(text) <= 1.3 * sum(len(squashed(paragraph)) for paragraph in case.paragraphs), found.text[-80:]


@pytest.mark.parametrize("case", PAGES, ids=[case.name for case in PAGES])
def test_a_hostile_page_is_read_whole_or_refused(case):
    started = time.process_time()
    judge(case)
    assert time.process_time() - started < CPU_LIMIT
