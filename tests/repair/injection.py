"""Clean news in this project's own words, and 24 ways in which farms put pinyin into it.

Sentences are put together from words, so the words of a text are known without a segmenter.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator

from pypinyin import Style, pinyin

PLACES = "淄博市 临沂市 张店区 兰山区 博山区 费县 沂水县 高青县 莒南县 周村区 罗庄区 桓台县 滨河新区 城西街道 柳泉路 新华社区 凤凰镇 马踏湖".split()
BODIES = "市民政局 市教育局 区卫健局 县交通运输局 市生态环境局 街道办事处 社区居委会 市供电公司 县农业农村局 市应急管理局 区文旅局 市住建局 县医院 市图书馆 镇政府 市消防救援支队".split()
PEOPLE = "居民 村民 志愿者 工作人员 党员干部 老人 学生 家长 种粮大户 护士 教师 驾驶员 商户 技术员 游客 孩子们".split()
WHEN = "近日 今年 上半年 近年来 目前 去年 周末 清晨 汛期 入冬以来 国庆假期 今年春天".split()
VERBS = "组织 开展 推进 完善 提升 落实 建立 优化 扩大 改造 检查 修复 培训 走访 整治 举办 安排 启动 加强 推广".split()
ADJECTIVES = "全面 精准 便民 老旧 重点 绿色 优质 困难 智能 美丽 高效 安全 新型 公益 数字 传统".split()
THINGS = "小区 河道 道路 供水管网 养老服务 校园食堂 医疗设施 健身广场 图书角 蔬菜大棚 消防设备 停车位 文化活动 就业岗位 信用体系 政务大厅 防汛物资 公交线路 果园 菜市场 儿童乐园 法律援助 慢病管理 非遗展览 音乐课堂 秸秆利用 湿地公园 农机具 快递网点 污水处理".split()
ENDS = "受到群众欢迎 解决了出行难题 让生活更加便利 取得明显成效 覆盖全部乡镇 得到专家肯定 丰富了业余生活 减少了安全隐患 提高了办事效率 带动农民增收 留住了乡愁 为冬季供暖打下基础".split()
ENDS_CUT = {
    "受到群众欢迎": "受到 群众 欢迎",
    "解决了出行难题": "解决 了 出行 难题",
    "让生活更加便利": "让 生活 更加 便利",
    "取得明显成效": "取得 明显 成效",
    "覆盖全部乡镇": "覆盖 全部 乡镇",
    "得到专家肯定": "得到 专家 肯定",
    "丰富了业余生活": "丰富 了 业余 生活",
    "减少了安全隐患": "减少 了 安全 隐患",
    "提高了办事效率": "提高 了 办事 效率",
    "带动农民增收": "带动 农民 增收",
    "留住了乡愁": "留住 了 乡愁",
    "为冬季供暖打下基础": "为 冬季 供暖 打下 基础",
}
MARKS = frozenset("，。、：；“”！？（）\n")


def sentence(rng: random.Random) -> list[str]:
    """Return one sentence as words and marks."""
    pick = rng.choice
    shapes: list[Callable[[], list[str]]] = [
        lambda: [
            pick(WHEN),
            "，",
            pick(PLACES),
            pick(BODIES),
            pick(VERBS),
            pick(ADJECTIVES),
            pick(THINGS),
            "，",
            *ENDS_CUT[pick(ENDS)].split(),
            "。",
        ],
        lambda: [
            pick(PEOPLE),
            "告诉",
            "记者",
            "，",
            pick(PLACES),
            "的",
            pick(THINGS),
            "比",
            "以前",
            "方便",
            "多",
            "了",
            "，",
            "“",
            pick(PEOPLE),
            "都",
            "愿意",
            "来",
            "”",
            "。",
        ],
        lambda: [
            "截至",
            str(rng.randint(1, 12)),
            "月",
            "，",
            "全市",
            "共",
            pick(VERBS),
            pick(THINGS),
            str(rng.randint(3, 960)),
            "处",
            "，",
            "其中",
            pick(PLACES),
            str(rng.randint(2, 90)),
            "处",
            "。",
        ],
        lambda: [
            pick(BODIES),
            "和",
            pick(BODIES),
            "联合",
            pick(VERBS),
            pick(THINGS),
            "、",
            pick(THINGS),
            "，",
            "重点",
            "帮助",
            pick(PEOPLE),
            "。",
        ],
        lambda: [
            "下",
            "一",
            "步",
            "，",
            pick(BODIES),
            "将",
            "继续",
            pick(VERBS),
            pick(ADJECTIVES),
            pick(THINGS),
            "，",
            "争取",
            "年底",
            "前",
            "完成",
            pick(ADJECTIVES),
            pick(THINGS),
            "建设",
            "。",
        ],
        lambda: [
            "在",
            pick(PLACES),
            pick(THINGS),
            "，",
            pick(PEOPLE),
            "正",
            "忙",
            "着",
            pick(VERBS),
            pick(THINGS),
            "，",
            "一派",
            "热闹",
            "景象",
            "。",
        ],
    ]
    return pick(shapes)()


def document(seed: int, sentences: int = 22) -> list[str]:
    """Return the words of one clean document of about 700 characters; a line feed is a word."""
    rng = random.Random(seed)
    words = [rng.choice(PLACES), rng.choice(VERBS), rng.choice(ADJECTIVES), rng.choice(THINGS), "\n"]
    for number in range(sentences):
        words += sentence(rng)
        if number % 4 == 3:
            words.append("\n")
    return words[:-1] if words[-1] == "\n" else words


def syllables(word: str, style: Style = Style.TONE, *, any_reading: random.Random | None = None) -> list[str]:
    """Return the pinyin of a word, a syllable a hanzi."""
    if any_reading:
        return [any_reading.choice(readings) for readings in pinyin(word, style=style, heteronym=True)]
    return [readings[0] for readings in pinyin(word, style=style)]


def _joined(word: str, rng: random.Random) -> str:
    return f"({''.join(syllables(word))})"


def _apostrophes(word: str, rng: random.Random) -> str:
    first, *rest = syllables(word)
    nfd = lambda s: unicodedata.normalize("NFD", s)  # noqa: E731
    return f"({first}{''.join(('’' if nfd(s)[0] in 'aoe' else '') + s for s in rest)})"


def _sandhi(word: str, rng: random.Random) -> str:
    toned = syllables(word, Style.TONE3)
    for place in range(len(toned) - 1):
        if toned[place].endswith("3") and toned[place + 1].endswith("3"):
            toned[place] = toned[place][:-1] + "2"
        if word[place] in "一不":
            toned[place] = toned[place][:-1] + ("2" if toned[place + 1].endswith("4") else "4")
    return f"({''.join(toned)})"


def _marked(change: Callable[[str], str]) -> Callable[[str, random.Random], str]:
    return lambda word, rng: f"({change(''.join(syllables(word)))})"


def _breve(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace("\u030c", "\u0306"))


def _without_dots(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace("\u0308", ""))


STYLES: dict[str, Callable[[str, random.Random], str]] = {
    "as in seed 000": _joined,
    "full width": lambda w, r: f"（{''.join(syllables(w))}）",
    "syllables spaced": lambda w, r: f"({' '.join(syllables(w))})",
    "padded": lambda w, r: f"( {''.join(syllables(w))} )",
    "blank before )": lambda w, r: f"({''.join(syllables(w))} )",
    "blank before (": lambda w, r: f" ({''.join(syllables(w))})",
    "blank after )": lambda w, r: f"({''.join(syllables(w))}) ",
    "apostrophes": _apostrophes,
    "hyphens": lambda w, r: f"({'-'.join(syllables(w))})",
    "decomposed": _marked(lambda s: unicodedata.normalize("NFD", s)),
    "ɑ and ɡ": _marked(lambda s: s.replace("a", "ɑ").replace("g", "ɡ")),
    "breve for caron": _marked(_breve),
    "v for ü": lambda w, r: f"({''.join(syllables(w, Style.TONE3)).replace('ü', 'v')})",
    "u for ü": _marked(_without_dots),
    "digits behind": lambda w, r: f"({''.join(syllables(w, Style.TONE3))})",
    "digits inside": lambda w, r: f"({''.join(syllables(w, Style.TONE2))})",
    "sandhi": _sandhi,
    "[]": lambda w, r: f"[{''.join(syllables(w))}]",
    "【】": lambda w, r: f"【{''.join(syllables(w))}】",
    "〔〕": lambda w, r: f"〔{''.join(syllables(w))}〕",
    "no tones": lambda w, r: f"({''.join(syllables(w, Style.NORMAL))})",
    "Capitalised": lambda w, r: f"({''.join(syllables(w)).capitalize()})",
    "Capitals Each": lambda w, r: f"({''.join(s.capitalize() for s in syllables(w))})",
    "CAPITALS": lambda w, r: f"({''.join(syllables(w)).upper()})",
    "Capitalised, no tones": lambda w, r: f"({''.join(syllables(w, Style.NORMAL)).capitalize()})",
    "bare, as ruby leaves it": lambda w, r: "".join(syllables(w)),
    "random readings": lambda w, r: f"({''.join(syllables(w, any_reading=r))})",
}


def injected(
    words: list[str], style: str, rng: random.Random, share: float = 0.1, *, anywhere: bool = False
) -> tuple[str, int]:
    """Return the text with a gloss behind a share of its words, and how many there are.

    ``anywhere`` puts the gloss behind a part of a word or of two, as in 孤困儿童心理(értóngxīnlǐ).
    """
    parts, count = [], 0
    for index, word in enumerate(words):
        if word in MARKS or word.isdigit() or rng.random() >= share:
            parts.append(word)
            continue
        count += 1
        before = word
        if anywhere:
            if (
                index
                and parts[-1] == words[index - 1]
                and words[index - 1] not in MARKS
                and not words[index - 1].isdigit()
            ):
                before = words[index - 1][-1] + word
            before = before[: max(1, len(before) - 1)] if rng.random() < 0.5 and len(word) > 1 else before
            cut = (
                len(word) - (len(before) - (before != word and not word.startswith(before) and 1))
                if len(before)
                else 0
            )
            cut = 0 if before.endswith(word) else 1
            parts += [word[: len(word) - cut], STYLES[style](before, rng), word[len(word) - cut :]]
            continue
        parts += [word, STYLES[style](before, rng)]
    return "".join(parts), count


def documents(count: int = 300) -> Iterator[list[str]]:
    """Yield clean documents, always the same ones."""
    return (document(seed) for seed in range(count))
