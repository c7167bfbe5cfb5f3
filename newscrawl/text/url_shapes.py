"""What an address alone tells: article or list, and the family of the system that made it.

The rules are one ordered list, specific before general; the first that matches decides. Each looks at the
path and query in lower case. A rule that is unsure says nothing: ``unknown`` costs a look at the anchor
text, a list called article costs a fetch on every visit.

Tried and rejected: any path with a number of five digits as article (calls ``/list/12050.html`` and
``/channel/74397.html`` articles); any address that ends in a slash as list (WordPress articles do).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

UrlKind = Literal["article", "list", "unknown"]


@dataclass(frozen=True, slots=True)
class UrlShape:
    """What an address looks like: the name of the rule, which begins with the CMS family, and the kind."""

    name: str
    kind: UrlKind


SHAPE_LIMIT = 600
"""Characters that are looked at. Of 1,526 article addresses on 63 saved pages the longest has 532; it bounds the cost of a rule."""

_NO_SHAPE = UrlShape("none", "unknown")

_EXT = r"\.(?:s?html?|xhtml|jhtml|php|aspx?|jspx?|do)"
_PAGE = r"(?:[_-]\d{1,3})?"  # page two of an article: _2.html, and _1.htm in TRS
_Y = r"(?:19|20)\d\d"
_M = r"(?:0?[1-9]|1[0-2])"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_MM = r"(?:0[1-9]|1[0-2])"
_DD = r"(?:0[1-9]|[12]\d|3[01])"
_DAY = rf"(?:{_Y}[/-]{_M}[/-]{_D}|{_Y}-?{_MM}/{_DD}|{_Y}/?{_MM}-?{_DD}|{_Y}/[a-z]*\d*_{_MM}{_DD})"
"""A day in directories: 2023/08/10, 2023-8-10, 2023-08/10, 202308/10, 2023/0810, 20230810, 2023/08-10, 2023/12_0810."""

_RULES: tuple[tuple[str, UrlKind, str], ...] = (
    # -- what is neither, whatever its number ------------------------------------------------------
    ("service", "unknown", rf"/(?:about|about_?us|contact|contact_?us|copyright|login|register|reg|help|guanggao|adv?|links?|sitemap|feedback|comment|comments|user|member|vote|print|count|click|rss(?=[./]?$))(?:[/_.?-]|{_EXT}|$)"),
    ("forum", "unknown", r"/(?:thread|forum|space|group|viewthread)[-.]|[?&]mod=(?:viewthread|forumdisplay|space)\b"),
    # -- lists that carry numbers, before the articles they resemble -------------------------------
    ("epaper-list", "list", rf"/(?:layout|node)/{_Y}[/-]?{_MM}/?-?{_DD}/|/{_Y}[/-]?{_MM}/?{_DD}/(?:l|node_)[a-z]?\d{{1,3}}{_EXT}$|/page\d{{1,3}}[a-z]{{0,3}}{_EXT}$"),
    ("founder-list", "list", rf"/node_[0-9a-f]+(?:_\d+)?(?:{_EXT}|/?$)"),
    ("hanweb-list", "list", r"/col/col\d+(?:/|$)|/module/web/jpage/"),
    ("phpcms-list", "list", rf"/(?:lists?|category|cat)-\d+(?:-\d+)*{_EXT}$|[?&]a=(?:lists|init)\b"),
    ("dede-list", "list", rf"/list_[a-z0-9]+(?:_\d+)*{_EXT}$|/plus/(?:list|rssmap)\.php"),
    ("empire-list", "list", r"/e/(?:action/listinfo|tags|search|web)\b"),
    ("vsb-list", "list", rf"/list/(?:\d+/)?\d+{_EXT}$|/list/[0-9a-f]{{6,32}}{_EXT}$|/list\d*{_EXT}$"),
    ("wordpress-list", "list", r"/(?:category|tag|tags|author|page)/[^?]*$"),
    ("index-list", "list", rf"/(?:index|default|home|main)(?:[_-]?\d{{1,5}})?{_EXT}(?:$|\?(?:page|p|pn|pageno|pagenum|pageindex)=\d*$)"),
    ("paged-list", "list", r"^[^?]*/(?:[a-z]+\d*/?)?\?(?:.*&)?(?:page|pn|pageno|pagenum|pageindex|curpage|paged)=\d+$"),
    ("section-list", "list", rf"/(?:list|lists|channel|channels|column|columns|category|class|section|sort|lanmu|pindao|node|tag|search|more|roll|gundong|archive|newslist|morenews)[/_-]?(?:[a-z]{{0,12}}[_-]?)?\d{{0,8}}(?:[_-]\d{{1,6}}){{0,3}}(?:{_EXT}|/)?(?:\?|$)"),
    ("section-list", "list", rf"/(?:channel|column|category|lanmu)[-_](?:list|index)\b[^/]*{_EXT}$|/[a-z]*list{_EXT}(?:\?|$)"),
    ("query-list", "list", rf"/[a-z_]*(?:class|sort|column|category|channel|more)[a-z_]*{_EXT}\?(?:.*&)?[a-z]{{0,8}}id=\d+(?:&(?:page|p)=\d*)?$"),
    ("query-list", "list", r"[?&](?:cat|tid|typeid|classid|catid|cid|columnid|channelid|nodeid|sortid|lmid|categoryid)=\d+(?:&(?:page|p|pn|totalresult|pageno|pagenum)=\d*)*$"),
    # -- articles, family by family ----------------------------------------------------------------
    ("trs", "article", rf"/t{_Y}{_MM}{_DD}_\d+{_PAGE}{_EXT}$"),
    ("founder", "article", rf"/content[_-]?\d{{3,}}(?:_\d+)*{_EXT}(?:\?|$)"),
    ("founder-hash", "article", rf"/node_[0-9a-f]+/[0-9a-f]{{8,}}{_EXT}$"),
    ("ucap", "article", rf"/(?:content/)?(?:m?post|zwgk)_\d+{_PAGE}{_EXT}$"),
    ("enorth", "article", rf"/system/{_Y}/{_M}/{_D}/\d+{_PAGE}{_EXT}$"),
    ("hanweb", "article", rf"/art/{_Y}/{_M}/{_D}/art_\d+_\d+{_PAGE}{_EXT}$|/art_\d+_\d{{3,}}{_EXT}$"),
    ("webplus", "article", rf"/{_Y}/{_MM}{_DD}/c\d+a\d+/page\d*\.\w{{3,4}}$"),
    ("vsb", "article", rf"/info/\d+/\d+{_PAGE}{_EXT}$|[?&]wbnewsid=\d+"),
    ("phpcms", "article", rf"/(?:show|content|article|news|view|detail|a)-\d+(?:-\d+){{1,3}}{_EXT}$|[?&]a=show\b.*[?&]id=\d+|[?&]id=\d+.*[?&]a=show\b"),
    ("dede", "article", r"/plus/view\.php\?(?:.*&)?aid=\d+"),
    ("discuz-portal", "article", rf"/article-\d+-\d+{_EXT}$|/portal\.php\?(?:.*&)?aid=\d+"),
    ("zblog", "article", rf"/(?:post|archives?|p)/\d+(?:{_EXT}|/)?$|^/\?(?:id|p)=\d+$"),
    ("epaper", "article", rf"/(?:articel|article|arti)\d+[a-z]{{0,3}}{_EXT}|/(?:con|content)/{_Y}[/-]?{_MM}/?{_DD}/(?:c|content_?)\d+{_EXT}"),
    ("platform", "article", rf"/doc-[a-z]*\d{{5,}}{_EXT}|/detail-[a-z0-9]{{8,}}\.d{_EXT}|/rain/a/{_Y}\w+$|/omn/\w+/\w+{_EXT}|^/c/[0-9a-z]{{10,}}$|/ws[0-9a-f]{{16,}}(?:_\d+)?{_EXT}|/newsdetail_forward_\d+$|/a/\d{{6,}}_\d+$|/arti[0-9a-z]{{12,}}{_EXT}|^/s\?__biz=|/dy/article/\w+{_EXT}|/\d\d/{_MM}{_DD}/\d\d/[0-9a-z]{{12,}}{_EXT}|/article/[0-9a-z]{{10,12}}$|/[0-9a-f]{{24,40}}/c{_EXT}"),
    # -- articles by what most systems share -------------------------------------------------------
    ("dated", "article", rf"/{_DAY}/(?:[^/?]+/)?(?!(?:index|default|list|node|page)\b)[^/?]*\d[^/?]*{_EXT}(?:\?|$)"),
    ("dated", "article", rf"/{_DAY}/[^/?]{{4,}}/?$"),
    ("dated-name", "article", rf"/[a-z_-]*{_Y}-?{_MM}-?{_DD}[_-]?[0-9a-z]{{2,}}{_PAGE}{_EXT}(?:\?|$)"),
    ("dated-name", "article", rf"/{_Y}_{_MM}_{_DD}_\d+{_PAGE}{_EXT}(?:\?|$)"),
    ("monthly", "article", rf"/{_Y}[/-]?{_MM}/[a-z_-]{{0,12}}\d+{_PAGE}{_EXT}(?:\?|$)"),
    ("yearly", "article", rf"/{_Y}/(?:[a-z]+/)*[a-z_-]{{0,8}}\d{{4,}}{_PAGE}{_EXT}$"),
    ("detail", "article", rf"/(?:news_?|article_?|info_?|content_?)?(?:show|view|detail|details|article|read|content|newsinfo|newsshow|newsview|newsdetail|artdetail)s?(?!list)[/_-]?(?:[a-z0-9]+[/_-])*\d+{_PAGE}(?:{_EXT}|/)?$"),
    ("detail", "article", rf"/[a-z_]*(?:show|view|detail|details|article|read|content|info|news|art)[a-z_]*(?:{_EXT}|/)?\?(?:.*&)?(?:id|aid|nid|newsid|news_id|articleid|article_id|contentid|infoid|docid|serialno|artid|arcid|itemid)=[0-9a-z-]+"),
    ("detail", "article", rf"/c\d{{5,}}/content{_EXT}$|/doc_[0-9a-f]{{16,32}}{_EXT}$"),
    ("detail", "article", r"/[a-z_]*(?:show|view|detail|content|article)[a-z_]*(?:\.\w{2,5})?\?(?:.*&)?[a-z]{1,8}=[0-9a-f]{16,40}(?:&|$)"),
    ("detail", "article", rf"/[a-z_]*[a-z]-(?:detail|show|view|article)-[a-z0-9-]*\d{{3,}}{_EXT}$"),
    ("numbered", "article", rf"/(?!list|node|col|page|index|channel|class)[a-z]{{0,3}}[_-]?\d{{5,}}{_PAGE}{_EXT}(?:\?|$)"),
    ("numbered", "article", rf"/\d{{1,4}}/\d{{1,4}}/\d{{3,}}{_PAGE}{_EXT}$"),
    ("numbered", "article", r"/(?:news|article|articles|story|doc|a|n|p)/\d{5,}/?$"),
    ("numbered", "article", r"/\d{15,20}/?$"),
    ("hashed", "article", r"/(?:news|article|detail|n|a)/[0-9a-z_-]{8,}={1,2}$"),
    ("hashed", "article", rf"/(?=[0-9a-z]*\d[a-z])(?=[0-9a-z]*[a-f]\d)[0-9a-f]{{10,40}}{_EXT}$|/[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}(?:{_EXT})?$"),
    ("hashed", "article", rf"/(?=[a-z]*\d+[a-z]+\d+[a-z]+\d)[0-9a-z]{{12,32}}{_EXT}$"),
    ("slug", "article", rf"/(?:news|article|story)/[^/?]{{6,}}-\d{{5,}}{_EXT}$"),
    # -- lists by what most systems share ----------------------------------------------------------
    ("dated-list", "list", rf"/{_DAY}/?(?:(?:index|default|node_\w+){_EXT})?$|/{_Y}(?:[/-]?{_MM})?/?$"),
    ("folder", "list", r"^/?$|^[^?]*/$"),
    ("folder", "list", r"^(?:/[a-z][a-z_-]{1,30}\d?)+$"),
    ("named", "list", rf"^(?:/[a-z0-9_-]+)*/[a-z][a-z_-]{{1,24}}(?:[_-]?\d{{1,3}})?{_EXT}$"),
    ("short-number", "list", rf"^(?:/[a-z][a-z_-]*)*/\d{{1,4}}{_EXT}$"),
)  # fmt: skip

_COMPILED = tuple((UrlShape(name, kind), re.compile(rule, re.ASCII)) for name, kind, rule in _RULES)

_MEDIA = re.compile(
    r"""\.(?:jpe?g|png|gif|bmp|webp|svg|ico|tiff?|avif       # pictures
      |mp[34]|m4[av]|avi|wmv|flv|f4v|mov|mkv|rm|rmvb|wav|wma|ogg|webm|m3u8|ts|swf   # sound and film
      |pdf|docx?|xlsx?|pptx?|wps|et|ofd|rtf|csv|txt|epub|caj # documents
      |zip|rar|7z|gz|tgz|tar|bz2|exe|apk|ipa|dmg|msi|iso|bin # things to install
      |css|js|mjs|json|map|woff2?|ttf|eot|otf|xml|rss|atom)\Z""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


