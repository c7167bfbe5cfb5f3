from __future__ import annotations

import time
from pathlib import Path

import pytest

from newscrawl.exceptions import NewscrawlError, UnknownRegion
from newscrawl.text import region_mentions as mentions
from newscrawl.text.region_mentions import find_mentions
from newscrawl.text.region_names import codes_above, codes_by_name, regions_by_code, short_names
from newscrawl.text.regions import region_named, region_of

SEEDS = Path(__file__).parents[2] / "../shared/seeds/expected"

NAMED = {
    "short path": ("山东/淄博", "山东省/淄博市"),
    "full path": ("山东省/淄博市/张店区", "山东省/淄博市/张店区"),
    "a level left out": ("山东/张店", "山东省/淄博市/张店区"),
    "one name": ("淄博", "山东省/淄博市"),
    "blanks for slashes": (" 山东 临沂 费县 ", "山东省/临沂市/费县"),
    "code": ("371325", "山东省/临沂市/费县"),
    "province and city of one name": ("吉林", "吉林省"),
    "the city of that name": ("吉林/吉林", "吉林省/吉林市"),
    "province and prefecture of one name": ("海南", "海南省"),
    "autonomous prefecture": ("海南州", "青海省/海南藏族自治州"),
    "peoples left out": ("黔西南", "贵州省/黔西南布依族苗族自治州"),
    "league": ("锡林郭勒", "内蒙古自治区/锡林郭勒盟"),
    "directly under the province": ("石河子", "新疆维吾尔自治区/石河子市"),
    "district of a municipality": ("北京/朝阳", "北京市/朝阳区"),
    "city rather than district": ("朝阳", "辽宁省/朝阳市"),
    "special region": ("香港", "香港特别行政区"),
    "new county of 2024": ("和田/和安县", "新疆维吾尔自治区/和田地区/和安县"),
    "and its twin": ("和康县", "新疆维吾尔自治区/和田地区/和康县"),
    "new city of 2023": ("米林市", "西藏自治区/林芝市/米林市"),
    "city without districts": ("东莞", "广东省/东莞市"),
    "no region of the standard": ("雄安新区", "河北省"),
}


@pytest.mark.parametrize(("name", "path"), NAMED.values(), ids=NAMED.keys())
def test_region_named(name, path):
    assert str(region_named(name)) == path


UNKNOWN = {
    "typing error": ("山东/淄薄", "山东省/淄博市"),
    "two districts of one name": ("朝阳区", "吉林省/长春市/朝阳区"),
    "wrong city above": ("临沂市/张店", "山东省/淄博市/张店区"),
}


