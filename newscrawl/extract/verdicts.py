"""What is no article: the page of something else, named by what it says of itself.

An error page has few words and neither date nor outlet. Words alone prove nothing: a brief about a court's
system maintenance (系统维护) is news when a line says when and where it was published.
"""

from __future__ import annotations

import re

from newscrawl.exceptions import NotAnArticle
from newscrawl.extract.body import BRIEF, Body, Values, is_cut_short
from newscrawl.extract.charset import common_hanzi_ratio
from newscrawl.extract.headline import FoundHeadline, is_column
from newscrawl.extract.info_line import is_header_clock, is_info_line
from newscrawl.extract.view import View

_SHORT_PAGE = 1_500  # characters of a page of which the words of an error may be the main ones
_SHORT_LINE = 80  # characters of the line that says it
_SHORT_BODY = 200  # characters of a body that may be no more than an error's words
_LEAST_BODY = 12  # characters: the shortest brief of 126 measured pages has 40
_LEAST_HANZI_RATIO = 0.12  # of the commonest hanzi among all: GBK read as Big5 has under .1, prose over .4
_LEAST_HANZI = 40  # characters on which that share means something
_LIST_LINKS = 25  # lines of links
_FEW_LINKS = 8
_PARASITE_HITS = 6  # different gambling words; news about gambling has one or two
_PARASITE_TITLE_HITS = 3
_TEASER_KEY = 16  # characters

_WORDS = {
    "blocked": re.compile(
        r"访问(?:被|已被|过于)(?:拦截|拒绝|阻断|限制|频繁)|已被.{0,10}拦截|请求(?:被拦截|存在威胁|包含恶意)|攻击请求|网站防火墙|安全(?:验证|检查中|狗|威胁)|(?:滑动|完成|输入).{0,6}验证码?|(?:人机|访问|身份)验证"
        r"|创宇盾|云盾|\bWAF\b|Access Denied|Checking your browser|DDoS|Just a moment|403 Forbidden|405 Not Allowed|请开启\s?cookie",
        re.IGNORECASE,
    ),
    "soft_404": re.compile(
        r"(?:页面|网页|文章|内容|信息|新闻|稿件|文件|您?(?:要|所)?(?:访问|查看|浏览|请求)的?.{0,8})(?:不存在|已(?:经)?(?:被)?(?:删除|下线|移除|撤销|失效|过期)|找不到|未找到|没有找到|走丢|丢失|飞走|不见了)"
        r"|404\s?(?:-|错误|not found|页面|error|$)|not found|(?:无法|没有|未能?)找到.{0,8}(?:页面|网页|文件|内容|文章)|参数错误|该(?:信息|文章|内容|稿件|栏目)(?:已|不)|(?:抱歉|对不起).{0,20}(?:不存在|删除|找不到|无法)"
        r"|系统(?:繁忙|错误|维护)|服务器(?:错误|繁忙|内部错误)|Internal Server Error|Bad Gateway|Service Unavailable|域名.{0,10}(?:过期|出售|到期)|数据库(?:连接)?(?:错误|失败)",
        re.IGNORECASE,
    ),
    "login_wall": re.compile(
        r"(?:请|需要?|您?尚未|您?还没有?)(?:先)?(?:登录|登陆|注册)(?:后|账号|才能|以)?(?:查看|阅读|访问|浏览|继续|再)?|(?:登录|付费|订阅|开通会员)(?:后|即可|才能)(?:可)?(?:查看|阅读|继续|浏览)|仅限?(?:会员|订阅用户)"
    ),
    "javascript_shell": re.compile(
        r"(?:启用|开启|打开|支持|允许).{0,6}JavaScript|JavaScript.{0,20}(?:禁用|enabled|required|disabled|enable)|enable JavaScript|正在跳转|页面跳转|(?:浏览器|版本).{0,8}(?:过低|升级)",
        re.IGNORECASE,
    ),
}
_ERROR_TITLE = re.compile(
    r"^\W*(?:404|403|50\d|出错|错误|页面不存在|找不到页面|Not Found|系统提示|提示信息|(?:访问|安全|人机|身份)验证)",
    re.IGNORECASE,
)
_PARASITE = re.compile(
    r"(?:澳门|彩票|博彩|赌场|棋牌|时时彩|六合彩|百家乐|老虎机|真人(?:荷官|娱乐)|bet\s?365|必威|亚博|开元棋牌|威尼斯人|新葡京|太阳城|乐鱼|凯发|皇冠体育|万博|kaiyun|开云体育|米兰体育|欧宝|华体会|188宝|投注平台|赌博网站)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:剩余|还有|余下).{0,10}(?:需|付费|登录|会员|内容)|(?:会员|付费|VIP)(?:专享|专属|可读|阅读|才能)|(?:开通|购买)(?:会员|VIP)|登[录陆]后?(?:可|即可)?(?:阅读|查看)(?:全文|更多|剩余)|(?:订阅|付费)后?(?:阅读|查看)"
)
_TEASER_LENGTH = 400  # characters: a paywall shows no more of an article
_ABOUT = re.compile(
    r"^\W*(?:关于(?:我们|本站|本网)|联系(?:我们|方式)|广告(?:服务|合作|刊例)|版权声明|网站声明|免责声明|法律声明|隐私(?:政策|声明)|网站地图|招聘信息|诚聘英才|友情链接|投稿须知|用户协议)\W*$"
)


