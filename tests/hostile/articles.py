"""Small good pages, each with a text of its own, so that none is another's duplicate."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_沂河新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a></div>
<div class="main"><h1>{title}</h1><div class="info">2024-05-06 09:30 来源：沂河日报</div>
<div class="content">{paragraphs}</div></div>{more}
<div class="footer">版权所有 沂河新闻网</div></body></html>"""


def spelt(number: int) -> str:
    """Return a number in hanzi, digit by digit."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def title_of(number: int) -> str:
    """Return the headline of an article."""
    return f"城区{spelt(number)}号老街排水管网改造开工"


def paragraphs_of(number: int) -> tuple[str, ...]:
    """Return the body of an article."""
    word = spelt(number)
    return (
        f"沂河日报5月6日讯 记者从市水务局获悉，{word}号老街的排水管网开工改造，工程涉及沿线三个街道。",
        f"项目负责人介绍，{word}号工段将错峰施工，尽量减少对居民出行的影响，预计今年九月底前全部完工。",
        f"市水务局提醒，途经{word}号工段的车辆请减速慢行，如有疑问可拨打服务热线咨询。",
    )


def page(number: int, *, title: str | None = None, more: str = "") -> str:
    """Return the page of an article, with ``more`` behind it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs_of(number))
    return PAGE.format(title=title or title_of(number), paragraphs=body, more=more)
