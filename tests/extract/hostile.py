"""Hostile pages, made when they are needed: what breaks parsers, extractors and decoders.

Every page carries the article of ``tests.extract.pages``. ``whole`` says that it must come out whole;
otherwise it may be refused as well, with a reason. It must never come out in part, nor with ``SPAM``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.extract.pages import HEADLINE, PARAGRAPHS, article_html

SPAM = "织梦好好织梦内容来自澳门葡京线上开户网站"
MANY = 600  # paragraphs
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@dataclass(frozen=True)
class Hostile:
    name: str
    html: bytes = field(repr=False)
    content_type: str | None = "text/html; charset=utf-8"
    whole: bool = True
    """Whether the article must come out; False where a refusal is as good."""
    paragraphs: tuple[str, ...] = field(default=PARAGRAPHS, repr=False)
    reasons: frozenset[str] = frozenset()
    """Of a refusal, when only certain ones are right."""


def hostile_pages() -> Iterator[Hostile]:
    for family in (
        nested, unclosed, oversized, references, regex_bombs, crowded, entities, hidden, characters, scripts_and_comments, broken_structure, not_html, no_articles,
    ):  # fmt: skip
        yield from family()


def page(name: str, html: str, *, whole: bool = True, reasons: tuple[str, ...] = ()) -> Hostile:
    return Hostile(name, html.encode("utf-8", "surrogatepass"), whole=whole, reasons=frozenset(reasons))


def nested() -> Iterator[Hostile]:
    for tag in ("div", "span", "font", "blockquote", "ul", "b", "center", "section", "em", "table"):
        for depth in (255, 600, 4_000, 29_000):
            opened, closed = f"<{tag}>" * depth, f"</{tag}>" * depth
            html = article_html().replace('<div class="main">', f'{opened}<div class="main">')
            html = html.replace('<div class="footer">', f'{closed}<div class="footer">')
            yield page(f"{depth} {tag} around the article", html, whole=depth < 1_000 and tag != "table")
    for depth in (300, 2_000):
        html = article_html(after="<div>" * depth + "热点" + "</div>" * depth)
        yield page(f"{depth} div behind the article", html)
    lists = "<ul><li>" * 1_000 + "x" + "</li></ul>" * 1_000
    yield page("1000 nested lists behind the article", article_html(after=lists), whole=False)


def unclosed() -> Iterator[Hostile]:
    many = tuple(f"第{number}段说的是县里第{number}件事，办得怎样，群众最清楚。" for number in range(MANY))
    for tag in (
        "font",
        "span",
        "b",
        "strong",
        "em",
        "i",
        "u",
        "div",
        "center",
        "section",
        "o:p",
        "small",
        "blockquote",
    ):
        body = "".join(f"<p><{tag}>{paragraph}</p>" for paragraph in many)
        html = article_html().replace(article_html().split('class="zw">')[1].split("</div>")[0], body)
        yield Hostile(f"<{tag}> left open in {MANY} paragraphs", html.encode(), paragraphs=many, whole=False)
    for tag in ("a", "b", "div", "td", "table", "li", "ul", "span", "h2", "form", "label"):
        yield page(
            f"<{tag}> left open before the article",
            article_html(before=f"<{tag} href='/x'>"),
            whole=tag != "table",
        )


def oversized() -> Iterator[Hostile]:
    for size in (100_000, 1_000_000, 4_000_000):
        yield page(
            f"a comment of {size} before the article",
            article_html(before=f"<!--{'x' * size}-->"),
            whole=size < 2_000_000,
        )
        yield page(
            f"a script of {size} before the article",
            article_html(before=f"<script>{'x;' * (size // 2)}</script>"),
            whole=size < 2_000_000,
        )
        yield page(
            f"an attribute of {size}", article_html(before=f'<div data-x="{"x" * size}"></div>'), whole=False
        )
        yield page(
            f"a text of {size} behind the article",
            article_html(after=f"<div>{'by ' * (size // 3)}</div>"),
            whole=False,
        )
        picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * (size // 11)}">'
        yield page(f"a pasted picture of {size}", article_html(before=picture), whole=size < 2_000_000)
    yield page("9 MB", article_html(after=" " * 9_000_000), whole=False, reasons=("too_large",))
    yield page("a tag of 1 MB", "<html " + "x" * 1_000_000 + ">" + article_html(), whole=False)


def references() -> Iterator[Hostile]:
    codes = (
        "&#0;",
        "&#1;",
        "&#8;",
        "&#11;",
        "&#12;",
        "&#27;",
        "&#31;",
        "&#x1F",
        "&#xFFFE;",
        "&#xFFFF;",
        "&#xD800;",
        "&#1114112;",
        "&#99999999999;",
        "&#x7f;",
        "&#128;",
        "&#x0b",
    )
    for code in codes:
        yield page(f"{code} in the footer", article_html(after=f"<p>页脚{code} </p>"))
        yield page(f"{code} in the title", article_html().replace("</title>", f"{code} </title>"))
        yield page(f"{code} between two paragraphs", article_html().replace("</p>\n", f"</p>{code} \n", 1))
    for control in "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\ufeff\ufffe":
        html = article_html().replace("县", f"县{control}")
        yield page(f"U+{ord(control):04X} behind a word", html, whole=control != "\x00")


def regex_bombs() -> Iterator[Hostile]:
    for length in (50_000, 1_000_000):
        yield page(
            f"a doctype of {length} strokes",
            article_html().replace("<!DOCTYPE html>", f"<!DOCTYPE html {'/' * length}>"),
        )
        ld = '{"@type":"NewsArticle","headline":"' + '\\"' * (length // 2)
        yield page(
            f"JSON-LD of {length} without end",
            article_html(head=f'<script type="application/ld+json">{ld}</script>'),
        )
        deep = "[" * length
        yield page(
            f"JSON-LD of {length} brackets",
            article_html(head=f'<script type="application/ld+json">{deep}</script>'),
        )
        styles = "a{display:none}" * (length // 15)
        yield page(f"{length} of style rules", article_html(head=f"<style>{styles}</style>"))
        yield page(f"{length} of braces in a style", article_html(head=f"<style>{'{' * length}none</style>"))
        yield page(
            f"a style attribute of {length}",
            article_html(after=f'<p style="{"overflow:hidden;" * (length // 16)}">x</p>'),
            whole=False,
        )
    for unit in (
        "记者 ",
        "来源:",
        "2023-",
        "1 > ",
        "相关",
        "(",
        "【",
        "更多",
        "分享",
        ",",
        "上一篇",
        "http://",
        "字号 ",
        "&#",
        "<!--enpcontent-->",
        "charset=",
    ):
        yield page(
            f"200,000 of {unit!r} in a line",
            article_html(after=f"<div>{unit * (200_000 // len(unit))}</div>"),
            whole=False,
        )
        yield page(f"2,000 lines of {unit!r}", article_html(after=f"<p>{unit}</p>" * 2_000), whole=False)
    keywords = ",".join(["关键"] * 100_000)
    yield page(
        "100,000 keywords", article_html(head=f'<meta name="keywords" content="{keywords}">'), whole=False
    )


def crowded() -> Iterator[Hostile]:
    yield page("40,000 spans in a paragraph", article_html(after=f"<p>{'<span>x' * 28_000}</p>"), whole=False)
    yield page("14,000 closed spans", article_html(after=f"<p>{'<span>x</span>' * 14_000}</p>"), whole=False)
    yield page(
        "14,000 cells in a row",
        article_html(after=f"<table><tr>{'<td>x</td>' * 14_000}</tr></table>"),
        whole=False,
    )
    yield page("25,000 items left open", article_html(after="<li>文" * 25_000), whole=False)
    yield page("25,000 links", article_html(after="<a href=/x>热</a>" * 12_000), whole=False)
    yield page(
        "a million links",
        article_html(after="<a href=/x>" * 600_000),
        whole=False,
        reasons=("too_many_tags",),
    )
    yield page(
        "100,000 line breaks", article_html(after="<br>" * 100_000), whole=False, reasons=("too_many_tags",)
    )
    for count in (900, 5_000, 100_000):
        attributes = " ".join(f"a{number}=1" for number in range(count))
        yield page(
            f"{count} attributes on a tag",
            article_html(before=f"<div {attributes}></div>"),
            whole=count < 1_000,
        )
    junk = "<div>" + "<p>by by by by, by by by by. by by!</p>" * 8_000 + "</div>"
    yield page("a junk block of 300 KB behind the article", article_html(after=junk), whole=False)
    yield page(
        "a junk block before the article",
        article_html().replace('<div class="nav">', junk + '<div class="nav">'),
        whole=False,
    )


def entities() -> Iterator[Hostile]:
    bomb = (
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    )
    yield page("an entity bomb", article_html(after="<p>&c;</p>").replace("<!DOCTYPE html>", bomb))
    xxe = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    yield page("an external entity", article_html(after="<p>&f;</p>").replace("<!DOCTYPE html>", xxe))
    yield page("XHTML", '<?xml version="1.0" encoding="gb2312"?>' + article_html())


def hidden() -> Iterator[Hostile]:
    styles = (
        "display:none",
        "DISPLAY : NONE",
        "visibility:hidden",
        "font-size:0",
        "font-size:0px;color:red",
        "position:absolute;left:-9999px",
        "text-indent:-9999px",
        "opacity:0",
        "height:0;overflow:hidden",
    )
    for style in styles:
        for tag in ("span", "div", "p"):
            html = article_html().replace("</p>\n", f'<{tag} style="{style}">{SPAM}</{tag}></p>\n', 2)
            yield page(f"spam in {tag} {style}", html)
    for markup in (
        f"<p hidden>{SPAM}。</p>", f"<template><p>{SPAM}。</p></template>", f"<noscript><p>{SPAM}。</p></noscript>", f"<font color='#FFFFFF'>{SPAM}</font>",
        f"<textarea>{SPAM}。</textarea>", f"<!-- {SPAM} -->", f"<svg><text>{SPAM}</text></svg>", f"<select><option>{SPAM}</select>", f"<iframe>{SPAM}</iframe>", f"<object>{SPAM}</object>",
    ):  # fmt: skip
        yield page(f"spam in {markup[:12]}", article_html().replace("</p>\n", f"</p>{markup}\n", 2))
    html = article_html(head="<style>.Ab123{display:none} #hid,.x1{color:red;display:none}</style>")
    yield page(
        "spam in a class of the page's own style",
        html.replace("</p>\n", f"<span class='Ab123'>{SPAM}</span></p><p class='x1'>{SPAM}。</p>\n", 2),
    )


def characters() -> Iterator[Hostile]:
    for name, junk in (
        ("zero width", "\u200b\u200d\ufeff"),
        ("right-to-left", "\u202e"),
        ("soft hyphen", "\xad"),
        ("variation selector", "\ufe0f"),
    ):
        yield page(f"{name} behind the article", article_html(after=f"<p>页脚{junk * 50}</p>"))
    yield page(
        "a million combining marks", article_html(after="<p>x" + "\u0301" * 1_000_000 + "</p>"), whole=False
    )
    yield page("a lone surrogate", article_html(after="<p>\ud800</p>"), whole=False)
    yield page("private use behind the article", article_html(after="<p>\ue000\uf8ff</p>"))
    yield page("script as a headline", article_html(head="<link rel=canonical href='javascript:alert(1)'>"))


def scripts_and_comments() -> Iterator[Hostile]:
    for opening in (
        "<!--",
        "<script>",
        "<style>",
        "<textarea>",
        "<title>",
        "<xmp>",
        "<plaintext>",
        "<noscript>",
        "<iframe>",
        "<select>",
        "<svg>",
        "<math>",
        "<template>",
        "<noframes>",
        "<listing>",
    ):
        yield page(f"{opening} left open before the article", article_html(before=opening), whole=False)
    yield page(
        "a conditional comment",
        article_html(before="<!--[if lt IE 9]><p>old</p><![endif]--><![if !IE]>new<![endif]>"),
    )
    yield page("CDATA", article_html(before="<![CDATA[ x ]]>"))
    yield page("a processing instruction", article_html(before="<?php echo 1 ?>"), whole=False)
    yield page(
        "a script that writes markup",
        article_html(before="<script>document.write('</div><p>x</p>')</script>"),
    )


def broken_structure() -> Iterator[Hostile]:
    html = article_html()
    for stray in (
        "</html>",
        "</body>",
        "</body></html>",
        "<body>",
        "<html><head></head><body>",
        "</div></div></div></div>",
        "</p></p>",
        "<head>",
        "</table></td>",
        "</BODY ></HTML>",
    ):
        yield page(f"{stray} above the headline", html.replace("<h1>", f"{stray}<h1>"))
        yield page(f"{stray} above the article", html.replace('<div class="zw">', f'{stray}<div class="zw">'))
    yield page(
        "the article in a form", html.replace('<div class="main">', "<form action=/x><div class='main'>")
    )
    yield page(
        "the article in tables",
        html.replace('<div class="main">', "<table><tr><td><table><tr><td>").replace(
            '<div class="footer">', "</td></tr></table></td></tr></table><div class='footer'>"
        ),
    )
    yield page(
        "no doctype, head or body",
        f"<title>{HEADLINE}</title><h1>{HEADLINE}</h1><div>2026-05-06 来源：鲁山日报</div>{BODY}",
    )
    yield page(
        "upper case",
        html.replace("<p>", "<P>").replace("</p>", "</P>").replace("<h1>", "<H1>").replace("</h1>", "</H1>"),
    )
    yield page(
        "paragraphs as sections", html.replace("<p>", "<section><span>").replace("</p>", "</span></section>")
    )
    yield page("paragraphs as lines", html.replace("<p>", "").replace("</p>", "<br><br>"))
    yield page(
        "paragraphs in cells", html.replace("<p>", "<table><tr><td>").replace("</p>", "</td></tr></table>")
    )
    yield page("unknown elements", html.replace("<p>", "<my-para>").replace("</p>", "</my-para>"))
    yield page(
        "attributes without quotes", html.replace('class="main"', "class=main id=a>b onclick=x"), whole=False
    )


def not_html() -> Iterator[Hostile]:
    reasons = frozenset(
        {
            "not_html",
            "empty",
            "charset",
            "too_short",
            "too_many_tags",
            "huge_tag",
            "list_page",
            "javascript_shell",
        }
    )
    samples = {
        "nothing": b"", "blanks": b" \r\n\t" * 100, "NULs": b"\x00" * 5_000, "a BOM": b"\xef\xbb\xbf", "JPEG": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400,
        "PDF": b"%PDF-1.4\n" + bytes(range(256)) * 400, "gzip": b"\x1f\x8b\x08" + bytes(range(256)) * 400, "PNG": b"\x89PNG\r\n\x1a\n" + b"<p>" * 50,
        "plain text": "\n".join(PARAGRAPHS).encode(), "JSON": json.dumps({"text": PARAGRAPHS}).encode(), "one tag": b"<p>", "one bracket": b"<",
        "a feed": b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>x</title></item></channel></rss>', "a sitemap": b"<urlset><url><loc>x</loc></url></urlset>",
    }  # fmt: skip
    for name, content in samples.items():
        yield Hostile(name, content, "text/html", False, (), reasons)
    noise = bytes((number * 7919 + number // 256 * 31) % 256 for number in range(60_000))
    yield Hostile("noise", noise, "text/html", False, (), reasons)
    yield Hostile(
        "an article sent as a picture",
        article_html().encode(),
        "image/jpeg",
        False,
        reasons=frozenset({"not_html"}),
    )


def no_articles() -> Iterator[Hostile]:
    texts = {
        "soft_404": "<title>页面不存在</title><p>抱歉，您访问的页面不存在或已被删除，请返回首页。</p>",
        "blocked": "<title>网站防火墙</title><h1>请求被拦截</h1><p>您的请求带有不合法参数，已被网站管理员设置拦截，请联系管理员。</p>",
        "javascript_shell": "<title>鲁山新闻网</title><noscript>x</noscript><div id=app></div><p>请启用JavaScript后继续访问本页面。</p><script src=a.js></script>",
        "login_wall": "<title>用户登录</title><form><p>请先登录后查看全文，没有账号的读者可以免费注册。</p></form>",
    }
    for reason, body in texts.items():
        html = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"
        yield Hostile(
            f"a page that says {reason}",
            html.encode(),
            whole=False,
            paragraphs=(),
            reasons=frozenset({reason}),
        )
    links = "".join(
        f"<li><a href='/{n}.html'>鲁山县举行第{n}届乡村运动会开幕式</a> 2026-05-{n % 28 + 1:02}</li>"
        for n in range(60)
    )
    html = f"<html><head><title>社会频道_鲁山新闻网</title></head><body><h1>社会频道</h1><ul>{links}</ul></body></html>"
    yield Hostile(
        "a section front", html.encode(), whole=False, paragraphs=(), reasons=frozenset({"list_page"})
    )