def check_page(view: View) -> None:
    """Raise when a page says by its few words that it is no article.

    Raises:
        NotAnArticle: ``blocked``, ``soft_404``, ``login_wall``, ``javascript_shell``.
    """
    blocks = view.lines.blocks
    titled = len(view.title) <= 30 and _ERROR_TITLE.match(view.title) is not None
    if not titled and (sum(len(block.text) for block in blocks) > _SHORT_PAGE or _is_published(view)):
        return
    for line in (view.title, *(block.text for block in blocks[:60])):
        for reason, words in _WORDS.items():
            if len(line) <= _SHORT_LINE and (match := words.search(line)):
                raise NotAnArticle(reason, view.parsed.url, f"the page says {match.group()[:40]!r}")


def check_body(view: View, values: Values, body: Body | None, headline: FoundHeadline | None) -> Body:
    """Return the body that was found, or raise when it is no article's.

    Raises:
        NotAnArticle: ``list_page``, ``soft_404`` and its like, ``video_only``, ``parasite``, ``too_short``.
    """
    url = view.parsed.url
    text = body.text(view.lines) if body is not None else ""
    if len(text) < _SHORT_BODY and not _is_published(view):
        for reason, words in _WORDS.items():
            if match := words.search(text):
                raise NotAnArticle(reason, url, f"the text says {match.group()[:40]!r}")
    prose = [index for index in body.lines if values.prose[index]] if body else []
    if body is None or len(text) < _LEAST_BODY or (not prose and body.reason != BRIEF):
        raise NotAnArticle(_why_empty(view), url, f"{len(text)} characters of text, no sentence among them")
    if prose and all(is_cut_short(view.lines.blocks[index].text) for index in prose):
        raise NotAnArticle("list_page", url, f"every paragraph is a teaser: {text[-30:]!r}")
    _check_headline(view, body, headline, is_long=len(prose) > 1 and len(text) >= _SHORT_BODY)
    _check_language(view, text)
    _check_paywall(view, body, len(text))
    return body


def _check_headline(view: View, body: Body, headline: FoundHeadline | None, *, is_long: bool) -> None:
    if headline is None:
        if not is_long and not is_announced(view, body):
            raise NotAnArticle(
                _why_empty(view), view.parsed.url, "neither the title nor a line is a headline"
            )
    elif _ABOUT.match(headline.text) or (is_column(headline.text) and not _is_published(view)):
        raise NotAnArticle("list_page", view.parsed.url, f"a page of the site itself: {headline.text}")


def _check_language(view: View, text: str) -> None:
    hanzi = sum("一" <= character <= "鿿" for character in text)
    if hanzi >= _LEAST_HANZI and common_hanzi_ratio(text) < _LEAST_HANZI_RATIO:
        raise NotAnArticle(
            "charset", view.parsed.url, f"read as {view.parsed.charset} the text is no Chinese"
        )
    hits = {match.lower() for match in _PARASITE.findall(f"{view.title}\n{text}")}
    if len(hits) >= _PARASITE_HITS or (_PARASITE.search(view.title) and len(hits) >= _PARASITE_TITLE_HITS):
        raise NotAnArticle("parasite", view.parsed.url, f"gambling words: {', '.join(sorted(hits)[:5])}")


def _check_paywall(view: View, body: Body, length: int) -> None:
    """Raise when a short text ends at a line that asks for a login: it is the beginning of an article."""
    if length >= _TEASER_LENGTH:
        return
    for block in view.lines.blocks[body.lines[-1] : body.lines[-1] + 6]:
        if len(block.text) <= _SHORT_LINE and (match := _PAYWALL.search(block.text)):
            raise NotAnArticle(
                "login_wall", view.parsed.url, f"behind {length} characters the page says {match.group()!r}"
            )


def _is_published(view: View) -> bool:
    """Return whether a line of the page says when or where something was published."""
    return any(
        is_info_line(block.text)
        and not is_header_clock(block.text)
        and block.link_length * 2 <= len(block.text)
        for block in view.lines.blocks[:120]
        if len(block.text) <= 120 and (":" in block.text or "-" in block.text or "年" in block.text)
    )


def is_announced(view: View, body: Body) -> bool:
    """Return whether a list behind the body has its beginning as a teaser: its headline can be recovered there."""
    blocks = view.lines.blocks
    beginnings = ["".join(blocks[index].text.split())[:_TEASER_KEY] for index in body.lines[:3]]
    text = "".join("".join(block.text.split()) for block in blocks[body.lines[-1] + 1 :])
    return any(len(one) == _TEASER_KEY and one in text for one in beginnings)


def _why_empty(view: View) -> str:
    blocks = view.lines.blocks
    links = sum(block.link_length * 2 > len(block.text) and len(block.text) >= 8 for block in blocks)
    if links >= _LIST_LINKS:
        return "list_page"
    if next(view.tree.iter("video", "embed", "object"), None) is not None:
        return "video_only"
    if sum(len(block.text) for block in blocks) < 100 and view.scripts:
        return "javascript_shell"
    return "list_page" if links >= _FEW_LINKS else "too_short"
