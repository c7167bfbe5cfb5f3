from __future__ import annotations

import pytest

from newscrawl import repair_text

BODY = "5月15日,沂泉市召开全市重点工作推进会议,研究部署下一步工作。\n会议强调,要坚持问题导向,压实工作责任,确保各项任务落到实处。"


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [
        ("沂泉新闻网5月15日讯", "沂泉新闻网"),
        ("新华社济南5月1日电", "新华社"),
        ("中新网上海5月3日电", "中新网"),
        ("中国山东网·新感知5月27日讯", "中国山东网"),
        ("大众日报济南5月2日讯", "大众日报"),
        ("岱东网5月6日讯", "岱东网"),
        ("本报5月3日讯", None),
        ("本网讯", None),
        ("济南市5月3日讯", None),
        ("济南市网络安全处5月3日讯", None),
    ],
)
def test_the_outlet_of_a_dateline(dateline, outlet):
    repaired = repair_text(f"全市重点工作推进会议召开\n{dateline} {BODY}")
    assert repaired.metadata.dateline == dateline
    assert repaired.metadata.source_outlet == outlet
    assert repaired.body.startswith(dateline)  # it is read, never cut


def test_a_credit_line_says_it_better():
    repaired = repair_text(f"全市重点工作推进会议召开\n来源:泰汶新报\n沂泉新闻网5月15日讯 {BODY}")
    assert repaired.metadata.source_outlet == "泰汶新报"


def test_where_it_was_found():
    found = repair_text(f"全市重点工作推进会议召开\n沂泉新闻网5月15日讯 {BODY}").metadata.provenance[
        "source_outlet"
    ]
    assert found.raw == "沂泉新闻网5月15日讯"
    assert found.where.startswith("text line")
