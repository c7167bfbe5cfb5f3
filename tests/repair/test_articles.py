"""From an extraction to an article: whose metadata wins, and what the capture is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newscrawl.items import Capture, Extraction, Metadata, Provenance, Region
from newscrawl.repair import RULES, SiteHistory, repair_extraction, repair_text

CAPTURE = Capture("http://news.example.cn/2024/0701/1.html", "news", datetime(2024, 7, 2, tzinfo=UTC))
H = "淄博市张店区新建三处口袋公园"
BODY = (
    "淄博日报7月1日讯 记者从淄博市张店区住建局获悉,今年以来,张店区利用边角地新建三处口袋公园,面积两万平方米。\n"
    "这些公园都建在老旧小区旁边,居民出门十分钟就能走到,早晚都很热闹。"
)
TEXT = f"{H}\n{BODY}\n淄博日报记者 孙小乐\n责任编辑:李清\n相关推荐\n评论列表"


def extraction(**changes):
    return Extraction(**{"capture": CAPTURE, "headline": H, "text": TEXT, **changes})


def test_an_extraction_becomes_an_article():
    article = repair_extraction(extraction())
    assert (article.headline, article.body) == (H, BODY)
    assert article.capture is CAPTURE
    assert article.restore() == TEXT
    assert article.metadata.reporters == ("孙小乐",)
    assert article.metadata.dateline == "淄博日报7月1日讯"
    assert str(article.metadata.region).startswith("山东省/淄博市")


def test_what_the_page_says_in_its_own_fields_wins():
    known = Metadata(source_outlet="大众网", editors=("王编",), date_published=date(2024, 7, 1)).with_found(
        "source_outlet", "大众网", raw="来源:大众网", where="label 来源"
    )
    metadata = repair_extraction(extraction(metadata=known)).metadata
    assert (metadata.source_outlet, metadata.editors) == ("大众网", ("王编",))
    assert metadata.provenance["source_outlet"].where == "label 来源"
    assert metadata.date_published == date(2024, 7, 1)
    assert metadata.reporters == ("孙小乐",)


def test_a_region_of_the_page_is_kept():
    region = Region("110000", ("北京市",))
    assert repair_extraction(extraction(metadata=Metadata(region=region))).metadata.region == region


def test_flags_of_the_extraction_are_kept():
    flags = repair_extraction(extraction(flags=("joined_pages",), text=f"{H}\n{TEXT}")).flags
    assert flags == ("headline_repeated", "joined_pages")


def test_the_history_of_the_site_is_used():
    text = BODY.replace("获悉", "获悉(huòxī)")
    assert repair_extraction(extraction(text=text)).body == text
    assert repair_extraction(extraction(text=text), history=SiteHistory(injected_count=9)).body == BODY


def test_a_headline_with_pinyin_is_repaired_with_its_text():
    headline = H.replace("新建", "新建(xīnjiàn)")
    text = BODY.replace("获悉", "获悉(huòxī)").replace("居民", "居民(jūmín)").replace("热闹", "热闹(rènào)")
    article = repair_extraction(extraction(headline=headline, text=text))
    assert (article.headline, article.body) == (H, BODY)
    assert article.metadata.provenance["headline"] == Provenance(headline, "given headline")


@pytest.mark.parametrize("headline", [None, "", "  ", "\u200b", "两行\n标题也只是一行"])
def test_odd_headlines(headline):
    article = repair_extraction(extraction(headline=headline, text=BODY))
    assert article.headline is None or "\n" not in article.headline
    assert article.body == BODY


@pytest.mark.parametrize("text", ["", "\n", "评论列表\n暂无评论,快抢沙发吧~"])
def test_an_extraction_without_a_text(text):
    assert repair_extraction(extraction(text=text)).restore() == text


def test_rules_have_names_of_their_own():
    names = [rule.name for rule in RULES if rule.name != "empty_lines"]
    assert len(names) == len(set(names))


def test_rules_that_only_look_find_no_span():
    dirty = f"{H}\n{TEXT}\n{TEXT}"
    looked = {cut.rule for cut in repair_text(dirty).cuts}
    assert not looked & {rule.name for rule in RULES if not rule.cuts}


BEFORE = [
    ("hidden_characters", "pinyin"),
    ("pinyin", "headline"),
    ("headline", "repeated_body"),
    ("glued_headline", "repeated_body"),
    ("stamp_list", "headline_repeat"),
    ("stamp_list", "credit_line"),
    ("repeated_body", "comment_box"),
    ("repeated_body", "related_list"),
]


@pytest.mark.parametrize(("first", "second"), BEFORE)
def test_the_order_that_matters(first, second):
    names = [rule.name for rule in RULES]
    assert names.index(first) < names.index(second)


def test_why_the_headline_goes_before_the_repeated_body():
    text = f"{H}\n{H}{BODY}\n{BODY}"
    assert repair_text(text).text == f"{H}\n{BODY}"
