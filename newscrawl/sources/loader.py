"""Folders of TOML files -> sources by id, or all their mistakes at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newscrawl.exceptions import Mistake, SourceError
from newscrawl.sources.lines import find_lines, line_of
from newscrawl.sources.schema import Source
from newscrawl.sources.wording import sentence_of

BUILT_IN = Path(__file__).parent
"""The folder of the sources that come with newscrawl."""

FILE_LIMIT = 256 * 1024
"""Bytes. The longest of newscrawl's own source files has 548."""

_SYNTAX_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

Loaded = dict[str, tuple[Source, Path]]


def load_sources(folders: Sequence[Path]) -> dict[str, Source]:
    """Return the sources of every ``*.toml`` file below ``folders``, by id, in the order of folders and names.

    Raises:
        SourceError: every mistake of every file, with its line.
    """
    loaded: Loaded = {}
    mistakes: list[Mistake] = []
    for path in _files_of(folders, mistakes):
        source = _load_file(path, mistakes)
        if source is None:
            continue
        if source.id in loaded:
            mistakes.append(_twice(source.id, path, loaded[source.id][1]))
        loaded.setdefault(source.id, (source, path))
    if mistakes:
        raise SourceError(tuple(mistakes))
    return {name: source for name, (source, _) in loaded.items()}


def parse_source(text: str, path: Path) -> Source:
    """Return the source that a TOML text describes; ``path`` is named in the mistakes.

    Raises:
        SourceError: every mistake of the text.
    """
    mistakes: list[Mistake] = []
    source = _parse(text, path, mistakes)
    if source is None:
        raise SourceError(tuple(mistakes))
    return source


def _files_of(folders: Iterable[Path], mistakes: list[Mistake]) -> list[Path]:
    files: dict[Path, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            mistakes.append(Mistake(folder, 0, "sources", "no such folder"))
            continue
        for path in sorted(folder.rglob("*.toml")):
            if not any(part.startswith(".") for part in path.relative_to(folder).parts):
                files.setdefault(path.resolve(), path)  # one folder may lie in another
    return list(files.values())


def _load_file(path: Path, mistakes: list[Mistake]) -> Source | None:
    try:
        data = path.read_bytes()
        if len(data) > FILE_LIMIT:
            raise OSError(f"larger than {FILE_LIMIT} bytes: no source file")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        mistakes.append(Mistake(path, line, path.stem, "not UTF-8: save the file as UTF-8"))
    except OSError as error:
        mistakes.append(Mistake(path, 0, path.stem, error.strerror or str(error)))
    else:
        return _parse(text, path, mistakes)
    return None


def _parse(text: str, path: Path, mistakes: list[Mistake]) -> Source | None:
    """Return the source, or None with what is wrong added to ``mistakes``."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        mistakes.append(_syntax_mistake(error, text, path))
        return None
    try:
        return Source.model_validate(table)
    except ValidationError as error:
        lines = find_lines(text)
        where = _id_of(table, path)
        found = [
            Mistake(path, line_of(_key_place(details["loc"]), lines), where, sentence_of(details))
            for details in error.errors()
        ]
        mistakes += sorted(found, key=lambda one: one.line)
        return None


def _key_place(place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the place without pydantic's mark for the key of a table."""
    return place[:-1] if place and place[-1] == "[key]" else place


def _syntax_mistake(error: Exception, text: str, path: Path) -> Mistake:
    message = str(error) or "nested too deep"
    found = _SYNTAX_LINE.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    return Mistake(path, line, path.stem, f"no TOML: {_SYNTAX_LINE.sub('', message)}")


def _id_of(table: dict[str, Any], path: Path) -> str:
    name = table.get("id")
    return name if isinstance(name, str) and name else path.stem


def _twice(name: str, path: Path, first: Path) -> Mistake:
    line = line_of(("id",), find_lines(path.read_text(encoding="utf-8-sig")))
    return Mistake(path, line, name, f"id: {name!r} is the id of {first} as well")
