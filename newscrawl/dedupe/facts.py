"""The facts in a comparing form: figures, amounts, dates, names and places, each with its span.

Two notices of one template differ in nothing else, and a falsified text differs in one of them. A guard on
numbers alone took 26 of 200 appointments for one another, so names and places are looked for as well. A word
taken for a fact costs little (a reprint becomes a variant), a fact taken for a word may cost a false match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.dedupe.relations import DifferenceKind
from newscrawl.text.region_names import codes_by_name

_NUMBER = r"(?<!\d)负?\d{1,40}(?:点\d{1,40})?"  # bounded: rows of digits are linear
_NUMERAL = "(?<![一二三四五六七八九十百千万亿两零])[一二三四五六七八九十百千万亿两零]{1,12}"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符"
    "舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文国庆志海波晓燕春梅鹏飞宇浩然欣怡子涵梓轩雨桐思远佳慧立成诚永康德胜长林凤仙兆祥振东启航嘉禾俊峰若"
    "曦景行书瑶秀珍莉婷雪琳晶颖洁云莲辉斌健毅锋光亮东生福贵宝荣昌盛兴旺富财顺义仁忠信孝良善美琴淑惠爱香月娥菊巧素青翠紫蓉薇露倩悦乐彤妍诗琪梦一博睿泽宏正世民安泰清源泉新学才贤达通全友群朋克利宁龙虎彪山川河江湖松柏竹楠森栋梁晨阳旭昊天朝晖"
)
_ROLES = (
    "局长|厅长|部长|处长|科长|站长|院长|校长|园长|所长|队长|会长|行长|县长|市长|区长|镇长|乡长|村长|社长|厂长|店长|班长|组长|秘书长|护士长|省长|州长|董事长|检察长|书记|支书"
    "|主任|委员|负责人|经理|总监|工程师|理事|干部|技术员|志愿者|研究员|教授|博士|医生|医师|护士|教师|老师|民警|法官|律师|店主|居民|村民|市民|农户|游客|记者|通讯员|编辑|摄影|作者"
    "|原告|被告|申请人|执行人|当事人|嫌疑人|罪犯|死者|伤者|联系人|代表人|任命|免去|聘任|提名|选举|推荐"
)
_AFTER_NAME = (
    "同志|先生|女士|老人|大爷|大妈|奶奶|爷爷|介绍|表示|告诉|透露|认为|指出|强调|坦言|回忆|正忙|说|笑"
)

_JOINS = "与和跟同把将在到从自向对及等由为于是了有至赴被给让的之不"
"""Characters that join words, and stand in no name."""

_GOES = "进入回返离出驻沿"
"""Characters before a village or a road that make a verb of it: 进村, 返乡, 沿路."""

_PLACES = "省|自治区|市|县|区|镇|乡|村|街道|街|路|大街|大道|巷|胡同|小区|社区|广场|大桥|隧道|工业园|林场|水库|线|站|大厦|小学|中学|医院"
_OF_A_PLACE = re.compile(_PLACES)

_CREDITED = re.compile(r"(?:记者|通讯员|编辑|责编|摄影|作者|实习生|来源|供稿)[一-鿿]{0,8}$")
_DATELINE = re.compile(r".{0,30}?(?:讯(?!息)|日电|消息|获悉|报道)", re.DOTALL)
_PATTERNS: tuple[tuple[DifferenceKind, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            r"\d{4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?"  # the longest first
            r"|\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日号]|\d{1,2}时(?:\d{1,2}分)?|\d{1,2}点\d{1,2}分"
            r"|(?:星期|周)[一二三四五六日天](?=$|[上下至到晚]|[一-鿿]{2})"
        ),
    ),
    (
        "amount",
        re.compile(rf"(?:{_NUMBER}|{_NUMERAL})[余多]?[十百千万亿]{{0,3}}[余多]?(?:元|美元|欧元|港元|块钱)"),
    ),
    (
        "figure",
        re.compile(
            rf"[a-z]{{0,4}}{_NUMBER}[余多]?[十百千万亿]{{0,3}}|(?:第|百分之){_NUMERAL}"
            rf"|{_NUMERAL}[余多]?(?=[个名人户家件处台套座条项次场例宗起辆株头亩吨米度级岁年月天期])"
        ),
    ),
    (
        "name",
        re.compile(
            rf"(?:{_ROLES})(?P<after>[{_SURNAMES}][^{_JOINS}\W\da-z]{{1,2}}?)(?={_AFTER_NAME}|任|和|与|为|的|在|$|\d)"
            rf"|(?:{_ROLES})(?P<common>[{_SURNAMES}][{_GIVEN}]{{1,2}})"
            rf"|(?P<before>[{_SURNAMES}][^{_JOINS}\W\da-z]{{1,2}}?)(?={_AFTER_NAME})"
            rf"|^(?P<alone>[{_SURNAMES}][^{_JOINS}\W\da-z]?[{_GIVEN}])$"
        ),
    ),
    (
        "place",
        re.compile(
            rf"[^{_JOINS}\W\da-z]{{2,4}}?(?<![{_GOES}])(?!(?<=下)乡|(?<=上)[路街])(?:{_PLACES})"  # stems of one character are words: 在乡, 进城区
        ),
    ),
)
_LEFT_OUT = re.compile("[余多约]")
_LEARNT = 24  # names of a text that are looked for in the rest of it


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its span in the comparing form, and what it is compared by."""

    start: int
    end: int
    kind: DifferenceKind
    value: str

    @property
    def is_exact(self) -> bool:
        """Whether the fact can hardly be shared by chance: a name, or written in digits; not 一个 or 全市."""
        return self.kind == "name" or any(map(str.isdecimal, self.value))

    @property
    def is_told(self) -> bool:
        """Whether the fact is exact or a place with a name of its own; 我市 and 各县 are none."""
        own = self.kind == "place" and self.value[-1] not in "省市县区"
        return (
            self.is_exact
            or own
            or any(self.value[at:] in codes_by_name() for at in range(len(self.value) - 1))
        )

    @property
    def shown(self) -> str:
        """The fact as a reader knows it, with a decimal point."""
        return re.sub(r"(?<=\d)点(?=\d)", ".", self.value)


