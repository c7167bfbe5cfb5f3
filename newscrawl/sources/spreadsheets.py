"""Sources as a table: the CSV that social scientists keep their lists of outlets in.

Read are the headings of this project and those of other people's lists (homepage, city, county; 名称, 网址,
地区 …); the separator and the charset (UTF-8 or what Excel writes in China, GB18030) are told from the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from newscrawl.exceptions import Mistake, SourceError
from newscrawl.sources.loader import parse_source
from newscrawl.sources.schema import Source
from newscrawl.sources.writing import SourceDraft, id_of_url, toml_of
from newscrawl.text.cells import safe_cell

COLUMNS = (
    "id",
    "name",
    "region",
    "kind",
    "level",
    "adcode",
    "start",
    "feeds",
    "family",
    "seen",
    "checked",
    "note",
)

_HEADINGS = {
    "id": "id", "name": "name", "名称": "name", "网站名称": "name", "媒体": "name", "媒体名称": "name", "outlet": "name", "title": "name",
    "start": "start", "url": "start", "homepage": "start", "website": "start", "网址": "start", "首页": "start", "网站": "start", "domain": "start",
    "region": "region", "地区": "region", "province": "province", "state": "province", "省": "province", "省份": "province",
    "city": "city", "市": "city", "城市": "city", "county": "county", "县": "county", "区县": "county", "县区": "county",
    "kind": "kind", "type": "kind", "类别": "kind", "类型": "kind", "level": "level", "级别": "level",
    "adcode": "adcode", "区划代码": "adcode", "feeds": "feeds", "feed": "feeds", "rss": "feeds", "family": "family", "note": "note", "备注": "note",
}  # fmt: skip

_KINDS = {"报纸": "official", "press": "official", "newspaper": "official", "官方": "official", "门户": "portal", "电视台": "broadcaster",
          "广播": "broadcaster", "政府": "gov", "government": "gov", "数字报": "epaper", "自媒体": "farm"}  # fmt: skip


def write_csv(sources: Iterable[Source]) -> str:
    """Return sources as CSV, with a byte order mark so that Excel reads it as UTF-8."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for source in sources:
        writer.writerow([safe_cell(value) for value in _row(source)])
    return "\ufeff" + output.getvalue()


def _row(source: Source) -> tuple[str, ...]:
    return (
        source.id,
        source.name,
        source.region or "",
        source.kind,
        source.level or "",
        source.adcode or "",
        " ".join(source.start),
        " ".join(source.feeds),
        source.family or "",
        source.checked.seen or "",
        source.checked.on.isoformat() if source.checked.on else "",
        source.note or "",
    )


def parse_csv(data: bytes, path: Path, *, taken: Container[str] = ()) -> dict[str, str]:
    """Return a source file for each line of a table, by id: TOML that the schema accepts.

    Raises:
        SourceError: every mistake of every line, at once.
    """
    rows = list(_rows(data))
    if not rows or not any("start" in row for row in rows):
        headings = "name and homepage (or 名称 and 网址)"
        raise SourceError(
            (
                Mistake(
                    path, 1, path.stem, f"no table of sources: a line with the headings {headings} is needed"
                ),
            )
        )
    found: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for line, row in enumerate(rows, 2):
        try:
            draft = _draft(row, taken, found)
            found[draft.id] = _checked(draft, path)
        except SourceError as error:
            mistakes += [Mistake(path, line, one.where, one.message) for one in error.mistakes]
        except ValueError as error:
            mistakes.append(Mistake(path, line, row.get("name") or path.stem, str(error)))
    if mistakes:
        raise SourceError(tuple(mistakes))
    return found


def _checked(draft: SourceDraft, path: Path) -> str:
    text = toml_of(draft)
    parse_source(text, path)
    return text


def _rows(data: bytes) -> Iterable[dict[str, str]]:
    """Yield the lines of a table by known heading; other columns are left out."""
    text = _decoded(data)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    for row in csv.DictReader(io.StringIO(text), delimiter=separator):
        known = {
            _HEADINGS.get((heading or "").strip().lower(), ""): (value or "").strip()
            for heading, value in row.items()
            if isinstance(value, str)
        }
        known.pop("", None)
        yield {heading: value for heading, value in known.items() if value}


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _draft(row: Mapping[str, str], taken: Container[str], found: Container[str]) -> SourceDraft:
    starts = tuple(_with_scheme(one) for one in row.get("start", "").split())
    if not starts:
        raise ValueError("start: missing; every source has a homepage")
    name = row.get("name", "")
    if not name:
        raise ValueError("name: missing")
    if row.get("id", "") in _Both(taken, found):
        raise ValueError(f"id: {row['id']!r} is the id of another source already")
    kind = row.get("kind", "")
    return SourceDraft(
        id=row.get("id") or id_of_url(starts[0], _Both(taken, found)),
        name=name.lstrip("'"),
        start=starts,
        region=_region(row),
        kind=_KINDS.get(kind.lower(), kind),
        level=row.get("level", ""),
        adcode=row.get("adcode", ""),
        family=row.get("family", ""),
        feeds=tuple(_with_scheme(one) for one in row.get("feeds", "").split()),
        note=row.get("note") or "Not checked live; from a table.",
    )


class _Both:
    """Two containers as one."""

    def __init__(self, *containers: Container[str]) -> None:
        self._containers = containers

    def __contains__(self, item: object) -> bool:
        return any(item in one for one in self._containers)


def _with_scheme(address: str) -> str:
    return address if "://" in address else f"http://{address}" + ("" if "/" in address else "/")


def _region(row: Mapping[str, str]) -> str:
    """Return the region as the table gives it, in one column or in several."""
    if "region" in row:
        return row["region"]
    return "/".join(row[part] for part in ("province", "city", "county") if part in row)
