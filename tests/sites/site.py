"""A site of one manner: what it has at a moment, and which page stands at an address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random
from urllib.parse import parse_qsl, urlsplit

from tests.sites.manners import MANNERS, Manner
from tests.sites.stories import Story

STEP = timedelta(minutes=40)
"""Between two articles of a site, on the average."""
PRESS_TIME = timedelta(hours=5)
"""When a newspaper puts its issue on the web."""
TO_COME = 120
"""Articles that a site will publish when the clock is moved on."""

NAMES = {
    "要闻": "yaowen", "社会": "shehui", "民生": "minsheng", "县区": "xianqu", "教育": "jiaoyu", "文旅": "wenlv", "经济": "jingji",
    "法治": "fazhi", "三农": "sannong", "健康": "jiankang", "时政": "shizheng", "体育": "tiyu", "科技": "keji", "部门动态": "bmdt",
    "镇街": "zhenjie", "本地": "bendi", "综合": "zonghe", "图说": "tushuo", "公告": "gonggao", "评论": "pinglun",
}  # fmt: skip
SUBSECTIONS = {
    "本市": "benshi",
    "国内": "guonei",
    "基层": "jiceng",
    "热点": "redian",
    "快讯": "kuaixun",
    "深度": "shendu",
}


@dataclass(frozen=True)
class Section:
    """A list of articles, of videos, of pictures, or a channel that only shows what its subsections have."""

    number: int
    slug: str
    name: str
    folder: str
    kind: str = "news"
    """``news`` ``video`` ``gallery`` ``channel``."""
    within: str = ""
    """Slug of the channel that it belongs to."""


@dataclass(frozen=True)
class Entry:
    """A story in its place on a site."""

    story: Story
    section: Section
    id: int

    @property
    def at(self) -> datetime:
        return self.story.at


@dataclass(frozen=True)
class Traits:
    """What beside its system makes a site differ from others."""

    items: str
    dates: str
    nested: bool
    tracked: bool
    """Links of the sidebar say where the reader came from."""
    sessions: bool
    """Every link carries the session of the visitor, a new one each time."""
    twin: bool
    """A mobile host shows the same pages."""
    restless: bool
    """Every page holds the time at which it was made, so that none is ever the same again."""
    validators: bool
    soft_404: bool
    plain_media: bool
    """Videos and galleries have addresses of their own kind, unlike those of articles."""
    links: str
    """``path`` ``absolute`` ``scheme`` ``relative``."""
    quarter: int
    """Videos and galleries: one of each for so many articles."""

    @classmethod
    def of(cls, dice: Random) -> Traits:
        return cls(
            items=dice.choice(["ul", "ul", "table", "dl", "cards", "bare"]),
            dates=dice.choice(["%Y-%m-%d", "[%m-%d]", "%Y/%m/%d %H:%M", "%m月%d日", "(%Y-%m-%d)", ""]),
            nested=dice.random() < 0.4,
            tracked=dice.random() < 0.3,
            sessions=dice.random() < 0.12,
            twin=dice.random() < 0.25,
            restless=dice.random() < 0.2,
            validators=dice.random() < 0.6,
            soft_404=dice.random() < 0.4,
            plain_media=dice.random() < 0.5,
            links=dice.choice(["path", "path", "absolute", "scheme", "relative"]),
            quarter=dice.randint(40, 120),
        )


@dataclass(frozen=True)
class Place:
    """What stands at an address."""

    kind: str
    """``home`` ``channel`` ``list`` ``part`` ``article`` ``continuation`` ``media`` ``topic`` ``service`` ``feed`` ``sitemap`` ``robots`` ``missing``."""
    section: Section | None = None
    page: int = 1
    entry: Entry | None = None
    path: str = ""


@dataclass
class Site:
    """A site with ``count`` articles at the moment ``since``; more come as its clock goes on."""

    key: str
    count: int
    since: datetime
    now: Callable[[], datetime]
    seed: int = 1
    port: int = 0
    on_front: int = 6
    """Entries of a section on the home page."""
    entries: list[Entry] = field(init=False, default_factory=list)
    """All that ever appear, oldest first, videos and galleries among them."""

    def __post_init__(self) -> None:
        dice = Random(f"{self.key} {self.seed}")
        self.traits = Traits.of(dice)
        self.sections = self._make_sections(dice)
        self._fill(dice)
        self._others = self._make_others(dice)
        self._articles = {self.path_of(entry): entry for entry in self.entries}
        assert len(self._articles) == len(self.entries)
        self._sorted: dict[str, tuple[int, list[Entry]]] = {}
        self._lists: tuple[int, dict[str, Place]] = (-1, {})

    @property
    def manner(self) -> Manner:
        return MANNERS[self.key]

    @property
    def is_paper(self) -> bool:
        """Tell whether it is a newspaper, which has issues and no lists."""
        return self.manner.pager == "issues"

    @property
    def id(self) -> str:
        """The id of its source; those that newscrawl comes with have names like the keys here."""
        return f"made-{self.key}"

    @property
    def host(self) -> str:
        return f"www.{self.key}.localhost"

    @property
    def name(self) -> str:
        return f"{self.sections[0].name[:1]}{len(self.key)}城新闻网"

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    def _make_sections(self, dice: Random) -> tuple[Section, ...]:
        prefix = dice.choice(["", "", "/news", "/xw", "/html/news"])
        short = dice.random() < 0.5
        number = dice.randint(2, 9) * 10 ** dice.randint(1, 3)
        found: list[Section] = []

        def add(name: str, slug: str, kind: str = "news", within: str = "") -> Section:
            slug = slug[:2] + slug[-1] if short and len(slug) > 4 else slug
            at = number + len(found)
            folder = f"{prefix}/{within + '/' if within else ''}{slug}/"
            section = Section(at, f"{within}-{slug}" if within else slug, name, folder, kind, within)
            found.append(section)
            return section

        for name in dice.sample(list(NAMES), dice.randint(5, 9)):
            if self.traits.nested and not self.is_paper and dice.random() < 0.4:
                channel = add(name, NAMES[name], "channel")
                for below in dice.sample(list(SUBSECTIONS), dice.randint(2, 3)):
                    add(below, SUBSECTIONS[below], within=channel.slug)
            else:
                add(name, NAMES[name])
        if self.is_paper:
            return tuple(found)
        add("视频", "shipin", "video")
        add("图片", "tupian", "gallery")
        return tuple(found)

    def _fill(self, dice: Random) -> None:
        news = [section for section in self.sections if section.kind == "news"]
        shares = list(accumulate(dice.uniform(0.4, 1.6) for _ in news))
        media = [section for section in self.sections if section.kind in {"video", "gallery"}]
        first = dice.choice([310, 5200, 41000, 7130000])
        at = self.since - STEP * self.count
        for number in range(self.count + TO_COME):
            story = Story(
                number,
                at + STEP * number + timedelta(seconds=dice.randint(1, 900)),
                f"{self.key} {self.seed}",
            )
            section = dice.choices(news, cum_weights=shares)[0]
            first += dice.randint(1, 3)
            self.entries.append(Entry(story, section, first))
            if number % self.traits.quarter == self.traits.quarter // 2:
                for other in media:
                    first += 1
                    self.entries.append(Entry(Story(10**6 + first, story.at, story.seed), other, first))

    def _make_others(self, dice: Random) -> dict[str, Place]:
        """Return what is no article and belongs to every site, by address."""
        about = dice.choice(
            ["/about.html", "/gywm.html", "/about/index.html", "/bottom/about.htm", "/Aboutus.asp", "/about"]
        )
        extra = dice.choice(["/lxwm.html", "/contact.php", "/about/contact.html", "/html/lxfs.htm"])
        topics = dice.choice(
            [
                ["/zt/fangxun/", "/zt/liangchuang/"],
                ["/special/18.html", "/special/21.html"],
                ["/zhuanti/2026/nccj/index.htm"],
            ]
        )
        paths = {
            about: "关于我们",
            extra: "联系我们",
            "/bqsm.html": "版权声明",
            "/login.php": "登录",
            "/zhuce.php": "注册",
        }
        self.service = paths
        self.topics = dict(zip(topics, ("防汛抗旱专题", "两城同创专题"), strict=False))
        return {path: Place("service", path=path) for path in paths} | {
            path: Place("topic", path=path) for path in topics
        }

    # -- what there is now ---------------------------------------------------------------------

    def visible(self) -> list[Entry]:
        """Return what has appeared so far, oldest first."""
        now = self.now()
        if self.is_paper:  # the issue of a day appears whole, early in the morning
            now = (now - PRESS_TIME).replace(hour=23, minute=59, second=59)
        low, high = 0, len(self.entries)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.entries[middle].at <= now else (low, middle)
        return self.entries[:low]

    def is_visible(self, entry: Entry) -> bool:
        """Tell whether an article has appeared."""
        visible = self.visible()
        return bool(visible) and entry.at <= visible[-1].at

    def entries_of(self, section: Section) -> list[Entry]:
        """Return what a section lists now, newest first; a channel lists what its subsections have."""
        slugs = (
            {section.slug}
            if section.kind != "channel"
            else {one.slug for one in self.sections if one.within == section.slug}
        )
        visible = self.visible()
        if self._sorted.get(section.slug, (0, []))[0] != len(visible):
            self._sorted[section.slug] = (
                len(visible),
                [entry for entry in reversed(visible) if entry.section.slug in slugs],
            )
        return self._sorted[section.slug][1]

    def article_paths(self) -> set[str]:
        """Return the addresses of all articles that there are now."""
        return {self.path_of(entry) for entry in self.visible() if entry.section.kind == "news"}

    def pages_of(self, section: Section) -> int:
        return max(1, -(-len(self.entries_of(section)) // self.manner.size))

    # -- addresses -----------------------------------------------------------------------------

    def path_of(self, entry: Entry) -> str:
        if self.traits.plain_media and entry.section.kind != "news":
            return f"/{entry.section.slug}/play{entry.id}.html"
        return self.manner.article(entry)

    def list_path(self, section: Section, page: int = 1, pages: int | None = None) -> str:
        return self.manner.listing(section, page, pages or self.pages_of(section))

    def lists(self) -> dict[str, Place]:
        """Return every page of every list by its address, as it is now."""
        visible = len(self.visible())
        if self._lists[0] != visible:
            found = {
                self.list_path(section, day, 1): Place("list", section, day) for section, day in self.issues()
            }
            for section in () if self.is_paper else self.sections:
                if section.kind == "channel":
                    found[self.list_path(section, 1, 1)] = Place("channel", section)
                    continue
                pages = self.pages_of(section)
                for page in range(1, pages + 1):
                    found[self.list_path(section, page, pages)] = Place("list", section, page)
            self._lists = (visible, found)
        return self._lists[1]

    def issues(self) -> list[tuple[Section, int]]:
        """Return the pages of all issues of a newspaper, the newest issue first, with the ordinals of their days."""
        if not self.is_paper:
            return []
        pages = {(entry.at.toordinal(), entry.section.number): entry.section for entry in self.visible()}
        return [
            (pages[day, number], day) for day, number in sorted(pages, key=lambda page: (-page[0], page[1]))
        ]

    def place_of(self, target: str) -> Place:
        """Return what stands at a path and query, whatever session or mark of origin it carries."""
        path = plain_target(target)
        if path in {"/", "/index.html", "/index.htm", "/index.shtml"}:
            return Place("home", path="/")
        if path == "/robots.txt":
            return Place("robots", path=path)
        if path in {self.manner.feed, self.manner.sitemap}:
            return Place("feed" if path == self.manner.feed else "sitemap", path=path)
        if "dataproxy.jsp" in path:
            return Place("part", path=path)
        return (
            self._others.get(path)
            or self._entry_at(path)
            or self._list_at(path)
            or Place("missing", path=path)
        )

    def _entry_at(self, path: str) -> Place | None:
        entry = self._articles.get(path)
        kind = "article"
        if entry is None and self.manner.second_page:
            entry, kind = self._continued.get(path), "continuation"
        if entry is None or not self.is_visible(entry):
            return None
        return Place("media" if entry.section.kind != "news" else kind, entry=entry, path=path)

    @cached_property
    def _continued(self) -> dict[str, Entry]:
        second = self.manner.second_page
        return {
            second(path): entry for path, entry in self._articles.items() if second and self.is_split(entry)
        }

    def is_split(self, entry: Entry) -> bool:
        """Tell whether an article goes on on a second page; about one in thirty does."""
        return (
            self.manner.second_page is not None
            and entry.section.kind == "news"
            and entry.story.number % 31 == 7
        )

    def _list_at(self, path: str) -> Place | None:
        lists = self.lists()
        for candidate in (path, path.removesuffix("index.html"), path.removesuffix("index.htm")):
            if candidate in lists:
                found = lists[candidate]
                return Place(found.kind, found.section, found.page, path=candidate)
        return None

    def session(self, count: int) -> str:
        """Return the session that the visitor of request number ``count`` is given."""
        return hashlib.md5(f"{self.key} {count}".encode(), usedforsecurity=False).hexdigest()[:26]


def plain_target(target: str) -> str:
    """Return a path and query without what tells of the visitor."""
    parts = urlsplit(target)
    marks = {"PHPSESSID", "from", "spm"}
    kept = [
        f"{name}={value}" if value else name
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name not in marks
    ]
    return parts.path + (f"?{'&'.join(kept)}" if kept else "")


def neighbours(site: Site, entry: Entry) -> Iterator[Entry]:
    """Yield the articles that a page of an article names below itself: some older ones of its section."""
    older = [one for one in site.entries_of(entry.section) if one.story.number < entry.story.number]
    yield from older[1:6]
