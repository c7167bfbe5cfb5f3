from __future__ import annotations

import json
import logging
import tracemalloc

import pytest

from newscrawl.extract import SiteMemory, extract_page
from newscrawl.extract.memory import AGREEING_PAGES, FULL_EVERY, Lesson, Template
from tests.extract.pages import article_html, page_of

SUBJECTS = ("公园", "桥梁", "学校", "医院", "粮库", "水厂", "广场", "车站", "市场", "书屋")


def site_page(number: int, *, container: str = 'class="zw"', after: str = ""):
    subject = SUBJECTS[number % len(SUBJECTS)]
    paragraphs = (
        f"鲁山日报讯 今年第{number}处{subject}昨天建成，总投资{number + 3}百万元，附近居民都来看热闹。",
        f"这处{subject}从去年动工，历时{number + 5}个月，建设者克服了连续阴雨的影响。",
    )
    html = article_html(
        headline=f"鲁山县第{number}处{subject}建成", paragraphs=paragraphs, container=container, after=after
    )
    return page_of(html, url=f"http://www.lushan.example/xinwen/{number}.html")


def taught(count: int = AGREEING_PAGES) -> SiteMemory:
    memory = SiteMemory()
    for number in range(count):
        extract_page(site_page(number), memory=memory)
    return memory


def test_three_pages_that_agree_make_a_template():
    memory = SiteMemory()
    names = [extract_page(site_page(number), memory=memory).candidates[0].name for number in range(6)]
    assert names == ["density"] * 3 + ["memory"] * 3


def test_a_known_template_gives_the_same_text():
    memory = taught()
    for number in range(3, 40):
        alone, known = extract_page(site_page(number)), extract_page(site_page(number), memory=memory)
        assert (known.headline, known.text, known.metadata) == (alone.headline, alone.text, alone.metadata)


def test_one_page_in_fifty_is_read_in_full():
    memory = SiteMemory()
    names = [
        extract_page(site_page(number), memory=memory).candidates[0].name for number in range(2 * FULL_EVERY)
    ]
    full = [number for number, name in enumerate(names) if name != "memory"]
    assert full == [0, 1, 2, FULL_EVERY - 1, 2 * FULL_EVERY - 1]


def test_a_page_of_another_template_is_read_in_full():
    memory = taught()
    found = extract_page(site_page(7, container='id="zoom"'), memory=memory)
    assert found.candidates[0].name != "memory"
    assert found.text == extract_page(site_page(7, container='id="zoom"')).text


def test_a_redesign_is_noticed_and_logged(caplog):
    """The old container stays, but the article has moved to another one."""
    memory = taught(FULL_EVERY - 1)
    (template,) = memory.templates()
    decoy = "<p>这里从前是正文，现在是编者的几句话，放在每一篇文章的前面。</p>"
    html = (
        site_page(60)
        .html.decode()
        .replace('<div class="zw">', f'<div class="zw">{decoy}</div><div class="nr">')
    )
    with caplog.at_level(logging.WARNING):
        found = extract_page(page_of(html), memory=memory)
    assert "第60处" in found.text
    assert template not in memory.templates()
    assert "not built as before" in caplog.text


def test_the_xpath_of_the_source_goes_first():
    from newscrawl.items import PageHints

    memory = taught()
    page = page_of(site_page(5).html, hints=PageHints(body_xpath="//div[@class='zw']"))
    assert extract_page(page, memory=memory).candidates[0].name == "source"


def test_the_same_pages_teach_the_same():
    assert taught(12).to_state() == taught(12).to_state()


def test_the_state_is_json_and_comes_back():
    memory = taught(5)
    state = json.loads(json.dumps(memory.to_state()))
    again = SiteMemory.from_state(state)
    assert again.to_state() == memory.to_state()
    assert again.templates() == memory.templates()
    assert extract_page(site_page(8), memory=again).candidates[0].name == "memory"


@pytest.mark.parametrize("state", [None, {}, [], "x", {"version": 0}])
def test_an_unknown_state_is_an_empty_memory(state):
    assert SiteMemory.from_state(state).to_state() == SiteMemory().to_state()


def test_a_refused_page_teaches_nothing():
    memory = SiteMemory()
    with pytest.raises(Exception, match="too_short"):
        extract_page(page_of("<html><body><p>无</p></body></html>"), memory=memory)
    assert memory.page_count == 0


def test_a_line_that_is_a_headline_elsewhere_is_no_part_of_the_body():
    """A related list without links or heading: one page alone cannot show it."""
    memory = SiteMemory()
    links = "".join(
        f'<li><a href="/{n}.html">鲁山县第{n}处{SUBJECTS[n % 10]}建成</a></li>' for n in range(10)
    )
    extract_page(site_page(1, after=f"<ul>{links}</ul>"), memory=memory)
    listed = "".join(f"<p>鲁山县第{n}处{SUBJECTS[n % 10]}建成</p>" for n in range(5, 9))
    html = site_page(2).html.decode().replace("阴雨的影响。</p>", f"阴雨的影响。</p>{listed}")
    assert "第6处" not in extract_page(page_of(html), memory=memory).text
    assert "第6处" in extract_page(page_of(html)).text


def test_lines_at_the_ends_of_several_bodies_are_boilerplate():
    memory = SiteMemory()
    note = "鲁山日报社地址在城关镇人民路一号，读者来信请寄编辑部收。"
    for number in range(3):
        html = site_page(number).html.decode().replace("阴雨的影响。</p>", f"阴雨的影响。</p><p>{note}</p>")
        extract_page(page_of(html), memory=memory)
    assert memory.boilerplate() == (note.replace("，", ","),)


def test_a_page_that_is_read_again_proves_nothing():
    memory = SiteMemory()
    for _ in range(5):
        extract_page(site_page(1), memory=memory)
    assert memory.boilerplate() == ()
    assert len(memory.headlines()) == 1


def test_a_lesson_can_be_learnt_by_another_memory():
    worker, parent = SiteMemory(), SiteMemory()
    for number in range(4):
        extract_page(site_page(number), memory=worker)
        assert worker.last_lesson is not None
        parent.learn(worker.last_lesson)
    assert parent.to_state() == worker.to_state()


def test_the_memory_of_a_large_site_stays_small():
    tracemalloc.start()
    memory = SiteMemory()
    for page in range(2_000):
        titles = tuple(f"第{page}页上的第{number}条新闻说的是另一件事" for number in range(60))
        edges = (f"第{page}页的第一段，{'字' * 100}", f"第{page}页的最后一段，{'字' * 100}")
        memory.learn(
            Lesson(
                Template("/a", f"/b{page}"),
                was_full=True,
                headline=f"第{page}页的标题",
                titles=titles,
                edges=edges,
            )
        )
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert memory.knows_title("第1999页上的第59条新闻说的是另一件事")
    assert not memory.knows_title("第1页上的第1条新闻说的是另一件事"), "the oldest go first"
    assert size < 20_000_000