@pytest.mark.parametrize(("name", "near"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_an_unknown_region_comes_with_near_ones(name, near):
    with pytest.raises(UnknownRegion) as caught:
        region_named(name)
    assert near in caught.value.near
    assert near in str(caught.value)
    assert isinstance(caught.value, LookupError)
    assert isinstance(caught.value, NewscrawlError)


@pytest.mark.parametrize("name", ["", "/", " ", "370399", "Shandong", "山东/" * 50])
def test_a_name_of_nothing_is_unknown(name):
    with pytest.raises(UnknownRegion):
        region_named(name)


def test_the_table():
    regions = regions_by_code()
    assert len(regions) > 3200
    assert sum(code.endswith("0000") for code in regions) == 34
    assert all(len(code) == 6 and code.isdigit() for code in regions)
    assert all(codes_above(code)[0] in regions for code in regions if not code.endswith("0000"))
    assert regions["500101"].names == ("重庆市", "万州区")
    assert not [r for r in regions.values() if r.names[-1].endswith(("开发区", "市辖区", "街道", "镇"))]


def test_short_names_have_two_characters_at_least():
    assert all(len(name) >= 2 for code in regions_by_code() for name in short_names(code))
    assert short_names("371325") == ()
    assert {"370000", "370300"} <= {code for codes in codes_by_name().values() for code in codes}


# headline, body, path or None
ABOUT = {
    # plain
    "city in full": ("全市防汛会议召开", "8月2日,淄博市召开防汛工作会议。\n会议由副市长主持。", "山东省/淄博市"),
    "city by its short name": ("烟台启动秋收", "连日来,烟台各地抢收玉米。", "山东省/烟台市"),
    "county after its city": ("消夏晚会开幕", "临沂市费县第三届消夏晚会昨晚开幕。", "山东省/临沂市/费县"),
    "county by itself": ("沂水县新增三条公交线路", "沂水县交通运输局介绍,新线路周一开通。", "山东省/临沂市/沂水县"),
    "short county beside its city": ("沂水大集开市", "临沂沂水大集昨天开市,沂水县城车水马龙。", "山东省/临沂市/沂水县"),
    "province alone": ("全省夏粮丰收", "山东省农业农村厅发布消息,山东夏粮总产再创新高。", "山东省"),
    "district of Beijing": ("社区食堂开张", "北京市海淀区一家社区食堂昨天开张。\n海淀区今年计划新增二十家。", "北京市/海淀区"),
    "district of Chongqing": ("江边步道贯通", "重庆市万州区滨江步道全线贯通。", "重庆市/万州区"),
    "autonomous county": ("油茶节举行", "湖南省怀化市通道侗族自治县举行油茶节。", "湖南省/怀化市/通道侗族自治县"),
    "autonomous prefecture short": ("延边州旅游升温", "延边州今夏接待游客增长两成,延边各县市推出新线路。", "吉林省/延边朝鲜族自治州"),
    "banner": ("那达慕开幕", "锡林郭勒盟西乌珠穆沁旗那达慕昨天开幕。", "内蒙古自治区/锡林郭勒盟/西乌珠穆沁旗"),
    "corps city": ("棉花开摘", "石河子市棉花进入采摘期,石河子各团场机声隆隆。", "新疆维吾尔自治区/石河子市"),
    "directly governed county city": ("仙桃市夜市开街", "湖北省仙桃市夜市昨晚开街。", "湖北省/仙桃市"),
    "city without districts": ("东莞工厂复工", "东莞市多家工厂昨天复工。", "广东省/东莞市"),
    "special region": ("香港机场客量回升", "香港机场管理局昨天公布,上月客量回升。", "香港特别行政区"),
    "traditional script": ("臨沂市召開會議", "臨沂市費縣召開會議,費縣縣長講話。", "山东省/临沂市/费县"),
    "headline only": ("淄博市张店区和平街道举行邻里节", "居民带来拿手菜,欢聚一堂。", "山东省/淄博市/张店区"),
    "no headline": (None, "威海市环翠区昨日启用新图书馆。", "山东省/威海市/环翠区"),
    "former districts of older news": ("重庆市江北区开街", "重庆市江北区步行街昨天开街。", "重庆市/江北区"),
    # one name, several regions
    "朝阳 in Beijing": ("老楼加装电梯", "北京朝阳区今年为两百栋老楼加装电梯。\n朝阳区住建委负责人作了介绍。", "北京市/朝阳区"),
    "朝阳 in Changchun": ("老楼加装电梯", "长春市朝阳区今年为老楼加装电梯。", "吉林省/长春市/朝阳区"),
    "朝阳 in Liaoning": ("朝阳冬枣上市", "辽宁朝阳的冬枣上市了,朝阳市农业部门组织展销。", "辽宁省/朝阳市"),
    "朝阳区 of nobody": ("朝阳区举行运动会", "朝阳区职工运动会昨天开赛。", None),
    "朝阳 the rising sun": ("迎着朝阳晨跑", "清晨,市民迎着朝阳跑步。", None),
    "中山 the city": ("中山市灯饰出口增长", "广东省中山市古镇灯饰出口增长一成。", "广东省/中山市"),
    "中山 beside its province": ("中山灯饰出口增长", "广东中山的灯饰出口增长一成,中山市商务局发布了数据。", "广东省/中山市"),
    "中山区 in Dalian": ("海鲜节开幕", "大连市中山区海鲜节开幕。", "辽宁省/大连市/中山区"),
    "鼓楼区 in Nanjing": ("书店开业", "南京市鼓楼区一家书店昨天开业。", "江苏省/南京市/鼓楼区"),
    "鼓楼区 named later": ("南京新添书店", "一家书店昨天在鼓楼区开业,这是南京今年第十家。", "江苏省/南京市/鼓楼区"),
    "鼓楼区 in Fuzhou": ("书店开业", "福州市鼓楼区一家书店昨天开业。", "福建省/福州市/鼓楼区"),
    "鼓楼区 of nobody": ("鼓楼区书店开业", "鼓楼区一家书店昨天开业。", None),
    "城关区 in Lanzhou": ("兰州市城关区改造老街", "兰州市城关区改造老街,城关区住建局说年底完工。", "甘肃省/兰州市/城关区"),
    "城关区 in Lhasa": ("拉萨市城关区改造老街", "拉萨市城关区改造老街。", "西藏自治区/拉萨市/城关区"),
    "吉林 the province": ("吉林出台新政", "吉林省出台黑土地保护新政。", "吉林省"),
    "吉林 the city": ("雾凇节开幕", "吉林省吉林市雾凇节昨天开幕。", "吉林省/吉林市"),
    "海南 the province": ("海南离岛免税", "海南省商务厅公布,海南离岛免税销售增长。", "海南省"),
    "海南 the prefecture": ("青海湖畔植树", "海南州在青海湖畔植树,青海海南藏族自治州林草局说成活率高。", "青海省/海南藏族自治州"),
    "海南 the district": ("乌海市海南区治沙", "内蒙古乌海市海南区治沙有成。", "内蒙古自治区/乌海市/海南区"),
    "和平区 in Tianjin": ("天津和平区开放公园", "天津市和平区新公园开放。", "天津市/和平区"),
    "和平区 in Shenyang": ("公园开放", "沈阳和平区新公园开放,沈阳今年还将建十座。", "辽宁省/沈阳市/和平区"),
    "市中区 with its city": ("市中区修路", "枣庄市市中区开始修路。", "山东省/枣庄市/市中区"),
    "市中区 with its province only": ("山东一地修路", "山东省多地修路,市中区昨天开工。", "山东省"),
    "新城区 as words": ("新城区启用新学校", "记者在新城区看到,新学校已经启用。", None),
    "新城区 right after its city": ("西安市新城区启用新学校", "西安市新城区一所学校启用。", "陕西省/西安市/新城区"),
    "河南 the county": ("草原那达慕", "青海省黄南州河南蒙古族自治县举行那达慕。", "青海省/黄南藏族自治州/河南蒙古族自治县"),
    "西湖区 in Hangzhou": ("杭州市西湖区换新颜", "杭州市西湖区一条老街换新颜。", "浙江省/杭州市/西湖区"),
    "通州 in Beijing": ("北京通州区开通公交", "北京市通州区开通三条公交。", "北京市/通州区"),
    "通州 in Nantong": ("南通市通州区开通公交", "南通市通州区开通三条公交。", "江苏省/南通市/通州区"),
    # false friends
    "a university": ("中山大学举行校庆", "中山大学昨天举行校庆,校友返校。", None),
    "a road": ("北京路封闭施工", "今天起北京路封闭施工,南京路同时限行。", None),
    "a bank": ("上海银行下调利率", "上海银行昨天下调存款利率。", None),
    "a paper": ("据北京青年报报道", "据北京青年报报道,快递将涨价。", None),
    "a newspaper of the province": ("专家谈健身", "山东网记者采访了专家。", None),
    "the time of Beijing": ("飞船返回", "北京时间20时,飞船返回舱着陆。", None),
    "agency dateline": ("国务院部署防汛", "新华社北京8月2日电 国务院部署防汛工作。", None),
    "a suit": ("老裁缝的中山装", "他做了一辈子中山装。", None),
    "Sun Yat-sen": ("纪念孙中山", "各界人士纪念孙中山先生。", None),
    "south bank of the Yellow River": ("大堤加固", "黄河南岸大堤加固工程开工,黄河北岸同时施工。", None),
    "solemnly celebrated": ("隆重庆祝教师节", "全校隆重庆祝教师节。", None),
    "square metres": ("公园扩建", "公园扩建三十四平方米,再建四平方米花坛。", None),
    "guests": ("来宾签到", "来宾们依次签到,来宾代表致辞。", None),
    "sunshine": ("日照充足", "本周日照充足,日照时数偏多。", None),
    "a kind of melon": ("哈密瓜大降价", "哈密瓜价格大降,市民喜尝。", None),
    "marble": ("大理石地面防滑", "大理石地面要防滑。", None),
    "sandwich": ("早餐三明治", "三明治卖得好。", None),
    "cooperation": ("合作共赢", "双方合作共赢,继续合作。", None),
    "public security": ("公安提醒", "公安部门提醒市民防骗。", None),
    "and the counties": ("各市和县表态", "各市和县都要落实责任。", None),
    "Alibaba": ("阿里发布财报", "阿里昨天发布财报,阿里云增长。", None),
    "city market": ("东方市场开业", "东方市场昨天开业。", None),
    "beer is not the city": ("青岛啤酒涨价", "青岛啤酒昨天涨价。", None),
    "Texas": ("美国德州暴风雪", "美国德州昨天遭遇暴风雪。", None),
    "an avenue in another city": ("青岛香港中路封闭", "青岛香港中路昨天封闭。", "山东省/青岛市"),
    "a road named after a city elsewhere": ("太原街改造完工", "沈阳市和平区太原街改造工程完工。", "辽宁省/沈阳市/和平区"),
    "a square named after a district": ("大连中山广场封闭", "大连中山广场今日封闭。", "辽宁省/大连市/中山区"),
    "a station of the south": ("南京南站客流创新高", "南京南站昨天发送旅客三十万人次。", "江苏省/南京市"),
    "a market elsewhere": (
        "兰陵蔬菜进上海",
        "兰陵县蔬菜昨天运抵上海,上海市民可在三十家超市买到。\n兰陵县农业局负责人说,上海是最大市场。",
        "山东省/临沂市/兰陵县",
    ),
    # weighing
    "in passing": ("专家谈养生", "多喝水,少熬夜。\n一位来自北京的读者来信。", None),
    "many provinces": ("多地高温", "浙江、江苏、安徽、湖北、河南等地昨日高温。", None),
    "districts spread": ("济南市多区通公交", "济南市历下区、天桥区、槐荫区昨天开通新公交。", "山东省/济南市"),
    "cities spread": ("山东多市降雨", "山东省济南市、淄博市、潍坊市、临沂市昨天降雨。", "山东省"),
    "one district once": (
        "淄博市公布民生清单",
        "淄博市政府公布民生清单。\n淄博市将建二十所幼儿园。\n其中三所在张店区。\n淄博市教育局负责实施。",
        "山东省/淄博市",
    ),
    "headline of another story": (
        "淄博市张店区一社区开展活动",
        "淄博市召开新闻发布会。\n淄博市民政局介绍了全市的做法。",
        "山东省/淄博市",
    ),
    "a guest from elsewhere": (
        "菏泽牡丹花会开幕",
        "菏泽市牡丹花会昨天开幕。\n来自河南洛阳的游客说,菏泽的牡丹不一样。\n菏泽市文旅局介绍了活动。",
        "山东省/菏泽市",
    ),
    "nothing": ("", "", None),
    "no place": ("好书推荐", "这本书值得一读。", None),
}  # fmt: skip


@pytest.mark.parametrize(("headline", "body", "path"), ABOUT.values(), ids=ABOUT.keys())
def test_region_of(headline, body, path):
    found = region_of(headline, body)
    assert (str(found) if found else None) == path


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("山东省淄博市张店区", ["山东省", "淄博市", "张店区"]),
        ("东方市场和东方市", ["东方市"]),
        ("和平区域合作", []),
        ("山东网友评论山东网的文章", ["山东"]),
        ("青岛啤酒节,青岛啤酒", ["青岛"]),
        ("北京街头,北京街", ["北京"]),
        ("", []),
        ("济", []),
    ],
)
def test_names_are_taken_with_what_stands_around_them(text, names):
    assert [mention.name for mention in find_mentions(text)] == names


