"""Makes the golden pages: one folder for each article of ``texts/``, dressed as its site's CMS would.

    python -m tests.pages.make_pages

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

from tests.pages.sites import GLOSSES, OTHERS, READINGS, SITES, Site

HERE = Path(__file__).parent
CHINA_TIME = timezone(timedelta(hours=8))
NAMES = ("reporters", "correspondents", "editors", "authors")


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
