"""The places in a text where a region is named, and the false friends that only look like it.

中山大学 is in Guangzhou, 北京路 in every city, 上海银行 wherever it has a branch; 黄河南岸 is not 河南 and
隆重庆祝 is not 重庆. A name is therefore taken with what stands around it.

Where a name may begin is asked of two classes of characters: 36 us for 700 characters. Rejected: every pair
looked up in a loop (200 us with its mentions) and by ``compress`` over ``map`` (143 us).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from newscrawl.text.region_names import codes_by_name, level_of, regions_by_code


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STRONG, MEDIUM, WEAK = 3, 2, 1
"""Weight of a name in full, of the short name of a province or prefecture, and of a county."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of regions in a text: where it stands and whom it may mean."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    """Every region that bears the name, in full or short."""

    @property
    def is_generic(self) -> bool:
        """Whether the name is an everyday word as well, so that it must stand right after its region."""
        return self.name in _GENERIC

    @property
    def free(self) -> tuple[str, ...]:
        """The regions that the name may mean without another word; more than one: it cannot be told."""
        return _free_codes(self.name)

    def weight(self, code: str) -> int:
        """Return what the mention counts for when it means ``code``."""
        if is_full(self.name, code):
            return STRONG
        return MEDIUM if level_of(code) < 2 else WEAK


def is_full(name: str, code: str) -> bool:
    """Return whether ``name`` is the official name of a region, suffix and all, and no word besides."""
    return regions_by_code()[code].names[-1] == name and name not in _GENERIC


def find_mentions(text: str) -> Iterator[Mention]:
    """Yield the mentions of regions in ``text``, in order, not overlapping, false friends left out.

    >>> [m.name for m in find_mentions("淄博市张店区的中山大学校友从上海路出发,到吉林去")]
    ['淄博市', '张店区', '吉林']
    """
    heads, done = _names_by_head(), 0
    for match in _head_pattern().finditer(text):
        start = match.start()
        names = heads.get(text[start : start + 2])
        if names is None or start < done:
            continue
        name = next((n for n in names if text.startswith(n, start) and not _cut_short(n, start, text)), None)
        if name is not None:
            done = start + len(name)
            if not _is_false_friend(name, start, text):
                yield Mention(start, done, name, codes_by_name()[name])


@lru_cache(maxsize=1)
def _names_by_head() -> Mapping[str, tuple[str, ...]]:
    """Return the names by their first two characters, the longest first."""
    heads: dict[str, list[str]] = {}
    for name in sorted(codes_by_name(), key=len, reverse=True):
        heads.setdefault(name[:2], []).append(name)
    return {head: tuple(names) for head, names in heads.items()}