_SERVICE_HOST = re.compile(
    r"(?:comment|gentie|pinglun|passport|login|user|tags?|search|so|weibo|ad|ads|bbs\d*|club)\d*\.",
    re.ASCII,
)
"""Hosts of a site that hold comments, accounts, searches and forums: no articles, and lists of other lists."""


@lru_cache(maxsize=8192)
def shape_of_url(url: str) -> UrlShape:
    """Return the first rule that the path and query of ``url`` match.

    >>> shape_of_url("http://www.sdnews.com.cn/yw/202608/t20260807_4719212.htm")
    UrlShape(name='trs', kind='article')
    """
    try:
        parts = urlsplit(url[:SHAPE_LIMIT].strip())
    except ValueError:
        return _NO_SHAPE
    if _MEDIA.search(parts.path):
        return UrlShape("media", "unknown")
    if _SERVICE_HOST.match(parts.netloc.lower()):
        return UrlShape("service", "unknown")
    query = parts.query.lower()
    where = (parts.path or "/").lower() + (
        f"?{query}" if query and "http" not in query else ""
    )  # a shared URL is another page's
    return next((shape for shape, rule in _COMPILED if rule.search(where)), _NO_SHAPE)


def kind_of_url(url: str) -> UrlKind:
    """Return what the shape of ``url`` says: article, list, or unknown.

    >>> kind_of_url("http://sd.iqilu.com/v/2023/0810/5491234.shtml"), kind_of_url("http://www.iqilu.com/html/scroll/")
    ('article', 'list')
    >>> kind_of_url("http://www.zbnews.net/about.html")
    'unknown'
    """
    return shape_of_url(url).kind


def is_media_url(url: str) -> bool:
    """Tell whether the path ends in the extension of a picture, a film, a document, a program or a feed."""
    try:
        return bool(_MEDIA.search(urlsplit(url.strip()).path))
    except ValueError:
        return False
