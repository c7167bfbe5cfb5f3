from __future__ import annotations

import pytest

from newscrawl.exceptions import NotAnArticle
from newscrawl.extract import extract_page
from tests.extract.pages import HEADLINE, PARAGRAPHS, article_html, page_of


def page(title: str, body: str) -> str:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"


def reason_of(html: str) -> str:
    with pytest.raises(NotAnArticle) as refused:
        extract_page(page_of(html))
    assert refused.value.detail
    return refused.value.reason


def links(count: int) -> str:
    return "".join(
        f"<li><a href='/{n}.html'>鲁山县第{n}届乡村运动会开幕，各乡镇都来了人</a></li>" for n in range(count)
    )


TEASERS = "".join(
    f"<div><h3><a href='/{n}.html'>鲁山县第{n}届乡村运动会开幕</a></h3><p>鲁山日报讯 第{n}届乡村运动会昨天在县体育场开幕，各乡镇...</p></div>"
    for n in range(12)
)
GAMBLING = (
    "澳门新葡京、威尼斯人、太阳城、百家乐、老虎机、时时彩平台开户即送，真人荷官在线发牌，欢迎各位老板体验。"
)

CASES = {
    "a missing page": (page("鲁山新闻网", "<p>抱歉，您访问的页面不存在，三秒后返回首页。</p>"), "soft_404"),
    "a missing page by its title": (page("404 Not Found", "<h1>404</h1><p>nginx</p>"), "soft_404"),
    "a deleted article": (page("鲁山新闻网", f"<div>{links(3)}</div><h2>该文章已被删除</h2>"), "soft_404"),
    "a broken database": (page("系统提示", "<p>数据库连接失败，请稍后再试，或与管理员联系。</p>"), "soft_404"),
    "a firewall": (page("访问验证", "<p>您的访问请求可能对网站造成安全威胁，已被拦截。</p>"), "blocked"),
    "a slider": (page("安全验证", "<p>请完成下方验证后继续访问，拖动滑块到最右边。</p>"), "blocked"),
    "a login": (page("登录", "<p>请先登录后查看本文，没有账号的读者请先注册。</p>"), "login_wall"),
    "a paywall": (
        page(f"{HEADLINE}_鲁山网", f"<h1>{HEADLINE}</h1><div>2026-05-06 来源：鲁山日报</div><p>{PARAGRAPHS[0]}</p><div>剩余80%内容需登录并开通会员</div>"),
        "login_wall",
    ),
    "a shell": (page("鲁山新闻网", "<div id=app></div><script src=app.js></script>"), "javascript_shell"),
    "a shell that says so": (page("鲁山新闻网", "<p>本页面需要启用 JavaScript 才能显示，请检查浏览器设置。</p>"), "javascript_shell"),
    "a list of links": (page("社会频道_鲁山新闻网", f"<h1>社会频道</h1><ul>{links(40)}</ul>"), "list_page"),
    "a list of teasers": (page("社会频道_鲁山新闻网", f"<h1>社会频道</h1>{TEASERS}"), "list_page"),
    "a page about the site": (page("关于我们_鲁山新闻网", f"<h1>关于我们</h1><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[3]}</p>"), "list_page"),
    "a video": (page(f"视频：{HEADLINE}_鲁山网", f"<h1>视频：{HEADLINE}</h1><div>2026-05-06</div><video src=1.mp4></video>"), "video_only"),
    "a parasite": (page("澳门新葡京官网_鲁山新闻网", f"<h1>澳门新葡京官网</h1><div>2026-05-06 来源：鲁山网</div><p>{GAMBLING}</p><p>{GAMBLING}</p>"), "parasite"),
    "two words": (page("鲁山新闻网", "<p>内容。</p>"), "too_short"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "reason"), CASES.values(), ids=CASES)
def test_what_is_no_article_is_named(html, reason):
    assert reason_of(html) == reason


NEWS = {
    "a system under maintenance": "因系统维护，县医保服务窗口5月7日暂停办理业务，8日恢复，请群众合理安排时间。",
    "deleted posts": "县网信办通报，散布谣言的三个账号已被关闭，相关内容已被删除，发布者作了检讨。",
    "a login for pupils": "中考报名今天开始，考生须登录后查看本人信息，逾期不再补报，县招生办设了三部咨询电话。",
    "a case of codes": "县公安局提醒，凡索要验证码的来电都是诈骗，本月已劝阻十七起，挽回损失三十多万元。",
    "gambling in court": "县法院昨天宣判一起开设赌场案，被告人利用棋牌软件组织百家乐赌博，获刑三年六个月。",
}


@pytest.mark.parametrize("text", NEWS.values(), ids=NEWS)
def test_news_about_such_things_is_news(text):
    found = extract_page(page_of(article_html(headline="县里今天有一件事要说", paragraphs=(text,))))
    assert found.text == text.replace("，", ",")


def test_a_photo_story_without_sentences_is_an_article():
    captions = (
        "五月的鲁山，槐花开满山坡 赵明 摄",
        "游客在槐花林里拍照留念 赵明 摄",
        "养蜂人查看蜂箱 赵明 摄",
    )
    found = extract_page(
        page_of(
            article_html(
                paragraphs=captions, after="<h3>相关新闻</h3><ul><li><a href=/1>别的一件事情</a></li></ul>"
            )
        )
    )
    assert found.text.split("\n") == [caption.replace("，", ",") for caption in captions]


def test_one_sentence_is_enough():
    text = "鲁山县城关镇昨天下了今年第一场雪。"
    assert extract_page(page_of(article_html(paragraphs=(text,)))).text == text


def test_an_article_without_headline_has_none_and_keeps_what_follows():
    """The list behind names the article by its own teaser: whoever repairs the text finds the headline there."""
    teaser = f"<h3><a href='/1'>{HEADLINE}</a></h3><p>{PARAGRAPHS[0][:30]}</p><span>26年05月06日 29:32</span>"
    html = page(
        "滚动_鲁山新闻网", f"<div>{''.join(f'<p>{one}</p>' for one in PARAGRAPHS)}</div><ul>{teaser}</ul>"
    )
    found = extract_page(page_of(html))
    assert found.headline is None
    assert HEADLINE in found.text
    assert "headline" not in found.metadata.provenance
