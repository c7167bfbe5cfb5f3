"""Rule: lines of the page around the article: breadcrumbs, share and print buttons, paging, apps, notices.

Each is told by its own words and must fill its line; a sentence that only contains them stays. Of 126 measured
pages 22 had share or app lines in the extracted text, 22 navigation, 13 disclaimers, 7 a footer; of 63
annotated bodies no line was cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newscrawl.repair.draft import NOTHING, Draft, Findings, Line, Rule, Span, line_span
from newscrawl.repair.tails import LONG_LINE

SHORT = 60
"""Characters of a button line or a breadcrumb."""
NOTICE_LENGTH = 400
"""Characters of a disclaimer; a longer line is a text of its own."""

RETURN_LENGTH = 24
"""Characters of a link back to a portal; it hangs on one of the last lines."""
LAST_LINES = 3
PARAGRAPHS_BELOW = 1
"""Paragraphs that may stand below a notice: what is higher up may be what the article is about."""

_KINDS: dict[str, str] = {
    "breadcrumb": r"""(?:您?(?:现在|当前)?的?(?:所在)?位置|当前位置|您现在的位置|所在位置|當前位置)\s?(?:是)?\s?:.{0,50}
        | (?:首页|网站首页|主页|首頁)\s?(?:[>»›/|-]+|>>)\s?\S.{0,50}""",
    "share": r"""(?:一键)?分享(?:到|至|给|本文|文章)?\s?:?(?:\s?(?:微信好友|微信(?!好友)|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ(?!空间|好友)|朋友圈|好友|豆瓣|人人网|更多|复制链接|打印|收藏|和|Facebook|Twitter|[,、|/]))*
        | (?:请)?(?:使用|用|打开)?(?:微信)?["“]?扫一扫["”]?,?\s?(?:(?:分享|关注|阅读|查看|打开|手机|二维码|下载|加|看)[^。]{0,24})?
        | (?:请)?(?:扫描|扫码|长按|识别)(?:上方|下方|左侧|右侧|图中|此|该|上面|下面)?的?(?:二维码|关注)?[^。]{0,16}(?:二维码|公众号|阅读|关注|分享|手机看|查看)[^。]{0,8}
        | (?:手机看新闻|手机阅读|手机查看|用手机看|扫一扫手机阅读)
        | (?:复制|拷贝)链接|生成海报|分享海报|一键转发|分享让更多人看到|朋友圈|请?点击右上角.{0,12}(?:好友|朋友圈|分享)|请使用浏览器分享功能进行分享
        | 前往“发现”-“看一看”浏览“朋友在看”""",
    "buttons": r"""(?:(?:【|\[|\()?\s?(?:打印(?:本页|此页|本文)?|关闭(?:窗口|本页|此页)?|收藏(?:本文|本页)?|举报|纠错|我要纠错|返回(?:顶部|列表|首页|上一页|上页|目录)?|回到顶部|加入收藏|推荐(?:本文)?|转发|点赞|赞|顶|踩|评论|阅读全文|展开全文|展开阅读全文|查看更多|点击(?:查看|阅读)(?:全文|更多|原文)|阅读原文|查看原文|收起|展开|更多>*|大号|中号|小号|大\s?中\s?小|字号|字体|默认|放大|缩小)\s?(?:】|\]|\))?[\s:|/、,+-]*){1,12}
        | (?:字号|字体)(?:大小)?\s?[:\[【(]?\s?(?:[大中小特超标准默认T+\-A|\s/、,]){1,20}[\]】)]?""",
    "counts": r"""(?:(?:阅读|浏览|点击|访问|人气|评论|点赞|收藏|转发|热度|查看|阅|浏览量|阅读量|点击量|浏览次数|点击数|点击率|阅读数|访问量|阅读次数|访问次数|点击次数|回复)\s?[:(]?\s?(?:\d[\d,.]*\s?万?\+?|loading\.*|加载中\.*|--?)?\s?\)?(?:次|人|条)?[\s|,]*){1,6}""",
    "paging": r"""(?=.*(?:页|余下))(?:上一页|下一页|上页|下页|首页|尾页|末页|余下全文|共\s?\d{1,4}\s?页|第\s?\d{1,4}\s?页|(?<!\d)\d{1,3}(?!\d)|[\[\]<>«»|…\s]){2,40}
        | 共\s?\d{1,4}\s?页
        | (?:上一篇|下一篇|上一条|下一条|前一篇|后一篇|上一則|下一則)\s?:?\s?.{0,56}""",
    "box": r"""广告|廣告|已收藏!?|已发送|发送中|已留言|知道了|已显示全部内容|独家抢先看|下载客户端|阅读剩余全文(?:\(\S{0,6}\))?|正在加载\.*|加载中\.*|登录超时,稍后再试
        | 点击进入专题:?|进入【[^】]{2,14}】讨论|您可通过.{0,30}查看所有收藏过的文章。?""",
    "return": r"""返回\S{1,10},\s?查看更多|(?:特别)?声明:.{0,40}搜狐号.{0,120}|责任编辑:\s?查看更多""",
    "app": r"""(?:点击|立即|马上|请)?(?:下载|打开|安装|关注)(?:[“"]?[^。,\s“”"]{1,14}[”"]?)(?:APP|App|app|客户端|公众号|微信公众号|小程序)[^。]{0,30}
        | (?:更多|精彩|想看更多|欲知更多|获取更多)[^。]{0,24}(?:下载|关注|打开|扫码|请?登录)[^。]{0,30}(?:APP|App|app|客户端|公众号|小程序)[^。]{0,20}[。!]?
        | 更多猛料!.{0,50}|安装\S{2,14}客户端.{0,40}【下载地址】|[^。,]{0,12}微信公众号
        | (?:打开|启动)(?:APP|App|app|客户端)(?:查看|阅读)?(?:更多|全文)?(?:精彩)?(?:内容|资讯)?
        | (?:欢迎)?关注(?:我们)?(?:的)?(?:官方)?(?:微信|公众号|微信公众号|微博)[^。]{0,24}""",
    "footer": r"""(?:Copyright|COPYRIGHT|copyright|©|版权所有).{0,160}|.{0,60}(?:ICP备|ICP证|公网安备|网安备|新闻信息服务许可证|许可证编?号|备案号|备案序号).{0,120}
        | (?:[\u4e00-\u9fff]\s?){2,8}版\s?权\s?所\s?有\s?,\s?未\s?经\s?(?:书\s?面\s?)?授\s?权\s?(?:禁\s?止|不\s?得)\s?使\s?用.{0,20}
        | .{0,30}(?:版权所有|All Rights Reserved).{0,80}|技术支持\s?:.{0,30}|(?:主办|承办|主管)单位\s?:.{0,40}(?:网站标识码|备案).{0,40}
        | (?:关于我们|联系我们|网站地图|法律声明|广告服务|招聘信息|网站声明|隐私政策|友情链接|投稿邮箱|设为首页|加入收藏|网站简介|人才招聘|意见反馈|服务条款|帮助中心|站点地图)(?:\s?[|\-/·]?\s?(?:关于我们|联系我们|网站地图|法律声明|广告服务|招聘信息|网站声明|隐私政策|友情链接|投稿邮箱|设为首页|加入收藏|网站简介|人才招聘|意见反馈|服务条款|帮助中心|站点地图|诚聘英才|版权声明|网站律师|供稿服务|数据服务))+""",
    "hotline": r"""(?=.*(?:\d{5}|@|\d-\d))(?:(?:新闻|报料|爆料|举报|违法和不良信息举报|不良信息举报|新闻报料|投稿|广告)(?:热线|电话|邮箱|QQ群?|微信)\s?:\s?[\w.@+()/、,\s-]{5,60})
        | (?:新闻|我要|欢迎)?(?:报料|爆料)[^。]{0,30}\d{5,}[^。]{0,20}|违法和不良信息举报.{0,80}""",
}
_NOTICE_KINDS: dict[str, str] = {
    "disclaimer": r"""(?=.*(?:版权|转载|来源|侵权|本网|本站|本平台|作者|观点|立场|责任|投资|稿件|删除))[\[【(*※]?\s?(?:免责声明|版权声明|特别声明|郑重声明|声明|本网声明|本站声明|版权说明|转载声明|法律声明|免责条款)\s?[\]】)]?\s?[:,].{6,400}
        | (?:以上|本文|上述|该|此)(?:文章|内容|信息|观点|文|资讯|图文)?[^。]{0,20}(?:仅代表作者|不代表本|仅供参考|不构成(?:任何)?投资|与本(?:网|站)(?:立场)?无关|来源于?(?:网络|互联网)|转载自|转自).{0,200}
        | (?:凡(?:本网|本站)?(?:注明|标注)|(?:本网|本站)(?:转载|部分|所有|刊载|发布|登载)|未经(?:本网|本站|本报|书面)?(?:授权|许可|允许|同意),?[^。]{0,12}(?:不得|禁止|严禁|请勿)(?:擅自)?(?:转载|使用|复制|摘编|镜像)
          |如有?(?:侵权|涉及(?:版权|作品|侵权)|版权问题|作品内容)|如(?:因|需|若)作品|转载(?:请|须|务必)注明|内容来源于?(?:网络|互联网)|部分(?:图片|内容|文章)来源|图片来源于?网络|文章来源于?网络|若侵权|投资有风险).{0,260}
        | (?:登录|发表)?(?:评论|网友评论|用户评论|留言|网友发言)(?:内容)?(?:仅供|仅代表|只代表|并不代表).{0,80}""",
}
_WORDS = re.compile(
    "位置|首页|主页|首頁|分享|扫|长按|识别|手机|链接|海报|打印|关闭|收藏|举报|纠错|返回|顶部|推荐|转发|赞|顶|踩|评论|全文|更多|原文|收起|展开|字号|字体|大|默认|放大|"
    "阅|浏览|点击|访问|人气|热度|查看|回复|页|上一|下一|前一|后一|声明|APP|App|app|客户端|公众号|小程序|关注|opyright|OPYRIGHT|©|版权|ICP|网安备|许可证|备案|技术支持|主办|承办|主管|"
    "广告|廣告|已收藏|已发送|发送中|已留言|知道了|已显示|独家|客户端|加载|登录超时|专题|讨论|收藏|朋友|一键|猛料|版 权|"
    "关于我们|联系我们|热线|电话|邮箱|QQ|微信|报料|爆料|违法"
)
_LINE = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()), re.VERBOSE)
_NOTICE = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _NOTICE_KINDS.items()), re.VERBOSE
)
_NOTICE_STARTS = frozenset("[【(*※免版特郑声本以上该此凡未如转内部图文若投登发评网用留法")
_RETURN = re.compile(r"返回[^\s,。]{1,8}(?:,查看更多|首页\s?>>)$")
_AT_END = frozenset(("app", "footer", "hotline", "disclaimer"))
_BLANKS = re.compile(r"\s{2,}")


def find(draft: Draft) -> Findings:
    """Return the lines that belong to the page and not to the article."""
    lines = draft.lines
    kinds = [(line, kind) for line in lines if (kind := kind_of(line.text))]
    if len(kinds) == len(lines):
        return NOTHING
    last = _last_paragraphs(lines) if kinds else 0
    spans = [
        line_span(draft, line, kind) for line, kind in kinds if kind not in _AT_END or line.start >= last
    ]
    spans += _returns(lines[-LAST_LINES:])
    return Findings(tuple(spans)) if spans else NOTHING


def _returns(lines: Sequence[Line]) -> Iterator[Span]:
    """Yield the links back to a portal that hang on lines of text (…查明。返回搜狐,查看更多)."""
    for line in lines:
        match = _RETURN.search(line.text, max(0, len(line.text) - RETURN_LENGTH))
        if match and match.start():
            yield Span(line.start + match.start(), line.end, "return")


def _last_paragraphs(lines: Sequence[Line]) -> int:
    """Return where the last but one paragraph begins: what is said above it may be the article's subject."""
    long = 0
    for line in reversed(lines):
        long += len(line.text) > LONG_LINE and kind_of(line.text) is None
        if long == PARAGRAPHS_BELOW + 1:
            return line.start
    return 0


def kind_of(line: str) -> str | None:
    """Return what a line of the page is, None for a line of the article.

    >>> kind_of("当前位置:首页 > 新闻 > 正文"), kind_of("返回搜狐,查看更多"), kind_of("大家在首页就能办事。")
    ('breadcrumb', 'return', None)
    """
    if not line or len(line) > NOTICE_LENGTH:
        return None
    if "  " in line:
        line = _BLANKS.sub(" ", line)
    if len(line) <= SHORT or line.startswith(("Copyright", "版权")):
        match = _LINE.fullmatch(line) if _WORDS.search(line) else None
        if match:
            return match.lastgroup
    if line[0] in _NOTICE_STARTS:
        match = _NOTICE.fullmatch(line)
        return match.lastgroup if match else None
    return None


RULE = Rule("page_line", find)
