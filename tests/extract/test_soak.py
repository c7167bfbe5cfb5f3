from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from newscrawl.exceptions import PageError
from newscrawl.extract import SiteMemory, extract_page
from tests.extract.hostile import crowded, nested, oversized
from tests.extract.pages import PARAGRAPHS, article_html, page_of

PAGES = 5_000
WARM_UP = 500
GROWTH_LIMIT = 20_000_000  # bytes


def resident() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4_096


def numbered(number: int) -> str:
    paragraphs = tuple(f"{paragraph}这是第{number}篇。" for paragraph in PARAGRAPHS * (1 + number % 5))
    links = "".join(
        f"<li><a href=/{n}.html>第{number}页的第{n}条链接说的是另一件事</a></li>" for n in range(30)
    )
    return article_html(
        headline=f"鲁山县第{number}处口袋公园建成",
        paragraphs=paragraphs,
        after=f"<h3>相关新闻</h3><ul>{links}</ul>",
    )


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.parametrize("with_memory", [False, True])
def test_memory_stays_flat(with_memory):
    memory = SiteMemory() if with_memory else None
    before = 0
    for number in range(PAGES):
        if number == WARM_UP:
            before = resident()
        extract_page(page_of(numbered(number)), memory=memory)
    assert resident() - before < GROWTH_LIMIT


@pytest.mark.soak
@pytest.mark.parametrize(
    "shape",
    [
        "<p>一，二。",
        "<div>",
        "<b>",
        "<a href=/x>一",
        "<li>一",
        "<td>一",
        "<br>一",
        "<font color=white>",
        "<p style='visibility:hidden'>",
        "<h1 class=t>一二三四",
    ],
)
def test_twice_the_page_takes_about_twice_the_time(shape):
    def seconds(count: int) -> float:
        page = page_of(article_html(after=shape * count))
        started = time.process_time()
        try:
            extract_page(page)
        except PageError as refused:
            assert refused.reason  # noqa: PT017
        return time.process_time() - started

    seconds(100)
    assert seconds(8_000) < 6 * max(0.05, seconds(2_000)) * 1.5


@pytest.mark.soak
def test_hostile_pages_leave_nothing_behind():
    cases = [*nested(), *crowded(), *oversized()]
    for case in cases:
        _refused_or_read(case)
    before = resident()
    for case in cases:
        _refused_or_read(case)
    assert resident() - before < 3 * GROWTH_LIMIT


def _refused_or_read(case) -> None:
    try:
        extract_page(page_of(case.html, content_type=case.content_type))
    except PageError:
        return
