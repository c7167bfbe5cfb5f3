"""The house has one direction: the edge imports the middle, the middle the bottom, and never back."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "newscrawl"
EDGE = {
    "settings",
    "spiders",
    "middlewares",
    "pipelines",
    "extensions",
    "commands",
    "jobs",
    "terminal",
    "workers",
    "visits",
    "web",
    "demo",
}
MIDDLE = {"extract", "repair", "dedupe", "storage", "sources", "discover", "health"}
BOTTOM = {"text"}
VALUES = {"items", "exceptions", "lazy"}  # what stands below everything
COMPOSITION = {
    "reading": {"extract", "repair"},  # page -> article: knows no Scrapy and no disk
    "archiving": {"dedupe", "storage"},  # article -> its place in the archive: knows no Scrapy and no page
}
ONLY_IMPORTER = {
    "trafilatura": "extract",
    "pypinyin": "repair",
    "warcio": "storage",
    "feedparser": "discover",
}


def may_import(room: str) -> set[str]:
    """Return the rooms of the house that a room may import, its own included."""
    if room in VALUES:
        return VALUES
    if room in BOTTOM:
        return BOTTOM | VALUES
    if room in MIDDLE:
        return {room} | BOTTOM | VALUES
    if room in COMPOSITION:
        return {room} | COMPOSITION[room] | BOTTOM | VALUES
    return EDGE | MIDDLE | BOTTOM | VALUES | COMPOSITION.keys() | {"__init__"}


def imports_of(path: Path) -> set[str]:
    """Return the dotted names that a module imports, relative imports resolved."""
    package = ("newscrawl", *path.relative_to(HOUSE).with_suffix("").parts)[:-1]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return names


def modules() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_imports_point_one_way(path):
    room = path.relative_to(HOUSE).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "newscrawl" and len(parts) > 1:
            target = (
                parts[1] if (HOUSE / parts[1]).is_dir() or (HOUSE / f"{parts[1]}.py").exists() else "__init__"
            )
            assert target in may_import(room), f"{room} must not import {name}"
        elif parts[0] in ONLY_IMPORTER:
            assert room == ONLY_IMPORTER[parts[0]], f"only {ONLY_IMPORTER[parts[0]]} imports {parts[0]}"
        elif parts[0] in {"scrapy", "twisted"}:
            assert room in EDGE, f"{room} must not know Scrapy"


def test_every_room_is_known():
    rooms = {p.name for p in HOUSE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    rooms |= {p.stem for p in HOUSE.glob("*.py")} - {"__init__"}
    assert rooms <= EDGE | MIDDLE | BOTTOM | VALUES | COMPOSITION.keys()


def test_the_process_of_a_crawl_loads_no_library_that_reads_pages():
    """They take as long to load as all of Scrapy; only workers need them."""
    loaded = "import sys, newscrawl.spiders.news, newscrawl.pipelines.article, newscrawl.extensions.report"
    shown = f"{loaded}; print(*sys.modules.keys() & {set(ONLY_IMPORTER)!r})"
    ran = subprocess.run(
        [sys.executable, "-c", shown], capture_output=True, text=True, check=True, cwd=HOUSE.parent
    )
    assert set(ran.stdout.split()) <= {"warcio", "feedparser"}
