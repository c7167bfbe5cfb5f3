"""Notices of one template each, for tuning: two of them are different news. The other half is held out."""

from __future__ import annotations

from collections.abc import Callable

from tests.dedupe.labelled.prose import News
from tests.dedupe.labelled.words import ORGANS, Words, counties

Notice = Callable[[Words], tuple[str, list[str]]]


def _city(words: Words) -> tuple[str, str]:
    """Return one of six places: the sites that carry these notices are few."""
    return counties()[words.rng.randrange(6) * 37]


def _appointments(w: Words) -> tuple[str, list[str]]:
    _, county = _city(w)
    posts = "局长 副局长 主任 副主任 调研员".split()
    lines = [
        f"{w.person()}同志任{county}{w.one(ORGANS)}{w.one(posts)}{w.one(['', ',试用期一年'])};"
        for _ in range(w.rng.randint(1, 5))
    ]
    more = [
        f"免去{w.person()}同志的{county}{w.one(ORGANS)}{w.one(posts)}职务。"
        for _ in range(w.rng.randint(1, 3))
    ]
    return f"{county}发布一批干部任免通知", [
        f"{county}人民政府研究决定:",
        *lines,
        *more,
        "以上任免事项自发文之日起执行,请各有关单位按规定办理相关手续。",
    ]


def _weather(w: Words) -> tuple[str, list[str]]:
    city, county = _city(w)
    sky = "晴 多云 阴 小雨 晴间多云 阵雨 小雪 雷阵雨".split()
    wind = "南风 北风 东风 东北风 西南风".split()
    low = w.rng.randint(-8, 24)
    lines = [
        f"{county}气象台{w.day()}16时发布天气预报:",
        f"今天夜间到明天,全县{w.one(sky)}转{w.one(sky)},{w.one(wind)}{w.rng.randint(1, 4)}到{w.rng.randint(4, 6)}级,最低气温{low}℃,最高气温{low + w.rng.randint(5, 12)}℃。",
        f"后天,{w.one(sky)},{w.one(wind)}{w.rng.randint(2, 5)}级,{low + w.rng.randint(-2, 3)}到{low + w.rng.randint(4, 13)}℃。",
        "气象部门提醒,早晚温差较大,请注意适时增减衣物,出行注意交通安全。",
    ]
    return f"{city}天气预报", lines


def _power_cut(w: Words) -> tuple[str, list[str]]:
    _, county = _city(w)
    start = w.rng.randint(5, 12)
    lines = [
        f"尊敬的电力客户:因{w.one(['线路检修', '设备升级', '配网改造', '迁改施工', '负荷割接'])}需要,国网{county}供电公司计划于{w.day()}{start}时00分至{start + w.rng.randint(2, 9)}时00分对10千伏{w.spot()[:2]}线停电。",
        f"停电范围:{'、'.join(w.spot() for _ in range(w.rng.randint(1, 4)))}及周边用户。",
        "请广大客户提前做好准备,给您带来的不便敬请谅解。如遇天气等不可抗力因素,停电时间将另行调整。供电服务热线95598,24小时为您服务。",
    ]
    return f"{county}停电通知", lines


def _prices(w: Words) -> tuple[str, list[str]]:
    city, _ = _city(w)
    goods = "大白菜 萝卜 土豆 黄瓜 西红柿 芹菜 猪肉 牛肉 鸡蛋 草鱼 苹果 香蕉 大米 面粉 花生油".split()
    chosen = w.rng.sample(goods, 6)
    price = lambda: f"{w.rng.randint(1, 40)}.{w.rng.randint(0, 99):02d}"  # noqa: E731
    lines = [
        f"据{city}发展改革委价格监测中心监测,{w.day()}全市主要农副产品零售均价与上周相比有升有降。",
        *(f"{each}每500克{price()}元,环比{w.one(['上涨', '下降', '持平于'])}{price()}%。" for each in chosen),
        "预计后期我市主要农副产品市场供应充足,价格将保持总体平稳。",
    ]
    return f"{city}本周农副产品价格监测", lines


def stock_flash(words: Words) -> tuple[str, list[str]]:
    """Return the flash that a machine writes of one share."""
    name = words.plain(2) + words.one("股份 科技 电子 医药 能源 证券 化工".split())
    code = f"{words.one(['600', '300', '002', '688'])}{words.rng.randint(0, 999):03d}"
    rise = words.one(["涨", "跌"])
    lines = [
        f"{words.day()}消息,{name}({code})盘中快速{rise}{words.percent()},截至{words.rng.randint(9, 14)}点{words.rng.randint(10, 59)}分,报{words.rng.randint(2, 99)}.{words.rng.randint(10, 99)}元,成交{words.rng.randint(1, 20)}.{words.rng.randint(10, 99)}亿元,换手率{words.percent()}。",
        f"分时图显示该股主力资金净流{words.one(['入', '出'])}{words.rng.randint(100, 9999)}.{words.rng.randint(10, 99)}万元,占成交额{words.percent()}。",
        f"融资融券数据方面,该股近5日融资净流{words.one(['入', '出'])}{words.rng.randint(100, 9999)}.{words.rng.randint(10, 99)}万,融资余额{words.one(['增加', '减少'])}。",
        "以上内容由根据公开信息整理,由算法生成,与本站立场无关,如数据存在问题请联系我们。本文为数据整理,不对您构成任何投资建议,投资有风险,请谨慎决策。",
    ]
    return f"{name}盘中快速{rise}", lines


FAMILIES: dict[str, Notice] = {
    "appointments": _appointments,
    "weather": _weather,
    "power cuts": _power_cut,
    "prices": _prices,
}


def notices(families: dict[str, Notice], family: str, count: int, seed: str = "") -> list[News]:
    """Return ``count`` notices of a family, no two with the same text."""
    made: dict[str, News] = {}
    number = 0
    while len(made) < count:
        name = f"{family} {seed}{number}"
        headline, lines = families[family](Words(name))
        made.setdefault("\n".join(lines), News(name, name, headline, tuple(lines), family))
        number += 1
    return list(made.values())
