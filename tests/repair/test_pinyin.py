"""Glosses that help a reader stay: more than 400 of them by kind, alone and on a site that injects."""

from __future__ import annotations

import pytest

from newscrawl.repair import SiteHistory, repair_text
from newscrawl.repair.draft import Draft
from newscrawl.repair.gloss import find_glosses
from newscrawl.repair.pinyin import find, verdict_of
from newscrawl.text.normal import to_nfkc

SENTENCES = (
    "昨天上午,记者来到{}采访,当地的老人讲起了从前的故事。",
    "这次比赛的一等奖由{}获得,评委给出了很高的分数。\n颁奖仪式将在下周举行,欢迎市民参加。",
    "据介绍,{}在当地很有名,每年都有不少人慕名而来。",
)

RARE = (
    "彧 yù|翀 chōng|甪 lù|槊 shuò|瓞 dié|媭 xū|赟 yūn|犇 bēn|骉 biāo|麤 cū|淼 miǎo|焱 yàn|垚 yáo|鑫 xīn|堃 kūn|喆 zhé|祎 yī|璟 jǐng|玥 yuè|钊 zhāo|昱 yù|晟 shèng|"
    "暄 xuān|翊 yì|翯 hè|懋 mào|芈 mǐ|仝 tóng|亓 qí|逄 páng|厍 shè|郗 xī|缑 gōu|妫 guī|邬 wū|郏 jiá|隗 wěi|濂 lián|浥 yì|沄 yún|洺 míng|漷 huǒ|浞 zhuó|潋 liàn|滟 yàn|"
    "菡 hàn|萏 dàn|莪 é|蓂 míng|蒟 jǔ|蒻 ruò|荇 xìng|薹 tái|薤 xiè|蘘 ráng|柽 chēng|桫 suō|椤 luó|楸 qiū|榉 jǔ|柞 zuò|桕 jiù|槲 hú|鹮 huán|鸬 lú|鹚 cí|鸮 xiāo|鹳 guàn|"
    "鳜 guì|鳡 gǎn|鲌 bó|鲃 bā|鳈 quán|螈 yuán|蝾 róng|鼋 yuán|鼍 tuó|麂 jǐ|貉 hé|猁 lì|猞 shē|獐 zhāng|氪 kè|氙 xiān|铱 yī|铼 lái|镓 jiā|锗 zhě|钽 tǎn|铌 ní|甑 zèng|"
    "甗 yǎn|簋 guǐ|罍 léi|觥 gōng|斝 jiǎ|爵 jué|鬲 lì|卣 yǒu|缶 fǒu|埙 xūn|篪 chí|籥 yuè|柷 zhù|敔 yǔ|瑱 tiàn|璜 huáng|珩 héng|琚 jū|玦 jué|玠 jiè|璇 xuán|玑 jī"
)
PLACES = (
    "六 lù|亳 bó|歙 shè|黟 yī|濮 pú|郓 yùn|鄄 juàn|莒 jǔ|兖 yǎn|郯 tán|芝罘 zhīfú|淄 zī|临朐 línqú|无棣 wúdì|乐 lào|邳 pī|睢 suī|盱眙 xūyí|溧 lì|甪 lù|郫 pí|犍 qián|珙 gǒng|"
    "涪 fú|酉 yǒu|綦 qí|北碚 bèi|渑 miǎn|浚 xùn|泌 bì|荥 xíng|浉 shī|武陟 zhì|柘 zhè|睢 suī|繁峙 shì|隰 xí|洪洞 tóng|长子 zhǎng|解 hài|蔚 yù|井陉 xíng|蠡 lǐ|获 huái|妫 guī|"
    "桦甸 diàn|珲 hún|穆棱 líng|阿 ā|勐 měng|漾濞 bì|弥勒 lè|鄱 pó|婺 wù|弋 yì|鄞 yín|丽 lí|嵊 shèng|台 tāi|衢 qú|黄陂 pí|蕲 qí|郧 yún|监 jiàn|耒 lěi|郴 chēn|汨 mì|"
    "番 pān|东莞 guǎn|儋 dān|砀 dàng|涡 guō|枞 zōng|蚌 bèng|邕 yōng|岑 cén|盩厔 zhōuzhì|鄠 hù|吴堡 bǔ|柞 zhà|勉 miǎn|洮 táo|宕 tàn|岷 mín|湟 huáng|贵 guì|巴音郭楞 léng"
)
LATIN = (
    "手机应用 APP|国内生产总值 GDP|首席执行官 CEO|世界卫生组织 WHO|核磁共振 MRI|居民消费价格指数 CPI|采购经理指数 PMI|人工智能 AI|物联网 IoT|虚拟现实 VR|川宁生物 301301|荣泰健康 603579.SH|"
    "国瓷材料 SZ300285|流感病毒 H1N1|新型号 Magic5|第五代移动通信 5G|二氧化碳 CO2|全球定位系统 GPS|脱氧核糖核酸 DNA|细颗粒物 PM2.5|非政府组织 NGO|首次公开募股 IPO|"
    "世界贸易组织 WTO|国际奥委会 IOC|美国职业篮球联赛 NBA|超文本 HTML|统一码 Unicode|见附件 a|如图 b|选项 A|他 he|她 she|你好 hello|谢谢 thanks|第一 No.1|型号 X-30|版本 v2.0|标准 ISO9001|"
    "平方米 m2|千瓦时 kWh|摄氏度 ℃|欧元 EUR|美元 USD|微信 WeChat|阿里巴巴 Alibaba|腾讯 Tencent|华为 HUAWEI|大疆 DJI|比亚迪 BYD|抖音 Douyin|拼多多 PDD"
)
NAMES = (
    "淘宝 Taobao|百度 Baidu|小米 Xiaomi|上海 Shanghai|重庆 Chongqing|淄博 Zibo|临沂 Linyi|苏炳添 Su Bingtian|谢震业 Xie Zhenye|王芳 Wang Fang|李娜 Li Na|姚明 Yao Ming|郎平 Lang Ping|"
    "巴黎 Paris|悉尼 Sydney|伦敦 London|里昂 Lyon|基辅 Kyiv|河内 Hanoi|札幌 Sapporo|马克龙 Macron|梅西 Messi|朔尔茨 Scholz|丁俊晖 Ding Junhui|孙颖莎 Sun Yingsha|樊振东 Fan Zhendong|"
    "太极 Taiji|功夫 Kungfu|风水 Fengshui|豆腐 Tofu|二胡 Erhu|普洱 Pu'er|西安 Xi'an|长安 Chang'an|人民币 Renminbi|胡同 Hutong|旗袍 Qipao|麻将 Mahjong"
)
QUOTED = "“福” fú|“蝠” fú|“鱼” yú|“余” yú|“柿” shì|“事” shì|“瓶” píng|“平” píng|“鹿” lù|“禄” lù|“桃” táo|“淘” táo|“重” chóng|“行” háng|“乐” yuè|《诗》 shī|“茶” chá|“糕” gāo|“高” gāo|“枣” zǎo"