def find_facts(pieces: tuple[str, ...]) -> tuple[Fact, ...]:
    """Return the facts in the pieces of a comparing form, by where they stand in the whole.

    >>> [(fact.kind, fact.shown) for fact in find_facts(("8月9日", "局长王立成介绍", "投入1035点87万元"))]
    [('date', '8月9日'), ('name', '王立成'), ('amount', '1035.87万元')]
    """
    found: list[Fact] = []
    start = 0
    for piece in pieces:
        found += _facts_of(piece, start)
        start += len(piece)
    found += _names_again("".join(pieces), found)
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind)))


def _facts_of(piece: str, start: int) -> Iterator[Fact]:
    taken = bytearray(len(piece))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(piece):
            group = match.lastgroup or 0
            begin, end = match.span(group)
            if kind == "place":
                begin = max(begin, taken.rfind(1, begin, end) + 1)
                if end - begin < 3:
                    continue  # the 全市 of 2023年全市
            elif kind in ("amount", "figure") and any(taken[begin:end]):
                continue  # the 9 of 9日, the 35 of 35元
            if kind != "name":
                taken[begin:end] = b"\1" * (end - begin)
            words = piece[begin:end]
            value = _LEFT_OUT.sub("", words) if kind in ("amount", "figure") else words
            yield Fact(start + begin, start + end, kind, value)


def _names_again(form: str, found: list[Fact]) -> Iterator[Fact]:
    """Yield the names that were found beside an office wherever else they stand."""
    names = {fact.value: fact.start for fact in found if fact.kind == "name"}
    known = {fact.start for fact in found if fact.kind == "name"}
    for name in list(names)[:_LEARNT]:
        for match in re.finditer(re.escape(name), form):
            if match.start() not in known:
                yield Fact(match.start(), match.end(), "name", name)


def is_name(text: str) -> bool:
    """Return whether a word is written as names are: a surname and one or two common given characters."""
    return 2 <= len(text) <= 3 and text[0] in _SURNAMES and all(each in _GIVEN for each in text[1:])


def length_to_suffix(form: str, start: int) -> int | None:
    """Return how far the end of a place's name is from ``start``, None when none is near.

    >>> length_to_suffix("张店区与周村", 2), length_to_suffix("张店与周村", 2)
    (1, None)
    """
    suffix = _OF_A_PLACE.match(form, start) or _OF_A_PLACE.match(form, start + 1)
    return suffix.end() - start if suffix else None


def is_credit(form: str, start: int) -> bool:
    """Return whether what stands at ``start`` belongs to a byline: 本报记者王立成."""
    return _CREDITED.search(form, max(0, start - 12), start) is not None


def is_dateline(form: str, start: int) -> bool:
    """Return whether what stands at ``start`` says where the news comes from, before it begins.

    >>> is_dateline("据岱东网消息沂泉市", 1), is_dateline("据岱东网消息沂泉市", 6)
    (True, False)
    """
    dateline = _DATELINE.match(form)
    return dateline is not None and start < dateline.end()


def agree(ours: Fact, theirs: Fact) -> bool:
    """Return whether two facts say the same, one perhaps less exactly: 8月9日 and 9日."""
    if ours.value == theirs.value:
        return True
    if ours.kind == theirs.kind == "date":
        return ours.value.endswith(theirs.value) or theirs.value.endswith(ours.value)
    if ours.kind == theirs.kind == "place":
        return ours.value.endswith(theirs.value) or theirs.value.endswith(ours.value)
    return False
