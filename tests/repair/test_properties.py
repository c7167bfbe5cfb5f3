"""What holds for every text: nothing is lost, repairing twice changes nothing, the result is in the seed format."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.repair import repair_text

# Bits of news and of debris: random Unicode alone seldom makes a rule fire.
BITS = (
    *(
        "淄博市张店区开展活动",
        "近日,",
        "居民",
        "优化(yōuhuà)服务",
        "主题(zhuti)",
        "(资料图)",
        "责任编辑:张三",
        "记者 李四 报道",
        "来源:大众网",
        "中国山东网5月27日讯",
        "。",
        "?",
        ",,",
    ),
    *(
        "相关推荐",
        "评论列表",
        "发表评论:",
        "暂无评论,快抢沙发吧~",
        "欢迎",
        "23年08月10日 29:32",
        "2023-08-10 18:25",
        "关键词:",
        "当前位置:首页 > 新闻",
        "返回搜狐,查看更多",
        "上一篇:",
    ),
    *(
        "\n",
        "\n\n",
        " ",
        "\t",
        "\r\n",
        "\u3000\u3000",
        "\u200b",
        "\x05",
        "⻓",
        "\ue81e",
        "&nbsp;",
        "{dede:body/}",
        "<br>",
        "气 象 灾 害 预 警",
        "摘要:",
        "...",
        "漢hàn語yǔ",
        "⒑",
        "e",
        "\u0301",
    ),
    "临沂市连续四年提高孤困儿童保障标准,保障人数和金额均居全省前列,数量居全省首位。",
    "为了让老旧小区的居民住得舒心,街道投入资金对外墙、管网和停车位进行改造,施工队日夜赶工。",
)
NEWS = st.lists(st.sampled_from(BITS), max_size=40).map("".join)
MIXED = st.lists(st.one_of(st.sampled_from(BITS), st.text(max_size=5)), max_size=25).map("".join)
HEADLINES = st.one_of(st.none(), st.sampled_from(BITS), st.text(max_size=20))


def holds(text, headline):
    repaired = repair_text(text, headline=headline)
    assert repaired.restore() == unicodedata.normalize("NFKC", text)
    again = repair_text(repaired.text)
    assert again.text == repaired.text
    assert all(line.strip() for line in repaired.text.split("\n")) or not repaired.text
    assert unicodedata.is_normalized("NFKC", repaired.text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in repaired.text)
    assert repaired.flags == tuple(sorted(set(repaired.flags)))


SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(SLOW, max_examples=150)
@given(NEWS, HEADLINES)
def test_news(text, headline):
    holds(text, headline)


@settings(SLOW, max_examples=150)
@given(MIXED, HEADLINES)
def test_mixed(text, headline):
    holds(text, headline)


@settings(SLOW, max_examples=100)
@given(st.text(), st.none())
def test_random_unicode(text, headline):
    holds(text, headline)


@pytest.mark.soak
@settings(SLOW, max_examples=10_000)
@given(st.one_of(NEWS, MIXED, st.text()), HEADLINES)
def test_ten_thousand(text, headline):
    holds(text, headline)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\ufeff",
        "\x00",
        "。",
        "(yuè)",
        "评论列表",
        "关键词:",
        "2023-08-10\n2023-08-10",
        "a" * 100_000,
        "\ud800x",
    ],
)
def test_odd_texts(text):
    holds(text, None)
