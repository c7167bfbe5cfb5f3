from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from newscrawl.extract.body import values_of
from newscrawl.extract.continuations import is_pager, joined
from newscrawl.extract.debris import (
    is_control,
    is_promotion,
    is_prose,
    is_tail_heading,
    is_weak_tail_heading,
    value_of,
)
from newscrawl.extract.info_line import is_header_clock, is_info_line
from newscrawl.extract.walk import lines_of

TAILS = """相关阅读|相关新闻|相关链接：|【相关报道】|推荐阅读|延伸阅读|猜你喜欢|你可能还会喜欢|热门推荐|热点排行|最新评论|网友评论|发表评论|我来说两句|评论列表|友情链接
上一篇：夜市开张|下一篇: 没有了|其他人也在看|大家都在看|更多精彩推荐|相關新聞|延伸閱讀|【熱門點閱】|编辑推荐|点击排行榜|已有12条评论|更多“夜市”的相关资讯请关注本站|-END-"""
WEAK_TAILS = "今日要闻|本网快讯|图片新闻|社会新闻".split("|")
CONTROLS = """分享到：|打印|关闭窗口|【字号：大 中 小】|字体:|收藏本文|当前位置:首页 > 新闻 > 正文|首页 > 新闻|下一页|共3页|阅读全文|展开全文|登录|注册|返回首页|扫一扫在手机打开当前页|微信扫一扫
版权所有 鲁山网|Copyright © 2026 某某网|豫ICP备00000000号|免责声明|转载请注明出处|违法和不良信息举报电话：000|阅读 120|浏览次数:|评论 3|点赞|标签：公园|关键词：公园 绿化|举报|客户端|订阅|文明上网理性发言
以上内容为作者上传，仅代表作者本人观点，与本网无关，如有侵权请联系删除。|想爆料？请拨打新闻热线0000-000或下载客户端。|未经授权不得转载|(资料图片仅供参考)"""
ARTICLE_LINES = """分享会上，他讲了三个故事。|登录平台的用户可以免费领取。|收藏家王先生带来了十二件藏品。|相关部门说，今天开工。|下一步，县里还将新建8处公园。|注册资本一千万元的企业有三家，都在城东。
热门景点人满为患。|评论员认为，这件事办得好。|首页推荐的是三家老店，都开了二十年。|法院认为，被告侵犯了原告的著作权，应当承担赔偿责任，侵权产品予以销毁。|二维码贴到了每一户的门上，扫码就能报修。|投诉人说，他已经等了三天。
推荐他的是村里的老支书。|版权登记去年增长了三成，居全省第二。|打印店开到了凌晨，老板说生意好。|当前，防汛形势严峻。|上一年，全县接待游客30万人次。|举报人反映的问题属实，已经立案。|网友评论说：“干得好！”|公众号推出了十二期，读者过万。"""


def words(text: str) -> list[str]:
    return text.replace("\n", "|").split("|")


@pytest.mark.parametrize("text", words(TAILS))
def test_headings_of_what_follows(text):
    from newscrawl.extract.blocks import line_of

    assert is_tail_heading(line_of(text))


@pytest.mark.parametrize("text", WEAK_TAILS)
def test_headings_that_may_be_the_articles_own(text):
    assert is_weak_tail_heading(text) or is_tail_heading(text)


@pytest.mark.parametrize("text", words(CONTROLS))
def test_controls_and_notices(text):
    from newscrawl.extract.blocks import line_of

    assert is_control(line_of(text))


@pytest.mark.parametrize("text", words(ARTICLE_LINES))
def test_lines_of_articles_are_neither(text):
    from newscrawl.extract.blocks import line_of

    line = line_of(text)
    assert not is_control(line)
    assert not is_tail_heading(line)
    assert not is_info_line(line)


def block(html: str):
    return lines_of(fragment_fromstring(f"<div>{html}</div>")).blocks[0]


WORTH = {
    "prose is worth its length": ("<p>今年以来，全县新建口袋公园12处。</p>", 17.0),
    "a link costs its length and more": ("<p><a href=/1>全县新建口袋公园12处</a></p>", -21.0),
    "a short line costs nothing": ("<p>新闻链接点</p>", 0.0),
    "a subheading almost nothing": ("<h3>一、公园建在家门口</h3>", -3.0),
    "a stamp": ("<li>2026-05-06 09:12</li>", -10.0),
    "the day under a notice": ("<p>2026年5月6日</p>", 0.0),
    "a control": ("<p>分享到：</p>", -25.0),
    "a heading of a list": ("<h4>相关阅读</h4>", -300.0),
    "a promotion": ("<p>关注<a href=/x>鲁山日报微信公众号</a>，看更多新闻。</p>", -25.0),
}


@pytest.mark.parametrize(("html", "worth"), WORTH.values(), ids=WORTH)
def test_what_a_line_is_worth(html, worth):
    assert value_of(block(html)) == worth


def test_a_sentence_in_a_link_is_no_entry_of_a_list():
    one = block("<p><a href=/1>今年以来，全县新建口袋公园12处，面积共3.6万平方米，惠及三万人。</a></p>")
    assert value_of(one) == 0.0
    assert not is_prose(one)
    assert not is_promotion(one)


def test_a_repeated_headline_is_worth_nothing():
    tree = fragment_fromstring(
        "<div><p>公园建成了！居民说好？</p><p>第二段说的是另一件事，很要紧。</p></div>"
    )
    values = values_of(lines_of(tree), "公园建成了!居民说好?")
    assert values.single[0] == 0.0
    assert values.prose == (False, True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-05-06 09:12 来源:鲁山日报", True),
        ("发布时间:2026-05-06 浏览次数:12 字号:大 中 小", True),
        ("来源:鲁山日报", True),
        ("2026年05月06日09:12 鲁山日报 我有话说(13人参与)", True),
        ("(2026年5月6日县第十届人民代表大会常务委员会第二十八次会议通过)", False),
        ("5月6日,大会召开。", False),
        ("鲁山日报5月6日讯 记者从县住建局获悉", False),
        ("", False),
    ],
)
def test_lines_with_date_and_outlet(line, expected):
    assert is_info_line(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("今天是2026年5月6日 星期三", True),
        ("2026年5月6日 星期三 来源:鲁山日报", False),
        ("2026-05-06", False),
    ],
)
def test_the_clock_of_a_header(line, expected):
    assert is_header_clock(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("上一页 1 2 3 下一页", True),
        ("[1] [2] 下一页", True),
        ("第2页", True),
        ("共3页 余下全文", True),
        ("第3页讲的是水利", False),
        ("——", False),
        ("", False),
        ("下一页是空白的。", False),
    ],
)
def test_pagers(line, expected):
    assert is_pager(line) is expected


JOINS = {
    "in order": (("甲。", "乙。", "丙。"), "甲。\n乙。\n丙。"),
    "without repeated headline": (("甲。", "夜市开张(2)\n乙。", "夜市开张 第3页\n丙。"), "甲。\n乙。\n丙。"),
    "without pagers": (("甲。\n1 2 下一页", "上一页 1 2\n乙。"), "甲。\n乙。"),
    "without a repeated paragraph": (("甲。" * 12, f"{'甲。' * 12}\n乙。"), f"{'甲。' * 12}\n乙。"),
    "short lines may be repeated": (("甲。\n一、", "一、\n乙。"), "甲。\n一、\n一、\n乙。"),
}


@pytest.mark.parametrize(("texts", "expected"), JOINS.values(), ids=JOINS)
def test_pages_are_joined(texts, expected):
    assert joined(texts[0], list(texts[1:]), "夜市开张") == expected
