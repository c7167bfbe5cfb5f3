"""The pages of a site as HTML, in the markup of its system and the habits of its own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from random import Random
from urllib.parse import parse_qs, urlsplit

from tests.sites.site import Entry, Place, Section, Site, neighbours

_PART = 45
"""Entries that Hanweb's lists hold in one part."""


@dataclass(frozen=True)
class Press:
    """Prints one page: for which site, at which path, for which visitor."""

    site: Site
    path: str
    session: str

    # -- links ---------------------------------------------------------------------------------

    def href(self, path: str, *, mark: str = "") -> str:
        """Return how this page links to a path of its site."""
        site = self.site
        query = [
            one
            for one in (
                f"from={mark}" if mark and site.traits.tracked else "",
                f"PHPSESSID={self.session}" if site.traits.sessions else "",
            )
            if one
        ]
        target = path + (("&" if "?" in path else "?") + "&".join(query) if query else "")
        if site.traits.links == "absolute":
            target = site.base + target
        elif site.traits.links == "scheme":
            target = site.base.removeprefix("http:") + target
        elif site.traits.links == "relative" and "?" not in path + self.path and path != "/":
            folder = posixpath.dirname(self.path) if not self.path.endswith("/") else self.path
            relative = posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "")
            target = ("" if relative.startswith(".") else "./") + relative + target[len(path) :]
        return escape(target)

    def link(self, path: str, text: str, *, mark: str = "") -> str:
        return f'<a href="{self.href(path, mark=mark)}">{text}</a>'

    def entry_link(self, entry: Entry, *, limit: int = 40, mark: str = "") -> str:
        headline = entry.story.headline
        shown = headline if len(headline) <= limit else headline[:limit] + "..."
        title = f' title="{headline}"' if limit < 40 else ""
        return (
            f'<a href="{self.href(self.site.path_of(entry), mark=mark)}"{title} target="_blank">{shown}</a>'
        )

    # -- lists ---------------------------------------------------------------------------------

    def items(self, entries: Iterable[Entry], *, limit: int = 40) -> str:
        style = self.site.traits.items
        stamp = self.site.traits.dates
        parts = [
            (self.entry_link(entry, limit=limit), entry.at.strftime(stamp) if stamp else "", entry)
            for entry in entries
        ]
        if style == "table":
            rows = "".join(f"<tr><td>·{link}</td><td class=rq>{day}</td></tr>" for link, day, _ in parts)
            return f"<table width=100%>{rows}</table>"
        if style == "dl":
            return "<dl>" + "".join(f"<dt>{link}</dt><dd>{day}</dd>" for link, day, _ in parts) + "</dl>"
        if style == "cards":
            return "".join(
                f'<div class="item"><h3>{link}</h3><p>{one.story.paragraphs[0][:48]}…</p><span class="time">{day}</span></div>'
                for link, day, one in parts
            )
        if style == "bare":
            return "".join(f"<div>{link} <i>{day}</i></div>" for link, day, _ in parts)
        return "<ul>" + "".join(f"<li>{link}<span>{day}</span></li>" for link, day, _ in parts) + "</ul>"

    def pager(self, section: Section, page: int) -> str:
        pages = self.site.pages_of(section)
        style = self.site.manner.pager
        if style == "script":
            return (
                f"<div class=page><script>createPageHTML({pages}, {page - 1}, 'index', 'htm');</script></div>"
            )
        if style == "more":
            following = (
                self.link(self.site.list_path(section, page + 1), "加载更多") if page < pages else "没有了"
            )
            return f'<div class="jiazai">{following}</div>'
        if style == "numbers":
            shown = list(range(max(1, page - 3), min(pages, page + 3) + 1))
            links = [
                f"<b>{n}</b>" if n == page else self.link(self.site.list_path(section, n), str(n))
                for n in shown
            ]
            return f'<div class="pages">{" ".join(links)} 共{pages}页</div>'
        links = [self.link(self.site.list_path(section, 1), "首页")]
        links += [self.link(self.site.list_path(section, page - 1), "上一页")] if page > 1 else []
        links += [self.link(self.site.list_path(section, page + 1), "下一页")] if page < pages else []
        links += [self.link(self.site.list_path(section, pages), "末页")]
        jump = ""
        if style == "select":
            options = "".join(
                f"<option value='{self.href(self.site.list_path(section, n))}'>{n}</option>"
                for n in range(1, pages + 1)
            )
            jump = f"<select>{options}</select>"
        return f'<p align="center">{" ".join(links)} {jump} 共{pages}页</p>'

    def store(self, section: Section, first: int, last: int) -> str:
        """Return Hanweb's answer: entries in a language of its own, and where the next ones are."""
        entries = self.site.entries_of(section)
        records = "".join(
            f"<record><![CDATA[<li>{self.entry_link(entry)}<span>{entry.at:%Y-%m-%d}</span></li>]]></record>"
            for entry in entries[first - 1 : last]
        )
        further = f"/module/web/jpage/dataproxy.jsp?startrecord={last + 1}&endrecord={last + _PART}&perpage=15&unitid=31&columnid={section.number}"
        group = f'<nextgroup><![CDATA[<a href="{further}"></a>]]></nextgroup>' if last < len(entries) else ""
        return f"<datastore><totalrecord>{len(entries)}</totalrecord>{group}<recordset>{records}</recordset></datastore>"

    def part(self, target: str) -> str:
        asked = {name: int(values[0]) for name, values in parse_qs(urlsplit(target).query).items()}
        section = next(one for one in self.site.sections if one.number == asked["columnid"])
        return self.store(section, asked["startrecord"], asked["endrecord"])

    # -- whole pages ---------------------------------------------------------------------------

    def home(self) -> str:
        site = self.site
        slides = "".join(
            f'<a href="{self.href(site.path_of(entry))}"><img src="/upload/{entry.id}.jpg" alt="{entry.story.headline}"></a>'
            for entry in site.visible()[-3:]
            if entry.section.kind == "news"
        )
        blocks = "".join(self.block(section) for section in site.sections if not section.within)
        topics = "".join(
            self.link(path, f'<img src="/upload/t.jpg" alt="{name}">') for path, name in site.topics.items()
        )
        return self.page(
            site.name, f'<div class="focus">{slides}</div><div class="topics">{topics}</div>{blocks}'
        )

    # -- a newspaper ---------------------------------------------------------------------------

    def entrance(self) -> str:
        """Return the home page of a newspaper, which sends its reader to the issue of the day."""
        section, day = self.site.issues()[0]
        return f'<html><head><meta http-equiv="refresh" content="0;URL={self.href(self.site.list_path(section, day, 1))}"></head><body></body></html>'

    def issue(self, section: Section, day: int) -> str:
        site = self.site
        issues = site.issues()
        entries = [entry for entry in site.entries_of(section) if entry.at.toordinal() == day]
        areas = "".join(
            f'<area shape="polygon" coords="1,2,3,4" href="{self.href(site.path_of(entry))}">'
            for entry in entries
        )
        pages = "".join(
            f"<tr><td>{self.link(site.list_path(one, day, 1), f'第{n:02}版：{one.name}')}</td></tr>"
            for n, one in enumerate((one for one, at in issues if at == day), 1)
        )
        earlier = next(((one, at) for one, at in issues if at < day), None)
        back = self.link(site.list_path(earlier[0], earlier[1], 1), "上一期") if earlier else ""
        return (
            f'<html><head><meta charset="utf-8"><title>{site.name} 数字报</title></head><body><img usemap="#PagePicMap"><map name="PagePicMap">{areas}</map>'
            f"<table>{pages}</table><div>{back}</div><ul>{''.join(f'<li>{self.entry_link(entry)}</li>' for entry in entries)}</ul></body></html>"
        )

    def block(self, section: Section) -> str:
        front = self.site.list_path(section, 1)
        items = self.items(self.site.entries_of(section)[: self.site.on_front], limit=18)
        return f'<div class="box"><h2>{self.link(front, section.name)}<em>{self.link(front, "更多&gt;&gt;")}</em></h2>{items}</div>'

    def channel(self, section: Section) -> str:
        below = [one for one in self.site.sections if one.within == section.slug]
        return self.page(
            f"{section.name}_{self.site.name}", self.crumbs(section) + "".join(map(self.block, below))
        )

    def listing(self, section: Section, page: int) -> str:
        if self.site.manner.pager == "datastore":
            inside = f'<div id="31"><script type="text/xml">{self.store(section, 1, _PART)}</script></div>'
        else:
            size = self.site.manner.size
            entries = self.site.entries_of(section)[(page - 1) * size : page * size]
            inside = f'<div class="lb">{self.items(entries)}</div>{self.pager(section, page)}'
        return self.page(f"{section.name}_{self.site.name}", self.crumbs(section) + inside)

    def article(self, entry: Entry, *, second: bool = False) -> str:
        site, story, manner = self.site, entry.story, self.site.manner
        paragraphs = story.paragraphs
        if site.is_split(entry):
            paragraphs = paragraphs[2:] if second else paragraphs[:2]
        body = "".join(f"<p>　　{text}</p>" for text in paragraphs) + f"<p>（责任编辑：{story.reporter}）</p>"
        words = {
            "stamp": f"{entry.at:%Y-%m-%d %H:%M}", "outlet": story.outlet, "reporter": story.reporter, "id": entry.id,
            "title": story.headline, "d": entry.at,
        }  # fmt: skip
        turn = ""
        if site.is_split(entry) and manner.second_page:
            first_path = site.path_of(entry)
            second_path = manner.second_page(first_path)
            links = [
                self.link(first_path, "1"),
                self.link(second_path, "2"),
                self.link(first_path if second else second_path, "上一页" if second else "下一页"),
            ]
            turn = f'<div class="pages">{" ".join(links)}</div>'
        related = "".join(f"<li>{self.entry_link(one)}</li>" for one in neighbours(site, entry))
        inside = (
            f"{self.crumbs(entry.section)} &gt; 正文<h1>{story.headline}</h1><div class='info'>{manner.info.format(**words)}</div>"
            f"{manner.body.format(body=body)}{turn}<div class='xg'><h4>相关阅读</h4><ul>{related}</ul></div>"
        )
        return self.page(
            f"{story.headline}_{entry.section.name}_{site.name}", inside, head=manner.head.format(**words)
        )

    def media(self, entry: Entry) -> str:
        headline = entry.story.headline
        if entry.section.kind == "video":
            inside = f'<div class="player"><video src="/upload/{entry.id}.mp4"></video></div><p>{entry.story.paragraphs[0][:26]}</p>'
        else:
            pictures = "".join(
                f'<li><img src="/upload/{entry.id}_{n}.jpg"><p>{text[:14]}</p></li>'
                for n, text in enumerate(entry.story.paragraphs)
            )
            inside = f'<ul class="tuji">{pictures}</ul>'
        return self.page(
            f"{headline}_{self.site.name}",
            f"{self.crumbs(entry.section)}<h1>{headline}</h1><span>{entry.at:%Y-%m-%d}</span>{inside}",
        )

    def topic(self, path: str) -> str:
        dice = Random(f"{self.site.key} {path}")
        entries = [entry for entry in self.site.visible()[:40] if entry.section.kind == "news"]
        picked = dice.sample(entries, min(5, len(entries)))
        return self.page(
            self.site.topics[path], f'<div class="banner"><img src="/upload/b.jpg"></div>{self.items(picked)}'
        )

    def service(self, path: str) -> str:
        name = self.site.service[path]
        text = f"<p>{self.site.name}是本地的综合新闻门户，办公地址在市中心新闻大厦，欢迎各界垂询，电话0539-{len(path):04}123。</p>"
        form = (
            "<form><input name=u><input name=p type=password><button>提交</button></form>"
            if name in {"登录", "注册"}
            else ""
        )
        return self.page(f"{name}_{self.site.name}", f"<h1>{name}</h1>{text}{form}")

    def missing(self) -> str:
        return self.page(
            "页面不存在", "<h1>404</h1><p>抱歉，您访问的页面不存在或已被删除，3秒后返回首页。</p>"
        )

    def crumbs(self, section: Section) -> str:
        if self.site.is_paper:
            return f"<div>{section.name}</div>"
        return f'<div class="weizhi">当前位置：{self.link("/", "首页")} &gt; {self.link(self.site.list_path(section, 1), section.name)}</div>'

    def page(self, title: str, inside: str, *, head: str = "") -> str:
        site = self.site
        head = head or ("" if "{" in site.manner.head else site.manner.head)
        menu = (
            ""
            if site.is_paper
            else "".join(
                f"<li>{self.link(site.list_path(section, 1), section.name)}</li>"
                for section in site.sections
                if not section.within
            )
        )
        twin = (
            f'<a href="http://m.{site.host.removeprefix("www.")}:{site.port}/">手机版</a>'
            if site.traits.twin
            else ""
        )
        hot = "".join(f"<li>{self.entry_link(entry, limit=16, mark='hot')}</li>" for entry in _hot(site))
        bottom = " | ".join(self.link(path, name) for path, name in site.service.items())
        feed = (
            f'<link rel="alternate" type="application/rss+xml" href="{site.manner.feed}">'
            if site.manner.feed
            else ""
        )
        made = f"<!-- made in {self.session[:6]} ms -->" if site.traits.restless else ""
        return (
            f'<!DOCTYPE html><html><head><meta charset="{site.manner.encoding}"><title>{title}</title>{head}{feed}</head><body>{made}'
            f'<div class="top">{self.link("/", "网站首页")} {twin} <a href="javascript:void(0)" onclick="fav()">加入收藏</a></div><ul class="nav">{menu}</ul>'
            f'<div class="main">{inside}</div><div class="right"><h3>热点排行</h3><ol>{hot}</ol></div>'
            '<div class="links">友情链接：<a href="http://www.people.example/">人民网</a> <a href="http://www.news.example/politics/2026-11/20/c_1.htm">新华网今日重点报道文章一篇</a></div>'
            f'<div class="bottom">{bottom}<p>{site.name} 版权所有 鲁ICP备{len(title):08}号</p></div></body></html>'
        )


