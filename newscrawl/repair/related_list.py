"""Rule: lists of other articles under a heading (相关推荐, 最近更新, 猜你喜欢 …), at the end or between paragraphs.

The heading alone proves nothing: 相关新闻 may head a chapter, 排行 a table. At the end of a text what follows must be
short lines without full stops; between paragraphs at least two titles must follow at once, and only they go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, Span
from newscrawl.repair.tails import LONG_LINE, Tail, ends_statement, tails_of

LONG_LINES = 1
"""Long lines that may stand in a tail that is cut: a teaser."""
TITLE_LENGTHS = range(8, 61)
"""Characters of a title in a list between paragraphs."""
BOX_TITLES = 2
HEADING_LENGTH = 20

_HEADING = re.compile(
    r"""[\[【<«#◆●■|-]?\s*(?:
        (?:相关|关联|延伸|推荐|更多|拓展|扩展|热门|精彩|最新|往期|近期|同类|其他|其它)
            (?:推荐|新闻|阅读|文章|资讯|内容|链接|报道|话题|专题|热词|热词搜索|信息|搜索|标签|视频|图片|精彩|回顾|动态|更新|稿件|评论文章)
      | (?:相關|延伸|推薦|熱門|最新)(?:推薦|新聞|閱讀|文章|資訊|內容|連結|報導|話題)
      | (?:为您|为你|编辑|小编|今日|本站|站长|精彩|新闻|热点|热文|热门|重点|本周|智能|栏目|图文)(?:推荐|排行|排行榜|精选)
      | (?:热点|热门|点击|阅读|新闻|浏览|一周|24小时|本周|本月|今日|日|周|月|视频|图片|人气|文章)(?:新闻|文章|热点|点击)?排行榜?
      | (?:本文|文章)标签|其他人也在看|(?:作者|小编)最近文章|你可能還想看|您可能感兴趣的文章
      | 猜你(?:喜欢|感兴趣|想看|还想看)|你可能(?:也|还)?(?:喜欢|感兴趣|想看)(?:的内容)?|您可能(?:也|还)?(?:喜欢|感兴趣|想看)(?:的内容|的文章)?|大家(?:都在看|还在看|爱看)|大家正在看|看过(?:本文|此文)的(?:人)?还(?:看|看过)(?:了)?
      | (?:最新|最近|近期)(?:更新|发布|发表|文章|消息)|热点(?:推荐|新闻|聚焦|关注|图片|视频|专题)|热图|热榜|热搜榜?|精彩(?:推荐|图片|图文|视频|专题)|视觉\S{1,4}
      | 友情链接|合作伙伴|合作媒体|网站地图|上一篇|下一篇|上下篇|返回(?:首页|列表|顶部)|相关(?:附件|文档|下载)?链接
    )\s*(?:more|MORE|更多|>>|»)?[:>\]】»…]{0,3}""",
    re.VERBOSE,
)
_WORDS = re.compile(
    "标签|也在看|最近文章|還想看|感兴趣|推荐|排行|相关|阅读|猜你|你可能|您可能|大家|最新|最近|热|链接|更多|精彩|上一篇|下一篇|合作|推薦|相關|视觉|返回|看过|近期|往期"
)


def find(draft: Draft) -> Findings:
    """Return the lists under their headings."""
    lines = draft.lines
    heads = [index for index, line in draft.short_lines if index and _is_head(line.text)]
    if not heads:
        return NOTHING
    tails = tails_of(lines)
    for index in heads:
        if _is_list(tails[index]):
            spans = (
                *_boxes(lines[:index], heads),
                Span(lines[index].start - 1, len(draft.text), _reason(lines[index])),
            )
            return Findings(spans)
    spans = tuple(_boxes(lines, heads))
    return Findings(spans) if spans else NOTHING


def _is_head(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and bool(_WORDS.search(text) and _HEADING.fullmatch(text))


def _is_list(tail: Tail) -> bool:
    """Return whether a tail, its heading included, is a list: not one line of it may be a statement.

    A share of statements was allowed once: the last paragraph of an article below a box of titles went with it.
    """
    return tail.long <= LONG_LINES and tail.sentences == 0


def _boxes(lines: Sequence[Line], heads: Sequence[int]) -> Iterator[Span]:
    """Yield the lists that stand between paragraphs, each with its heading."""
    for head in heads:
        end = head + 1
        while (
            end < len(lines) and len(lines[end].text) in TITLE_LENGTHS and not ends_statement(lines[end].text)
        ):
            end += 1
        # The last short line before a paragraph may be a subheading of the article: it stays.
        if end < len(lines) and len(lines[end].text) > LONG_LINE:
            end -= 1
        if end < len(lines) and end - head > BOX_TITLES:
            yield Span(lines[head].start, lines[end].start, _reason(lines[head]))


def _reason(head: Line) -> str:
    return f"list under {head.text}"


RULE = Rule("related_list", find)
