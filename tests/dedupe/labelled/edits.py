"""What outlets and farms do to a text that they reprint: 28 edits, each a function of the text and a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from newscrawl.text.hanzi import hanzi_folds
from tests.dedupe.labelled.prose import News, Reporter
from tests.dedupe.labelled.words import Words, vocabulary

Edit = Callable[[News, random.Random], News]
_SYNONYMS = {
    "介绍": "说明", "启动": "开启", "推进": "推动", "建成": "落成", "投用": "启用", "改造": "翻新", "修复": "修缮", "扩建": "扩容", "整治": "治理",
    "开展": "进行", "组织": "安排", "举办": "举行", "公布": "发布", "查处": "处置", "提高": "提升", "吸引": "引来", "带动": "拉动", "解决": "化解", "完成": "做完",
    "项目": "工程项目", "企业": "公司", "老人": "长者", "儿童": "孩子", "学生": "学子", "游客": "旅客", "职工": "员工", "今年以来": "今年内", "截至目前": "到现在为止",
    "正忙着": "正在忙于", "告诉记者": "对记者讲", "据": "依据", "下一步": "接下来", "其中": "这里面", "不少": "许多", "力争": "争取", "占": "占比", "了解到": "获悉",
    "正式": "已经", "令人": "叫人", "总投资": "投资总额", "增长": "增加", "与": "跟", "和": "与", "从": "自", "要": "需要", "把": "将", "作为": "当作", "可以": "能够",
}  # fmt: skip
_FOLLOW = (
    "关注我们,了解更多本地资讯。",
    "声明:转载此文是出于传递更多信息之目的。",
    "(来源:网络综合)",
    "更多精彩内容请下载客户端。",
)


@lru_cache(maxsize=1)
def _traditional() -> dict[int, str]:
    back: dict[int, str] = {}
    for traditional, simplified in hanzi_folds().items():
        back.setdefault(ord(simplified), chr(traditional))
    return back


def _seeded(news: News, rng: random.Random) -> Reporter:
    """Return a reporter for what is added: another event, so other words."""
    return Reporter(f"{news.id}+{rng.random()}")


def _sentences(news: News) -> list[str]:
    return re.findall("[^。\n]+。?”?", news.body)


def _cut_to(share: float) -> Edit:
    def edit(news: News, rng: random.Random) -> News:
        del rng
        kept = news.body[: max(24, round(len(news.body) * share))]
        return news.edited(f"first {share:.0%}", (kept + "……").split("\n"))

    return edit


def _added(share: float) -> Edit:
    def edit(news: News, rng: random.Random) -> News:
        other, more = _seeded(news, rng), []
        while sum(map(len, more)) < share * len(news.body):
            more.append(other.paragraph())
        cut = rng.randint(0, len(more)) if rng.random() < 0.5 else 0
        return news.edited(f"added {share:.0%}", (*more[:cut], *news.paragraphs, *more[cut:]))

    return edit


def _spun(share: float) -> Edit:
    pattern = re.compile("|".join(sorted(_SYNONYMS, key=len, reverse=True)))

    def edit(news: News, rng: random.Random) -> News:
        body = pattern.sub(lambda m: _SYNONYMS[m[0]] if rng.random() < share else m[0], news.body)
        return news.edited(f"spun {share:.0%}", body.split("\n"))

    return edit


def _words_replaced(share: float) -> Edit:
    """A spinning tool without sense: any word of the dictionary for any other, names and figures left alone."""

    def edit(news: News, rng: random.Random) -> News:
        known, words = set(vocabulary()[2]), Words(f"{news.id}{share}")
        return news.edited(
            f"words replaced {share:.0%}",
            re.sub(
                "(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{2}(?=[的了,。])",
                lambda m: words.plain(2) if m[0] in known and rng.random() < share else m[0],
                news.body,
            ).split("\n"),
        )

    return edit


def _pinyin(news: News, rng: random.Random) -> News:
    def gloss(match: re.Match[str]) -> str:
        if rng.random() > 0.06:
            return match[0]
        return f"{match[0]}({''.join(lazy_pinyin(match[0], style=Style.TONE))})"

    return news.edited("pinyin", re.sub("[\u4e00-\u9fff]{2}", gloss, news.body).split("\n"))


def _reordered(news: News, rng: random.Random) -> News:
    rest = list(news.paragraphs[1:])
    rng.shuffle(rest)
    return news.edited("reordered", (news.paragraphs[0], *rest))


def _without(share: float) -> Edit:
    def edit(news: News, rng: random.Random) -> News:
        inner = [each for each in news.paragraphs[1:] if rng.random() > share]
        return news.edited(
            f"paragraphs left out {share:.0%}",
            (news.paragraphs[0], *inner, news.paragraphs[-1])[: len(news.paragraphs)],
        )

    return edit


def _new_lede(news: News, rng: random.Random) -> News:
    other = _seeded(news, rng)
    return news.edited("new lede", (other.sentence(), *news.paragraphs[1:]))


def _dropped_sentences(news: News, rng: random.Random) -> News:
    kept = [each for each in _sentences(news) if rng.random() > 0.2]
    return news.edited("sentences left out", kept or [news.body])


def _inserted_sentences(news: News, rng: random.Random) -> News:
    other = _seeded(news, rng)
    lines = [line + other.sentence() if rng.random() < 0.4 else line for line in news.paragraphs]
    return news.edited("sentences added", lines)


EDITS: dict[str, Edit] = {
    "copied": lambda n, r: n.edited("copied", n.paragraphs),
    "another headline": lambda n, r: n.edited("another headline", n.paragraphs, _seeded(n, r).headline()),
    "headline prefixed": lambda n, r: n.edited("headline prefixed", n.paragraphs, "快讯:" + n.headline),
    "lead cut": lambda n, r: n.edited("lead cut", n.paragraphs[1:]),
    "opening cut": lambda n, r: n.edited("opening cut", n.body[min(60, len(n.body) // 6) :].split("\n")),
    "byline": lambda n, r: n.edited("byline", (f"本报记者 {Words(n.id).person()} 通讯员 {Words(n.id + 'b').person()}", *n.paragraphs)),
    "dateline": lambda n, r: n.edited("dateline", (f"{Words(n.id).one(['晨报', '晚报', '新华网', '大众网'])}讯(记者 {Words(n.id).person()}) " + n.paragraphs[0], *n.paragraphs[1:])),
    "pinyin": _pinyin,
    "first 12%": _cut_to(0.12),
    "first 30%": _cut_to(0.30),
    "first 60%": _cut_to(0.60),
    "traditional": lambda n, r: n.edited("traditional", n.body.translate(_traditional()).split("\n")),
    "full width": lambda n, r: n.edited("full width", n.body.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,.%:()"}).split("\n")),
    "added 30%": _added(0.3),
    "added 100%": _added(1.0),
    "added 300%": _added(3.0),
    "reordered": _reordered,
    "spun 30%": _spun(0.3),
    "spun 90%": _spun(0.9),
    "words replaced 40%": _words_replaced(0.4),
    "paragraphs left out 30%": _without(0.3),
    "paragraphs left out 60%": _without(0.6),
    "new lede": _new_lede,
    "sentences left out": _dropped_sentences,
    "sentences added": _inserted_sentences,
    "promotion": lambda n, r: n.edited("promotion", (*n.paragraphs, r.choice(_FOLLOW))),
    "one line": lambda n, r: n.edited("one line", ("".join(n.paragraphs),)),
    "no punctuation": lambda n, r: n.edited("no punctuation", (re.sub("[,。“”;:、\n]", "", n.body),)),
}  # fmt: skip


def reprints_of(news: News) -> list[News]:
    """Return the text after every edit; what an edit leaves empty is left out."""
    made = [edit(news, random.Random(f"{news.id}|{name}")) for name, edit in EDITS.items()]
    return [each for each in made if len(each.body) >= 20]


FACTS = {
    "figure": re.compile(r"\d+(?:\.\d+)?(?=[人户家个件处台套名辆座条项株头吨亩%])"),
    "amount": re.compile(r"\d+(?:\.\d+)?(?=[万亿]?元)"),
    "date": re.compile(r"\d+(?=日)"),
    "name": re.compile("(?<=[长记事工者员部人理主任])(?![任长])[\u4e00-\u9fff]{2,3}(?=说|介绍|告诉)"),
    "place": re.compile("[\u4e00-\u9fff]{2}(?=[镇乡村路](?:的|,|与|之间))"),
}


def altered(news: News, kind: str, seed: int = 0) -> tuple[News, str, str] | None:
    """Return the text with one figure, amount, day, name or place altered, what stood there and what does now."""
    found = list(FACTS[kind].finditer(news.body))
    if not found:
        return None
    rng = random.Random(f"{news.id}{kind}{seed}")
    match, words = rng.choice(found), Words(f"{news.id}{kind}{seed}")
    new = {
        "name": words.person,
        "place": lambda: words.spot()[:2],
        "date": lambda: str(int(match[0]) % 28 + 1),
    }
    value = new.get(kind, lambda: str(int(float(match[0])) + rng.randint(1, 40)))()
    if value == match[0]:
        return None
    body = news.body[: match.start()] + value + news.body[match.end() :]
    return news.edited(f"altered {kind}", body.split("\n")), match[0], value