def test_the_lists_of_words_name_regions():
    words = (
        mentions._WORDS
        | mentions._GENERIC
        | mentions._DOUBTFUL
        | set(mentions._AFTER)
        | set(mentions._BEFORE)
    )
    assert [word for word in words if word not in codes_by_name()] == []
    assert not mentions._WORDS & (set(mentions._AFTER) | set(mentions._BEFORE))


@pytest.mark.parametrize(("seed", "path"), [("000", "山东省/淄博市"), ("004", "山东省/临沂市")])
def test_the_seeds(seed, path):
    if not SEEDS.exists():
        pytest.skip("the seeds are not beside this copy of the project")
    headline, body = (SEEDS / f"{seed}.txt").read_text(encoding="utf-8").split("\n", 1)
    assert str(region_of(headline, body)) == path


@pytest.mark.parametrize(
    "junk", ["\ud800市", "市" * 5000, "淄博" * 5000, "\n" * 9, "a" * 5000, "\x00淄博市\x00"]
)
def test_odd_texts_are_no_error(junk):
    region_of(junk, junk)


def test_a_long_text_is_read_in_linear_time():
    body = "临沂市费县和罗庄区昨天召开会议,研究部署下一步工作,记者从会上了解到有关情况。\n"
    region_of(None, body)  # the tables are loaded
    took = []
    for times in (500, 2000):
        started = time.process_time()
        region_of(None, body * times)
        took.append(time.process_time() - started)
    assert took[1] < 12 * took[0] + 0.05
