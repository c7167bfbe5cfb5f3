"""Makes the golden pages: one folder for each article of ``texts/``, dressed as its site's CMS would.

    python tests/pages/make_pages.py

Every outlet, place and person is invented. A text file holds the articles of one site; a line of a body
begins with ``# `` (subheading), ``= `` (caption), ``| `` (row of a table), ``~ `` (debris, which is on the page
and must not be in the archive) or is a paragraph. What surrounds the article comes from ``templates/``, and
from the site's other articles. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

HERE = Path(__file__).parent
CHINA_TIME = timezone(timedelta(hours=8))
NAMES = ("reporters", "correspondents", "editors", "authors")


@dataclass(frozen=True)
class Site:
    """One invented site: who it is, what its pages are made with, and how it spells addresses."""

    name: str
    place: str
    template: str
    domain: str
    path: str
    columns: str
    encoding: str = "utf-8"
    declared: str = "utf-8"
    content_type: str | None = "text/html"


@dataclass(frozen=True)
class GoldenArticle:
    """An article as its text file has it."""

    headline: str
    fields: dict[str, str] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    serial: int = 0

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.fields["date"]).replace(tzinfo=CHINA_TIME)

    @property
    def has_clock(self) -> bool:
        return " " in self.fields["date"]

    @property
    def kept(self) -> list[str]:
        """The paragraphs that the archive must hold, as they stand on the page."""
        return [plain(line) for line in self.lines if not line.startswith("~ ")]

    @property
    def optional(self) -> list[str]:
        return [plain(line) for line in self.lines if line.startswith("= ")]


SITES = {
    "dongjiang": Site("东江新闻网", "东江", "trs", "news.dongjiang.example", "/szxw/{Ym}/t{Ymd}_{n}.htm", "首页 要闻 教育 民生 图片 视频 专题"),
    "yunling": Site("云岭晚报网", "云岭", "founder", "www.yunlingwb.example", "/{Y}-{m}/{d}/content_{n}.htm", "首页 要闻 社会 财经 体育", "gb18030", "gb2312"),
    "qinghe": Site("青河在线", "青河", "enorth", "www.qinghe.example", "/system/{Y}/{m}/{d}/0{n}.shtml", "首页 三农 城建 社会 文娱", "gbk", "gb2312", None),
    "shibu": Site("石埠县人民政府", "石埠", "hanweb", "www.shibu-gov.example", "/art/{Y}/{mm}/{dd}/art_1203_{n}.html", "首页 政务公开 政务服务 互动交流 走进石埠"),
    "nanpu": Site("南浦市教育局", "南浦", "vsb", "edu.nanpu-gov.example", "/info/1043/{n}.htm", "首页 机构概况 工作动态 通知公告 校园风采"),
    "yuyang": Site("渔洋市人民政府门户网站", "渔洋", "ucap", "www.yuyang-gov.example", "/xw/content/post_{n}.html", "首页 要闻动态 政府信息公开 办事服务"),
    "liuzhen": Site("柳镇热线", "柳镇", "dede", "www.liuzhen.example", "/a/bendi/{Y}/{m}{d}/{n}.html", "主页 本地新闻 平安柳镇 房产 招聘", "gbk", "gb2312", "text/html; charset=GBK"),
    "gucheng": Site("古城资讯网", "古城", "empire", "www.gucheng-zx.example", "/news/{Y}-{m}-{d}/{n}.html", "首页 文化 出行 美食 房产 便民"),
    "haiwan": Site("海湾生活网", "海湾", "phpcms", "www.haiwanlife.example", "/{Y}/shehui_{m}{d}/{n}.html", "首页 社会 旅游 美食 教育"),
    "baishitong": Site("新知百事通", "西岭", "zblog", "www.xinzhi-bst.example", "/post/{n}.html", "首页 资讯 百科 生活"),
    "shanli": Site("山里时报", "雪岭", "wordpress", "shanlishibao.example", "/{Y}/{m}/{n}/", "首页 乡村 产业 人物"),
    "qili": Site("七里河畔社区", "七里", "discuz", "bbs.qilihepan.example", "/portal.php?mod=view&aid={n}", "门户 论坛 二手 拼车", "gbk", "gbk", "text/html; charset=gbk"),
    "chaojiang": Site("潮江日报", "潮江", "epaper", "epaper.chaojiang.example", "/html/{Y}-{m}/{d}/content_{n}.htm?div=-1", "要闻 综合 人物 副刊"),
    "qian": Site("齐安网", "望岳", "iqilu", "wangyue.qianwang.example", "/{Y}/{m}{d}/{n}.shtml", "新闻 天气 视频 问政 专题"),
    "sifang": Site("四方新闻网", "桃溪", "sdchina", "taoxi.sifangnews.example", "/show/{n}.html", "首页 民生 城事 经济 文旅"),
    "xiaowan": Site("小湾发布", "小湾", "wechat", "mp.gongzhonghao.example", "/s?__biz=MzA3&mid={n}&idx=1", "公众号"),
    "lengquan": Site("冷泉网", "冷泉", "ifeng", "news.lengquan.example", "/c/8{n}", "首页 快讯 解读 财经 视频"),
    "jiuyuan": Site("旧苑县人民政府网", "旧苑", "oldgov", "www.jiuyuan-gov.example", "/show.asp?id={n}", "首页 政府文件 公告 县内新闻", "gbk", "gb2312"),
    "jingxiang": Site("bubblebakery", "雙橋", "mirror", "www.bubblebakery.example", "/{Ymd}/{n}.html", "首頁 新聞 關於"),
    "kuaixun": Site("快讯导报网", "兰陂", "xunjk", "sannong.kuaixun.example", "/gd/{Y}/{m}{d}/{n}.html", "首页 业界 三农 法治 经济"),
}  # fmt: skip

OTHERS = {  # template: site, day, path, reason
    "list_page": ("dongjiang", "2025-03-28", "/jy/index.htm", "list_page"),
    "soft_404": ("qinghe", "2024-07-01", "/system/2024/07/01/0999.shtml", "soft_404"),
    "gone": ("qili", "2024-09-12", "/portal.php?mod=view&aid=1", "soft_404"),
    "login_wall": ("yunling", "2025-04-12", "/2025-04/12/content_990.htm", "login_wall"),
    "javascript_shell": ("shibu", "2025-03-04", "/art/2025/3/4/art_1203_9.html", "javascript_shell"),
    "blocked": ("yuyang", "2025-08-03", "/xw/content/post_9.html", "blocked"),
    "video_only": ("qian", "2025-01-01", "/2025/0101/99.shtml", "video_only"),
    "tag_page": ("shanli", "2025-12-20", "/tag/apple/", "list_page"),
    "teaser_wall": ("lengquan", "2025-08-28", "/c/8x", "login_wall"),
    "parasite": ("gucheng", "2024-12-28", "/news/2024-12-28/9.html", "parasite"),
}

GLOSSES = {  # what the farm injects, by word
    "组织": "zǔzhī", "召开": "zhàokāi", "安全": "ānquán", "开展": "kāizhǎn", "检查": "jiǎnchá", "问题": "wèntí", "重点": "zhòngdiǎn",
    "发现": "fāxiàn", "优化": "yōuhuà", "服务": "fúwù", "农民": "nóngmín", "市场": "shìchǎng", "影响": "yǐngxiǎng", "采取": "cǎiqǔ",
    "稳定": "wěndìng", "运输": "yùnshū", "价格": "jiàgé", "均价": "jūnjià", "宣布": "xuānbù", "开放": "kāifàng", "面积": "miànjī",
    "步道": "bùdào", "管理局": "guǎnlǐjú", "儿童": "értóng", "坚持": "jiānchí", "蔬菜": "shūcài", "补贴": "bǔtiē", "平价": "píngjià",
}  # fmt: skip

_READINGS = (
    "橋qiáo 縣xiàn 發fā 電diàn 樁zhuāng 設shè 鄉xiāng 鎮zhèn 醫yī 東dōng 規guī 車chē 兩liǎng 時shí 費fèi 圖tú 書shū 館guǎn 舉jǔ 讀dú 師shī 領lǐng "
    "場chǎng 個gè 額é 過guò 話huà 孩hái 聽tīng 還hái 問wèn 結jié 長zhǎng 們men 說shuō 開kāi 飛fēi 線xiàn 整zhěng 當dāng 檢jiǎn 隱yǐn 對duì 業yè 調diào"
)
READINGS = {word[0]: word[1:] for word in _READINGS.split()}
"""What the mirror injects, by traditional character."""


def plain(line: str) -> str:
    """Return a line without its mark; the cells of a row are set apart by a blank."""
    if line.startswith("| "):
        return " ".join(cell.strip() for cell in line[2:].split("|"))
    return line[2:] if line[:2] in {"# ", "= ", "~ "} else line


def read_articles(path: Path) -> list[GoldenArticle]:
    """Return the articles of a text file, in its order."""
    articles = []
    for serial, block in enumerate(path.read_text(encoding="utf-8").split("@ ")[1:]):
        head, _, body = block.partition("\n\n")
        headline, *rows = head.split("\n")
        fields = dict(row.split(": ", 1) for row in rows)
        articles.append(GoldenArticle(headline, fields, tuple(body.strip().split("\n")), serial))
    return articles


def address(site: Site, article: GoldenArticle) -> str:
    at = article.at
    parts = {
        "Y": f"{at:%Y}",
        "m": f"{at:%m}",
        "d": f"{at:%d}",
        "Ym": f"{at:%Y%m}",
        "Ymd": f"{at:%Y%m%d}",
        "mm": at.month,
        "dd": at.day,
    }
    return site.path.format(n=number_of(article), **parts)


def number_of(article: GoldenArticle) -> int:
    return int(article.at.timestamp()) // 9000 % 900000 + 11 * article.serial


def body_html(article: GoldenArticle, opening: str, closing: str | None = None) -> Markup:
    """Return the lines of a body between the tags that the site puts around a paragraph."""
    if closing is None:
        closing = "</" + opening[1:].replace(">", " ").split()[0] + ">" if opening else ""
    rows, parts = [], []
    for line in (*article.lines, ""):
        if line.startswith("| "):
            cells = "".join(f"<td>{escape(cell.strip())}</td>" for cell in line[2:].split("|"))
            rows.append(f"<tr>{cells}</tr>")
            continue
        if rows:
            parts.append(f'<table border="1" cellspacing="0">{"".join(rows)}</table>')
            rows = []
        if line.startswith("= "):
            parts.append(f'{opening}<img src="/upload/{number_of(article)}.jpg" alt=""/>{closing}')
        text = escape(watermarked(plain(line)) if "watermark" in article.fields else plain(line))
        parts.append(
            f"{opening}{f'<strong>{text}</strong>' if line.startswith('# ') else text}{closing}"
            if line
            else ""
        )
    return Markup("\n".join(part for part in parts if part))


def injected(article: GoldenArticle) -> list[str]:
    """Return the lines of a body as the farm prints them: a gloss after the first of each known word in a line."""
    lines = [plain(line) for line in article.lines]
    for word, reading in GLOSSES.items():
        lines = [line.replace(word, f"{word}({reading})", 1) for line in lines]
    return lines


def glossed(article: GoldenArticle) -> list[str]:
    """Return the lines of a body as the mirror prints them: a gloss after every third traditional character it knows."""
    lines, seen = [], 0
    for line in map(plain, article.lines):
        parts = []
        for character in line:
            seen += character in READINGS
            parts.append(
                f"{character}({READINGS[character]})"
                if character in READINGS and seen % 3 == 0
                else character
            )
        lines.append("".join(parts))
    return lines


def watermarked(line: str) -> str:
    """Return a line with a character that prints nothing after every fifth."""
    marks = "\u200b\ufe01\u2060\U000e0101"
    return "".join(c + (marks[i // 5 % 4] if i % 5 == 4 else "") for i, c in enumerate(line))


def view_of(site: Site, article: GoldenArticle) -> dict[str, object]:
    """Return what a template may say about an article."""
    at, fields = article.at, article.fields
    return {
        "headline": article.headline,
        "lead": plain(article.lines[0]),
        "path": address(site, article),
        "number": number_of(article),
        "day": f"{at:%Y-%m-%d}",
        "day_chinese": f"{at.year}年{at:%m}月{at:%d}日",
        "weekday": "一二三四五六日"[at.weekday()],
        "clock": f"{at:%Y-%m-%d %H:%M}",
        "published": at.isoformat(),
        "epoch": int(at.timestamp()),
        "stamp": f"{at:%y年%m月%d日} {at.hour + 9}:{at:%M}",
        "outlet": fields["outlet"],
        "column": fields["column"],
        "sub": fields.get("sub"),
        **{name: fields.get(name, "").split() for name in NAMES},
    }


def account_of(site: Site, article: GoldenArticle) -> dict[str, object]:
    """Return what article.json says."""
    shows_clock = article.has_clock and site.template not in {
        "founder",
        "vsb",
        "epaper",
        "zblog",
        "oldgov",
        "mirror",
    }
    return {
        "url": f"http://{site.domain}{address(site, article)}",
        "content_type": site.content_type,
        "headline": unicodedata.normalize("NFKC", article.headline),
        "date_published": article.at.isoformat() if shows_clock else f"{article.at:%Y-%m-%d}",
        "source_outlet": article.fields["outlet"],
        **{name: article.fields.get(name, "").split() for name in NAMES},
        "flags": article.fields.get("flags", "").split(),
        "optional": [unicodedata.normalize("NFKC", line) for line in article.optional],
    }


def write_page(folder: Path, html: str, site: Site, account: dict[str, object], text: str | None) -> None:
    """Write page.html, article.json and, for an article, article.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_bytes(html.encode(site.encoding, "xmlcharrefreplace"))
    (folder / "article.json").write_text(
        json.dumps(account, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    if text is not None:
        (folder / "article.txt").write_text(
            unicodedata.normalize("NFKC", text), encoding="utf-8", newline="\n"
        )


def read_others() -> list[dict[str, str]]:
    """Return the headlines and teasers of stories that every site links to."""
    rows = (HERE / "texts/others.txt").read_text(encoding="utf-8").splitlines()
    return [dict(zip(("headline", "teaser"), row.split("|"), strict=True)) for row in rows]


def turned(others: list[dict[str, str]], by: int) -> list[dict[str, str]]:
    """Return the stories in another order, since side lists change from page to page."""
    return others[by % len(others) :] + others[: by % len(others)]


def main() -> None:
    """Write every page."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    others = read_others()
    for index, (source, site) in enumerate(SITES.items()):
        shown = {"site": {**vars(site), "columns": site.columns.split()}}
        articles = read_articles(HERE / "texts" / f"{source}.txt")
        for article in articles:
            html = templates.get_template(f"{site.template}.html").render(
                **shown,
                a=view_of(site, article),
                related=[view_of(site, other) for other in articles if other is not article],
                others=turned(others, 3 * index + article.serial),
                body=partial(body_html, article),
                injected=injected(article),
                glossed=glossed(article),
                junk=f"Xq{'abcd'[article.serial]}{181 + 7 * article.serial}",
            )
            text = "\n".join([article.headline, *article.kept])
            write_page(HERE / source / f"{article.at:%Y-%m-%d}", html, site, account_of(site, article), text)
    for name, (source, day, path, reason) in OTHERS.items():
        site = SITES[source]
        shown = {"site": {**vars(site), "columns": site.columns.split()}}
        html = templates.get_template(f"other/{name}.html").render(**shown, others=others)
        account = {"url": f"http://{site.domain}{path}", "content_type": site.content_type, "reason": reason}
        write_page(HERE / source / day, html, site, account, None)


if __name__ == "__main__":
    main()
