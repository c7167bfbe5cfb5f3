"""Credits (署名): who wrote, edited and first published an article, found in a line of text.

Two ways to say it are read: a label with a colon or stroke (``来源:大众网``, ``文/张三``), anywhere in a line,
and a byline without one (``本报记者 张三 通讯员 李四``), only where it fills a line or a pair of brackets.
A credit is metadata and may be cut from the text, so whatever could be a sentence is not one:
``记者:您怎么看?`` is an interview and ``记者从会上了解到`` a report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.text.names import names_of, team_of

_LINE_LIMIT = 5_000  # characters: a longer line is no line of credits, and is left alone
_OUTLET_LENGTH = 40  # characters; the longest outlet of 107 measured pages has 21


@dataclass(frozen=True, slots=True)
class Credit:
    """One credit and the span of the line it takes, its brackets included when they hold nothing else."""

    kind: str
    """The name of a `Metadata` field, ``reporters`` or ``source_outlet``."""
    values: tuple[str, ...]
    """Names, keywords, or one string; empty when the label stands alone."""
    raw: str
    start: int
    end: int


_LABELS: dict[str, str] = {
    # Longer labels stand before the shorter ones they end in. Spaces inside are padding (来 源).
    "alternative_headline": r"原\s?标\s?题|原\s?標\s?題|原题为?|原題|原文标题",
    "date_modified": r"更新时间|更新日期|更新時間|最后更新|最後更新|修改时间|更新于|更新於",
    "date_published": r"发布时间|发布日期|发表时间|发表日期|发稿时间|发表于|发布于|上传时间|录入时间|添加时间"
    r"|發布時間|發佈時間|發布日期|發表時間|時\s{0,2}間|时\s{0,2}间|日\s{0,2}期",
    "source_outlet": r"(?:文章|新闻|新聞|稿件|信息|消息|内容|本文|原文|资讯)?(?:来\s{0,4}源|來\s{0,4}源)于?|稿\s{0,2}源|文章出处|出\s?处|转载自|转自|轉自",
    "correspondents": r"(?:特约|本报|本网)?通\s?讯\s?员|通\s?訊\s?員",
    "reporters": r"(?:[一-鿿·•]{0,16}?)记\s{0,4}者|(?:[一-鿿·•]{0,16}?)記\s{0,4}者|采访人员|采\s?写|採\s?寫|采访",
    "editors": r"(?:责任|執行|执行|本期|本文|值班|新媒体|网络|栏目|文字|视频|图片|實習|实习|主管|首席|版面)?(?:编\s{0,4}辑|編\s{0,4}輯)"
    r"|责\s{0,2}编|責\s{0,2}編|编\s?审|主\s?编|副主编|校\s{0,4}对|审\s{0,4}核|审\s{0,4}校|审\s{0,4}读|监\s{0,4}制|总监制|总编辑|总值班|值班主任|值班总监"
    r"|[初复终]审|[一二三]审|一读|二读|美编|策划|统筹|签发|排版",
    "authors": r"(?:本文|文章|原文)?(?:作\s{0,4}者)|撰\s?文|撰\s?稿|文字|文\s?图|文",
    "column": r"所属栏目|栏\s?目|频\s?道",
    "keywords": r"关\s?键\s?词|关\s?键\s?字|關鍵詞|關鍵字|标\s{0,2}签|標\s{0,2}籤|Tags?|TAGS?",
}
_STOP_LABELS = r"""字体|字号|点击(?:数|量|率)?|浏览(?:次数|量|数)?|阅读(?:量|数|次数)?|人气|访问(?:量|次数)?|评论(?:数)?|次数|热度
    |分享|打印|收藏|我要|我来说|参与互动|大\s中\s小|手机看|扫一扫|扫描|关注|举报|纠错|字數|瀏覽|點擊|摄影|摄|图|配图|制图|设计|视频|剪辑|供图|图片|
    供稿|电话|邮箱|联系|声明|【"""
_STROKES = r"[:：|｜丨︱/∕／]"
_LABEL = re.compile(
    rf"""(?:(?<=^)|(?<=[\s(（\[【「|｜丨︱/／、,，;；)）\]】—\-]))  # a label begins a word; 图片来源 is a caption
    (?:{"|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())})
    \s{{0,4}}{_STROKES}\s{{0,8}}""",
    re.VERBOSE,
)
_STOP = re.compile(
    rf"""\s(?:{_STOP_LABELS})
    | [)）\]】」|｜\t\n] | \s{{3,}}
    | (?:19|20)\d\d\s?[-年/.]\s?\d   # a date ends an outlet or a name""",
    re.VERBOSE,
)
_CONTROLS_BEHIND = re.compile(
    r"分享到?|字[体号]|打印|点击[数量率:：]|浏览[次量:：]|评论[(（:：]|责任编辑|作者[:：]|编辑[:：]"
)
"""Controls that templates glue to the outlet's name."""
_PERSONS = frozenset({"reporters", "correspondents", "editors", "authors"})

