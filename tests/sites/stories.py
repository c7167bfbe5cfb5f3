"""What the sites report: headlines and paragraphs without end, each story unlike every other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

PLACES = "兰山区 费县 张店区 桓台县 博山区 沂水县 罗庄区 临清市 东阿县 高唐县 平邑县 蒙阴县 周村区 淄川区 莒南县 郯城县".split()
ACTORS = (
    "市教育局 区文旅局 县农业农村局 镇政府 街道办事处 社区志愿者 供电公司 水务集团 市场监管所 公安分局 县医院 消防救援站 "
    "乡村合作社 青年突击队 交通运输局 气象台 住建部门 县图书馆 市总工会 粮食收储企业 税务所 民政办 科协 残联 园林中心 老年大学"
).split()
ACTS = (
    "组织开展 集中整治 全面启动 有序推进 提前完成 认真落实 持续优化 扎实做好 重点检查 联合举办 正式启用 逐户走访 统一调度 "
    "免费提供 现场演示 加快建设 公开征集 反复论证 及时公布 稳步扩大 重新规划 分批更换 跟踪回访 汇总登记 逐项验收 连夜抢修"
).split()
THINGS = (
    "秋季招聘会 防汛演练 老旧小区改造 农机检修服务 夜市经济 垃圾分类宣传 校园食品安全 河道清淤工程 供暖管网改造 乡村公路养护 "
    "社区食堂 口袋公园 小麦良种补贴 电动车充电棚 家庭医生签约 非遗进校园 残疾人就业培训 冬季用电保障 果蔬冷链仓库 便民核酸档案 "
    "森林防火巡查 早市摊位 公交线路调整 博物馆夜场 旱厕改造 智慧停车场 文化下乡演出 水库除险加固 中小学课后服务 蓝莓采摘节"
).split()
TAILS = (
    "方便群众办事 惠及周边居民 进度过半 迎来首批体验者 现场气氛热烈 明年春天见效 覆盖全部行政村 受到商户欢迎 让老人少跑腿 节约成本近三成 "
    "比去年提前一周 材料一次办结 吸引游客前来 补齐了短板 带动村民增收 安全隐患清零 孩子们学得认真 雨天也不再积水 冬天更暖和 出行更顺畅"
).split()
WORDS = (
    "农田 春耕 河道 桥梁 路灯 社保 医疗 养老 托育 学校 操场 教师 图书 博物 展览 戏曲 秧歌 冬枣 樱桃 大棚 滴灌 良种 仓储 物流 快递 电商 "
    "直播 镇域 村居 社区 楼道 电梯 车位 充电 供暖 供水 管网 污水 绿化 湿地 候鸟 松林 防火 应急 消防 演练 救援 交警 路口 护学 志愿 老兵 "
    "军属 残疾 低保 帮扶 就业 培训 招聘 工匠 车间 订单 出口 港口 铁路 高速 航线 公交 骑行 步道 公园 夜市 摊位 餐饮 酒店 民宿 古镇 石刻 "
    "剪纸 陶瓷 琉璃 丝绸 年画 锣鼓 龙舟 庙会 集市 早点 豆腐 煎饼 海鲜 渔港 盐田 风电 光伏 氢能 储能 芯片 机床 轴承 化工 医药 疫苗 体检 "
    "义诊 针灸 药材 茶园 蜂蜜 苗木 花卉 草莓 葡萄 苹果 小麦 玉米 花生 大豆 收割 烘干 气象 预报 降雨 寒潮 台风 水库 堤坝 泵站 巡查 执法 "
    "案件 调解 法庭 律师 公证 税务 发票 贷款 保险 融资 补贴 招商 项目 园区 标准 专利 实验 科普 竞赛 足球 篮球 田径 游泳 健身 广场 合唱 "
    "书法 摄影 诗歌 讲座 档案 地名 户籍 婚姻 殡葬 土地 宅基 测绘 规划 审批 窗口 热线 投诉 回访 满意 清单 台账 督导 考核 表彰 先进 典型"
).split()
VERBS = "改造 建设 推广 检查 启用 举办 走访 调度 发放 征集 论证 公布 扩大 更换 验收 抢修 登记 宣讲 整治 引进 交付 开通 复种 培育 清理 签约".split()
OUTLETS = "兰山日报 蒙山晚报 鲁中新闻网 沂河融媒 淄水广播电视台 县融媒体中心".split()
NAMES = "王晓燕 李国强 张明远 刘文静 陈立新 赵玉梅 孙浩然 周思雨".split()


@dataclass(frozen=True, slots=True)
class Story:
    """An article, before a site prints it."""

    number: int
    """From 0, in the order in which they appear."""
    at: datetime
    """When it appears; naive, of the site's own clock."""
    seed: str

    @property
    def headline(self) -> str:
        dice = Random(f"{self.seed} headline {self.number}")
        place, actor, act, thing, tail = map(dice.choice, (PLACES, ACTORS, ACTS, THINGS, TAILS))
        forms = (f"{place}{actor}{act}{thing}", f"{place}：{thing}{tail}", f"{act}{thing} {place}{tail}")
        return dice.choice(forms)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        dice = Random(f"{self.seed} body {self.number}")
        return tuple(
            "".join(_sentence(dice) for _ in range(dice.randint(2, 3))) for _ in range(dice.randint(3, 5))
        )

    @property
    def outlet(self) -> str:
        return Random(f"{self.seed} outlet {self.number}").choice(OUTLETS)

    @property
    def reporter(self) -> str:
        return Random(f"{self.seed} reporter {self.number}").choice(NAMES)


def _sentence(dice: Random) -> str:
    """Return a sentence whose words meet nowhere else: near-duplicates are no subject of these sites."""
    clauses = (
        "".join(
            (
                dice.choice(WORDS),
                dice.choice(WORDS),
                dice.choice(VERBS),
                dice.choice(WORDS),
                dice.choice(WORDS),
            )
        )
        for _ in range(dice.randint(4, 6))
    )
    return f"{dice.choice(PLACES)}{'，'.join(clauses)}，共{dice.randint(120, 98000)}{dice.choice(('户', '人', '亩', '米', '万元'))}。"