def pairs(listed):
    return [
        entry.rsplit(" ", 1) if "Su " not in entry else entry.split(" ", 1) for entry in listed.split("|")
    ]


def genuine():
    kinds = {"rare": RARE, "place": PLACES, "latin": LATIN, "name": NAMES, "quoted": QUOTED}
    for kind, listed in kinds.items():
        for entry in listed.split("|"):
            word, gloss = entry.split(" ", 1)
            for number, sentence in enumerate(SENTENCES[: 2 if kind in ("rare", "latin") else 1]):
                yield pytest.param(sentence.format(f"{word}({gloss})"), id=f"{kind}-{word}-{number}")


CASES = list(genuine())


def test_there_are_400_cases():
    assert len(CASES) >= 400


@pytest.mark.parametrize("text", CASES)
def test_a_genuine_gloss_stays(text):
    repaired = repair_text(text)
    assert repaired.text == to_nfkc(text)
    assert "pinyin_injected" not in repaired.flags


@pytest.mark.parametrize("kind", ["rare", "place", "quoted"])
def test_many_genuine_glosses_in_one_document_stay(kind):
    entries = {"rare": RARE, "place": PLACES, "quoted": QUOTED}[kind].split("|")
    glossed = [f"{word}({gloss})" for word, gloss in (entry.split(" ", 1) for entry in entries)]
    text = "古籍里的字\n" + "\n".join(
        SENTENCES[i % 3].split("\n")[0].format(word) for i, word in enumerate(glossed)
    )
    assert repair_text(text).text == text


@pytest.mark.parametrize("entry", RARE.split("|")[:60])
def test_a_rare_character_stays_on_a_site_that_injects(entry):
    word, gloss = entry.split(" ", 1)
    draft = Draft(SENTENCES[0].format(f"{word}({gloss})"), history=SiteHistory(injected_count=50))
    assert find(draft).spans == ()


ATHLETES = "苏炳添(Su Bingtian)、谢震业(Xie Zhenye)、吴智强(Wu Zhiqiang)、陈冠锋(Chen Guanfeng)、梁小静(Liang Xiaojing)、韦永丽(Wei Yongli)、葛曼棋(Ge Manqi)、袁琦琦(Yuan Qiqi)参加接力比赛。"
CITIES = "代表团先后访问了北京(Beijing)、上海(Shanghai)、广州(Guangzhou)、深圳(Shenzhen)、成都(Chengdu)、杭州(Hangzhou)、南京(Nanjing)和武汉(Wuhan)。"
DIALECT = "方言课堂开讲\n老师先教拼音,再教读音:馍(mó)馍是馒头,俺(ǎn)是我,恁(nèn)是你,中(zhōng)是好。孩子们跟着读音念了一遍又一遍,普通话和方言都说得很好。"
READING_LIST = "这些地名容易读错\n亳(bó)州,不读毫;六(lù)安,不读六;蚌(bèng)埠,不读棒;洪洞(tóng)县,不读洞;监(jiàn)利,不读监;铅(yán)山,不读铅。"
SONG = "儿歌\n小(xiǎo)白(bái)兔(tù),白(bái)又(yòu)白(bái),两只耳朵竖起来。这首带拼音的儿歌选自一年级的拼音读本,老师说注音能帮助孩子认字。"