def _hot(site: Site) -> list[Entry]:
    """Return what the sidebar shows everywhere: some of last days' articles."""
    return [entry for entry in site.visible()[-40:] if entry.section.kind == "news"][::6][:6]


def feed_of(site: Site) -> str:
    """Return the newest articles as RSS, with the time in the wrong zone, as many systems have it."""
    items = "".join(
        f"<item><title>{entry.story.headline}</title><link>{escape(site.base + site.path_of(entry))}</link>"
        f"<pubDate>{entry.at:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for entry in [one for one in reversed(site.visible()) if one.section.kind == "news"][:20]
    )
    return f'<?xml version="1.0" encoding="{site.manner.encoding}"?><rss version="2.0"><channel><title>{site.name}</title>{items}</channel></rss>'


def sitemap_of(site: Site) -> str:
    """Return the newest articles as a sitemap."""
    urls = "".join(
        f"<url><loc>{escape(site.base + site.path_of(entry))}</loc></url>"
        for entry in site.visible()[-200:]
        if entry.section.kind == "news"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def print_place(site: Site, place: Place, target: str, session: str) -> str:
    """Return what a site answers at a place."""
    press = Press(site, place.path or "/", session)
    match place.kind:
        case "home":
            return press.entrance() if site.is_paper else press.home()
        case "channel" if place.section:
            return press.channel(place.section)
        case "list" if place.section:
            return (press.issue if site.is_paper else press.listing)(place.section, place.page)
        case "part":
            return press.part(target)
        case "article" | "continuation" if place.entry:
            return press.article(place.entry, second=place.kind == "continuation")
        case "media" if place.entry:
            return press.media(place.entry)
        case "topic":
            return press.topic(place.path)
        case "service":
            return press.service(place.path)
        case "feed":
            return feed_of(site)
        case "sitemap":
            return sitemap_of(site)
        case "robots":
            return "User-agent: *\nDisallow: /admin/\n" + (
                f"Sitemap: {site.base}{site.manner.sitemap}\n" if site.manner.sitemap else ""
            )
    return press.missing()