_ROLE = re.compile(r"记者|記者|通讯员|通訊員|责任编辑|责编|编辑|作者|采写")
_ROLE_KINDS = {
    "者": "reporters",
    "员": "correspondents",
    "員": "correspondents",
    "编": "editors",
    "辑": "editors",
    "写": "reporters",
}
_ROLE_PREFIX = re.compile(r"(?:特约|本报|本网|实习|见习|首席|全媒体|融媒体?|特派|/)+$")
_BYLINE_OPENING = re.compile(r"[一-鿿A-Za-z·•《》/\s]{0,20}")  # the outlet before 记者
_VERB = re.compile(
    r"(?:\s*[/／]\s*\S{0,4}(?:报道|報[道導])|\s+(?:综合|摄影)?(?:报道|報[道導])|综合报道|摄影报道|报道|報[道導]"
    r"|\s+[电電讯訊文]|\s*(?:文[/／]?图|图文|文[/／]摄|采写|整理))$"
)
_BYLINE_WINDOW = 80  # characters: a byline is a short line, or a short bracket
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{4,60})[)）\]】]")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}


def find_credits(line: str) -> tuple[Credit, ...]:
    """Return the credits that stand in one line of text, in order, without overlap.

    >>> [(c.kind, c.values) for c in find_credits("2023-08-10 来源:大众网 记者:张三 李四")]
    [('source_outlet', ('大众网',)), ('reporters', ('张三', '李四'))]
    >>> [(c.values, c.raw) for c in find_credits("会议今天闭幕。(责编:王五)")]
    [(('王五',), '(责编:王五)')]
    >>> find_credits("记者从会上了解到,临沂市连续4年提高保障标准。")
    ()
    """
    if len(line) > _LINE_LIMIT:
        return ()
    return _with_brackets(line, _labelled(line) or _bylines(line))


def is_credit_line(line: str) -> bool:
    """Return whether a line says nothing but credits (and, beside them, a date or separators).

    >>> is_credit_line("【编辑:姚昊】"), is_credit_line("编辑:姚昊说,这是第一次。")
    (True, False)
    """
    credits_found = find_credits(line)
    if not credits_found:
        return False
    rest, done = [], 0
    for credit in credits_found:
        rest.append(line[done : credit.start])
        done = credit.end
    rest.append(line[done:])
    return not re.search(r"[^\W\d年月日时分秒]", "".join(rest))


def _labelled(line: str) -> list[Credit]:
    labels = list(_LABEL.finditer(line))
    found = []
    for index, label in enumerate(labels):
        limit = labels[index + 1].start() if index + 1 < len(labels) else len(line)
        credit = _credit_of(line, label, limit)
        if credit is not None:
            found.append(credit)
    if len(found) == 1 and re.match(r"[时時日]", found[0].raw):
        return []  # 时间:… alone is the line of an announcement, not of a template
    return found


