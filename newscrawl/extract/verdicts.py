"""What is no article: the page of something else, named by what it says of itself."""

from __future__ import annotations

import re

from newscrawl.exceptions import NotAnArticle
from newscrawl.extract.body import BRIEF, Body, Values, is_cut_short
from newscrawl.extract.charset import common_hanzi_ratio
from newscrawl.extract.headline import FoundHeadline
from newscrawl.extract.view import View

_SHORT_PAGE = 1_200  # characters of a page of which the words of an error may be the main ones
_SHORT_BODY = 200  # characters of a body that may be no more than an error's words
_LEAST_BODY = 18  # characters: the shortest brief of 126 measured pages has 40
_LEAST_HANZI_RATIO = 0.12  # of the commonest hanzi among all: GBK read as Big5 has under .1, prose over .4
_LEAST_HANZI = 40  # characters on which that share means something
_LIST_LINKS = 25  # lines of links
_PARASITE_HITS = 6
_TEASER_KEY = 16  # characters

_WORDS = (
    ("blocked", re.compile(
        r"访问(?:被|已被|过于)(?:拦截|拒绝|阻断|限制|频繁)|请求(?:被拦截|存在威胁|包含恶意)|网站防火墙|安全(?:验证|检查中|狗)|(?:滑动|完成|输入)(?:验证|下方|图形)?验证码?|人机(?:验证|识别)"
        r"|创宇盾|云盾|WAF|Access Denied|Checking your browser|DDoS|Just a moment|403 Forbidden|405 Not Allowed|请开启\s?cookie", re.IGNORECASE)),
    ("soft_404", re.compile(
        r"(?:页面|网页|文章|内容|信息|新闻|稿件|您?(?:要|所)?(?:访问|查看|浏览|请求)的?.{0,8})(?:不存在|已(?:被)?(?:删除|下线|移除|撤销|失效|过期)|找不到|未找到|没有找到|走丢|丢失|飞走|不见了)"
        r"|404\s?(?:-|错误|not found|页面|error|$)|not found|无法(?:找到|访问)(?:该|此|您)?.{0,6}(?:页面|网页|文件)|参数错误|该(?:信息|文章|内容|稿件|栏目)(?:已|不)|(?:抱歉|对不起).{0,20}(?:不存在|删除|找不到|无法)|系统(?:繁忙|错误|维护)|服务器(?:错误|繁忙|内部错误)|Internal Server Error|Bad Gateway|Service Unavailable|域名.{0,10}(?:过期|出售|到期)|数据库(?:连接)?(?:错误|失败)", re.IGNORECASE)),
    ("login_wall", re.compile(r"(?:请|需要?|您?尚未|您?还没有?)(?:先)?(?:登录|登陆|注册)(?:后|账号|才能|以)?(?:查看|阅读|访问|浏览|继续|再)?|(?:登录|付费|订阅|开通会员)(?:后|即可|才能)(?:可)?(?:查看|阅读|继续|浏览)|仅限?(?:会员|订阅用户)")),
    ("javascript_shell", re.compile(r"(?:启用|开启|打开|支持|允许).{0,6}JavaScript|JavaScript.{0,20}(?:禁用|enabled|required|disabled|enable)|enable JavaScript|正在跳转|页面跳转|(?:浏览器|版本).{0,8}(?:过低|升级)|location\.(?:href|replace)", re.IGNORECASE)),
)  # fmt: skip
_PARASITE = re.compile(
    r"(?:澳门|彩票|博彩|赌场|棋牌|时时彩|六合彩|百家乐|老虎机|真人(?:荷官|娱乐)|bet\s?365|必威|亚博|开元棋牌|威尼斯人|新葡京|太阳城|乐鱼|凯发|皇冠体育|万博|kaiyun|开云体育|米兰体育|欧宝|华体会|188宝|投注平台|赌博网站)",
    re.IGNORECASE,
)


_ABOUT = re.compile(
    r"^\W*(?:关于(?:我们|本站|本网)|联系(?:我们|方式)|广告(?:服务|合作|刊例)|版权声明|网站声明|免责声明|法律声明|隐私(?:政策|声明)|网站地图|招聘信息|诚聘英才|友情链接|投稿须知|用户协议)\W*$"
)


