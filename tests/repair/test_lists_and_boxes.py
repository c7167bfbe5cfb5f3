"""Related lists, stamp lists, comment boxes, lines of the page: what goes, and what looks like it and stays."""

from __future__ import annotations

from datetime import date

import pytest

from newscrawl.repair import SiteHistory, repair_text
from newscrawl.text.comparing import comparing_form

HEADLINE = "滨河新区新建三座口袋公园"
LEAD = "5月6日,记者从滨河新区管委会获悉,今年以来新区利用边角地新建三座口袋公园,面积共两万平方米,周边六个小区的居民出门十分钟就能走到,公园里还装上了健身器材和儿童沙坑,早晚都很热闹。"
SECOND = "公园设计征求了居民意见。原先计划种草坪的地方改成了硬地广场,方便跳舞和打太极;靠近学校的一侧加高了绿篱,隔开马路上的噪声。新区还请来园艺师教居民认养花箱,谁种谁管,浇水的事有人操心了。"
ARTICLE = f"{HEADLINE}\n{LEAD}\n{SECOND}"

TITLES = (
    "高铁北站今天开始试运行 首日发送旅客两千人",
    "老字号豆腐坊搬进新街区 排队半小时",
    "市图书馆周末延长开放到晚上九点",
    "三所中学开设木工课 孩子们爱上刨花香",
)


def flags_of(text):
    return repair_text(text).flags


ENDS = {
    "comment box of Z-Blog": "评论列表\n暂无评论,快抢沙发吧~\n你 发表评论:\n欢迎",
    "comment form": "发表评论:\n名称(*)\n邮箱\n网址\n正文(*)\n提交",
    "house rules": "我来说两句\n0条评论 0人参与\n登录后发表评论\n请文明上网,理性发言,遵守法律法规。",
    "comments with buttons": "网友评论\n早就该建了,我们小区门口一直没有地方坐,老人只能坐马路牙子,说了好几年终于建成了,希望别只管建不管养,夏天多种点大树才是正经事,冬天也得有人清理落叶,垃圾桶也要多摆几个才够用的呀。\n回复\n赞(3)\n支持楼上\n回复\n赞(1)\n什么时候轮到我们东区\n回复\n举报",
    "related list": "\n".join(("相关推荐", *TITLES)),
    "hot list": "\n".join(("热点新闻排行榜", *TITLES)),
    "guess what you like": "\n".join(("猜你喜欢", *TITLES)),
    "empty headings": "相关新闻\n最新更新\n友情链接",
    "previous and next": f"上一篇:{TITLES[0]}\n下一篇:{TITLES[1]}",
    "stamps after titles": "\n".join(line for title in TITLES for line in (title, "2024-05-06 18:25")),
    "stamps with impossible clocks": "\n".join(
        line
        for title in TITLES
        for line in (title, f"{title[:6]}的消息传开以后很多市民都", "24年05月06日 29:32")
    ),
    "bare stamps": "\n".join((TITLES[0], *("2024-05-06 18:25",) * 4)),
    "stamps without a clock": "\n".join(line for title in TITLES for line in (title, "2024年5月6日")),
    "share bar": "分享到:微信 微博 QQ空间\n打印本页 关闭窗口\n【字体:大 中 小】",
    "QR code": "扫描二维码关注公众号\n手机看新闻",
    "return": "返回富达,查看更多",
    "buttons of an app": "已收藏!\n知道了\n前往“发现”-“看一看”浏览“朋友在看”",
    "advertisement": "广告\n更多猛料!欢迎扫描左方二维码关注滨河新闻官方微信(binhe-xinwen)",
    "spaced copyright": "滨 河 网 版 权 所 有 ,未 经 书 面 授 权 禁 止 使 用",
    "share more": "分享让更多人看到\n一键转发",
    "keywords": "关键词:口袋公园 边角地",
    "empty keywords": "关键词:",
    "editors": "责任编辑:孙小乐\n审核:钱大勇",
    "disclaimer": "声明:本网转载此文仅为传递更多信息,不代表本网观点,如涉及版权请与本网联系删除。",
    "disclaimer without a label": "本文来源于网络,仅供参考,如有侵权请联系删除。",
    "footer": "Copyright © 2008-2024 滨河新闻网 版权所有\n鲁ICP备05000001号-1",
    "report line": "违法和不良信息举报电话:0533-1234567",
    "app": "下载滨河发布APP,看更多本地新闻",
    "counts": "阅读 1024\n点赞(12)\n评论(0)",
    "photo disclaimer": "(资料图片仅供参考)",
    "paging": "上一页 1 2 3 下一页\n共3页",
    "everything": f"关键词:公园\n分享到:微信\n责任编辑:孙小乐\n相关推荐\n{TITLES[0]}\n{TITLES[1]}\n评论列表\n暂无评论,快抢沙发吧~",
}


