"""Text files in, repaired seed files and a manifest out: what ``scrapy repair --out`` does, without the command.

Every input is a task that fails alone. Its line in the manifest is written after its file, and names the
input by its SHA-256: a second run does only what has no such line yet, and what a kill left half done is
written again under the same name. Inputs are read, never written.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from typing import Any, NamedTuple

from newscrawl.dedupe.fingerprint import text_fingerprint
from newscrawl.exceptions import SeedFormatError, TextError
from newscrawl.items import Capture, RepairedText
from newscrawl.repair import RULES_VERSION, repair_text
from newscrawl.storage.disk import Disk
from newscrawl.storage.lines import parse_line, read_lines, write_line
from newscrawl.storage.manifest import ArticleEntry, write_entry
from newscrawl.storage.seed_file import parse_seed_name, sha256_of, write_seed_file

MANIFEST = "manifest.jsonl"
SIZE_LIMIT = 16 * 1024 * 1024
"""Bytes of a text file: 5 million hanzi, far more than any article."""
CHUNK = 16
"""Files that a worker takes at once: enough to forget the cost of handing them over."""
INLINE_COUNT = 2 * CHUNK
"""Files up to which starting workers takes longer than the work."""


class Task(NamedTuple):
    """One input and where its result goes."""

    path: Path
    folder: Path
    ordinal: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: a line for the manifest, or the reason that there is none."""

    path: Path
    error: str = ""
    line: bytes = field(default=b"", repr=False)
    rules: Mapping[str, int] = field(default_factory=dict)
    """Cuts by rule."""
    characters: Mapping[str, int] = field(default_factory=dict)
    """Characters cut, by rule."""
    flags: tuple[str, ...] = ()