@pytest.mark.parametrize(
    "text",
    [ATHLETES, CITIES, DIALECT, READING_LIST, SONG],
    ids=["athletes", "cities", "dialect", "reading list", "song"],
)
def test_documents_that_are_about_names_or_readings_stay(text):
    assert "pinyin_injected" not in repair_text(text).flags
    assert repair_text(text).text == text


PARTICLES = "作文里“的”“地”“得”怎么用?的(de)在名词前,地(de)在动词前,得(de)在动词后,老师举了三个例子。"


def test_particles_told_apart_stay():
    assert repair_text(PARTICLES).text == PARTICLES


@pytest.mark.parametrize("glosses", [("yinci", "keyi"), ("Yinci", "Keyi"), ("yīncǐ", "kěyǐ")])
def test_two_link_words_are_enough(glosses):
    text = "近年来,因此({})居民可以({})就近办事,老人也不再来回跑。"
    assert find(Draft(text.format(*glosses))).flags == {"pinyin_injected"}


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("因此(yīncǐ) 居民可以(kěyǐ) 就近办事。", "因此居民可以就近办事。"),
        ("因此(yīncǐ)居民可以(kěyǐ) 就近办事。", "因此居民可以 就近办事。"),
    ],
    ids=["all padded", "one padded"],
)
def test_blank_after_goes_where_every_gloss_has_one(text, repaired):
    assert repair_text(text).text == repaired


VERDICTS = {
    "injected": "近年来,市民政局(mínzhèngjú)认真落实(luòshí)部署,优化(yōuhuà)保障服务(fúwù),守护(shǒuhù)儿童健康成长。",
    "few": "近年来,市民政局认真落实(luòshí)部署,优化保障服务。",
    "reader_help": "涪(fú)陵的榨菜和郫(pí)县的豆瓣、綦(qí)江的萝卜都在展会上亮相,李彧(yù)介绍了做法。",
    "lesson": DIALECT,
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_verdict(verdict):
    text = VERDICTS[verdict]
    assert verdict_of(find_glosses(text), text, SiteHistory()) == verdict
    assert find(Draft(text)).flags == {f"pinyin_{verdict}"}


def test_history_lowers_what_is_needed():
    text = "县里优化(yōuhuà)服务,村民都满意。"
    assert find(Draft(text)).spans == ()
    assert find(Draft(text, history=SiteHistory(injected_count=3))).spans != ()


READ = {
    "part of a word": ("孤困儿童心理(értóngxīnlǐ)健康", "孤困儿童心理健康"),
    "no apostrophe": ("制定十二条(shíèrtiáo)措施", "制定十二条措施"),
    "digits aloud": ("拨打110(yāoyāolíng)报警", "拨打110报警"),
    "over an earlier gloss": ("困境(kùnjìng)儿童(kùnjìngértóng)福利", "困境儿童福利"),
    "over a quote": ("“大手(dàshǒu)牵小手”(dàshǒuqiānxiǎoshǒu)活动", "“大手牵小手”活动"),
    "erhua": ("吃完饭遛个弯儿(wānr)再回家", "吃完饭遛个弯儿再回家"),
    "sandhi": ("一定(yídìng)不要(búyào)酒驾", "一定不要酒驾"),
    "one letter in brackets after hanzi": ("阿(ā)姨来了", "阿姨来了"),
    "traditional": ("國(guó)務(wù)院發(fā)布會(huì)", "國務院發布會"),
    "blank before the closing bracket": ("網(wǎng)絡(luò )主播", "網絡主播"),
    "toneless": ("有(you)助于就業(ye)", "有助于就業"),
    "mixed with legitimate brackets": ("区县(功能区)均(jūn)成立中心(zhōngxīn)", "区县(功能区)均成立中心"),
}


@pytest.mark.parametrize("name", READ)
def test_read(name):
    text, clean = READ[name]
    background = "社区(shèqū)开展(kāizhǎn)活动(huódòng),居民(jūmín)参加。"
    assert repair_text(background + text).body == "社区开展活动,居民参加。" + clean


NOT_READ = [
    "川宁生物(Taobao)",
    "会议(明天)举行",
    "溧(xiāng)阳",
    "(yuè)",
    "A(a)",
    "价格(100)元",
    "标题(-)",
    "优化(yōuhua1234)",
    "优化(yōu\nhuà)",
    "优化(yōuhuà]",
]


@pytest.mark.parametrize("text", NOT_READ)
def test_not_read(text):
    assert find_glosses(text) == []