@pytest.mark.parametrize("name", ENDS)
def test_cut_at_the_end(name):
    text = f"{ARTICLE}\n{ENDS[name]}"
    repaired = repair_text(text)
    assert repaired.text == ARTICLE
    assert repaired.restore() == text
    assert repair_text(ARTICLE).text == ARTICLE


TOPS = {
    "breadcrumb": "当前位置:首页 > 新闻 > 民生 > 正文",
    "breadcrumb with home": "首页 > 要闻 > 正文",
    "byline": "记者 孙小乐 通讯员 钱大勇",
    "source and editor": "来源:滨河日报 编辑:孙小乐",
    "font size": "字号:大 中 小",
    "photo disclaimer": "资料图",
}


@pytest.mark.parametrize("name", TOPS)
def test_cut_between_headline_and_lead(name):
    assert repair_text(f"{HEADLINE}\n{TOPS[name]}\n{LEAD}\n{SECOND}").text == ARTICLE


BETWEEN = {
    "box of titles": "\n".join(("延伸阅读", *TITLES)),
    "photo disclaimer": "(图文无关)",
    "read more": "点击查看全文",
}


@pytest.mark.parametrize("name", BETWEEN)
def test_cut_between_paragraphs(name):
    assert (
        repair_text(f"{HEADLINE}\n{LEAD}\n{BETWEEN[name]}\n{SECOND}").text.replace(f"\n{TITLES[-1]}", "")
        == ARTICLE
    )


KEPT = {
    "a chapter about comments": f"网友评论\n居民王先生说:“早就该建了,以前门口没有地方坐。”\n居民李女士说:“希望多种大树,夏天才有荫凉。”\n{SECOND}",
    "a heading over prose": f"最新消息\n{LEAD}\n{SECOND}",
    "a ranking that is the subject": f"今日排行\n第一名是城西代表队,得了九十六分。\n第二名是凤凰镇代表队,得了九十分。\n{SECOND}",
    "a chronicle": "建设大事记\n2024年1月5日\n区里召开动员会,确定三处地块。\n2024年2月20日\n设计方案公示,收到意见四十条。\n2024年4月30日\n三座公园完工,向居民开放。",
    "a table of numbers": "各园面积\n东园\n12\n西园\n34\n南园\n56",
    "a subheading about sharing": f"分享种花心得\n{SECOND}",
    "a subheading about an app": f"下载国家反诈中心APP 守好钱袋子\n{LEAD}\n{SECOND}",
    "a phone number of the notice": f"{SECOND}\n咨询电话:0533-1234567",
    "a warm reminder": f"{SECOND}\n温馨提示:近期降雨较多,请市民错峰入园,注意防滑。",
    "a statement that is the subject": f"声明:我公司从未授权任何个人收取认养费。\n{LEAD}\n{SECOND}",
    "a caption with its photographer": f"{LEAD}\n居民在公园里健身。(孙小乐 摄)\n{SECOND}",
    "a list of items": "新增设施包括:\n健身器材十二套\n儿童沙坑三处\n休息座椅六十把\n直饮水点五个",
    "questions and answers": "问:公园什么时候开放?\n答:全天开放。\n问:能不能遛狗?\n答:要拴绳。",
    "a single date line": f"{SECOND}\n2024年5月6日",
    "signature of a letter": f"{SECOND}\n滨河新区管委会\n2024年5月6日",
    "a poem": "春风吹绿小园林\n老少闲来坐绿荫\n莫道弹丸无大用\n半分天地万家心",
    "dialogue": "“来啦?”\n“来了。”\n“今天人多。”\n“是啊,都来看花。”",
    "a sentence about the front page": f"{SECOND}\n大家打开网站首页就能预约。",
    "a law": "第一条 未经批准不得占用公共绿地。\n第二条 违反规定的,责令改正。",
    "a subheading about advertising": f"广告牌下的凉棚\n{SECOND}",
    "a subheading about friends": f"朋友圈里晒公园\n{SECOND}",
    "scores": "今天的比赛结果:\n城西 3:1 城东\n凤凰 2:2 马踏",
}