def check_page(view: View) -> None:
    """Raise when a page says by its few words that it is no article.

    Raises:
        NotAnArticle: ``blocked``, ``soft_404``, ``login_wall``, ``javascript_shell``.
    """
    text = view.lines.text_of(0, min(len(view.lines.blocks), 60))
    head = f"{view.title}\n{text}"[:_SHORT_PAGE]
    if len(view.lines.text_of(0, len(view.lines.blocks))) > _SHORT_PAGE and not _titled_as_error(view.title):
        return
    for reason, words in _WORDS:
        if match := words.search(head):
            raise NotAnArticle(reason, view.parsed.url, f"the page says {match.group()[:40]!r}")


def _titled_as_error(title: str) -> bool:
    return (
        len(title) <= 30
        and re.match(
            r"^\W*(?:404|403|50\d|出错|错误|页面不存在|找不到页面|Not Found|系统提示|提示信息)",
            title,
            re.IGNORECASE,
        )
        is not None
    )


def check_body(view: View, values: Values, body: Body | None, headline: FoundHeadline | None) -> None:
    """Raise when what was found is no article's body.

    Raises:
        NotAnArticle: ``list_page``, ``soft_404`` and its like, ``video_only``, ``parasite``, ``too_short``, ``no_headline``.
    """
    url = view.parsed.url
    text = body.text(view.lines) if body is not None else ""
    if len(text) < _SHORT_BODY:
        for reason, words in _WORDS:
            if match := words.search(text):
                raise NotAnArticle(reason, url, f"the text says {match.group()[:40]!r}")
    if body is None or len(text) < _LEAST_BODY:
        raise NotAnArticle(
            _why_empty(view, values),
            url,
            f"{len(text)} characters of text, {sum(values.prose)} lines of prose",
        )
    prose = [index for index in body.lines if values.prose[index]]
    if prose and all(is_cut_short(view.lines.blocks[index].text) for index in prose):
        raise NotAnArticle("list_page", url, f"every paragraph is a teaser: {text[-30:]!r}")
    if not prose and body.reason != BRIEF:
        raise NotAnArticle(_why_empty(view, values), url, "no line of it is a sentence")
    if headline is None and not ((len(prose) > 1 and len(text) >= _SHORT_BODY) or _is_announced(view, body)):
        raise NotAnArticle(
            _why_empty(view, values), url, "neither the title nor a line reads like a headline"
        )
    if headline is not None and _ABOUT.match(headline.text):
        raise NotAnArticle("list_page", url, f"a page of the site about itself: {headline.text}")
    hanzi = sum("一" <= character <= "鿿" for character in text)
    if hanzi >= _LEAST_HANZI and common_hanzi_ratio(text) < _LEAST_HANZI_RATIO:
        raise NotAnArticle("charset", url, f"read as {view.parsed.charset} the text is no Chinese")
    hits = {match.lower() for match in _PARASITE.findall(f"{view.title}\n{text}")}
    if len(hits) >= _PARASITE_HITS or (_PARASITE.search(view.title) and len(hits) >= 3):
        raise NotAnArticle("parasite", url, f"gambling words: {', '.join(sorted(hits)[:5])}")


def _is_announced(view: View, body: Body) -> bool:
    """Return whether a list behind the body has its beginning as a teaser: its headline can be recovered there."""
    blocks = view.lines.blocks
    beginnings = ["".join(blocks[index].text.split())[:_TEASER_KEY] for index in body.lines[:3]]
    text = "".join("".join(block.text.split()) for block in blocks[body.lines[-1] + 1 :])
    return any(len(one) == _TEASER_KEY and one in text for one in beginnings)


def _why_empty(view: View, values: Values) -> str:
    blocks = view.lines.blocks
    links = sum(block.link_length * 2 > len(block.text) and len(block.text) >= 8 for block in blocks)
    if links >= _LIST_LINKS:
        return "list_page"
    if next(view.tree.iter("video", "embed", "object"), None) is not None:
        return "video_only"
    if sum(len(block.text) for block in blocks) < 100 and next(view.tree.iter("script"), None) is not None:
        return "javascript_shell"
    return "list_page" if links >= 8 else "too_short"
