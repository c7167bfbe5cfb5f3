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
OPENINGS = "日前 据了解 与此同时 在现场 接下来 今年以来 截至目前 连日来 当天上午 记者看到 负责人介绍 按照计划".split()
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
    place, actor, act, thing, tail = map(dice.choice, (PLACES, ACTORS, ACTS, THINGS, TAILS))
    other, also, more = map(dice.choice, (ACTORS, ACTS, THINGS))
    return (
        f"{dice.choice(OPENINGS)}，{place}{actor}{act}{thing}，投入{dice.randint(3, 980)}万元，"
        f"{other}{also}{more}，{dice.randint(2, 96)}个村居的{dice.randint(120, 9800)}户居民参与其中，{tail}。"
    )
