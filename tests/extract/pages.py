"""Pages written for the tests, in the manner of real ones."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.items import Capture, Page, PageHints

URL = "http://www.lushan.example/xinwen/202605/t20260506_4719.htm"
CAPTURED_AT = datetime(2026, 5, 8, 1, 30, tzinfo=UTC)

PARAGRAPHS = (
    "鲁山日报5月6日讯 记者从县住建局获悉，今年以来，鲁山县利用边角地块，新建口袋公园12处，面积共3.6万平方米。",
    "这些公园建在老旧小区旁，配有健身器材、座椅和儿童沙坑，居民出门十分钟就能走到。",
    "“以前这里堆满杂物，现在早晚都有人来散步。”家住城关街道的刘桂兰说。",
    "据介绍，下半年还将新建8处，并为已建成的公园补种树木、增设路灯，方便居民夜间活动。",
)
HEADLINE = "鲁山县新建口袋公园12处"


def capture_of(url: str = URL) -> Capture:
    return Capture(url=url, source="", captured_at=CAPTURED_AT)


def page_of(
    html: str | bytes, *, url: str = URL, content_type: str | None = None, hints: PageHints | None = None
) -> Page:
    content = html.encode() if isinstance(html, str) else html
    return Page(capture_of(url), content, content_type, hints or PageHints())


def article_html(
    *,
    headline: str = HEADLINE,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    info: str = "2026-05-06 09:12 来源：鲁山日报 责任编辑：赵明",
    before: str = "",
    after: str = "",
    head: str = "",
    container: str = 'class="zw"',
) -> str:
    body = "".join(f"<p>　　{paragraph}</p>\n" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{headline}_鲁山新闻网</title>{head}</head><body>
<div class="nav"><a href="/">首页</a><a href="/xinwen/">新闻</a><a href="/shehui/">社会</a></div>
<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="/xinwen/">新闻</a> &gt; 正文</div>
<div class="main">{before}<h1>{headline}</h1><div class="xx">{info}</div>
<div {container}>{body}</div>{after}</div>
<div class="footer">版权所有 鲁山新闻网 豫ICP备00000000号</div></body></html>"""


def expected_text(paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    import unicodedata

    return "\n".join(unicodedata.normalize("NFKC", paragraph) for paragraph in paragraphs)
