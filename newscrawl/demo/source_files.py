"""Source files for the demo newsroom: one TOML file an outlet, as a user would write it."""

from __future__ import annotations

from pathlib import Path

from newscrawl.demo.links import base_url
from newscrawl.demo.newsroom import Newsroom
from newscrawl.demo.outlets import Outlet

DELAY = 0.05
"""Seconds between two requests: the site stands on this machine and is nobody else's."""


def write_sources(folder: Path, port: int, newsroom: Newsroom | None = None) -> tuple[Path, ...]:
    """Write one source file for each outlet of a newsroom on a port, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    outlets = (newsroom or Newsroom.load()).outlets
    paths = tuple(folder / f"{outlet.id}.toml" for outlet in outlets)
    for path, outlet in zip(paths, outlets, strict=True):
        path.write_text(source_file(outlet, port), "utf-8")
    return paths


def source_file(outlet: Outlet, port: int) -> str:
    """Return the source file of an outlet on a port."""
    base = base_url(outlet, port)
    lines = [
        f'id = "{outlet.id}"',
        f'name = "{outlet.name}"',
        f"start = {_list(base, outlet.start)}",
        f'region = "{outlet.region}"',
        f'kind = "{outlet.kind}"',
        "local = true",
    ]
    lines += [f"{key} = {_list(base, paths)}" for key, paths in _channels(outlet) if paths]
    return "\n".join([*lines, "", "[fetch]", f"delay = {DELAY}", ""])


def _channels(outlet: Outlet) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("feeds", outlet.feeds), ("sitemaps", outlet.sitemaps))


def _list(base: str, paths: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{base}{path}"' for path in paths) + "]"
