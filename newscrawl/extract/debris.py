"""Words by which lines tell that they are not the article: controls, notices, headings of related lists.

Value of a line, in characters: prose is worth its length, links and debris cost theirs. The body of a page is
the run of lines that is worth most; nothing here removes text by itself. Checked in November 2026 on the 1,297
body lines of 63 pages: none is taken for a control, two for a tail heading of the weak kind.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.extract.blocks import Block

_CONTROL_LENGTH = 120  # characters: a longer line that begins like a control is prose
_NOTICE_LENGTH = 300  # characters
_CACHED_LENGTH = 90  # characters: lines of a template are met on every page of a site


def _any_of(words: str) -> str:
    """Return a pattern that matches any of the words; blanks between words separate them."""
    return "(?:" + "|".join(words.split()) + ")"


_LIST_WORDS = _any_of(
    "推荐 推薦 推送 點閱 阅读 閱讀 排行 排行榜 排名 榜单 热榜 热搜 热词 热点 熱點 热门 熱門 热文 热图 热帖 热读 热议 热推 点击 关注 评论 評論 留言 回复 跟帖 喜欢 喜歡 感兴趣"
    " 文章 资讯 資訊 新闻 新聞 报道 報導 链接 連結 稿件 专题 專題 标签 标题 视频 視頻 影音 影片 图集 图片 圖片 头条 要闻 要聞 快讯 精选 美图 导读 话题 信息 内容 事件 附件 政策 解读 更新 搜索"
)
_STRONG_TAIL = re.compile(
    rf"""^[\W_]{{0,4}}(?:
      [相関关關][关關联聯連连](?:的)?{_LIST_WORDS}?(?:搜索|阅读|推荐)?
    | (?:更多)?(?:相关|推荐|推薦|延伸|拓展|扩展|往期|热门|熱門|热点|熱點|猜您|猜你|为您|為您|编辑部?|編輯部?|小编|站长|网友|最热|最新|精彩|阅读|閱讀|点击|點擊|评论|評論|人气|本类|同类|本周|本月|一周|今日|每日|每周|24小时|48小时|昨日|随机|大家都?在?)
      (?:文章|新闻|新聞|资讯)?(?:推荐|推薦|推送|點閱|阅读|閱讀|排行|排行榜|排名|榜单|热榜|热搜|热词|热文|热帖|评论|評論|留言|回复|文章|资讯|新闻|新聞|影音|更新|喜欢|关注|搜索)(?:榜|列表|区|推荐|排行|排行榜)?
    | (?:我来|我要|我也来|网友|发表|發表|查看|全部|所有|最新|已有|暂无|添加|参与|写|寫)\s?(?:说两句|说几句|说一说|评论|評論|留言|回应|讨论|跟贴|跟帖)
    | (?:其他人|大家|网友|他们)(?:也|都|还|正)?(?:在)?(?:看|搜|关注|读|说) | (?:看过|看了|读过).{{0,6}}(?:的人|还看|也看).{{0,6}}
    | (?:你|您)(?:可能|也许|或许)?(?:也|还|還)?(?:会|會|想)?(?:喜欢|喜歡|感兴趣|想看|关注|关心|知道)(?:的|的文章|的新闻)? | 猜[你您](?:喜欢|感兴趣|想看|关注)
    | [友相]情[链鏈][接結] | 合作媒体 | 媒体报道 | 评论列表 | 评论区 | 留言列表 | 打赏作者? | 作者(?:其他|更多|最新)文章 | 关于作者 | 作者简介
    | 更多(?:精彩|新闻|文章|内容|推荐|资讯|相关|专题|热门).{{0,4}}
    )[\W_]{{0,6}}(?:更多|more|换一换|换一批|展开)?[\W_]{{0,4}}\d{{0,6}}条?[\W_]{{0,3}}$""",
    re.VERBOSE | re.IGNORECASE,
)
_WEAK_TAIL = re.compile(
    rf"""^[\W_]{{0,4}}(?:最新|最近|精彩|今日|今天|本周|特别|主编|图文|视频|圖片|图片|高清|综合|新闻|频道|栏目|本站|全站|本地|重点|重要|独家|头条|站内|行业|精选|原创|热评|本网|近期|热点|社会|滚动)
    {_LIST_WORDS}[\W_]{{0,6}}(?:更多|more)?[\W_]{{0,3}}$""",
    re.VERBOSE | re.IGNORECASE,
)
_TAIL_START = re.compile(
    r"""^[\W_]{0,4}(?:
      (?:上|下|前|后|後)一?[篇条條则則][\s:：>\]】]
    | 相[关關](?:阅读|閱讀|链接|連結|新闻|新聞|推荐|报道|報導|文章|热词搜索|热词)\s?[:：>] | (?:推荐|推薦|延伸|扩展|拓展)(?:阅读|閱讀)\s?[:：>|]
    | 猜[你您](?:喜欢|感兴趣) | (?:其他人|大家)(?:也|都)在看 | 看了(?:这|本|又)篇 | 更多.{0,60}(?:请关注|请点击|敬请|扫|搜索) | 想看更多
    | [\d,]{1,8}条评论 | 已有[\d,]{1,8}[条人] | 写评论 | 评论\s?[(（]?\d{1,7} | 还没有(?:人)?评论 | 暂无评论 | (?:发表|网友|最[热新])评论(?![说称认指道,,])
    | 打[开開]\s?APP | 点击(?:加载|查看)更多 | -?\s?(?:THE\s)?END\s?-?$ | 关注(?:我们|官方)?微信 | 分享让更多人看到 | 喜欢(?:此|这篇|本)文 | 赞赏
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CONTROL = re.compile(
    r"""^[\W_]{0,4}(?:
      分享(?:到|至|给|让|本文|文章|微信|$) | 转发到 | 转播到 | (?:微信|手机)?扫(?:一扫|码|描) | (?:长按|扫描|识别).{0,12}二维码 | .{0,20}二维码.{0,20}$ | 用?微信扫 | 打印 | 關閉
    | 关闭(?:窗口|本页)? | 收藏(?:本|此|文|$) | 举报$ | 纠错 | 我要(?:纠错|反馈|评论|留言|投稿) | 字[号體体](?:[:：\s大]|$) | 【?[大中小]】?\s?【?[大中小]】?\s?【?[大中小]
    | (?:阅读|浏览|点击|访问|播放|人气|瀏覽|點擊)(?:数|量|次数|人数|率)?[:：\s]?\s?\d{0,9}次?$
    | [当當]前位置 | 您?[你您]?(?:当前)?(?:的|所在)的?位置 | 首\s?[页頁]\s?[>»|/·-] | .{1,10}[>»].{1,14}[>»]\s?(?:正文|.{0,14}$)
    | [上下][一1][页頁] | 共\s?\d{1,3}\s?页 | 尾页 | 末页 | 余下全文 | 阅读全文 | 展开(?:全文|阅读)? | 收起 | 点击(?:查看|阅读|展开|下载|关注|图片|进入) | 查看(?:更多|原图|全文|大图|详情|原文) | 加载(?:中|更多|失败)
    | 登[录錄入] | 注册 | 快速登录 | (?:下载|下載).{0,8}(?:APP|客户端) | 客户端(?:下载)? | APP下载 | 打开.{0,8}(?:APP|客户端) | 关注(?:我们|公众号|微信|微博|.{0,8}公众号) | 订阅 | (?:微信)?公众号[:：]
    | 返回(?:首页|搜狐|列表|顶部|.{2,6},查看更多) | 回到?顶部 | TOP$ | 微信\s?微博 | 新浪微博 | QQ空间 | 微信好友 | 朋友圈 | 复制(?:链接|成功) | 投诉 | 点赞 | 赞\s?\d*$ | 踩\s?\d*$ | 评论\s?\d*$ | 回复\s?\d*$
    | 参与评论 | 文明上网 | 跟帖用户 | 用户自律 | (?:已有|共有?|共计)?\s?\d{0,8}\s?(?:条|人)(?:评论|参与|留言|跟帖) | 责编邮箱 | 编辑邮箱 | 倍速 | 高清$ | 超清$ | 标清$ | 直播$ | \d\d:\d\d/\d\d:\d\d
    | 秒?会员跳过广告 | 了解详情 | 正在加载 | 您的浏览器 | 视频加载 | Your\sbrowser | 不感兴趣 | 此内容(?:为|因) | 原网页 | 阅读原文$ | (?:推广|广告|廣告)$ | 标签$ | 标签[:：] | 热词[:：] | (?:文章)?关键[词字]\s?[:：]
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NOTICE_START = re.compile(
    r"""^[\W_]{0,4}(?:
      免责声明 | 版权(?:声明|所有|作品) | 责任声明 | 特别声明 | 郑重声明 | 免责 | (?:本站|本网|网站)(?:所有|转载|发布|声明|部分|内容|郑重) | 声\s?明[:：] | 凡(?:本网|注明|本站|来源)
    | 本文(?:仅代表|来源[:：]|由|为|系|地址|链接|网址|标签|版权|内容|转载|不代表|首发).{0,80}$ | 转载请(?:注明|联系) | 未经.{0,20}(?:不得|禁止|严禁|谢绝) | 以上(?:内容|文章|信息).{0,20}(?:仅|不代表|来自)
    | 版權 | Copyright | ©|\(c\)\s?20 | All\sRights | .{0,16}ICP备 | .{0,20}公网安备 | 违法和?不良信息 | 举报(?:电话|邮箱|热线) | (?:客服|服务|联系|咨询|监督)(?:热线|电话)[:：] | 网站(?:地图|标识)
    | 技术支持 | 主办(?:单位)?[:：] | 承办(?:单位)?[:：] | 关于我们 | 联系我们 | 广告(?:服务|合作|联系|也精彩) | 网友评论仅
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NOTICE = re.compile(
    r"""仅提供信息存储|信息存储空间服务|^Notice:\sThe\scontent|(?:仅|只)代表(?:作者|本人|个人|原作者).{0,6}(?:观点|立场|看法)?|不代表(?:本|.{1,8})(?:网|站|平台|报|刊).{0,6}(?:观点|立场)|风险自担|不构成投资
    |(?:转载|本文|文章|图片|内容).{0,30}(?:出于|目的在于)传递|如(?:有|涉及|存在).{0,12}(?:侵|版权|异议).{0,30}(?:联系|删除)|(?:ICP|互联网|出版|视听|增值电信|经营性网站).{0,20}(?:备案|许可证)|违法和?不良信息|京ICP|All\sRights
    |信息网络传播视听|(?:本站|本网).{0,20}(?:郑重|版权|侵权|转载|著作权)|资料(?:图片)?,?仅供参考|观点(?:判断)?保持中立|网站标识码
    |想爆料|爆料(?:请|热线|平台)|欢迎.{0,10}(?:提供|拨打).{0,10}(?:新闻线索|热线)|^(?:本报|本刊|本网|本站|版权).{0,40}未经.{0,12}(?:授权|许可)|统一刊号""",
    re.VERBOSE,
)
"""What a site says of itself in a long line. 侵权, 著作权, 承担 alone are words of court reports."""
_PROMOTION = re.compile(
    r"""(?:下载|下載|安装|安裝|打开|打開).{0,16}(?:客户端|客戶端|APP|应用) | (?:客户端|客戶端|APP).{0,40}(?:下载|下載) | 点击(?:投票|进入|查看|下载|领取|参与|观看) | 免费试玩
    | (?:关注|關注|扫码|长按).{0,20}(?:公众号|微信|微博|小程序) | 加入.{0,10}(?:群|社区|粉絲團)""",
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。!?;…]|,.{4,},|,.{8,}|:“")
_STAMP = re.compile(
    r"^[\W]{0,3}(?:(?:\d{2,4}\s?[-/.年]\s?)?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d\d)?|\d{1,3}\s?(?:秒|分钟|小时|小時|天|个月)前)[\W]{0,3}$"
)
_SIGNED = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")  # a notice ends with the day it was signed

TAIL_COST = 300.0  # characters of prose that must follow a tail heading before the body can go on behind it
_DEBRIS_COST = 25.0  # characters
_LINK_COST = 10.0  # characters, besides its length
_STAMP_COST = 10.0  # characters
_HEADING_COST = 3.0  # characters: subheadings belong to a body, but do not begin or end one
_PROSE_LENGTH = 15  # characters: a shorter line with a comma may be anything
_PROMOTION_LENGTH = 150  # characters
_LINKED_PROSE_LENGTH = 30  # characters: a whole sentence in a link is a paragraph of its own


def is_tail_heading(text: str) -> bool:
    """Return whether a line is the heading of what follows an article, or the first line of it.

    >>> [is_tail_heading(line) for line in ("相关阅读", "猜你喜欢", "上一篇:夜市开张", "相关部门说,今天开工。")]
    [True, True, True, False]
    """
    return len(text) <= _CACHED_LENGTH and _is_tail_heading(text)


@lru_cache(maxsize=4_096)
def _is_tail_heading(text: str) -> bool:
    return (len(text) <= 24 and _STRONG_TAIL.match(text) is not None) or _TAIL_START.match(text) is not None


def is_weak_tail_heading(text: str) -> bool:
    """Return whether a line may be the heading of a list, or as well a subheading of the article (最新动态)."""
    return len(text) <= 20 and _WEAK_TAIL.match(text) is not None


def is_control(text: str) -> bool:
    """Return whether a line is a control or a notice of the page; a whole sentence is no control.

    >>> [is_control(line) for line in ("分享到:", "字号:大 中 小", "版权所有 某某网", "登录平台的用户可以免费领取。")]
    [True, True, True, False]
    """
    return len(text) <= _NOTICE_LENGTH and _is_control(text)


@lru_cache(maxsize=4_096)
def _is_control(text: str) -> bool:
    is_sentence = text.endswith(("。", "”", "!", "?"))
    if _NOTICE.search(text):
        return True
    if len(text) > _CONTROL_LENGTH:
        return False
    return _NOTICE_START.match(text) is not None or (not is_sentence and _CONTROL.match(text) is not None)


def is_promotion(block: Block) -> bool:
    """Return whether a line with a link asks the reader to install, follow or click something."""
    return (
        block.link_length > 0
        and len(block.text) <= _PROMOTION_LENGTH
        and _PROMOTION.search(block.text) is not None
    )


def is_listed(block: Block) -> bool:
    """Return whether a line is an entry of a list of links; a linked sentence is none."""
    text = block.text
    is_sentence = len(text) >= _LINKED_PROSE_LENGTH and text.endswith(("。", "。”", "!”", "?”"))
    return block.link_length * 2 > len(text) and not is_sentence


def is_prose(block: Block) -> bool:
    """Return whether a line reads like a sentence or more, most of it outside links."""
    text = block.text
    return (
        block.plain_length >= _PROSE_LENGTH
        and block.link_length * 3 <= len(text)
        and 0 < block.punctuation_count * 2 <= len(text)
        and _SENTENCE.search(text) is not None
        and not is_control(text)
        and not is_promotion(block)
    )


def value_of(block: Block) -> float:
    """Return what a line is worth as part of a body, in characters of prose; debris is negative."""
    text = block.text
    if is_tail_heading(text):
        return -TAIL_COST
    if is_prose(block):
        return float(block.plain_length - block.link_length)
    if is_control(text) or is_promotion(block):
        return -_DEBRIS_COST
    if is_listed(block):
        return -float(block.link_length) - _LINK_COST
    if _STAMP.match(text) and not _SIGNED.match(text):
        return -_STAMP_COST
    if block.heading:
        return -_HEADING_COST
    return 0.0


def is_furniture(block: Block) -> bool:
    """Return whether a line belongs to the page's foot: neither prose nor an entry or a stamp of a list."""
    text = block.text
    return is_control(text) or not (is_prose(block) or is_listed(block) or _STAMP.match(text))