@lru_cache(maxsize=1)
def _head_pattern() -> re.Pattern[str]:
    """Return the pattern of two characters that may begin a name: two classes, a fifth of a look at each pair."""
    first, second = ("".join(sorted({head[place] for head in _names_by_head()})) for place in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


@lru_cache(maxsize=4096)
def _free_codes(name: str) -> tuple[str, ...]:
    codes = codes_by_name()[name]
    full = tuple(code for code in codes if is_full(name, code))
    if full:
        return full
    if name in _DOUBTFUL or name in _GENERIC:
        return ()
    return tuple(code for code in codes if level_of(code) < 2)[:1]


# A suffix that belongs to the next word: 东方市场, 和平区域, 北京市值.
_NEXT_WORD = {"市": ("场", "值", "盈", "面"), "区": ("域", "块", "间", "别"), "县": ("级", "处")}

# The name of something else that a place lent its name to.
_NAMESAKE = re.compile(
    "[东南西北中一二三四五]?(?:大街|街(?![头道区])|路(?![径线网桥面段况过边口]|[灯])|大道|巷)"  # 北京路, not 北京路段
    "|大学(?![城生])|学院(?!路)|银行(?!业)|证券|航空(?![港城产展])|保险(?!业)"
    "|(?:日|晚|晨|早|商|都市|青年|时|党)报|新闻网|在线|网(?![友络红约民点购格信球上箱吧])|电视台|广播|卫视|出版社"
    "|公园|陵|舰|堂|装|啤酒(?!节)|火锅|拉面|烤鸭|扑克|时间(?![里内])|合作组织|冬奥|奥运"
)
_AFTER = {  # what must not follow a short name
    "四平": "方米", "三明": "治确显", "日照": "时充不强百较少多率期长短", "大庆": "祝典贺幸", "北海": "道", "新乡": "村贤土镇",
    "新余": "额", "大理": "石论想由", "和田": "玉园野", "哈密": "瓜", "普洱": "茶", "广安": "门", "长治": "久", "黄石": "公",
    "德州": "扑仪", "河源": "头", "白山": "黑", "安康": "乐", "大同": "小世社", "保定": "期价制向点位额", "周口": "店",
    "文山": "会", "高密": "度", "天水": "一", "中卫": "生", "来宾": "们", "开封": "府菜", "定西": "", "南平": "原",
    "西安": "排装置全", "北京": "猿", "海口": "岸", "临沧": "海", "三河": "流",
}  # fmt: skip
_BEFORE = {  # what must not stand before it
    "河南": "黄淮沂海渭辽汾洛漳运大沿小", "河北": "黄淮沂海渭辽汾洛漳运大沿小", "湖南": "太西洞巢沿平", "湖北": "太西洞巢沿平",
    "江西": "长珠松沿", "山东": "泰太中香华沿唐", "山西": "太泰香中", "海南": "黄渤东南沿近北临地",
    "海东": "黄渤东南沿近", "海西": "黄渤东南沿近", "海北": "黄渤东南沿近", "中山": "孙", "大庆": "盛重隆特", "重庆": "隆",
    "保定": "确担", "大同": "更", "三明": "第", "四平": "十百千", "长治": "期", "六安": "十", "天水": "今明昨当", "南平": "西",
    "云南": "凌", "西安": "江山广", "安阳": "平", "北海": "东", "南通": "云", "中卫": "集", "海门": "上", "德州": "国",
}  # fmt: skip
_AGENCIES = ("新华社", "中新社", "中新网", "人民网", "央视网", "光明网", "新华网")
"""Their datelines from 北京 say where the desk is, not what the story is about."""

_DOUBTFUL = _words(
    "朝阳 中山 来宾 白银 开封 大同 长治 兴安 安康 和田 三明 四平 阿里 大庆 保定 海东 海北 海西 黄南 吉安 广安 日照 巴中"
)
"""Short names of prefectures that are everyday words or belong to others too: only beside their province."""

_GENERIC = _words("城区 郊区 矿区 东区 西区 新城区 老城区 港口区 解放区 南部县 比如县 和县 合作市 中方县")
"""Official names that are everyday words: only directly after the region that they lie in."""

_WORDS = _words(
    "合作 资源 比如 南部 解放 东方 前进 港口 公安 友好 通道 城中 友谊 平安 中方 凤凰 安定 延长 光明 新兴 运河 万年 东风 红旗 南岸 城北 "
    "城东 城西 南城 东城 西城 会同 工农 大名 富裕 清水 高明 前锋 复兴 长子 宏伟 平定 芙蓉 温泉 向阳 振兴 三元 大方 互助 莲花 平和 "
    "名山 二七 台前 丰满 月湖 文峰 大观 二道 无为 民权 小店 同心 宝塔 元宝 平房 白玉 灯塔 大兴 木兰 天涯 海棠 博爱 同仁 回民 钟楼 江岸 "
    "马尾 方正 黑水 安居 龙凤 鼓楼 新民 富民 清流 水城 民和 上高 爱民 惠民 开化 天心 天元 白塔 古塔 民乐 兴业 仁寿 老城 小金 白水 新建 "
    "新华 和平 平原 江南 共和 古城 江北 商城 太平 甘泉 新城 泰山 东湖 中原 西湖 天山 滨海 海港 江海 北湖 南湖 上街 龙山 青山 青龙 东山 "
    "西山 南山 河口 河西 河东 山城 满城 大城 大关 三江 南关 东安 永安 安宁 兴国 建华 长寿 路桥 上城 江口 湖口 江城 铁西 铁东 铁山 路南 "
    "路北 市北 市南 市中 中站 城关 双桥 双塔 光泽 石门 桃源 武功 长安 东海 天河 金山 白云 黄龙 天台 天长 当阳 明光 交口 长白 凌云 始兴 "
    "大丰 新市 新和 大英 大新 新丰 民丰 水富 会理 三台 九台 大田 大余 大宁 南和 西和 和顺 江山 高台 高要 乐业 平顺 平利 同德 泰和 "
    "定安 定日 定结 北关 西区 东区 曲江 天宁 金湾 新星 北屯 双河 白杨 两江 西沙 南沙 海州 东港 西市 站前 老边 太和 建安 牡丹 南海 "
    "花山 双湖 卧龙 七星 九龙 银海 黑山 灵山 常山 天桥 象山 恒山 衡山 庐山 天门 龙门 龙泉 东坡 沙湾 沙河 竹山 竹溪 新河 沿河 东至 "
    "全南 集美 文成 修水 响水 集安 远安 固安 通海 通许 通江 多伦 安图 进贤 上思 易门 交城 曲水 定南 定边 武定 平泉 平山 金阳"
)
"""Short names of counties that are everyday words: never without their suffix (菏泽牡丹 is a flower)."""


def _cut_short(name: str, start: int, text: str) -> bool:
    """Return whether the suffix of a full name belongs to the next word, so that only the rest can be meant."""
    return text.startswith(_NEXT_WORD.get(name[-1], ()), start + len(name))


def _is_false_friend(name: str, start: int, text: str) -> bool:
    if name in _WORDS:
        return True
    before, after = text[start - 1 : start] if start else "", text[start + len(name) : start + len(name) + 1]
    if before and before in _BEFORE.get(name, ""):
        return True
    if after and after in _AFTER.get(name, ""):
        return True
    if name == "北京" and text[max(0, start - 3) : start] in _AGENCIES:
        return True
    return _is_short(name) and _NAMESAKE.match(text, start + len(name)) is not None


@lru_cache(maxsize=8192)
def _is_short(name: str) -> bool:
    return not any(regions_by_code()[code].names[-1] == name for code in codes_by_name()[name])