@pytest.mark.parametrize("name", KEPT)
def test_kept(name):
    text = f"{HEADLINE}\n{LEAD}\n{KEPT[name]}"
    if LEAD in KEPT[name]:
        text = f"{HEADLINE}\n{KEPT[name]}"
    assert repair_text(text).text == text


@pytest.mark.parametrize("link", ["返回搜狐,查看更多", "返回富达,查看更多", "返回滨河网首页>>"])
def test_a_link_back_that_hangs_on_the_last_line(link):
    assert repair_text(f"{ARTICLE}{link}").text == ARTICLE


def test_returning_is_no_link():
    text = f"{ARTICLE}下午三点返回,查看更多公园。"
    assert repair_text(text).text == text


def own_entry(teaser=LEAD[:36], stamp="24年05月06日 29:32"):
    others = "\n".join(
        line
        for title in TITLES
        for line in (title, f"{title[:9]}的消息传开以后很多市民都赶来", "24年05月05日 31:07")
    )
    return f"{HEADLINE}\n{teaser}\n{stamp}\n{others}"


def test_the_headline_is_recovered_from_the_articles_own_entry():
    repaired = repair_text(f"{LEAD}\n{SECOND}\n{own_entry()}")
    assert repaired.headline == HEADLINE
    assert repaired.text == ARTICLE
    assert "headline_recovered" in repaired.flags
    assert repaired.metadata.date_published == date(2024, 5, 6)


def test_a_known_headline_is_not_replaced_but_the_day_is_taken():
    repaired = repair_text(
        f"{LEAD}\n{SECOND}\n{own_entry(teaser='新区利用边角地建成的公园里还装上了健身器材')}",
        headline=HEADLINE,
    )
    assert repaired.headline == HEADLINE
    assert "headline_recovered" not in repaired.flags
    assert repaired.metadata.date_published == date(2024, 5, 6)


def test_entries_of_others_say_nothing_about_the_article():
    repaired = repair_text(
        f"{LEAD}\n{SECOND}\n{own_entry(teaser='城东的菜市场今天开门迎客摊位费减免三个月')}"
    )
    assert repaired.headline is None
    assert repaired.metadata.date_published is None


def test_impossible_days_are_no_days():
    assert (
        repair_text(f"{LEAD}\n{SECOND}\n{own_entry(stamp='24年13月41日 29:32')}").metadata.date_published
        is None
    )


def test_the_sites_history_shows_lists_and_template_lines():
    text = f"{ARTICLE}\n{TITLES[0]}\n{TITLES[1]}\n滨河新闻网让您知道身边事"
    history = SiteHistory(
        headlines=frozenset(map(comparing_form, TITLES)),
        boilerplate=frozenset({comparing_form("滨河新闻网让您知道身边事")}),
    )
    assert repair_text(text).text == text
    assert repair_text(text, history=history).text == ARTICLE


def test_one_known_headline_is_no_list():
    text = f"{ARTICLE}\n{TITLES[0]}"
    assert (
        repair_text(text, history=SiteHistory(headlines=frozenset(map(comparing_form, TITLES)))).text == text
    )


def test_the_articles_own_headline_is_no_other_article():
    text = f"{ARTICLE}\n{TITLES[0]}"
    history = SiteHistory(headlines=frozenset(map(comparing_form, (HEADLINE, TITLES[0]))))
    assert repair_text(text, history=history).headline == HEADLINE


def test_known_headlines_within_a_digest_stay():
    history = SiteHistory(headlines=frozenset(map(comparing_form, TITLES)))
    digest = f"一周要闻回顾\n{TITLES[0]}\n{SECOND}\n{TITLES[1]}\n{SECOND}"
    repaired = repair_text(digest, history=history)
    assert TITLES[0] in repaired.body
    assert TITLES[1] in repaired.body
