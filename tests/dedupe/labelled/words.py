"""The words that the labelled set is written with.

Common shingles would falsify a measurement both ways, so the plain words come from a dictionary of 30,000
(pypinyin's), the places from the table of regions, and what makes it news from the lists below.
"""

from __future__ import annotations

import random
from functools import lru_cache

from pypinyin.phrases_dict import phrases_dict

from newscrawl.text.region_names import level_of, regions_by_code

SURNAMES = list(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = list(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文国庆志海波晓燕春梅鹏飞宇浩然欣怡子涵梓轩雨桐思远佳慧立成永康德胜长林凤仙兆祥振东启航嘉禾俊峰若曦景行书瑶"
)
ROLES = "局长 副局长 书记 副书记 主任 副主任 科长 站长 院长 校长 负责人 经理 队长 所长 会长 总工程师 村支书 驻村干部 技术员 志愿者 班主任 护士长 研究员 店主 合作社理事长".split()
ORGANS = "教育局 民政局 水务局 农业农村局 财政局 交通运输局 文化和旅游局 卫生健康委 应急管理局 市场监管局 自然资源局 生态环境局 住建局 商务局 科技局 体育局 林业局 气象局 统计局 审计局 司法局 医保局 退役军人事务局 残联 妇联 团委 总工会 供销社 图书馆 博物馆 人民医院 职业学院 高新区管委会 公交集团 供电公司 供热公司 自来水公司".split()
NOUNS = (
    "项目 工程 产业 企业 园区 合作社 社区 村庄 学校 医院 老人 儿童 学生 农户 商户 游客 职工 志愿者 平台 窗口 热线 渠道 水库 河道 湿地 林地 梯田 果园 大棚 "
    "麦田 茶园 牧场 渔港 粮库 冷库 车间 生产线 机器人 传感器 充电桩 公交线 高架桥 隧道 地铁站 停车场 菜市场 夜市 书店 剧场 展馆 古镇 老街 祠堂 石桥 城墙 戏台 "
    "皮影 剪纸 刺绣 陶瓷 木版画 龙舟 秧歌 马拉松 球场 游泳馆 绿道 口袋公园 污水厂 垃圾站 燃气管 供热管网 消防栓 应急队 救援艇 无人机 实验室 检测站 疫苗 药房 "
    "养老院 托育所 食堂 奖学金 助学贷款 就业岗位 招聘会 技能培训 工伤保险 医保基金 住房公积金 营商环境 政务大厅 审批事项 外贸订单 跨境电商 直播间 快递驿站"
).split()
VERBS = (
    "启动 推进 建成 投用 改造 修复 扩建 引进 培育 整治 排查 巡查 走访 慰问 捐赠 发放 补贴 减免 验收 签约 动工 试运行 升级 搬迁 安置 复垦 播种 采收 加工 销售 出口 "
    "举办 开展 组织 承办 参加 获评 入选 公布 通报 约谈 查处 关停 恢复 开放 延长 缩短 降低 提高 覆盖 惠及 服务 吸引 带动 解决 完成 承担 调研 部署 督导 检查"
).split()
TOPICS = (
    "秋粮收购 老旧小区改造 孤困儿童保障 河湖清漂 冬季供暖 夜间经济 文物普查 非遗传承 智慧停车 校园食堂 家庭医生签约 水毁道路修复 果品分选 海洋牧场 冰雪旅游 "
    "城市书房 乡村公路 高标准农田 光伏扶贫 种业振兴 旧衣回收 垃圾分类 森林防火 地质灾害避险 食品抽检 消费维权 根治欠薪 法律援助 社会救助 残疾人就业 青年人才公寓 "
    "职业教育 科技特派员 专利转化 中欧班列 保税仓 跨境电商 预制菜 农机作业 节水灌溉 黑土地保护 候鸟迁徙 古树名木 红色旅游 民宿集群 马拉松 广场舞 少儿阅读 科普进校园 献血"
).split()
UNITS = "人 户 家 个 件 处 台 套 公里 亩 吨 平方米 场 次 名 辆 间 座 条 项 株 头 万亩 万吨 万人 万户 千瓦时".split()
STOCK_PHRASES = (
    "坚持以习近平新时代中国特色社会主义思想为指导 深入贯彻落实党的二十大精神 坚持以人民为中心的发展思想 不断增强人民群众的获得感幸福感安全感 "
    "全面推进乡村振兴 为经济社会高质量发展提供有力支撑 取得了阶段性成效 进一步压实责任 做到早发现早报告早处置 营造了良好的社会氛围 记者从新闻发布会上获悉 "
    "打通服务群众最后一公里 切实把好事办好实事办实 奋力谱写新时代新篇章 形成齐抓共管的工作格局 以钉钉子精神抓好落实"
).split()
WEEKDAYS = "一二三四五六日"


@lru_cache(maxsize=1)
def vocabulary() -> dict[int, list[str]]:
    """Return the plain words of the dictionary by their length, 2 to 4 characters."""
    return {
        size: sorted(word for word in phrases_dict if len(word) == size and word.isalpha())
        for size in (2, 3, 4)
    }


@lru_cache(maxsize=1)
def counties() -> list[tuple[str, str]]:
    """Return prefectures and the counties in them by their official names."""
    found = []
    for code, region in sorted(regions_by_code().items()):
        if level_of(code) == 2 and len(region.names) == 3:
            found.append((region.names[1], region.names[2]))
    return found


class Words:
    """A source of words: the same words for the same seed, in the same order."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)

    def one(self, words: list[str]) -> str:
        return self.rng.choice(words)

    def plain(self, size: int = 2) -> str:
        """Return a word of the dictionary."""
        return self.one(vocabulary()[size])

    def person(self) -> str:
        given = self.rng.sample(GIVEN, self.rng.choice((1, 2, 2, 2)))
        return self.one(SURNAMES) + "".join(given)

    def spot(self) -> str:
        """Return the name of a small place that no table has."""
        stem = "".join(
            self.rng.sample("青石柳河大小南北东西上下白云龙泉松山岭沟湾桥家庄新安永福和兴清凤金银", 2)
        )
        return stem + self.one("镇 乡 街道 村 社区 路 大街 工业园 林场 水库".split())

    def number(self, low: int = 2, high: int = 9000) -> str:
        top = self.rng.choice((30, 300, 3000, high))
        value = self.rng.randint(low, max(low + 1, min(top, high)))
        return str(value) if self.rng.random() < 0.8 else f"{value}.{self.rng.randint(1, 99)}"

    def figure(self) -> str:
        return self.number() + self.one(UNITS)

    def amount(self) -> str:
        return self.number() + self.one("元 万元 亿元".split())

    def percent(self) -> str:
        return f"{self.rng.randint(1, 99)}.{self.rng.randint(0, 9)}%"

    def day(self) -> str:
        return f"{self.rng.randint(1, 12)}月{self.rng.randint(1, 28)}日"

    def clock(self) -> str:
        return f"{self.rng.randint(6, 22)}时{self.one(['', '30分', '15分'])}"

    def period(self) -> str:
        return self.one(
            [
                "今年以来",
                "截至目前",
                "上半年",
                "前三季度",
                "近三年来",
                "入冬以来",
                f"{self.rng.randint(2015, 2026)}年",
                "去年",
            ]
        )
