"""The README and the code name the same commands, settings, folders and rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawl import settings
from newscrawl.exceptions import NewscrawlError
from newscrawl.repair.rules import RULES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title):
    return re.split(r"^## ", README.split(f"\n## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(text):
    """Return what stands in code marks in the first cell of every row of the tables of a section."""
    rows = (re.split(r"(?<!\\)\|", row) for row in text.splitlines() if row.startswith("| `"))
    return [re.findall(r"`([^`]+)`", cells[1]) for cells in rows]


def test_commands():
    named = {cell.split()[1] for cells in first_cells(section("Commands")) for cell in cells[:1]}
    modules = {path.stem for path in (ROOT / "newscrawl/commands").glob("[!_]*.py")}
    assert named == modules | {"list"}  # list is Scrapy's own


def test_settings():
    ours = {name for name in vars(settings) if re.match(r"(ARCHIVE|SOURCES|CRAWL)_", name)}
    assert {cell for cells in first_cells(section("Settings")) for cell in cells[:1]} == ours


@pytest.mark.parametrize("row", [r for r in section("Settings").splitlines() if r.startswith("| `")])
def test_defaults(row):
    name, default = re.findall(r"`([^`]*)`", row)[:2]
    value = getattr(settings, name)
    assert default in {str(value), f'"{value}"'}


def test_folders():
    named = {
        name.strip("/").removeprefix("newscrawl/")
        for cells in first_cells(section("The way of a page"))
        for name in cells
    }
    rooms = {path.name for path in (ROOT / "newscrawl").iterdir() if (path / "__init__.py").exists()}
    assert {name for name in named if "." not in name} == rooms


def test_rules():
    named = [cell for cells in first_cells(section("Repair, with an account")) for cell in cells[:1]]
    assert named == list(dict.fromkeys(rule.name for rule in RULES))


def test_exit_codes():
    from newscrawl.commands import crawl

    codes = {int(row.split("|")[1]) for row in section("Commands").splitlines() if re.match(r"\| \d \|", row)}
    assert codes == {
        crawl.DONE,
        crawl.NOT_STARTED,
        crawl.USAGE,
        crawl.NOTHING_KEPT,
        crawl.INCOMPLETE,
        crawl.LOCKED,
        crawl.DISK,
    }


def test_the_error_tree_is_in_its_docstring():
    import newscrawl.exceptions as module

    def below(error):
        return {error, *(found for sub in error.__subclasses__() for found in below(sub))}

    for error in below(NewscrawlError):
        if error.__module__ == module.__name__:
            assert error.__name__ in (module.__doc__ or "")


def test_the_project_speaks_of_itself_only():
    unwanted = re.compile(r"/(?:home|root|tmp/|usr/local)\b|localhost:\d|\b(?:TODO|FIXME)\b")
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "newscrawl").rglob("*.py"))):
        found = unwanted.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path}: {found[0]}"