def _credit_of(line: str, label: re.Match[str], limit: int) -> Credit | None:
    kind = label.lastgroup or ""
    if label.group(kind) in {"文", "文字", "文图", "采访"} and (
        len(line) > _BYLINE_WINDOW or kind == "reporters"
    ):
        return None
    if kind.startswith("date_"):
        end = limit
    else:
        stop = _STOP.search(line, label.end(), limit)
        end = stop.start() if stop else limit
    values, end = _values_of(kind, line[label.end() : end], label.end())
    if values is None:
        return None
    return Credit(kind, values, line[label.start() : end], label.start(), end)


def _values_of(kind: str, text: str, start: int) -> tuple[tuple[str, ...] | None, int]:
    """Return the values in ``text`` and where they end; None when this is no credit after all."""
    body = text.rstrip(" 　,，;；、—-([（【/|丨")
    end = start + len(body)
    if kind in _PERSONS:
        return names_of(body) or team_of(body), end
    if kind == "source_outlet":
        return _outlet_of(body, start)
    if kind == "keywords":
        return tuple(word for word in re.split(r"[\s、,，;；|#]+", body) if word), end
    return ((body,) if body else ()), end


def _outlet_of(text: str, start: int) -> tuple[tuple[str, ...] | None, int]:
    word = re.match(r"[A-Za-z0-9.&'\- ]*[A-Za-z0-9.](?=\s|$)|[^\s。;；]*", text)
    value = _CONTROLS_BEHIND.split(word.group() if word else "")[0].strip("“”\"'《》:： ")
    prose = text[word.end() :] if word else ""
    if len(value) > _OUTLET_LENGTH or len(re.findall(r"[,，。]", prose)) > 1 or re.search(r"[？?！!]", value):
        return None, start
    if re.search(r"[,，]", value) and len(value) > 16:
        return None, start
    return ((value,) if value else ()), start + (word.end() if word else 0)


def _bylines(line: str) -> list[Credit]:
    if len(line) <= _BYLINE_WINDOW and (found := _byline(line, 0, len(line))):
        return found
    return [credit for bracket in _BRACKETED.finditer(line) for credit in _byline(line, *bracket.span(1))]


def _byline(line: str, start: int, end: int) -> list[Credit]:
    """Return the credits of a span that is a byline from end to end, or nothing."""
    span = line[start:end].strip(" 　()（）[]【】")
    offset = line.index(span, start)
    verb = _VERB.search(span)
    text = span[: verb.start()] if verb else span
    roles = list(_ROLE.finditer(text))
    if not roles or not _BYLINE_OPENING.fullmatch(text, 0, roles[0].start()):
        return []
    found, begin = [], 0
    for index, role in enumerate(roles):
        limit = roles[index + 1].start() if index + 1 < len(roles) else len(text)
        limit -= len(prefix.group()) if (prefix := _ROLE_PREFIX.search(text[role.end() : limit])) else 0
        names = names_of(text[role.end() : limit])
        if not names:
            return []
        last = offset + (len(text[:limit].rstrip(" 　、,，")) if index + 1 < len(roles) else len(span))
        kind = "authors" if role.group() == "作者" else _ROLE_KINDS[role.group()[-1]]
        found.append(Credit(kind, names, line[offset + begin : last], offset + begin, last))
        begin = limit
    return found


def _with_brackets(line: str, found: list[Credit]) -> tuple[Credit, ...]:
    """Widen the credits of a bracket that holds nothing else by the bracket itself."""
    widened = list(found)
    for first, credit in enumerate(found):
        opened = len(line[: credit.start].rstrip())
        closing = _BRACKETS.get(line[opened - 1]) if opened else None
        if closing is None:
            continue
        last = first
        while last + 1 < len(found) and not line[found[last].end : found[last + 1].start].strip(
            " 　,，;；、/|"
        ):
            last += 1
        rest = line[found[last].end :]
        if rest.lstrip().startswith(closing):
            end = len(line) - len(rest.lstrip()) + 1
            widened[first] = _widened(line, widened[first], opened - 1, widened[first].end)
            widened[last] = _widened(line, widened[last], widened[last].start, end)
    return tuple(widened)


def _widened(line: str, credit: Credit, start: int, end: int) -> Credit:
    return Credit(credit.kind, credit.values, line[start:end], start, end)
