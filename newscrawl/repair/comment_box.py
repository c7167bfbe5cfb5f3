"""Rule: the comment box at the end of an article, with the comments in it.

Z-Blog prints 评论列表, 发表评论:, 取消回复, 名称(*) 邮箱 网址 正文(*) in every one of its stock themes; portals print 我来说两句, the
number of comments, and the comments. A heading ends the article only if what follows is such a box: a form,
replies, or a handful of short lines. 网友评论 over paragraphs of prose is a part of the article.
"""

from __future__ import annotations

import re

from newscrawl.repair.draft import NOTHING, Draft, Findings, Rule, Span
from newscrawl.repair.tails import Tail, tails_of

LONG_LINES = 1
"""Lines of the article's kind that may stand in the box (house rules of a comment section)."""
HEADING_LENGTH = 24
REPLY_MARKS = 3
REPLY_RATIO = 0.2
"""So many buttons among the lines (回复, 赞) and they are comments, however long."""

_HEADING = re.compile(
    r"""(?:\S{1,12}\s)?(?:
        (?:网友|最新|热门|精彩|全部|用户|读者|文章|发表|查看|网友发表|本文)?(?:评论|跟帖|留言|點評|評論)(?:列表|区|專區)?
      | 我来说两句|我有话说|说点什么|发表(?:我的)?(?:评论|看法|观点|留言)|已有评论|写评论
    )
    \s*[:(\[]?\s*\d*\s*(?:条|人参与)?(?:评论|讨论)?\s*[)\]]?\s*[:>]?""",
    re.VERBOSE,
)
_FORM = re.compile(
    r"""暂无评论|快抢沙发|还没有(?:人)?评论|来说两句吧|沙发(?:空缺|还空着)|(?:^|\s)发表评论:|取消回复
      | ^(?:名称|昵称|邮箱|网址|正文|验证码|评论内容|内容)\s*(?:\(\*\)|\(选填\)|:|$)
      | ^◎?欢迎(?:参与讨论|您?发表|$)|(?:网友|用户)?评论仅(?:供|代表)|文明上网|理性发言|自觉遵守互联网|还可以?输入\s*\d+
      | ^(?:提交评论|提交|登录|注册|匿名(?:发表|评论)?|查看更多评论|加载更多|发布)$|登录后(?:才可|方可|可以)?(?:发表)?评论
      | ^(?:(?:回复|顶|踩|赞|举报|分享|支持|反对)\s*[\[(]?\d*[\])]?\s*)+$|^\d+楼$|^\d+\s*条?(?:评论|人参与)""",
    re.VERBOSE,
)


def find(draft: Draft) -> Findings:
    """Return the span from the heading of a comment box to the end of the text."""
    lines = draft.lines
    heads = [index for index, line in draft.short_lines if index and _is_head(line.text)]
    tails = tails_of(lines, _FORM) if heads else ()
    for index in heads:
        if _is_box(tails[index]):
            return Findings((Span(lines[index].start - 1, len(draft.text), "comment box"),))
    return NOTHING


def _is_head(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and bool(_HEADING.fullmatch(text) or _FORM.search(text))


def _is_box(tail: Tail) -> bool:
    """Return whether a tail, its heading included, is a form, a list of replies, or next to nothing."""
    if tail.marks >= REPLY_MARKS and tail.marks >= REPLY_RATIO * tail.lines:
        return True
    if tail.long > LONG_LINES:
        return False
    return tail.marks > 0 or tail.lines == 1 or tail.sentences == 0


RULE = Rule("comment_box", find)
