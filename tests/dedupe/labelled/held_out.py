"""Four template families that no rule was tuned on: only their count of failures was ever looked at."""

from __future__ import annotations

from tests.dedupe.labelled.templates import Notice
from tests.dedupe.labelled.words import ORGANS, Words, counties


def _recruitment(w: Words) -> tuple[str, list[str]]:
    _city, county = counties()[w.rng.randrange(5) * 91 + 11]
    jobs = "会计 出纳 司机 保安 厨师 护士 教师 网格员 讲解员 电工 文员 司磅员 质检员 收银员 水质化验员 档案管理员".split()
    count = w.rng.randint(1, 6)
    lines = [
        f"因工作需要,{county}{w.one(ORGANS)}面向社会公开招聘工作人员{w.rng.randint(1, 30)}名,现将有关事项公告如下:",
        f"一、招聘岗位:{'、'.join(f'{w.one(jobs)}{w.rng.randint(1, 9)}名' for _ in range(count))}。",
        f"二、报名条件:年龄{w.one(['18', '20'])}至{w.one(['30', '35', '40', '45'])}周岁,具有{w.one(['大专', '本科', '高中', '中专'])}及以上学历,身体健康,遵纪守法,具有良好的品行。",
        f"三、报名时间:{w.day()}至{w.day()},上午8:30至11:30,下午2:30至5:30,逾期不再受理。",
        f"四、联系人:{w.person()},联系电话:0{w.rng.randint(310, 998)}-{w.rng.randint(2000000, 8999999)}。",
        "应聘者须对提交材料的真实性负责,凡弄虚作假的,一经查实,取消应聘资格。",
    ]
    return f"{county}公开招聘工作人员公告", lines


def _traffic_control(w: Words) -> tuple[str, list[str]]:
    city, _ = counties()[w.rng.randrange(5) * 91 + 17]

    def road():
        return "".join(w.rng.sample("人民解放建设中山北京长江黄河泰山文化和平迎宾", 2)) + w.one(
            ["路", "大街", "大道"]
        )

    lines = [
        f"为保障{w.one(['马拉松赛事', '道路养护', '管线施工', '桥梁检测', '大型活动'])}顺利进行,根据《中华人民共和国道路交通安全法》有关规定,{city}公安局交警支队决定对部分道路采取临时交通管制措施,现通告如下:",
        f"一、管制时间:{w.day()}{w.rng.randint(5, 12)}时至{w.rng.randint(13, 23)}时。",
        f"二、管制路段:{road()}({road()}至{road()}段){w.one(['', f'、{road()}'])},禁止一切机动车、非机动车通行。",
        f"三、绕行路线:过往车辆请绕行{road()}、{road()}。",
        "请广大驾驶人合理安排出行路线,自觉遵守交通法规,服从现场交警和工作人员指挥。",
    ]
    return f"关于对{road()}实行交通管制的通告", lines


def _lottery(w: Words) -> tuple[str, list[str]]:
    r = w.rng
    red = " ".join(f"{n:02d}" for n in sorted(r.sample(range(1, 34), 6)))
    lines = [
        f"{w.day()}晚,中国福利彩票双色球游戏进行第2026{r.randint(1, 150):03d}期开奖。",
        f"当期双色球红球号码为:{red},蓝球号码为:{r.randint(1, 16):02d}。",
        f"当期双色球头奖{r.randint(1, 30)}注,单注奖金为{r.randint(500, 1000)}万元,二等奖开出{r.randint(60, 300)}注,单注金额{r.randint(5, 40)}万多元。",
        f"当期末等奖开出{r.randint(300, 1900)}万多注,当期红球三区比为{r.randint(0, 4)}:{r.randint(0, 4)}:{r.randint(0, 4)}。",
        f"奖池方面,当期双色球奖池金额为{r.randint(5, 35)}.{r.randint(10, 99)}亿元,下期彩民朋友将有机会2元中得1000万元。",
    ]
    return "双色球开奖公告", lines


def _court(w: Words) -> tuple[str, list[str]]:
    _city, county = counties()[w.rng.randrange(5) * 91 + 23]
    cause = w.one(
        "民间借贷纠纷 买卖合同纠纷 离婚纠纷 机动车交通事故责任纠纷 劳务合同纠纷 金融借款合同纠纷".split()
    )
    defendant, plaintiff = w.person(), w.person()
    lines = [
        f"{defendant}:",
        f"本院受理原告{plaintiff}与被告{defendant}{cause}一案,因无法以其他方式向你送达,依照《中华人民共和国民事诉讼法》第九十五条的规定,现向你公告送达(2026)冀{w.rng.randint(1000, 9999)}民初{w.rng.randint(10, 9999)}号民事判决书。",
        f"判决主要内容:被告{defendant}于本判决生效之日起十日内偿还原告{plaintiff}{w.amount()}及利息。",
        "自公告之日起经过三十日即视为送达。如不服本判决,可在公告期满后十五日内,向本院递交上诉状及副本。",
        f"{county}人民法院 {w.day()}",
    ]
    return f"{county}人民法院公告", lines


HELD_OUT: dict[str, Notice] = {
    "recruitment": _recruitment,
    "traffic control": _traffic_control,
    "lottery": _lottery,
    "court notices": _court,
}