def read_text(path: Path, content: bytes | None = None) -> str:
    """Return the text of a file (or of ``content``, when it was read already), a byte order mark left out.

    Raises:
        TextError: ``not_utf8``, ``empty``, ``too_large``, ``unreadable``.
    """
    if content is None:
        content = _bytes_of(path)
    if len(content) > SIZE_LIMIT:
        raise TextError("too_large", path, f"{len(content)} bytes; an article has at most {SIZE_LIMIT}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError("not_utf8", path, f"byte {error.start} is not UTF-8; convert it first") from error
    if not text.strip():
        raise TextError("empty", path, "no text in it")
    return text


def repair_file(path: Path, content: bytes | None = None) -> RepairedText:
    """Return the repaired text of a file.

    Raises:
        TextError: as `read_text`, and ``empty`` when debris is all that there was.
    """
    repaired = repair_text(read_text(path, content))
    if not repaired.text:
        raise TextError("empty", path, "nothing is left of it but debris")
    return repaired


def inputs_of(arguments: Sequence[str]) -> Iterator[tuple[Path, Path]]:
    """Yield every text file that the arguments name, with its folder as the output is to have it.

    Files of a folder keep their place in it; files named one by one have none.
    """
    for argument in arguments:
        named = Path(argument)
        if not named.is_dir():
            yield named, Path()
            continue
        for path in sorted(named.rglob("*.txt")):
            inside = path.relative_to(named)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                yield path, inside.parent


def tasks_of(inputs: Iterable[tuple[Path, Path]], folder: Path, done: Done) -> Iterator[Task]:
    """Yield a task for every input that is not done: its own ordinal, or the next one that is free."""
    waiting = []
    used = {place: set(ordinals) for place, ordinals in done.ordinals.items()}
    for path, place in inputs:
        name = parse_seed_name(path.name)
        taken = used.setdefault(place, set())
        known = done.ordinal_of(path, place)
        if known is not None:
            continue
        if name is None or name.ordinal in taken:
            waiting.append((path, place))
            continue
        taken.add(name.ordinal)
        yield Task(path, folder / place, name.ordinal)
    free = {place: max(taken, default=-1) + 1 for place, taken in used.items()}
    for path, place in waiting:
        yield Task(path, folder / place, free[place])
        free[place] += 1


class Done:
    """What earlier runs wrote into the output folder, by the manifest."""

    def __init__(self, folder: Path) -> None:
        self.ordinals: dict[Path, set[int]] = {}
        self._done: dict[tuple[Path, str], int] = {}
        manifest = folder / MANIFEST
        if not manifest.exists():
            return
        for line in read_lines(manifest):
            if line.values and not line.problem:  # a damaged line says nothing of what is done
                self._note(folder, line.values)

    def _note(self, folder: Path, values: Mapping[str, Any]) -> None:
        path = Path(str(values.get("path", "")))
        name = parse_seed_name(path.name)
        if name is None or not (folder / path).is_file():
            return
        self.ordinals.setdefault(path.parent, set()).add(name.ordinal)
        if values.get("rules") == RULES_VERSION:
            self._done[path.parent, str(values.get("input_sha256"))] = name.ordinal

    def ordinal_of(self, path: Path, place: Path) -> int | None:
        """Return the ordinal of the result that this input has already, None when it has none."""
        if not self._done:
            return None
        try:
            return self._done.get((place, sha256_of(_bytes_of(path))))
        except TextError:
            return None


def run_tasks(tasks: Iterable[Task], root: Path, workers: int) -> Iterator[Outcome]:
    """Yield the outcome of every task, in order, worked on by so many processes.

    Never more is under way than the workers need, so a million files take no more memory than a hundred.
    """
    tasks = iter(tasks)
    first = list(islice(tasks, INLINE_COUNT + 1))
    if workers < 2 or len(first) <= INLINE_COUNT:
        yield from (run_task(task, root) for task in first)
        yield from (run_task(task, root) for task in tasks)
        return
    context = get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        under_way: deque[Future[list[Outcome]]] = deque()
        for chunk in _chunks(first, tasks):
            under_way.append(pool.submit(_run_chunk, chunk, root))
            if len(under_way) > 3 * workers:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def _end_with_parent() -> None:
    """Let this worker end when its parent does, after a kill -9 too; Ctrl-C is for the parent alone."""
    signal(SIGINT, SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _chunks(first: Sequence[Task], rest: Iterator[Task]) -> Iterator[list[Task]]:
    def every() -> Iterator[Task]:
        yield from first
        yield from rest

    tasks = every()
    while chunk := list(islice(tasks, CHUNK)):
        yield chunk


def _run_chunk(chunk: Sequence[Task], root: Path) -> list[Outcome]:
    return [run_task(task, root) for task in chunk]


def run_task(task: Task, root: Path) -> Outcome:
    """Return the outcome of one input, its seed file written.

    Raises:
        OSError: the output folder cannot be written to; an input that cannot be read is an outcome.
    """
    try:
        content = _bytes_of(task.path)
        repaired = repair_file(task.path, content)
    except TextError as error:
        return Outcome(task.path, error=str(error))
    Disk().make_folder(task.folder)
    try:
        path = write_seed_file(task.folder, task.ordinal, repaired.text)
    except SeedFormatError as error:
        return Outcome(task.path, error=f"{task.path}: its repaired text cannot be a seed file: {error}")
    line = manifest_line(task, repaired, path.relative_to(root), sha256_of(content))
    rules: Counter[str] = Counter(cut.rule for cut in repaired.cuts)
    characters: Counter[str] = Counter()
    for cut in repaired.cuts:
        characters[cut.rule] += len(cut.text)
    return Outcome(task.path, line=line, rules=rules, characters=characters, flags=repaired.flags)


def manifest_line(task: Task, repaired: RepairedText, path: Path, input_sha256: str) -> bytes:
    """Return the line of a result: an article's, as in the archive, and the input that it came from."""
    changed_at = datetime.fromtimestamp(task.path.stat().st_mtime, UTC)
    entry = ArticleEntry(
        capture=Capture(task.path.absolute().as_uri(), "", changed_at),
        path=path.as_posix(),
        sha256=sha256_of(repaired.text.encode("utf-8")),
        text_fingerprint=text_fingerprint(repaired.body, headline=repaired.headline),
        headline=repaired.headline,
        metadata=repaired.metadata,
        cuts=repaired.cuts,
        flags=repaired.flags,
    )
    came_from = {"input": task.path.name, "input_sha256": input_sha256, "rules": RULES_VERSION}
    return write_line({**parse_line(write_entry(entry)), **came_from})


def open_manifest(folder: Path) -> int:
    """Return a descriptor to append to the manifest; a line that a kill tore is ended first."""
    disk = Disk()
    handle = disk.open_ledger(folder / MANIFEST, new=not (folder / MANIFEST).exists())
    size = os.fstat(handle).st_size
    with (folder / MANIFEST).open("rb") as manifest:
        manifest.seek(max(0, size - 1))
        if size and manifest.read(1) != b"\n":
            disk.write(handle, b"\n")
    return handle


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise TextError("too_large", path, f"{path.stat().st_size} bytes; at most {SIZE_LIMIT} are read")
        return path.read_bytes()
    except OSError as error:
        raise TextError("unreadable", path, error.strerror or str(error)) from error
