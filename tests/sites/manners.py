"""How each content management system writes its addresses and marks up its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sites.site import Entry, Section

Listing = Callable[["Section", int, int], str]
"""Of a section, a page from 1 (of a newspaper: the day's ordinal) and the number of pages: the path of that page."""


def by_day(form: str) -> Listing:
    """Return a writer of the addresses of a newspaper's pages; the number is that of the day."""
    return lambda s, p, pages: form.format(n=s.number, d=date.fromordinal(p))


def first_or(first: str, other: str) -> Listing:
    """Return a writer of list addresses: one form for the first page and one for the others.

    ``{n}`` is the section's number, ``{dir}`` its folder, ``{p}`` the page from 1, ``{z}`` from 0, and
    ``{down}`` counts from the last.
    """
    return lambda s, p, pages: (first if p == 1 else other).format(
        n=s.number, dir=s.folder, slug=s.slug, p=p, z=p - 1, down=pages - p + 1, pages=pages
    )


def article(form: str) -> Callable[[Entry], str]:
    """Return a writer of article addresses; ``{id}`` is the story's number in the site's own count."""
    return lambda e: form.format(
        d=e.at,
        id=e.id,
        n=e.section.number,
        dir=e.section.folder,
        slug=e.section.slug,
        hex=_digest(e.id),
        word=_word(e.id),
    )


def _digest(number: int) -> str:
    return hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()


def _word(number: int) -> str:
    """Return a number as syllables, as systems do that make addresses of headlines."""
    syllables = "lan shan fei xian kai fang yan lian jie ti sheng min jian she gong yuan".split()
    return "-".join(syllables[int(digit, 16)] for digit in f"{number:x}")


@dataclass(frozen=True)
class Manner:
    """The way of one system."""

    family: str
    article: Callable[[Entry], str]
    listing: Listing
    body: str
    """Markup around the paragraphs, which stand for {body}."""
    pager: str = "words"
    """``words`` ``numbers`` ``script`` ``select`` ``more`` ``datastore``, or ``issues`` of a newspaper."""
    head: str = ""
    """What the system leaves in the head of its pages."""
    info: str = "发布时间：{stamp}　来源：{outlet}"
    encoding: str = "utf-8"
    size: int = 20
    """Entries of a page of a list."""
    second_page: Callable[[str], str] | None = None
    """Path of an article -> path of its second page; some articles have one."""
    feed: str = ""
    """Path of its feed, linked in the head."""
    sitemap: str = ""
    """Path of its sitemap, named in robots.txt."""


def _before_extension(mark: str) -> Callable[[str], str]:
    def second(path: str) -> str:
        stem, dot, extension = path.rpartition(".")
        return f"{stem}{mark}{dot}{extension}"

    return second


MANNERS: dict[str, Manner] = {
    "trs": Manner(
        "TRS", article("{dir}{d:%Y%m}/t{d:%Y%m%d}_{id}.htm"), first_or("{dir}", "{dir}index_{z}.htm"),
        '<div class="view TRS_UEDITOR"><div class=TRS_Editor>{body}</div></div>', pager="script",
        head='<meta name="ColumnName" content="新闻">', second_page=_before_extension("_1"),
    ),
    "trs-gov": Manner(
        "TRS", article("{dir}art/{d:%Y%m}/t{d:%Y%m%d}_{id}.shtml"), first_or("{dir}index.shtml", "{dir}index_{z}.shtml"),
        '<div id="Zoom"><div class="TRS_Editor"><div class="Custom_UnionStyle">{body}</div></div></div>', pager="words",
        head='<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{stamp}">', size=15,
    ),
    "founder": Manner(
        "Founder", article("/content/{d:%Y-%m}/{d:%d}/content_{id}.htm"), first_or("/node_{n}.htm", "/node_{n}_{p}.htm"),
        '<div id="content"><!--enpcontent--><founder-content>{body}</founder-content><!--/enpcontent--></div>', pager="numbers",
        head="<!--enpproperty <articleid>{id}</articleid><date>{stamp}</date><title>{title}</title>/enpproperty-->", size=25,
    ),
    "enorth": Manner(
        "enorth", article("/system/{d:%Y/%m/%d}/0{id}.shtml"), first_or("{dir}index.shtml", "{dir}index_{p}.shtml"),
        '<div class="f14 lh26" id="news_more_page_div_id">{body}</div>', pager="words",
        info='<span id="pubtime_baidu">{stamp}</span> <span id="source_baidu">来源：{outlet}</span>',
    ),
    "hanweb": Manner(
        "Hanweb", article("/art/{d.year}/{d.month}/{d.day}/art_{n}_{id}.html"), first_or("/col/col{n}/index.html", "/col/col{n}/index.html?uid=31&pageNum={p}"),
        '<div id="zoom"><!--ZJEG_RSS.content.begin-->{body}<!--ZJEG_RSS.content.end--></div>', pager="datastore", encoding="gbk",
    ),
    "vsb": Manner(
        "VSB", article("/info/{n}/{id}.htm"), first_or("/{slug}.htm", "/{slug}/{down}.htm"),
        '<form name="_newscontent_fromname"><div id="vsb_content_2">{body}</div></form>', pager="words",
        head='<meta name="Generator" content="Visual SiteBuilder 9"><script src="/system/resource/js/vsbscreen.min.js"></script>',
        info="{stamp}　作者：{reporter}　点击：[<span id=hits>301</span>]",
    ),
    "ucap": Manner(
        "UCAP", article("{dir}content/post_{id}.html"), first_or("{dir}index.html", "{dir}index_{p}.html"),
        '<ucapcontent><div class="content">{body}</div></ucapcontent>', pager="numbers", size=18,
    ),
    "dede": Manner(
        "DedeCMS", article("{dir}{d:%Y}/{d:%m%d}/{id}.html"), first_or("{dir}", "{dir}list_{n}_{p}.html"),
        '<div class="viewbox"><div class="content"><table><tr><td>{body}</td></tr></table></div></div>', pager="select", encoding="gbk",
        head='<link href="/templets/default/style/dedecms.css" rel="stylesheet">', second_page=_before_extension("_2"),
        info="时间:{stamp} 来源:{outlet} 作者:{reporter} 点击:<script src='/plus/count.php?aid={id}'></script>次", feed="/data/rss/1.xml",
    ),
    "dede-dynamic": Manner(
        "DedeCMS", article("/plus/view.php?aid={id}"), first_or("/plus/list.php?tid={n}", "/plus/list.php?tid={n}&TotalResult=333&PageNo={p}"),
        '<div class="viewbox"><div class="content">{body}</div></div>', pager="words", encoding="gbk",
    ),
    "empire": Manner(
        "EmpireCMS", article("{dir}{d:%Y-%m-%d}/{id}.html"), first_or("{dir}", "{dir}index_{p}.html"),
        '<table><tr><td id="text">{body}</td></tr></table>', pager="words", size=25,
        head='<link href="/skin/default/css/style.css" rel="stylesheet">', info="时间：{stamp}　来源：{outlet}　作者：{reporter}",
    ),
    "empire-dynamic": Manner(
        "EmpireCMS", article("/e/action/ShowInfo.php?classid={n}&id={id}"),
        first_or("/e/action/ListInfo/?classid={n}", "/e/action/ListInfo/index.php?page={z}&classid={n}&totalnum=333"),
        '<div class="info_text">{body}</div>', pager="numbers",
    ),
    "phpcms": Manner(
        "PHPCMS", article("/show-{n}-{id}-1.html"), first_or("/list-{n}-1.html", "/list-{n}-{p}.html"),
        '<div id="Article"><div class="content">{body}</div></div>', pager="numbers", head='<link href="/statics/css/reset.css" rel="stylesheet">',
        second_page=lambda path: path.replace("-1.html", "-2.html"),
    ),
    "phpcms-dynamic": Manner(
        "PHPCMS", article("/index.php?m=content&c=index&a=show&catid={n}&id={id}"),
        first_or("/index.php?m=content&c=index&a=lists&catid={n}", "/index.php?m=content&c=index&a=lists&catid={n}&page={p}"),
        '<div id="Article"><div class="content">{body}</div></div>', pager="words",
    ),
    "zblog": Manner(
        "Z-Blog", article("/post/{id}.html"), first_or("/category-{n}.html", "/category-{n}_{p}.html"),
        '<div class="post-body">{body}</div>', pager="numbers", head='<meta name="generator" content="Z-BlogPHP 1.7.3">', size=10,
        info='<span class="post-date">{stamp}</span>', feed="/feed.php",
    ),
    "wordpress": Manner(
        "WordPress", article("/{d:%Y/%m/%d}/{word}/"), first_or("/category/{slug}/", "/category/{slug}/page/{p}/"),
        '<div class="entry-content">{body}</div>', pager="words", size=10, head='<link rel="stylesheet" href="/wp-content/themes/news/style.css">',
        info='<time datetime="{d:%Y-%m-%dT%H:%M:%S+08:00}">{stamp}</time>', feed="/feed/", sitemap="/wp-sitemap.xml",
    ),
    "discuz": Manner(
        "Discuz", article("/article-{id}-1.html"), first_or("/portal.php?mod=list&catid={n}", "/portal.php?mod=list&catid={n}&page={p}"),
        '<table><tr><td id="article_content">{body}</td></tr></table>', pager="words", encoding="gbk",
        head='<meta name="generator" content="Discuz! X3.4">', info="{stamp}| 发布者: {reporter}| 查看: 212| 评论: 0",
    ),
    "jeecms": Manner(
        "JEECMS", article("{dir}{id}.jhtml"), first_or("{dir}index.jhtml", "{dir}index_{p}.jhtml"),
        '<div class="news-txt">{body}</div>', pager="words", info="{stamp} 来源：{outlet} 浏览：<span id=views>55</span>次",
    ),
    "siteserver": Manner(
        "SiteServer", article("/contents/{n}/{id}.html"), first_or("/channels/{n}.html", "/channels/{n}_{p}.html"),
        '<div class="article-body">{body}</div>', pager="select",
    ),
    "iqilu": Manner(
        "own", article("{dir}{d:%Y/%m%d}/{id}.shtml"), first_or("/list/list_{n}_1.shtml", "/list/list_{n}_{p}.shtml"),
        '<div class="article-main">{body}</div>', pager="numbers", size=30,
    ),
    "rednet": Manner(
        "own", article("/content/{n}/{d:%d}/{id}.html"), first_or("/channel/{n}.html", "/channel/{n}.html?page={p}"),
        '<div class="detail-content">{body}</div>', pager="words",
    ),
    "epaper": Manner(
        "newspaper", article("/html/{d:%Y-%m}/{d:%d}/content_{id}.htm?div=-1"), by_day("/html/{d:%Y-%m}/{d:%d}/node_{n}.htm"),
        '<div id="ozoom"><!--enpcontent--><founder-content>{body}</founder-content><!--/enpcontent--></div>', pager="issues",
        info="{stamp}　{outlet}",
    ),
    # -- shapes that exist nowhere -------------------------------------------------------------
    "county-letters": Manner(
        "no rule", article("/{slug}/{word}"), first_or("/{slug}", "/{slug}~{p}"),
        '<section class="wenzhang">{body}</section>', pager="words",
    ),
    "county-query": Manner(
        "no rule", article("/Show.asp?Art={id}&Sort={n}"), first_or("/Sort.asp?S={n}", "/Sort.asp?S={n}&P={p}"),
        '<font size="3"><span id="nr">{body}</span></font>', pager="words", encoding="gbk", info="{stamp}　编辑：{reporter}",
    ),
    "county-opaque": Manner(
        "no rule", article("/x/{hex:.9}"), first_or("/lm/{slug}", "/lm/{slug}/p{p}"),
        '<div class="t-body">{body}</div>', pager="more",
    ),
    "county-weeks": Manner(
        "no rule", article("/{d:%Y}w{d:%V}/{slug}/{id}"), first_or("/lanmu-{slug}", "/lanmu-{slug}-{z}"),
        '<div class="neirong"><div>{body}</div></div>', pager="numbers",
    ),
}  # fmt: skip
